"""From responsibility to what is carried out: who answers for it, what is offered, what the customer says, what is done (CMP-10, CMP-12 to CMP-14;
FIELD 2.3 rows 20, 21, 29, 34)."""
from django.db import transaction
from django.utils.translation import gettext as _

from complaints.handling import states
from complaints.handling.facts import ComplaintPerson
from complaints.handling.models import Complaint, Severity
from complaints.handling.services import common, ending, parties, timing
from complaints.handling.services.ending import OFFER
from complaints.handling.services.investigating import has_said
from complaints.handling.solving import Demand, Liability, SolutionMeasure, SolutionRound
from config.accounts import trace
from config.errors import Refused
from staff.duties.decisions import services as decisions
from staff.regulation import values

Party, Answer, Approval = Liability.Party, SolutionRound.Answer, SolutionRound.Approval
WHOLE = 100  # per cent
NAMED = (Party.TEAM, Party.PARTNER)  # whose name has to be written


@transaction.atomic
def set_liability(actor, complaint, *, validity, grounds, parties, now):
    """Decide who answers for it, with which share, and whether the customer is right, with grounds. `parties` are facts of Liability: party,
    share, employee, department, name. Where a person answers for it a superior decides, who is another."""
    row = common.locked(complaint, "set_liability")
    common.check_not_about_actor(actor, row)
    if validity not in Complaint.Validity.values:
        raise Refused(_("Say whether the customer is right."), field="validity")
    if not grounds.strip():
        raise Refused(_("Give the grounds: the facts, and the rule or law."), field="grounds")
    check_shares(parties)
    decider = common.employee_of(actor)
    for facts in parties:
        check_party(actor, row, decider, facts)
        liability = Liability(complaint=row, decided_by=decider, decided_at=now, turn=row.turn, **facts)
        trace.save(actor, liability, act="decided", reason=grounds)
        if liability.employee_id:
            _name(actor, row, liability.employee)
    row.validity, row.grounds = validity, grounds
    return common.saved(actor, row, "validity", "grounds", act="responsibility decided", verb="set_liability", now=now)


def check_shares(parties):
    """The shares make a hundred, and nobody is named twice."""
    if not parties:
        raise Refused(_("Say who is responsible, even if nobody is."), field="parties")
    if any(not 0 < facts.get("share", WHOLE) <= WHOLE for facts in parties) or sum(facts.get("share", WHOLE) for facts in parties) != WHOLE:
        raise Refused(_("The shares have to make 100 per cent together."), field="parties")
    keys = [(facts["party"], getattr(facts.get("employee"), "pk", None), getattr(facts.get("department"), "pk", None), facts.get("name", ""))
            for facts in parties]
    if len(set(keys)) < len(keys):
        raise Refused(_("Each responsible party is named once."), field="parties")


def check_party(actor, row, decider, facts):
    """Whether this party may be named, by this actor."""
    party, employee = facts["party"], facts.get("employee")
    if (party == Party.PERSON) != bool(employee) or party == Party.DEPARTMENT and not facts.get("department") or party in NAMED and not facts.get("name"):
        raise Refused(_("Say who it is: the person, the department, or the name of the team or partner."), field="parties")
    if not employee:
        return
    if decider and employee.pk == decider.pk:
        raise Refused(_("Nobody judges themselves. A superior decides this."), field="parties")
    if not check_superior(actor, row):
        raise Refused(_("Where a person is responsible, a superior decides. Report the complaint upwards."), field="parties")
    if employee.pk == row.handler_id:
        raise Refused(_("%(name)s handles this complaint. Assign it to somebody else first.") % {"name": employee}, field="parties")
    if not has_said(row, employee):
        raise Refused(_("Hear %(name)s first: add their statement.") % {"name": employee}, field="parties")


def check_superior(actor, row):
    """Whether who acts is a superior there."""
    return parties.leads(actor.user, row)


def _name(actor, row, employee):
    """Whoever answers for it is kept out of it from now on, like who is complained about."""
    person, new = ComplaintPerson.objects.get_or_create(complaint=row, employee=employee)
    if not new and not person.complained_about:
        person.complained_about = True
        trace.save(actor, person, "complained_about", act="found responsible")


@transaction.atomic
def propose(actor, complaint, *, offer, compensation, goodwill, measures, demands, now):
    """Draw up the first solution; returns its round. `measures` are (what, by whom, by which day), `demands` (text, reasonable, reason)."""
    row = common.locked(complaint, "propose")
    common.check_not_about_actor(actor, row)
    if not row.validity or not row.liabilities.filter(turn=row.turn).exists():
        raise Refused(_("Say who is responsible before you propose a solution."))
    return _offer(actor, row, offer, compensation, goodwill, measures, demands, now, verb="propose")


