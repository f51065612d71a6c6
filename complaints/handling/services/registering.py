"""Registering a complaint, suggestion or praise, and judging how grave it is (CMP-03, CMP-04, CMP-05, CMP-21, CMP-26)."""
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from complaints.handling import states
from complaints.handling.events import complaint_changed
from complaints.handling.facts import ComplaintPerson
from complaints.handling.models import Channel, Complaint, Kind, Severity
from complaints.handling.services import clock, common
from complaints.handling.solving import Demand
from config.accounts import trace
from config.errors import Refused
from config.numbers.services import drawn_again, next_number, public_code
from config.web.versions import claim_version
from staff.regulation import values

REPEAT_WITHIN = timedelta(days=365)  # an earlier complaint of the same customer that far back makes this one a repeat
BY_US = (Channel.COUNTER, Channel.PHONE, Channel.FOLLOW_UP)  # the customer speaks with one of us, who apologises and promises at once


def severity_of(impact, urgency, day, hall):
    """How grave: impact × urgency by the table of the regulation on a day in a hall (complaint_severity_matrix)."""
    return Severity(values.value("complaint_severity_matrix", day, hall)[impact][urgency])


def usual_promise(severity, hall, now):
    """By when a complaint of this severity is solved, as the regulation promises it (complaint_resolution_days)."""
    return clock.usual_promise(severity, hall, now)


def repeats_of(*, now, hall=None, customer=None, phone="", email="", but=None):
    """Earlier complaints of the same person within a year, the newest first; in all halls unless one is given."""
    same = Q(pk__in=[])
    if customer:
        same |= Q(customer=customer)
    if phone:
        same |= Q(contact_phone=phone)
    if email:
        same |= Q(contact_email__iexact=email)
    rows = Complaint.objects.filter(same, kind=Kind.COMPLAINT, received_at__gte=now - REPEAT_WITHIN).exclude(state=states.MERGED)
    rows = rows.filter(hall=hall) if hall else rows
    return (rows.exclude(pk=but.pk) if but else rows).order_by("-received_at", "-pk")


@drawn_again
@transaction.atomic
def register(actor, *, kind, hall, channel, received_at, matter, now, cause_told="", demand="", product="", impact="low", urgency="low", safety=False,
             customer=None, contact_name="", contact_phone="", contact_email="", reported_by="", people=(), apologised=False, promised=False,
             promised_until=None, promised_manner="", told_by="", language="zh-hans", source=("", None), assessed=True, repeats=None):
    """Register what a customer said; it has a number and a public code at once. `people` are (employee, complained about). What one of us hears
    in person needs the two ticks, a moment and a manner that were told (CMP-04, CMP-05); by mail, box or page the usual time is promised.

    Refused: received in the future; a tick is missing; the promise lies in the past, or later than the regulation allows.
    """
    if received_at > now:
        raise Refused(_("This moment is still to come. Say when the complaint was received."), field="received_at")
    heard = channel in BY_US and kind == Kind.COMPLAINT
    check_ticks(heard, apologised, promised)
    severity = severity_of(impact, urgency, hall.day_of(now), hall)
    usual = usual_promise(severity, hall, now)
    check_promise(heard, promised_until, promised_manner, usual, now)
    customer, contact_name, contact_phone = known(customer, contact_name, contact_phone)
    row = Complaint(
        number=next_number(common.SERIES, hall.day_of(now).year), public_code=public_code(), kind=kind, hall=hall, channel=channel, received_at=received_at,
        registered_at=now, registered_by=common.employee_of(actor), source_kind=source[0], source_id=source[1], customer=customer,
        contact_name=contact_name, contact_phone=contact_phone, contact_email=contact_email, reported_by=reported_by, language=language, matter=matter,
        cause_told=cause_told, demand=demand, product=product, impact=impact, urgency=urgency, severity=severity, safety=safety, assessed=assessed,
        apologised=apologised, promised=promised, promised_until=promised_until or usual, promised_manner=promised_manner, told_by=told_by,
        since=now, turn_began_at=now)
    row.repeats = repeats or repeats_of(now=now, customer=customer, phone=contact_phone, email=contact_email).first()
    clock.work_out(row)
    trace.save(actor, row, act="registered")
    for employee, about in people:
        trace.save(actor, ComplaintPerson(complaint=row, employee=employee, complained_about=about), act="named")
    for line in filter(None, map(str.strip, demand.splitlines())):
        trace.save(actor, Demand(complaint=row, text=line[:300]), act="registered")
    complaint_changed.send(sender=Complaint, verb="register", complaint=row, actor=actor, now=now)
    return row


