"""Words to and from the customer, pauses, extensions, urging, what is done at once (CMP-06, CMP-15; FIELD 2.3 rows 9, 10, 14, 15, 18, 22)."""
from django.db import transaction
from django.utils.translation import gettext as _

from complaints.handling import states
from complaints.handling.events import customer_spoke
from complaints.handling.facts import ComplaintEntry, ComplaintExtension, ComplaintPause
from complaints.handling.models import Channel, Complaint, Method
from complaints.handling.services import common
from config.accounts import trace
from config.errors import Refused
from staff.duties.decisions import services as decisions
from staff.regulation import values

EXTENSION = "complaint_extension"
ANSWERED = "answered by the customer"


@transaction.atomic
def pause(actor, complaint, *, reason, evidence, now):
    """Let the clock rest, with the reason and what shows it; each needs both (FIELD 2.3 row 9)."""
    row = common.open_one(complaint)
    common.check_not_about_actor(actor, row)
    if row.paused:
        raise Refused(_("The clock rests already. End that pause first."))
    if not evidence.strip():
        raise Refused(_("Say what shows it, such as the message to the customer."), field="evidence")
    trace.save(actor, ComplaintPause(complaint=row, began_at=now, by=common.employee_of(actor), reason=reason, evidence=evidence), act="paused")
    return common.saved(actor, row, act="paused", verb="pause", now=now, reason=reason)


@transaction.atomic
def resume(actor, complaint, *, how, now):
    """Let the clock run on."""
    row = common.open_one(complaint)
    if not end_pause(actor, row, how, now):
        raise Refused(_("The clock does not rest. Look at the complaint again."))
    return common.saved(actor, row, act="resumed", verb="resume", now=now, reason=how)


def end_pause(actor, row, how, now):
    """End the pause that runs; returns whether there was one."""
    running = row.pauses.select_for_update().filter(ended_at=None).first()
    if running is None:
        return False
    running.ended_at, running.ended_by, running.ended_how = max(now, running.began_at), common.employee_of(actor), how[:300]
    trace.save(actor, running, "ended_at", "ended_by", "ended_how", act="resumed")
    return True


@transaction.atomic
def customer_word(actor, complaint, *, text, channel, now, key=""):
    """What the customer says by any channel lands on the complaint and ends a pause (FIELD 2.3 row 10); on a merged one it goes to the one it was
    merged into. `key` keeps what was received by itself from coming twice. Returns the line, or None where its key is there already."""
    row = common.found(complaint)
    while row.merged_into_id:
        row = common.found(Complaint(pk=row.merged_into_id))
    row.was = row.state
    if key and row.entries.filter(key=key).exists():
        return None
    line = common.entry(actor, row, ComplaintEntry.Kind.WORD, text=text, channel=channel, now=now, key=key)
    if row.state in states.OPEN:
        end_pause(actor, row, _("The customer answered."), now)
    common.saved(actor, row, act=ANSWERED, verb="customer_word", now=now)
    customer_spoke.send(sender=Complaint, complaint=row, entry=line, now=now)
    return line


@transaction.atomic
def tell(actor, complaint, *, method, text, now):
    """Tell the customer how it stands; the next report is due so many working days later (CMP-15)."""
    row = common.open_one(complaint)
    common.check_not_about_actor(actor, row)
    if row.is_anonymous:
        raise Refused(_("This customer left no way to be reached. Publish it on the tracking page instead."), field="method")
    row.reported_at = now
    common.entry(actor, row, ComplaintEntry.Kind.TOLD, text=text, method=method, now=now)
    return common.saved(actor, row, "reported_at", act="told the customer", verb="tell", now=now)


@transaction.atomic
def publish(actor, complaint, *, text, now):
    """Tell it on the tracking page, where whoever has the code reads it; for who left no way to be reached this stands for telling."""
    row = common.open_one(complaint)
    common.check_not_about_actor(actor, row)
    row.reported_at = now
    common.entry(actor, row, ComplaintEntry.Kind.PUBLISHED, text=text, method=Method.PAGE, now=now)
    return common.saved(actor, row, "reported_at", act="published", verb="publish", now=now)


@transaction.atomic
def ask_customer(actor, complaint, *, text, method, now, pauses=True):
    """Ask the customer something; the clock rests until they answer, unless the work goes on meanwhile. The question is the evidence."""
    row = common.open_one(complaint)
    common.check_not_about_actor(actor, row)
    row.reported_at = now
    common.entry(actor, row, ComplaintEntry.Kind.ASKED, text=text, method=method, now=now)
    if pauses and not row.paused:
        words = _("Waiting for the customer's answer")
        trace.save(actor, ComplaintPause(complaint=row, began_at=now, by=common.employee_of(actor), reason=words, evidence=text[:300]), act="paused")
    return common.saved(actor, row, "reported_at", act="asked the customer", verb="ask_customer", now=now)