@transaction.atomic
def adjust(actor, complaint, *, offer, compensation, goodwill, measures, demands, opinion, now):
    """The next round, after what the customer said (`opinion`); returns it. So many rounds at most (complaint_max_rounds), then the manager decides."""
    row = common.locked(complaint, "adjust")
    common.check_not_about_actor(actor, row)
    last = last_round(row)
    if last and last.approval == Approval.WAITING:
        raise Refused(_("The last offer waits for the manager's word. Wait for it first."))
    most = max_rounds(row)
    if rounds_of(row).count() >= most:
        raise Refused(_("%(n)s rounds were talked over. The manager of the hall decides now.") % {"n": most})
    if last and last.answer == Answer.WAITING and last.approval != Approval.DECLINED:
        _answered(actor, last, Answer.COUNTER, opinion, "", now)
    return _offer(actor, row, offer, compensation, goodwill, measures, demands, now, verb="adjust")


def rounds_of(row):
    """The rounds of this turn. What the manager declined was never talked over with the customer and counts for none."""
    return row.rounds.filter(turn=row.turn).exclude(approval=Approval.DECLINED)


def max_rounds(row):
    """How many rounds of negotiation the regulation knows before the manager decides."""
    return values.value("complaint_max_rounds", row.hall.day_of(row.registered_at), row.hall)


def last_round(row):
    """The offer that stands, locked; None before the first of this turn."""
    return row.rounds.select_for_update(of=("self",)).filter(turn=row.turn).order_by("-number").first()


def _offer(actor, row, offer, compensation, goodwill, measures, demands, now, *, verb):
    """Write a round with its measures, judge the demands, and ask for the manager's word where it takes it."""
    check_offer(row, offer, compensation, goodwill, measures, now)
    judge_demands(actor, row, demands)
    number = row.rounds.filter(turn=row.turn).count() + 1
    made = SolutionRound(complaint=row, number=number, turn=row.turn, offer=offer, compensation=compensation, goodwill=goodwill, offered_at=now,
                         offered_by=common.employee_of(actor))
    made.approval = Approval.WAITING if takes_two(row, made) else Approval.NOT_NEEDED
    trace.save(actor, made, act="offered")
    for what, owner, due_on in measures:
        trace.save(actor, SolutionMeasure(complaint=row, round=made, what=what, owner=owner, due_on=due_on), act="planned")
    if made.approval == Approval.WAITING:
        decisions.ask(actor, OFFER, row.pk, hall=row.hall, reason=offer, amount=made.cost, now=now)
    common.saved(actor, row, act="proposed" if verb == "propose" else "adjusted", verb=verb, now=now)
    return made


def check_offer(row, offer, compensation, goodwill, measures, now):
    """Whether this can be offered: words, no negative cost, at least one measure, each by somebody who may, by a day that comes."""
    if not offer.strip():
        raise Refused(_("Say what is offered."), field="offer")
    if compensation < 0 or goodwill < 0:
        raise Refused(_("An amount is nothing or more."), field="compensation")
    if not measures:
        raise Refused(_("Name at least one measure, with who does it by when."), field="measures")
    for _what, owner, due_on in measures:
        parties.check_owner(row, owner, what=_("carry out a measure"), field="measures")
        if due_on < row.hall.day_of(now):
            raise Refused(_("A measure is due on a day that has passed. Choose a later one."), field="measures")


def judge_demands(actor, row, demands):
    """Each demand is reasonable, or not with a reason; none stays without a word (CMP-12)."""
    known = {one.text: one for one in row.demands.select_for_update()}
    for text, reasonable, reason in demands:
        if not reasonable and not reason.strip():
            raise Refused(_("Say why “%(demand)s” is not reasonable.") % {"demand": text}, field="demands")
        demand = known.setdefault(text[:300], Demand(complaint=row, text=text[:300]))
        demand.reasonable, demand.reason = bool(reasonable), reason[:300]
        trace.save(actor, demand, act="judged", reason=reason)
    for demand in known.values():
        if demand.reasonable is None:
            raise Refused(_("Say of each demand whether it is reasonable: “%(demand)s” is open.") % {"demand": demand.text}, field="demands")


def takes_two(row, offer):
    """Whether an offer needs the manager's word before the customer hears it: its cost is above the limit (complaint_compensation_limit), or the
    complaint is grave, whose answers two people sign (FIELD 2.3 row 29)."""
    limit = values.value("complaint_compensation_limit", row.hall.day_of(offer.offered_at), row.hall)
    return row.severity == Severity.GRAVE or offer.cost > limit


@transaction.atomic
def approve(actor, complaint, *, approved, answer, now):
    """The manager agrees to what is offered, or does not and says why."""
    row = common.open_one(complaint)
    parties.check_decides(actor, row)
    offer = last_round(row)
    if row.state != states.PROPOSED or offer is None or offer.approval != Approval.WAITING:
        raise Refused(_("This has been decided by now. Look at it again."))
    if not approved and not answer.strip():
        raise Refused(_("Say why it is declined."), field="answer")
    actor = decisions.settle(actor, OFFER, row.pk, approved=approved, answer=answer, now=now)
    offer.approval = Approval.APPROVED if approved else Approval.DECLINED
    offer.approved_by, offer.approved_at = common.employee_of(actor), now
    trace.save(actor, offer, "approval", "approved_by", "approved_at", act="approved" if approved else "declined", reason=answer)
    return common.saved(actor, row, act="offer approved" if approved else "offer declined", verb="approve", now=now, reason=answer)