def known(customer, name, phone):
    """(customer, name, phone) as they are written down: of a file what it says where nothing else was typed."""
    if customer is None:
        return None, name, phone
    customer = customer.merged_into or customer
    point = customer.contacts.filter(kind__in=["mobile", "landline", "phone"]).first()
    return customer, name or str(customer), phone or (point.value if point else "")


def check_ticks(heard, apologised, promised):
    """Whoever hears a complaint apologises and promises to handle it (CMP-04)."""
    if heard and not apologised:
        raise Refused(_("Express an apology to the customer first, then tick it."), field="apologised")
    if heard and not promised:
        raise Refused(_("Promise the customer that it is handled, then tick it."), field="promised")


def check_promise(heard, until, manner, usual, now):
    """What was promised lies ahead, and not later than the regulation promises; how it is handled was told (CMP-05)."""
    if until and until <= now:
        raise Refused(_("That moment has passed. Promise a later one."), field="promised_until")
    if until and until > usual:
        raise Refused(_("The regulation promises a solution of such a complaint earlier. Promise no later moment; more time is asked for later."),
                      field="promised_until")
    if heard and not manner:
        raise Refused(_("Say how the complaint is handled, as the customer was told."), field="promised_manner")


@transaction.atomic
def assess(actor, complaint, *, impact, urgency, safety, now, version=None):
    """Judge how grave it is, first for what a page or mail brought, later when more is known. The promise moves with the severity only until
    the customer was told a moment."""
    row = common.open_one(complaint, version)
    common.check_not_about_actor(actor, row)
    was = row.severity
    row.impact, row.urgency, row.safety, row.assessed = impact, urgency, safety, True
    row.severity = severity_of(impact, urgency, row.hall.day_of(row.registered_at), row.hall)
    if row.severity != was and row.told_by == "" and row.acknowledged_at is None:
        row.promised_until = usual_promise(row.severity, row.hall, row.registered_at)
    return common.saved(actor, row, "impact", "urgency", "safety", "assessed", "severity", "promised_until", act="assessed", verb="assess", now=now)


@transaction.atomic
def correct(actor, complaint, *, contact_name, contact_phone, contact_email, product, now, version=None):
    """Mend how the customer is reached and what it is about; the customer's own words stay as they were told."""
    row = common.found(complaint)
    claim_version(row, version)
    common.check_not_about_actor(actor, row)
    row.contact_name, row.contact_phone, row.contact_email, row.product = contact_name, contact_phone, contact_email, product
    return common.saved(actor, row, "contact_name", "contact_phone", "contact_email", "product", act="corrected", verb="correct", now=now)


@transaction.atomic
def name_person(actor, complaint, *, employee, complained_about, now):
    """Name somebody of the house whom it concerns. Whoever handles it is named no more as complained about: assign it to another first."""
    row = common.open_one(complaint)
    common.check_not_about_actor(actor, row)
    if complained_about and row.handler_id == employee.pk:
        raise Refused(_("%(name)s handles this complaint. Assign it to somebody else first.") % {"name": employee}, field="employee")
    person, new = ComplaintPerson.objects.get_or_create(complaint=row, employee=employee, defaults={"complained_about": complained_about})
    if not new and person.complained_about != complained_about:
        person.complained_about = complained_about
        trace.save(actor, person, "complained_about", act="named")
    return common.saved(actor, row, act="person named", verb="name_person", now=now)


@transaction.atomic
def join_customer(actor, complaint, *, customer, now):
    """Say whose file it belongs to, once the customer is recognised."""
    row = common.found(complaint)
    common.check_not_about_actor(actor, row)
    row.customer, row.contact_name, row.contact_phone = known(customer, row.contact_name, row.contact_phone)
    row.repeats = row.repeats or repeats_of(now=row.received_at, customer=row.customer, but=row).filter(received_at__lt=row.received_at).first()
    return common.saved(actor, row, "customer", "contact_name", "contact_phone", "repeats", act="customer named", verb="join_customer", now=now)
