"""Whose turn it is: what each open complaint asks of whom by when, as duties on My day (CMP-06 to CMP-16, GEN-25).

`wanted` works it out from the facts of a complaint, `settle` brings the duties there: the acts call it inside their transaction, and the clock once
more. One duty a step: `slot` names the turn, the state and since when it stands there, so that none comes twice; when another person has to do the
same, the duty passes on. Nobody whom a complaint is about is asked anything in it but their own statement (CMP-11).
"""
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from complaints.handling import calls, people, states
from complaints.handling.facts import Evidence
from complaints.handling.models import Complaint, Kind
from complaints.handling.services import clock, common
from complaints.handling.services.statements import ASKED_IN, key_of
from complaints.handling.solving import SolutionRound
from reception.followups.models import FollowUp
from staff.duties import services as duties
from staff.duties import states as duty_states
from staff.duties.models import Duty

ACK, ANSWER, ASSESS, ASSIGN = "complaint-ack", "complaint-answer", "complaint-assess", "complaint-assign"
STEP, UPDATE, TASK, MEASURE = "complaint-step", "complaint-update", "complaint-task", "complaint-measure"
STATEMENT, VISIT = "complaint-statement", calls.VISIT
ALL = (ACK, ANSWER, ASSESS, ASSIGN, STEP, UPDATE, TASK, MEASURE, STATEMENT, VISIT)
SAID = "complaint_statement"  # the record kind of what a person is asked: the complaint itself they may not see
JOINS = ("hall__manager__user", "hall__department__head__user", "handler__user", "customer")
PARTS = ("people", "liabilities", "routes", "rounds__measures", "tasks", "evidence", "pauses", "entries", "extensions", "customer__contacts")
LAST_DAY = timedelta(days=1)  # a report to the customer stands on My day from a day before it is due
LAID_DOWN = ("withdraw", "merge", "refuse", "pause", "give_back")  # what these end was not done
Answer, Approval = SolutionRound.Answer, SolutionRound.Approval


@dataclass(frozen=True)
class Turn:
    """What is asked of one `who` (facts of a duty: `employee_id` or `role`), from `starts_at` until `due_at`."""

    schedule: str
    slot: str
    who: dict
    starts_at: object
    due_at: object
    kind: str = common.KIND
    record_id: int | None = None

    @property
    def key(self):
        """What makes it the same as a duty that is there."""
        return self.schedule, self.slot, self.kind, self.record_id


def loaded(ids):
    """These complaints with all that `wanted` reads; `calls` are the follow-ups planned for them."""
    rows, planned = list(Complaint.objects.filter(pk__in=ids).select_related(*JOINS).prefetch_related(*PARTS).order_by("pk")), defaultdict(list)
    for call in FollowUp.objects.filter(trigger=FollowUp.Trigger.COMPLAINT, source_id__in=[row.pk for row in rows]).select_related("employee__user", "hall"):
        planned[call.source_id].append(call)
    for row in rows:
        row.calls = planned[row.pk]
    return rows


def wanted(row, house):
    """The Turns of a complaint as it stands."""
    if row.state not in states.OPEN:
        return []
    if row.kind != Kind.COMPLAINT:
        return [made(ANSWER, slot_of(row), row, house.handler(row) or house.pool(people.AGENT, row), row.since, row.solve_due_at)]
    found = [*asked_of_customer_service(row, house), *step(row, house), *update(row, house), *parts(row), *statements(row, house)]
    return [turn for turn in found if turn]


def made(schedule, slot, row, who, starts, due, **more):
    """A Turn, or None where nobody is there or it has no moment; it is never due before it begins."""
    if not who or due is None:
        return None
    return Turn(schedule, slot, who, starts, max(starts, due), **({"record_id": row.pk} | more))


def slot_of(row):
    """What tells this step from others: the turn, the state, since when, after how many pauses."""
    return f"{row.turn}/{row.state}/{int(row.since.timestamp()):x}/{len(row.pauses.all())}"


def asked_of_customer_service(row, house):
    """The first answer, judging how grave it is what a page or mail brought, and giving it to somebody."""
    served = house.handler(row) or house.pool(people.AGENT, row)
    if row.state in states.BEFORE_CONSENT and not row.assessed:
        yield made(ASSESS, f"{row.turn}", row, served, row.registered_at, row.ack_due_at or row.solve_due_at)
    if row.paused:
        return
    if row.state == states.REGISTERED:
        yield made(ACK, slot_of(row), row, served, row.registered_at, row.ack_due_at)
    elif row.state in states.TABLE["assign"].sources or house.handler(row) is None:
        yield made(ASSIGN, slot_of(row), row, house.pool(people.SUPERVISOR, row), row.since, row.next_due_at or row.solve_due_at)


