"""What every verb on a complaint shares: the locked row, the arrow of the table, the saved row with its clock, the word to listeners."""
from django.utils.translation import gettext as _

from complaints.handling import states
from complaints.handling.events import complaint_changed
from complaints.handling.facts import ComplaintEntry
from complaints.handling.models import Complaint
from complaints.handling.services import clock
from config.accounts import trace
from config.errors import Refused
from config.web.versions import claim_version

KIND, SERIES = "complaint", "CP"
JOINS = ("hall__manager", "hall__department__head", "handler__user", "department", "customer")


def found(complaint):
    """The complaint, locked, as it stands now, with what verbs read of it. No key of it ever changes, so rows that point at it are still
    written meanwhile: one that repeats it would wait, and both for each other."""
    return Complaint.objects.select_for_update(of=("self",), no_key=True).select_related(*JOINS).get(pk=complaint.pk)


def locked(complaint, verb, version=None):
    """The complaint, locked and led along the arrow of `verb`. Raises Refused where the table draws none from where it stands, and Changed
    where a form was opened on an older version."""
    row = found(complaint)
    claim_version(row, version)
    row.was = row.state
    row.state = states.TABLE[verb].apply(row.state, _("This complaint is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()})
    return row


def open_one(complaint, version=None):
    """The complaint, locked, for acts that belong to no arrow. Raises Refused once it is over."""
    row = found(complaint)
    claim_version(row, version)
    row.was = row.state
    if row.state not in states.OPEN:
        raise Refused(_("This complaint is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()})
    return row


def saved(actor, row, *fields, act, now, reason="", verb=""):
    """Save the complaint (`fields`, its state and its clock) with its trace, and tell who listens; returns it."""
    if row.state != getattr(row, "was", row.state):
        row.since = now
    clock.work_out(row)
    trace.save(actor, row, *dict.fromkeys((*fields, "state", "since", "version", *clock.FIELDS)), act=act, reason=reason)
    row.was = row.state
    complaint_changed.send(sender=Complaint, verb=verb or act, complaint=row, actor=actor, now=now)
    return row


def employee_of(actor):
    """Who acts, as an employee; None for a customer or the clock."""
    return getattr(actor.user, "employee", None) if actor.user else None


def entry(actor, row, kind, *, text, now, method="", channel="", to=None, key=""):
    """Write one line of the story."""
    return ComplaintEntry.objects.create(complaint=row, kind=kind, at=now, by=employee_of(actor), to=to, method=method, channel=channel, text=text, key=key)


def check_independent(row, employee, *, what, field):
    """Refuse somebody about whom the complaint is (CMP-11), beside the field that names them. `what` is the sentence's act, such as _("handle it")."""
    if employee and row.people.filter(employee=employee, complained_about=True).exists():
        raise Refused(_("%(name)s is complained about and cannot %(what)s. Choose somebody else.") % {"name": employee, "what": what}, field=field)


def check_not_about_actor(actor, row):
    """Refuse who acts on a complaint about themselves, whichever page let them through."""
    person = employee_of(actor)
    if person and row.people.filter(employee=person, complained_about=True).exists():
        raise Refused(_("This complaint concerns you, so somebody else deals with it."))
