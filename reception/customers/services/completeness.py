"""What a file must have, and what is to be confirmed with the customer: marked, asked, cleared (REC-22)."""
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.accounts.access import may
from config.errors import Refused
from config.web.versions import claim_version
from reception.customers import completeness
from reception.customers.completeness_models import Confirmation, FileTemplate
from reception.customers.models import ContactPoint, Customer
from reception.customers.permissions import Can
from reception.customers.services import judging
from reception.customers.services.contacts import add_contact, correct_contact
from reception.customers.services.files import change, locked
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.organisation.models import Employee
from staff.regulation import values

MARK = "confirmation"
SCHEDULE = "confirm-with-customer"


@transaction.atomic
def set_template(actor, template, *, required, now, version=None):
    """Say which fields a file of this kind must have; a job judges every file anew. `company` is what makes a file a company's."""
    row = FileTemplate.objects.select_for_update().get(pk=template.pk)
    claim_version(row, version)
    row.required = [field for field in completeness.FIELDS if field in required]
    if not row.required:
        raise Refused(_("A file without a single field that must be filled is always complete. Choose at least one."), field="required")
    if row.kind == completeness.PERSON and "company" in row.required:
        raise Refused(_("A private customer has no company. Ask for it in the files of companies."), field="required")
    trace.save(actor, row, "required", "version", act="changed")
    judging.start(actor, row, now=now)
    return row


@transaction.atomic
def mark(actor, customer, *, field, owner, now, note=""):
    """Mark a field as to be confirmed with the customer: a duty of `owner`, due within `customer_update_days`."""
    customer = locked(customer)
    if customer.confirmations.filter(field=field, asked_at=None).exists():
        raise Refused(_("This field is marked already."), field="field")
    check_owner(owner)
    due = now + timedelta(days=values.value("customer_update_days", now.date(), hall_of(customer)))
    row = trace.save(actor, Confirmation(customer=customer, field=field, note=note, owner=owner, marked_by=actor.user, marked_at=now, due_at=due), act="marked")
    ask(row, now)
    return row


def check_owner(owner):
    """Only who is on duty and writes customer files asks."""
    if owner.state != Employee.State.ON_DUTY or owner.user is None or not may(owner.user, Can.EDIT):
        raise Refused(_("%(name)s does not write customer files at present. Choose somebody else.") % {"name": owner.name}, field="owner")


def hall_of(customer):
    """The hall that saw the customer last, or None."""
    known = customer.halls.order_by("-last_seen_at", "pk").first()
    return known and known.hall_id


def ask(row, now):
    """The duty of whoever asks."""
    duties.make([Duty(schedule=SCHEDULE, slot=now.isoformat(timespec="microseconds")[:40], kind=MARK, record_id=row.pk, hall_id=hall_of(row.customer),
                      employee_id=row.owner_id, starts_at=min(now, row.due_at), due_at=row.due_at)])


@transaction.atomic
def confirm(actor, mark, *, method, now, corrected=""):
    """The customer was asked: what stands is right, or reads `corrected` from now on. The mark is cleared, and says who asked when."""
    locked(Customer.objects.get(confirmations=mark))
    row = Confirmation.objects.select_for_update(of=("self",)).select_related("customer").get(pk=mark.pk)
    if row.asked_at:
        raise Refused(_("%(who)s has asked this meanwhile. Open the file again.") % {"who": row.asked_by})
    if corrected.strip():
        correct(actor, row.customer, row.field, corrected.strip(), now)
    elif not stands(row.customer, row.field):
        raise Refused(_("Nothing stands there yet. Enter what the customer says."), field="corrected")
    row.asked_by, row.asked_at, row.method = actor.user, now, method
    row.result = Confirmation.Result.CORRECTED if corrected.strip() else Confirmation.Result.SAME
    trace.save(actor, row, "asked_by", "asked_at", "method", "result", act="confirmed with the customer")
    duties.finish(actor, MARK, row.pk, now=now)
    return row


def contact_of(customer, way):
    """The contact that a field means: the main one of its kind, or None."""
    rows = [contact for contact in customer.contacts.all() if (contact.kind if contact.kind in (ContactPoint.Kind.EMAIL, ContactPoint.Kind.WECHAT)
                                                               else "phone") == way]
    return rows[0] if rows else None


def stands(customer, field):
    """Whether anything stands in a field."""
    return bool(getattr(customer, field) if field in ("name", "company") else contact_of(customer, field))


def correct(actor, customer, field, value, now):
    """Write what the customer said into the file, as its own pages do."""
    if field in ("name", "company"):
        limit = Customer._meta.get_field(field).max_length
        if len(value) > limit:
            raise Refused(_("This takes at most %(count)s characters. Shorten it.") % {"count": limit}, field="corrected")
        change(actor, customer, now=now, **{field: value})
        return
    contact = contact_of(customer, field)
    try:
        correct_contact(actor, contact, written=value, now=now) if contact else add_contact(actor, customer, way=field, written=value, now=now)
    except Refused as refusal:
        raise Refused(str(refusal), field="corrected") from refusal


@transaction.atomic
def hand_over_mark(actor, mark, *, owner, now, reason=""):
    """Somebody else asks from now on."""
    row = Confirmation.objects.select_for_update(of=("self",)).select_related("customer").get(pk=mark.pk)
    check_owner(owner)
    duties.withdraw(actor, MARK, row.pk, reason=_("handed to %(name)s") % {"name": owner.name}, now=now)
    row.owner = owner
    trace.save(actor, row, "owner", act="handed over", reason=reason)
    ask(row, now)
    return row