def step(row, house):
    """The next step of whoever handles it; where it is the manager's or a superior's, theirs. Nothing while the clock rests, or an offer waits for
    the manager's word, which stands among the decisions."""
    if row.paused or row.state not in states.IN_HAND or house.handler(row) is None:
        return
    offer = last_round(row)
    if row.state == states.PROPOSED and offer and offer.approval == Approval.WAITING:
        return
    if row.state == states.IMPLEMENTED and not row.is_anonymous:
        yield visit(row, house)
        return
    due = row.solve_due_at if row.state in states.RUNNING else row.update_due_at or clock.in_days(
        house.calendar(row), row.since, house.rule("complaint_update_days", row, row.hall.day_of(row.since)))
    yield made(STEP, slot_of(row), row, doer(row, offer, house), row.since, due)


def doer(row, offer, house):
    """Whose step it is: the handler's, unless nobody can be reached (a superior's), or the last round was talked over (the manager's)."""
    if row.is_anonymous and (row.state == states.IMPLEMENTED or row.state == states.PROPOSED and offer and offer.approval != Approval.DECLINED):
        return house.pool(people.SUPERVISOR, row)
    if is_deadlocked(row, offer, house):
        return house.chief(row, but=people.handlers(row))
    return house.handler(row)


def is_deadlocked(row, offer, house):
    """Whether so many rounds were talked over that only the manager may end it."""
    if row.state not in (states.PROPOSED, states.FOLLOWED_UP) or offer is None:
        return False
    content = (row.satisfaction or 0) >= 3 if row.state == states.FOLLOWED_UP else offer.answer in (Answer.WAITING, Answer.ACCEPTED)
    rounds = [one for one in row.rounds.all() if one.turn == row.turn and one.approval != Approval.DECLINED]
    return not content and len(rounds) >= house.rule("complaint_max_rounds", row, row.hall.day_of(row.registered_at))


def last_round(row):
    """The offer that stands in this turn, or None."""
    return max((one for one in row.rounds.all() if one.turn == row.turn), key=lambda one: one.number, default=None)


def visit(row, house):
    """Asking how satisfied the customer is, where no call among the follow-ups does it."""
    due = calls.due_of(row, house)
    if calls.is_given_up(row, house):
        return made(STEP, f"{slot_of(row)}/x", row, house.handler(row), row.since, due)
    return None if calls.call_of(row) else made(VISIT, slot_of(row), row, house.caller(row), row.since, due)


def update(row, house):
    """Telling the customer how it stands."""
    if row.paused or row.update_due_at is None:
        return
    told = max(row.reported_at or row.acknowledged_at, row.turn_began_at)
    who = house.handler(row) or house.pool(people.AGENT, row)
    yield made(UPDATE, f"{row.turn}/{int(told.timestamp()):x}/{len(row.pauses.all())}", row, who, max(told, row.update_due_at - LAST_DAY), row.update_due_at)


def parts(row):
    """What others find out, and what they carry out."""
    if row.state in states.IN_HAND:
        for task in row.tasks.all():
            if task.done_at is None:
                yield made(TASK, f"task {task.pk}", row, {"employee_id": task.owner_id}, row.since, end_of(task.due_on, row.hall))
    if row.state == states.IMPLEMENTING and (offer := last_round(row)):
        for measure in offer.measures.all():
            if measure.done_at is None:
                yield made(MEASURE, f"measure {measure.pk}", row, {"employee_id": measure.owner_id}, row.since, end_of(measure.due_on, row.hall))