@transaction.atomic
def contact_in_vain(actor, complaint, *, method, text, now):
    """A try to reach the customer that failed, with its time and way; so many of them let it be closed as not reached."""
    row = common.open_one(complaint)
    common.check_not_about_actor(actor, row)
    common.entry(actor, row, ComplaintEntry.Kind.CONTACT, text=text, method=method, now=now)
    return common.saved(actor, row, act="not reached", verb="contact_in_vain", now=now)


@transaction.atomic
def note(actor, complaint, *, text, now):
    """A note that stays in the house."""
    row = common.found(complaint)
    row.was = row.state
    common.check_not_about_actor(actor, row)
    common.entry(actor, row, ComplaintEntry.Kind.NOTE, text=text, now=now)
    return common.saved(actor, row, act="noted", verb="note", now=now)


@transaction.atomic
def contain(actor, complaint, *, text, now):
    """What was done at once so that it gets no worse, before anybody knows why (FIELD 2.3 row 18)."""
    row = common.open_one(complaint)
    common.check_not_about_actor(actor, row)
    common.entry(actor, row, ComplaintEntry.Kind.CONTAINMENT, text=text, now=now)
    return common.saved(actor, row, act="contained", verb="contain", now=now)


@transaction.atomic
def urge(actor, complaint, *, text, now):
    """The customer, or a superior, urges; it counts against the handling (FIELD 2.3 row 15)."""
    row = common.open_one(complaint)
    row.urges += 1
    common.entry(actor, row, ComplaintEntry.Kind.URGED, text=text, channel="" if actor.user else Channel.WEB, to=row.handler, now=now)
    return common.saved(actor, row, "urges", act="urged", verb="urge", now=now)


@transaction.atomic
def ask_extension(actor, complaint, *, days, reason, now):
    """Ask for more working days before the solution is due; so many times at most (complaint_max_extensions), decided by another (FIELD 2.3 row 14)."""
    row = common.open_one(complaint)
    common.check_not_about_actor(actor, row)
    if row.state not in states.RUNNING:
        raise Refused(_("The solution is carried out already; no more time is needed."))
    if row.solve_due_at and now >= row.solve_due_at:
        raise Refused(_("More time is asked for before the solution is due, and it is overdue."))
    most = values.value("complaint_max_extensions", row.hall.day_of(now), row.hall)
    if row.extensions.filter(asked_at__gte=row.turn_began_at).exclude(outcome=ComplaintExtension.Outcome.DECLINED).count() >= most:
        raise Refused(_("The time was extended %(n)s times; the regulation allows no more.") % {"n": most})
    trace.save(actor, ComplaintExtension(complaint=row, asked_at=now, asked_by=common.employee_of(actor), reason=reason, days=days), act="asked")
    decisions.ask(actor, EXTENSION, row.pk, hall=row.hall, reason=reason, now=now)
    return common.saved(actor, row, act="extension asked", verb="ask_extension", now=now, reason=reason)


@transaction.atomic
def decide_extension(actor, complaint, *, granted, text, method, now):
    """A superior grants or declines it; granted, the customer is told why and until when, which is `text`, told by `method`."""
    row = common.open_one(complaint)
    common.check_not_about_actor(actor, row)
    extension = row.extensions.select_for_update().filter(outcome=ComplaintExtension.Outcome.WAITING).first()
    if extension is None:
        raise Refused(_("This has been decided by now. Look at it again."))
    actor = decisions.settle(actor, EXTENSION, row.pk, approved=granted, answer=text, now=now)
    extension.outcome = ComplaintExtension.Outcome.GRANTED if granted else ComplaintExtension.Outcome.DECLINED
    extension.decided_by, extension.decided_at = common.employee_of(actor), now
    if granted:
        kind = ComplaintEntry.Kind.PUBLISHED if row.is_anonymous else ComplaintEntry.Kind.TOLD
        common.entry(actor, row, kind, text=text, method=Method.PAGE if row.is_anonymous else method, now=now)
        extension.told_at = row.reported_at = now
    trace.save(actor, extension, "outcome", "decided_by", "decided_at", "told_at", act="granted" if granted else "declined")
    return common.saved(actor, row, "reported_at", act="extension granted" if granted else "extension declined", verb="decide_extension", now=now)
