"""Records at the place in which a form of theirs makes something, where what the matrix of rights takes stands elsewhere. `PLACES[address](cast, who)` gives
the keys of the address; `who` is the person who fills the form in."""
from datetime import timedelta

from complaints.handling import states
from complaints.handling.models import Complaint
from complaints.handling.services import following, registering, routing, solving, timing
from facilities.incidents import services as incidents
from facilities.incidents.models import Incident
from reception.customers.consent_models import Consent
from staff.duties.models import Duty
from staff.duties.states import MISSED
from staff.regulation.clauses.models import Clause, Regulation, RegulationVersion
from staff.regulation.clauses.states import PUBLISHED
from staff.teamwork.workplans.models import WorkPlan
from tests.access.subjects import hall_and_month, incident, key, work_request
from tests.complaints.acts import SOLVE, anonymous, measures, taken, walk_to
from tests.faults.asked import LATER, SEEN


def led(state, **facts):
    """A complaint that the agent's verbs led to a state."""
    return key(lambda cast, _who: walk_to(cast, state, **facts).row)


def walked(state, *steps, row=taken):
    """The same and some steps of the Walk more."""
    def make(cast, _who):
        walk = walk_to(cast, state, row=row(cast))
        for step in steps:
            step(walk)
        return walk.row
    return key(make)


def asked_to_refuse(walk):
    """The handler asks that it is not accepted."""
    routing.ask_refusal(walk.by("agent"), walk.row, reason="Not ours", method="phone", text="Ask your landlord", now=walk.tick())


def rested(walk):
    """Its clock rests."""
    timing.pause(walk.by("agent"), walk.row, reason="A part is ordered", evidence="The order", now=walk.tick())


def asked_for_time(walk):
    """More time is asked for."""
    timing.ask_extension(walk.by("agent"), walk.row, days=1, reason="A part is ordered", now=walk.tick())


def about_sales(walk):
    """It is about a salesperson."""
    registering.name_person(walk.by("agent"), walk.row, employee=walk.cast.people["sales"], complained_about=True, now=walk.tick())


def dear(walk):
    """What is offered costs more than the agent may give."""
    given = SOLVE | {"compensation": 100_000, "measures": measures(walk.cast), "demands": walk.demands()}
    solving.propose(walk.by("agent"), walk.row, **given, now=walk.tick())


def appealed(cast, _who):
    """A rating to which its handler objects."""
    walk = walk_to(cast, states.FOLLOWED_UP)
    return following.appeal(walk.by("agent"), walk.row.ratings.get(), reason="It is about the carrier", now=walk.tick())


def two_alike(cast, _who):
    """One of two that are alike and like no other."""
    n = Complaint.objects.count()
    facts = {"matter": f"{n} " * 9, "contact_phone": f"+86139{n:08d}"}
    taken(cast, **facts)
    return taken(cast, **facts)


def draft(cast, _who):
    """A regulation of its own whose first version is being written."""
    n = Regulation.objects.count()
    regulation = Regulation.objects.create(key=f"house-{n}", sources=[f"H{n}"], order=n)
    return RegulationVersion.objects.create(regulation=regulation, number=1, title={"en": "House"}, office={"en": "HR"}, written_by=cast.users["hr"])


def published(cast, who):
    """The same, published with one clause."""
    version = draft(cast, who)
    RegulationVersion.objects.filter(pk=version.pk).update(state=PUBLISHED, effective_on=cast.today)
    Clause.objects.create(edition=version, source=version.regulation.sources[0], number="1", order=1, kind="clause", title={"en": "A"}, text={"en": "Shut it"})
    return version


def confirmed(cast, who):
    """An incident that the head of the hall has in hand."""
    row = incident(cast, "agent")
    Incident.objects.filter(pk=row.pk).update(happened_at=cast.now - timedelta(hours=1))
    return incidents.confirm(cast.actor(who), row, verdict="Close the shelf", now=cast.now)


def consenting(cast, _who):
    """A customer who consented that a third party is told."""
    customer = cast.customer_for()
    Consent.objects.create(customer=customer, purpose="disclosure", third_party=SEEN, version="1", text="Yes", channel="spoken",
                           given_at=cast.now - timedelta(hours=1), recorded_by=cast.users["sales"])
    return customer


def accepted(cast, who):
    """What a colleague asked for and the person took over."""
    return work_request(cast, "agent", state="accepted", answered_by=cast.people[who], answered_at=cast.now, owner=cast.people[who])


def plan_to_come(cast, who):
    """The plan of a month that is still to come, in the hall of the person."""
    return WorkPlan.objects.get_or_create(hall=cast.hall_of(who), team=None, period=LATER[:7], defaults={"opens_at": cast.now, "due_at": cast.now})[0]


def missed(cast, who):
    """The daily cleaning of this month was missed once in the hall of the person."""
    Duty.objects.create(schedule="SCH-01", slot="missed", hall=cast.hall_of(who), role="logistics", starts_at=cast.now - timedelta(seconds=2),
                        due_at=cast.now - timedelta(seconds=1), state=MISSED)
    return hall_and_month(cast, who, sort="plan", key="SCH-01")


IN_VAIN = (lambda walk: walk.not_reached(),)
TALKED = (lambda walk: walk.adjusted(), lambda walk: walk.adjusted())  # the first offer is a round too; complaint_max_rounds is 3
PLACES = {
    "begin_version": key(published),
    "new_clause": key(draft),
    "note_incident": key(confirmed),
    "set_incident_measure": key(confirmed),
    "improve_obligation": missed,
    "disclose": key(consenting),
    "divide_request": key(accepted),
    "new_plan_task": key(plan_to_come),
    "decide_rating_appeal": key(appealed),
    "acknowledge_complaint": led(states.REGISTERED),
    "ask_complaint_refusal": led(states.REGISTERED),
    "settle_complaint_refusal": walked(states.REGISTERED, asked_to_refuse),
    "assign_complaint": led(states.ACKNOWLEDGED),
    "give_complaint_back": led(states.ASSIGNED),
    "resume_complaint": walked(states.INVESTIGATING, rested),
    "decide_complaint_extension": walked(states.INVESTIGATING, asked_for_time),
    "ask_statement": walked(states.INVESTIGATING, about_sales),
    "verify_complaint": walked(states.INVESTIGATING, lambda walk: walk.hear()),
    "set_complaint_liability": led(states.VERIFIED),
    "propose_solution": led(states.LIABILITY_SET),
    "adjust_solution": led(states.PROPOSED),
    "approve_complaint_solution": walked(states.LIABILITY_SET, dear),
    "answer_solution": led(states.PROPOSED),
    "publish_solution": walked(states.PROPOSED, row=anonymous),
    "finish_complaint": walked(states.IMPLEMENTING, lambda walk: walk.measures_done()),
    "follow_complaint_up": led(states.IMPLEMENTED),
    "rate_complaint": led(states.IMPLEMENTED),
    "close_complaint": led(states.FOLLOWED_UP),
    "propose_solution_again": led(states.FOLLOWED_UP),
    "handle_complaint_again": led(states.IMPLEMENTED),
    "close_complaint_not_agreed": walked(states.PROPOSED, *TALKED),
    "close_complaint_unreachable": walked(states.IMPLEMENTED, *IN_VAIN),
    "close_complaint_published": walked(states.IMPLEMENTED, row=anonymous),
    "reopen_complaint": led(states.SATISFIED),
    "answer_complaint": led(states.REGISTERED, kind="suggestion"),
    "merge_complaint": key(two_alike),
    "unmerge_complaint": led(states.MERGED),
    "split_complaint": led(states.REGISTERED),
}
