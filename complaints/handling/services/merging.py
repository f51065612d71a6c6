"""Several complaints that are one, and one that is several: both numbers stay alive, the story says who did it, it can be undone (FIELD 2.3 rows 24, 25;
lifecycles.md)."""
from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from complaints.handling import states
from complaints.handling.facts import ComplaintEntry, ComplaintPerson
from complaints.handling.models import Complaint
from complaints.handling.permissions import Can
from complaints.handling.services import common, ending, parties, registering
from config.accounts import trace
from config.errors import Refused

MOST = 20  # candidates that are offered
ALIKE = .3  # similarity of two matters, 0 to 1, from which they are offered without the same person behind them; pg_trgm's own threshold


def candidates(complaint, user):
    """The few open ones that this one may be merged into, the likeliest first: of the same customer, telephone or mail, or of the same hall with
    like words; within what this person handles."""
    same = Q(pk__in=[])
    if complaint.customer_id:
        same |= Q(customer_id=complaint.customer_id)
    if complaint.contact_phone:
        same |= Q(contact_phone=complaint.contact_phone)
    if complaint.contact_email:
        same |= Q(contact_email__iexact=complaint.contact_email)
    rows = Complaint.objects.visible_to(user, Can.HANDLE).open().filter(kind=complaint.kind).exclude(pk=complaint.pk).select_related("hall", "handler")
    rows = rows.annotate(likeness=TrigramSimilarity("matter", complaint.matter))
    return rows.filter(same | Q(hall_id=complaint.hall_id, likeness__gte=ALIKE)).order_by("-likeness", "-pk")[:MOST]


def _two(first, second):
    """Both complaints, locked in the order of their ids so that two who merge crosswise wait for each other instead of failing."""
    found = {one.pk: common.found(one) for one in sorted((first, second), key=lambda one: one.pk)}
    for row in found.values():
        row.was = row.state
    return found[first.pk], found[second.pk]


@transaction.atomic
def merge(actor, complaint, *, into, reason, now):
    """Merge it into another open one, which goes on for both. Who is complained about in this one is kept out of that one too."""
    if complaint.pk == into.pk:
        raise Refused(_("Choose another complaint."), field="into")
    row, target = _two(complaint, into)
    for one in (row, target):
        common.check_not_about_actor(actor, one)
        parties.check_leads(actor, one)
    if not reason.strip():
        raise Refused(_("Give the reason."), field="reason")
    after = states.TABLE["merge"].apply(row.state, _("This complaint is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()})
    if target.state not in states.OPEN or target.pk not in {one.pk for one in candidates(row, actor.user)}:
        raise Refused(_("Merge it into an open complaint of the same customer, or of the same hall with like words."), field="into")
    about = list(row.people.filter(complained_about=True).select_related("employee"))
    if any(one.employee_id == target.handler_id for one in about):
        raise Refused(_("%(name)s handles the other complaint. Assign it to somebody else first.") % {"name": target.handler}, field="into")
    _keep_out(actor, target, about)
    row.state_before, row.state, row.merged_into = row.state, after, target
    common.entry(actor, row, ComplaintEntry.Kind.NOTE, text=_("Merged into %(number)s: %(reason)s") % {"number": target, "reason": reason}, now=now)
    common.entry(actor, target, ComplaintEntry.Kind.NOTE, text=_("%(number)s was merged into this: %(reason)s") % {"number": row, "reason": reason}, now=now)
    common.saved(actor, target, act="another merged into it", verb="merged_with", now=now, reason=reason)
    return ending.ended(actor, row, "state_before", "merged_into", act="merged", verb="merge", now=now, reason=reason, filed=False)


def _keep_out(actor, target, about):
    """Those complained about in a merged one stay out of the one that goes on."""
    for one in about:
        person, new = ComplaintPerson.objects.get_or_create(complaint=target, employee=one.employee)
        if not new and not person.complained_about:
            person.complained_about = True
            trace.save(actor, person, "complained_about", act="merged")


@transaction.atomic
def unmerge(actor, complaint, *, reason, now):
    """Undo a merging: it goes on from where it stood. What came in meanwhile stays with the other."""
    row = common.locked(complaint, "unmerge")
    common.check_not_about_actor(actor, row)
    parties.check_leads(actor, row)
    if not reason.strip():
        raise Refused(_("Give the reason."), field="reason")
    target = row.merged_into
    row.state, row.state_before, row.merged_into, row.closed_at, row.closed_by = row.state_before, "", None, None, None
    for one, text in ((row, _("No longer merged into %(number)s: %(reason)s") % {"number": target, "reason": reason}),
                      (target, _("%(number)s is by itself again: %(reason)s") % {"number": row, "reason": reason})):
        common.entry(actor, one, ComplaintEntry.Kind.NOTE, text=text, now=now)
    return common.saved(actor, row, "state_before", "merged_into", "closed_at", "closed_by", act="merging undone", verb="unmerge", now=now, reason=reason)


@transaction.atomic
def split(actor, complaint, *, matters, reason, now):
    """Take further matters out of it, each as a complaint of its own with a number; this one goes on with the first. Returns the new ones."""
    row = common.locked(complaint, "split")
    common.check_not_about_actor(actor, row)
    parties.check_leads(actor, row)
    matters = [matter.strip() for matter in matters if matter.strip()]
    if not matters:
        raise Refused(_("Write at least one matter that becomes a complaint of its own."), field="matters")
    if not reason.strip():
        raise Refused(_("Give the reason."), field="reason")
    parts = [_part(actor, row, matter, now) for matter in matters]
    for part, matter in zip(parts, matters, strict=True):
        common.entry(actor, row, ComplaintEntry.Kind.NOTE, text=_("Split off as %(number)s: %(matter)s") % {"number": part, "matter": matter[:1500]}, now=now)
    common.saved(actor, row, act="split", verb="split", now=now, reason=reason)
    return parts


def _part(actor, row, matter, now):
    """One matter as a complaint of its own, of the same customer, with a promise of its own."""
    people = list(row.people.select_related("employee"))
    usual = registering.usual_promise(registering.severity_of(row.impact, row.urgency, row.hall.day_of(now), row.hall), row.hall, now)
    until = row.promised_until if row.promised_until and now < row.promised_until <= usual else None
    part = registering.register(
        actor, kind=row.kind, hall=row.hall, channel=row.channel, received_at=row.received_at, matter=matter, product=row.product, impact=row.impact,
        urgency=row.urgency, safety=row.safety, customer=row.customer, contact_name=row.contact_name, contact_phone=row.contact_phone,
        contact_email=row.contact_email, reported_by=row.reported_by, people=[(one.employee, one.complained_about) for one in people],
        apologised=row.apologised, promised=row.promised, promised_until=until, promised_manner=row.promised_manner, told_by=row.told_by,
        language=row.language, assessed=row.assessed, now=now)
    part.split_from, part.repeats = row, row.repeats
    part.was = part.state
    return common.saved(actor, part, "split_from", "repeats", act="split off", verb="split_off", now=now)