def end_of(day, hall):
    """The midnight that ends a day in the hall."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(hall.timezone))


def statements(row, house):
    """What those complained about are asked to say, each by a question that names nobody."""
    if row.state not in ASKED_IN:
        return
    for person in row.people.all():
        question = question_to(row, person)
        if person.complained_about and question and not has_answered(row, person, question):
            days = house.rule("complaint_update_days", row, row.hall.day_of(question.at))
            yield made(STATEMENT, question.key[-40:], row, {"employee_id": person.employee_id}, question.at,
                       clock.in_days(house.calendar(row), question.at, days), kind=SAID, record_id=person.pk)


def question_to(row, person):
    """The newest line in which this person was asked, or None."""
    asked = [one for one in row.entries.all() if one.key.startswith(key_of(person))]
    return max(asked, key=lambda one: (one.at, one.pk), default=None)


def has_answered(row, person, question):
    """Whether a statement of this person came after the question."""
    return any(one.kind == Evidence.Kind.STAFF and one.person_id == person.employee_id and one.struck_at is None and one.added_at >= question.at
               for one in row.evidence.all())


def settle(actor, rows, house, *, now, verb=""):
    """Bring the duties of these complaints (as `loaded` reads them, locked) to what they ask now; returns how many are new. What is asked no more
    ends: done where the facts say so, else excused."""
    there = defaultdict(list)
    named = {person.pk: row.pk for row in rows for person in row.people.all()}
    for duty in Duty.objects.filter(Q(kind=common.KIND, record_id__in=[row.pk for row in rows]) | Q(kind=SAID, record_id__in=list(named)), schedule__in=ALL):
        there[duty.record_id if duty.kind == common.KIND else named[duty.record_id]].append(duty)
    new, moved, ended = [], [], []
    for row in rows:
        asked = {turn.key: turn for turn in wanted(row, house)}
        known = {(duty.schedule, duty.slot, duty.kind, duty.record_id): duty for duty in there[row.pk]}
        new += [duty_of(turn, row) for key, turn in asked.items() if key not in known]
        again = [duty for key, duty in known.items() if key in asked and laid_down(duty)]
        running = {key: duty for key, duty in known.items() if duty.state == duty_states.OPEN}
        moved += [begun_again(duty, asked[(duty.schedule, duty.slot, duty.kind, duty.record_id)]) for duty in again]
        moved += [duty for key, duty in running.items() if key in asked and follow(duty, asked[key])]
        ended += [end(actor, duty, row, verb, now) for key, duty in running.items() if key not in asked]
    Duty.objects.bulk_update(moved, ["state", "done_at", "reason", "employee", "role", "starts_at", "due_at", "level", "told_to"])
    Duty.objects.bulk_update(ended, ["state", "done_at", "done_by", "reason"])
    return duties.make(new) if new else 0


def duty_of(turn, row):
    """A Turn as a duty."""
    return Duty(schedule=turn.schedule, slot=turn.slot, kind=turn.kind, record_id=turn.record_id, hall_id=row.hall_id, starts_at=turn.starts_at,
                due_at=turn.due_at, **turn.who)


def laid_down(duty):
    """Whether the duty was let go because the complaint went another way, and not by a superior, who let it go for good."""
    return duty.state == duty_states.EXCUSED and duty.done_by_id is None


def begun_again(duty, turn):
    """Ask again what was laid down, such as after a merging was undone."""
    duty.state, duty.done_at, duty.reason = duty_states.OPEN, None, ""
    follow(duty, turn)
    return duty


def follow(duty, turn):
    """Let the duty that is there be what is asked now: of another person, or by another moment. Returns whether anything changed."""
    who = (turn.who.get("employee_id"), turn.who.get("role", ""))
    was = (duty.employee_id, duty.role)
    if was == who and (duty.starts_at, duty.due_at) == (turn.starts_at, turn.due_at):
        return False
    if was != who:
        duty.level, duty.told_to = 0, None
    (duty.employee_id, duty.role), duty.starts_at, duty.due_at = who, turn.starts_at, turn.due_at
    return True


def end(actor, duty, row, verb, now):
    """End a duty that is asked no more."""
    if is_done(duty, row, verb):
        duty.state, duty.done_by = duty_states.DONE if now <= duty.due_at else duty_states.LATE, actor.user
    else:
        duty.state, duty.reason = duty_states.EXCUSED, str(row.get_state_display())
    duty.done_at = now
    return duty


def is_done(duty, row, verb):
    """Whether the facts say that what the duty asked was done, and not laid down."""
    if duty.schedule == TASK:
        return any(f"task {one.pk}" == duty.slot and one.done_at for one in row.tasks.all())
    if duty.schedule == MEASURE:
        return any(f"measure {one.pk}" == duty.slot and one.done_at for offer in row.rounds.all() for one in offer.measures.all())
    if duty.schedule == ASSESS:
        return row.assessed
    if duty.schedule == UPDATE:
        return row.reported_at is not None and f"/{int(row.reported_at.timestamp()):x}/" not in duty.slot
    if duty.schedule == STATEMENT:
        person = next(one for one in row.people.all() if one.pk == duty.record_id)
        return has_answered(row, person, question_to(row, person))
    return bool(verb) and verb not in LAID_DOWN and not row.paused