def approved_round(row):
    """The offer that stands and waits for the customer, who may hear it; raises Refused where there is none or it needs a word first."""
    offer = last_round(row)
    if offer is None or offer.answer != Answer.WAITING:
        raise Refused(_("No offer waits for an answer. Make another one first."))
    if offer.approval == Approval.WAITING:
        raise Refused(_("The offer waits for the manager's word. The customer hears it after that."))
    if offer.approval == Approval.DECLINED or offer.approval != Approval.APPROVED and takes_two(row, offer):
        raise Refused(_("This offer was not approved. Make another one."))
    return offer


@transaction.atomic
def answer_round(actor, complaint, *, answer, opinion, consent_by, now):
    """What the customer says to the offer, by themselves or to one of us; accepted, it is agreed, with how the consent was given (CMP-13)."""
    row = common.found(complaint)
    row.was = row.state
    common.check_not_about_actor(actor, row)
    agreed = states.TABLE["agree"].apply(row.state, _("This complaint is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()})
    offer = approved_round(row)
    if answer not in (Answer.ACCEPTED, Answer.REFUSED, Answer.COUNTER):
        raise Refused(_("Say what the customer answered."), field="answer")
    if answer == Answer.ACCEPTED and not consent_by:
        raise Refused(_("Say how the customer gave the consent."), field="consent_by")
    _answered(actor, offer, answer, opinion, consent_by if answer == Answer.ACCEPTED else "", now)
    timing.end_pause(actor, row, _("The customer answered."), now)
    row.state = agreed if answer == Answer.ACCEPTED else row.state
    return common.saved(actor, row, act="agreed" if answer == Answer.ACCEPTED else "not agreed", verb="answer_round", now=now, reason=opinion)


def _answered(actor, offer, answer, opinion, consent_by, now):
    """Write the customer's answer to an offer; a no says what is missing."""
    if answer != Answer.ACCEPTED and not opinion.strip():
        raise Refused(_("Say what the customer thinks of the offer."), field="opinion")
    offer.answer, offer.opinion, offer.consent_by, offer.answered_at = answer, opinion, consent_by, now
    trace.save(actor, offer, "answer", "opinion", "consent_by", "answered_at", act="answered")


@transaction.atomic
def implement(actor, complaint, *, now):
    """Begin to carry it out, which the customer's consent allows (CMP-13)."""
    row = common.found(complaint)
    row.was = row.state
    common.check_not_about_actor(actor, row)
    offer = last_round(row)
    if row.state in states.BEFORE_CONSENT or offer is None or offer.answer != Answer.ACCEPTED:
        raise Refused(_("The customer has not agreed. Nothing is carried out before that."))
    row.state = states.TABLE["implement"].apply(row.state, _("This complaint is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()})
    return common.saved(actor, row, act="implementation begun", verb="implement", now=now)


@transaction.atomic
def implement_published(actor, complaint, *, text, now):
    """Where nobody can be reached, the solution on the tracking page stands in for the consent (lifecycles.md, without contact data)."""
    row = common.locked(complaint, "implement_published")
    common.check_not_about_actor(actor, row)
    parties.check_leads(actor, row)
    if not row.is_anonymous:
        raise Refused(_("This customer can be reached. Ask for their consent."))
    approved_round(row)
    fields = ending.told(actor, row, text=text, method="page", now=now)
    return common.saved(actor, row, *fields, act="published in place of consent", verb="implement_published", now=now, reason=text)


@transaction.atomic
def finish_measure(actor, measure, *, result, now):
    """A measure is done, with what came of it, while the solution is carried out (CMP-14); returns the measure."""
    row = common.open_one(measure.complaint)
    common.check_not_about_actor(actor, row)
    measure = SolutionMeasure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    parties.check_worker(actor, row, measure.owner_id)
    if row.state != states.IMPLEMENTING or measure.round_id != last_round(row).pk:
        raise Refused(_("This measure is not being carried out. Look at the complaint again."))
    if measure.done_at:
        raise Refused(_("This was answered already."))
    if not result.strip():
        raise Refused(_("Say what came of it."), field="result")
    measure.done_at, measure.result = now, result[:300]
    trace.save(actor, measure, "done_at", "result", act="done")
    common.saved(actor, row, act="measure done", verb="finish_measure", now=now)
    return measure


@transaction.atomic
def finish_implementing(actor, complaint, *, method, text, now):
    """Every measure is done, and the customer is told the result (CMP-15)."""
    row = common.locked(complaint, "finish_implementing")
    common.check_not_about_actor(actor, row)
    if last_round(row).measures.filter(done_at=None).exists():
        raise Refused(_("Some measures are open. Say of each what came of it first."))
    fields = ending.told(actor, row, text=text, method=method, now=now)
    row.implemented_at = now
    return common.saved(actor, row, *fields, "implemented_at", act="carried out", verb="finish_implementing", now=now)
