"""Verbs of conformity: judging a clause after it was computed, adding, revising and taking back evidence (FIELD 2.7 rows 3, 4)."""
from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.web import uploads
from config.web.periods import MONTH, Period
from config.web.versions import claim_version
from performance.conformity import computing, queries
from performance.conformity.models import ClauseEvidence, ClauseJudgement, MissedObligation, Result
from staff.archive.services.files import CHANGED, GONE, looked_at
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.duties.states import OPEN
from staff.improvement import services as improvement
from staff.improvement import states as improving
from staff.improvement.models import Action
from staff.organisation.models import Employee, Hall
from staff.regulation.clauses.models import Clause

EVIDENCE, RENEWAL = "clause_evidence", "evidence-renewal"


@transaction.atomic
def judge(actor, *, hall, source, number, month, result, score, reason, now, version=None):
    """Judge a clause in a hall and month, by what was computed at this moment, which is kept beside it. Refused: the month is still to come; who
    leads the hall judges it (nobody judges what they answer for); it departs from what was computed and no reason is given."""
    if month.first > hall.day_of(now):
        raise Refused(_("This month is still to come. Choose one that has begun."))
    if actor.user.employee.pk == hall.manager_id:
        raise Refused(_("You lead this hall, so somebody else judges how it keeps the regulation."))
    clause = queries.clause_in_force(source, number, computing.day_of(hall, month, now))
    if clause is None:
        raise Refused(_("This clause is not in force. Open the list again."))
    computed = computed_of(clause, hall, month, actor.user, now)
    if result != computed.result and not reason.strip():
        raise Refused(_("Give the reason why you judge otherwise than what was computed."), field="reason")
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)  # two who judge at once: the second finds what the first said
    row = ClauseJudgement.objects.select_for_update().filter(hall=hall, source=source, number=number, month=month.first).first()
    if row is None:
        if version:
            raise Refused(_("This judgement is gone. Open the clause again."))
        row = ClauseJudgement(hall=hall, source=source, number=number, month=month.first)
    else:
        claim_version(row, version or 0)
    row.result, row.score, row.reason = result, score if result not in (Result.NOT_APPLICABLE,) else None, reason
    row.computed, row.computed_score, row.judged_by, row.judged_at = computed.result, computed.score, actor.user.employee, now
    return trace.save(actor, row, act="judged", reason=reason)


def computed_of(clause, hall, month, user, now):
    """What the records say of a clause in a hall and month."""
    return computing.verdict_of(clause, hall, month, user, now, queries.expired_on(hall, computing.day_of(hall, month, now)))


@transaction.atomic
def add(actor, *, hall, source, number, title, owner, effective_on, now, expires_on=None, note="", upload=None, record=None, replaces=None):
    """Add evidence to a clause of a hall, with its file if there is one; its checksum is taken as it comes in. `record` is (kind, id) of a record
    of the house that shows it. `replaces` is the revision that it takes the place of, once."""
    if not Clause.objects.filter(source=source, number=number, kind=Clause.Kind.CLAUSE).exists():
        raise Refused(_("There is no such clause. Choose one from the list."), field="clause")
    if expires_on and expires_on < effective_on:
        raise Refused(_("It ends before it begins. Choose a later day."), field="expires_on")
    if owner.state != Employee.State.ON_DUTY:
        raise Refused(_("%(name)s is not on duty. Choose somebody else.") % {"name": owner}, field="owner")
    revision = 1
    if replaces is not None:
        replaces = ClauseEvidence.objects.select_for_update().get(pk=replaces.pk)
        if ClauseEvidence.objects.filter(replaces=replaces).exists() or replaces.ended_at:
            raise Refused(_("A newer revision stands in its place, or it was taken back. Open the clause again."))
        revision = replaces.revision + 1
        duties.finish(actor, EVIDENCE, replaces.pk, now=now)
    kind, record_id = record or ("", None)
    row = trace.save(actor, ClauseEvidence(
        hall=hall, source=source, number=number, title=title, note=note, owner=owner, effective_on=effective_on, expires_on=expires_on, revision=revision,
        kind=kind, record_id=record_id,
        replaces=replaces, added_by=actor.user.employee, added_at=now), act="revised" if replaces else "added")
    if upload:
        row.attachment = uploads.attach(actor, kind=EVIDENCE, record_id=row.pk, hall_id=hall.pk, upload=upload, now=now)
        row.checksum = row.attachment.checksum
        trace.save(actor, row, "attachment", "checksum", act="file added")
    return row


def revise(actor, former, *, now, **facts):
    """A new revision in the place of a former one, of the same clause and hall."""
    return add(actor, hall=former.hall, source=former.source, number=former.number, replaces=former, now=now, **facts)


@transaction.atomic
def take_back(actor, row, *, reason, now, version=None):
    """It proves nothing any more, and why; it stays readable."""
    row = ClauseEvidence.objects.select_for_update().get(pk=row.pk)
    claim_version(row, version)
    if row.ended_at:
        raise Refused(_("It was taken back already."))
    row.ended_at, row.ended_reason = now, reason
    duties.withdraw(actor, EVIDENCE, row.pk, reason=reason, now=now)
    return trace.save(actor, row, "ended_at", "ended_reason", "version", act="taken back", reason=reason)


@transaction.atomic
def pass_on(actor, records, to, now, reason=""):
    """Another person answers for this evidence; what is open of the former one passes on with it."""
    for row in records.select_for_update(of=("self",)).select_related("owner"):
        Duty.objects.filter(kind=EVIDENCE, record_id=row.pk, state=OPEN, employee=row.owner).update(employee=to, level=0, told_to=None)
        row.owner = to
        trace.save(actor, row, "owner", act="handed over", reason=reason)


@transaction.atomic
def improve(actor, *, hall, month, obligation, problem, now, owner=None, cause=""):
    """Put a line of the report that went wrong into the improvement register, once as long as that item is open (PRF-46). Refused: it was kept
    or not due; it stands there already."""
    line, = queries.report(hall, month, actor.user, now, [obligation])
    if line.state not in (computing.MISSED, computing.LATE):
        raise Refused(_("It was kept, so there is nothing to improve. Open the report again."))
    row, _made = MissedObligation.objects.get_or_create(hall=hall, month=month.first, obligation=obligation.name)
    MissedObligation.objects.select_for_update().get(pk=row.pk)
    if known := Action.objects.filter(kind=queries.MISSED, record_id=row.pk).exclude(state=improving.CLOSED).first():
        raise Refused(_("%(number)s in the improvement register is about this already.") % {"number": known.number})
    return improvement.raise_action(actor, source=Action.Source.ANALYSIS, problem=problem, cause=cause, owner=owner, hall=hall,
                                    about=(queries.MISSED, row.pk), now=now)


def opened(row):
    """The bytes of its file, held against the checksum of the day it came in. Refused: it has none, it is gone, or it was changed."""
    if row.attachment_id is None:
        raise Refused(_("No file belongs to this evidence."))
    state, data = looked_at(row.attachment)
    if state == GONE:
        raise Refused(_("The file is gone. Add it again as a new revision."))
    if state == CHANGED or row.attachment.checksum != row.checksum:
        raise Refused(_("The file is not what was added: its checksum differs. It is not opened."))
    return row.attachment, data


def this_month(hall, now):
    """The month that runs in a hall."""
    return Period.of(MONTH, hall.day_of(now))
