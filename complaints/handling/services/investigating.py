"""Finding out what happened: tasks, evidence, statements of both sides, facts established (CMP-09, CMP-11; FIELD 2.3 rows 17, 19)."""
from django.db import transaction
from django.utils.translation import gettext as _

from complaints.handling.facts import ComplaintEntry, Evidence, InvestigationTask
from complaints.handling.services import common, parties
from config.accounts import trace
from config.errors import Refused
from config.web import uploads
from staff.organisation.models import Employee

OF_CUSTOMERS = (Evidence.Kind.CUSTOMER, Evidence.Kind.FILE)  # what a customer's page may add


@transaction.atomic
def investigate(actor, complaint, *, now):
    """Begin to look into it. A suggestion or praise is answered instead (CMP-21)."""
    row = common.locked(complaint, "investigate")
    common.check_not_about_actor(actor, row)
    if row.is_light:
        raise Refused(_("A suggestion or praise is answered, not investigated."))
    return common.saved(actor, row, act="investigation begun", verb="investigate", now=now)


@transaction.atomic
def add_task(actor, complaint, *, what, owner, due_on, now):
    """Ask somebody to find something out by a day; returns the task."""
    row = common.open_one(complaint)
    common.check_not_about_actor(actor, row)
    parties.check_owner(row, owner, what=_("look into it"))
    if due_on < row.hall.day_of(now):
        raise Refused(_("This day has passed. Choose a later one."), field="due_on")
    task = trace.save(actor, InvestigationTask(complaint=row, what=what, owner=owner, due_on=due_on), act="asked")
    common.saved(actor, row, act="task added", verb="add_task", now=now)
    return task


@transaction.atomic
def finish_task(actor, task, *, result, now):
    """What was found, said by whose task it is or who handles the complaint; returns the task."""
    row = common.open_one(task.complaint)
    common.check_not_about_actor(actor, row)
    task = InvestigationTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    parties.check_worker(actor, row, task.owner_id)
    if task.done_at:
        raise Refused(_("This was answered already."))
    if not result.strip():
        raise Refused(_("Say what was found."), field="result")
    task.done_at, task.result = now, result
    trace.save(actor, task, "done_at", "result", act="done")
    common.saved(actor, row, act="task done", verb="finish_task", now=now)
    return task


@transaction.atomic
def add_evidence(actor, complaint, *, kind, text, shows_on, now, person=None, witness="", upload=None):
    """Keep what shows something: `shows_on` is the day it shows, not the day it is kept. A file has its checksum. Returns the evidence.

    Refused: a day to come; a statement of nobody; a photo or file without the file; anything but words and files from a customer.
    """
    row = common.open_one(complaint)
    common.check_not_about_actor(actor, row)
    if actor.user is None and kind not in OF_CUSTOMERS:
        raise Refused(_("Add a statement or a file."), field="kind")
    if shows_on > row.hall.day_of(now):
        raise Refused(_("This day is still to come. Say which day it shows."), field="shows_on")
    if kind == Evidence.Kind.STAFF and person is None:
        raise Refused(_("Say whose statement it is."), field="person")
    if kind == Evidence.Kind.FILE and upload is None:
        raise Refused(_("Choose the file."), field="upload")
    attachment = uploads.attach(actor, kind=common.KIND, record_id=row.pk, hall_id=row.hall_id, upload=upload, now=now) if upload else None
    evidence = Evidence(complaint=row, kind=kind, text=text, person=person, witness=witness, shows_on=shows_on, attachment=attachment,
                        checksum=attachment.checksum if attachment else "", added_by=common.employee_of(actor), added_at=now)
    trace.save(actor, evidence, act="added")
    common.saved(actor, row, act="evidence added", verb="add_evidence", now=now)
    return evidence


@transaction.atomic
def strike(actor, evidence, *, reason, now):
    """Strike out what was added by mistake; it stays readable and counts no more. Returns the evidence."""
    row = common.open_one(evidence.complaint)
    common.check_not_about_actor(actor, row)
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if evidence.struck_at:
        raise Refused(_("This was struck out already."))
    if not reason.strip():
        raise Refused(_("Say why it is struck out."), field="reason")
    evidence.struck_at, evidence.struck_reason = now, reason[:300]
    trace.save(actor, evidence, "struck_at", "struck_reason", act="struck out", reason=reason)
    common.saved(actor, row, act="evidence struck out", verb="strike", now=now, reason=reason)
    return evidence


@transaction.atomic
def verify(actor, complaint, *, facts, now, no_evidence=""):
    """Establish the facts: with evidence, or a reason why there is none; with the statements of both sides where somebody is named; once every
    task is answered."""
    row = common.locked(complaint, "verify")
    common.check_not_about_actor(actor, row)
    if not facts.strip():
        raise Refused(_("Say what happened."), field="facts")
    if row.tasks.filter(done_at=None).exists():
        raise Refused(_("Some of what was asked to be found out is open. Answer it first."))
    if not row.evidence.filter(struck_at=None).exists() and not no_evidence.strip():
        raise Refused(_("Add at least one piece of evidence, or say why there is none."), field="no_evidence")
    check_both_sides(row)
    if no_evidence.strip():
        common.entry(actor, row, ComplaintEntry.Kind.NOTE, text=_("No evidence: %(reason)s") % {"reason": no_evidence.strip()}, now=now)
    row.facts_found = facts
    return common.saved(actor, row, "facts_found", act="facts verified", verb="verify", now=now, reason=no_evidence)


def check_both_sides(row):
    """Where somebody is complained about, both sides were heard; only who left the house, or left no way to be reached, cannot be."""
    named = [one.employee for one in row.people.filter(complained_about=True).select_related("employee") if one.employee.state != Employee.State.LEFT]
    for person in named:
        if not has_said(row, person):
            raise Refused(_("Hear %(name)s first: add their statement.") % {"name": person})
    if named and not row.is_anonymous and not row.evidence.filter(struck_at=None, kind=Evidence.Kind.CUSTOMER).exists():
        raise Refused(_("Hear the customer first: add their statement."))


def has_said(row, person):
    """Whether a statement of this person lies in the file."""
    return row.evidence.filter(struck_at=None, kind=Evidence.Kind.STAFF, person=person).exists()
