"""After it was carried out: how satisfied the customer is, the ends, handling it again (CMP-16 to CMP-18, CMP-21; FIELD 2.3 rows 28, 30 to 33, 35, 36)."""
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.handling import states
from complaints.handling.facts import ComplaintEntry, ComplaintRoute
from complaints.handling.models import Cause, Channel, Kind
from complaints.handling.services import common, ending, parties, routing
from complaints.handling.services.solving import max_rounds, rounds_of
from complaints.handling.solving import ComplaintRating
from config.accounts import trace
from config.errors import Refused
from staff.duties.decisions import services as decisions
from staff.improvement import services as improvement
from staff.improvement.models import Action
from staff.regulation import values

APPEAL = "complaint_rating_appeal"  # what a third person decides
SATISFIED_FROM = 3  # stars: 基本满意, fairly satisfied, is the lowest of the three satisfied answers of 好差评
STARS = range(1, 6)
RATED = (states.IMPLEMENTED, states.FOLLOWED_UP, *states.CLOSED)  # when the customer may say how satisfied they are
MOST_WHYS = 5


@transaction.atomic
def follow_up(actor, complaint, *, stars, opinions, method, now):
    """Ask how satisfied the customer is, by somebody who neither handled it nor is concerned; it is the rating of this turn unless the customer
    gave one already."""
    row = common.locked(complaint, "follow_up")
    parties.check_outsider(actor, row)
    check_stars(stars)
    row.satisfaction = stars
    if not row.ratings.filter(turn=row.turn).exists():
        _rating(actor, row, stars, opinions, method, now)
    if opinions.strip():
        common.entry(actor, row, ComplaintEntry.Kind.WORD, text=opinions, method=method, channel=Channel.FOLLOW_UP, now=now)
    return common.saved(actor, row, "satisfaction", act="followed up", verb="follow_up", now=now)


def check_stars(stars):
    """One to five."""
    if stars not in STARS:
        raise Refused(_("Give one to five stars."), field="stars")


def _rating(actor, row, stars, comment, method, now):
    rating = ComplaintRating(complaint=row, turn=row.turn, stars=stars, comment=comment[:1000], at=now, method=method, taken_by=common.employee_of(actor))
    return trace.save(actor, rating, act="rated")


@transaction.atomic
def rate(actor, complaint, *, stars, comment, method, now):
    """The customer rates the handling: once, and once more after it was handled again (追评). Staff who write it down are no part of it."""
    row = common.found(complaint)
    row.was = row.state
    parties.check_outsider(actor, row)
    if row.state not in RATED or row.is_light:
        raise Refused(_("The handling is rated once the solution is carried out."))
    check_stars(stars)
    if row.ratings.filter(turn=row.turn).exists():
        raise Refused(_("The handling was rated already. After it is handled again it can be rated once more."))
    _rating(actor, row, stars, comment, method, now)
    row.satisfaction = stars
    return common.saved(actor, row, "satisfaction", act="rated", verb="rate", now=now)


@transaction.atomic
def close(actor, complaint, *, cause, cause_detail, whys, improvement, prevention, no_improvement, now, owner=None):
    """Close it with the satisfied customer: the root cause, and what gets better, or why nothing has to (CMP-17, CMP-18). What gets better goes
    into the improvement register, for `owner` or who answers for the hall; its effect is checked there."""
    row = common.locked(complaint, "close")
    common.check_not_about_actor(actor, row)
    if (row.satisfaction or 0) < SATISFIED_FROM:
        raise Refused(_("The customer is not satisfied. Propose another solution."))
    if cause not in Cause.values or not cause_detail.strip():
        raise Refused(_("Name the root cause."), field="cause")
    if not improvement.strip() and not no_improvement.strip():
        raise Refused(_("Say what gets better, or why nothing has to."), field="improvement")
    row.cause, row.cause_detail, row.whys = cause, cause_detail, [why.strip() for why in whys if why.strip()][:MOST_WHYS]
    row.improvement, row.prevention, row.no_improvement = improvement, prevention, "" if improvement.strip() else no_improvement
    if improvement.strip():
        raise_improvement(actor, row, owner, now)
    return ending.ended(actor, row, "cause", "cause_detail", "whys", "improvement", "prevention", "no_improvement", act="closed, satisfied", verb="close",
                        now=now)


def raise_improvement(actor, row, owner, now):
    """Put what has to get better into the register; not for somebody whom the complaint is about, who would see it named."""
    if owner:
        parties.check_owner(row, owner, what=_("be responsible for the improvement"))
    out = parties.concerned(row)
    usual = [one for one in (row.hall.manager, row.hall.department.head) if one and one.pk not in out]
    owner = owner or next((one for one in usual if one.state == one.State.ON_DUTY), common.employee_of(actor))
    problem = f"{row.number}: {row.improvement}"
    cause = f"{row.get_cause_display()}: {row.cause_detail}"
    improvement.raise_action(actor, source=Action.Source.COMPLAINT, problem=problem[:300], cause=cause[:500], about=(common.KIND, row.pk), hall=row.hall,
                             owner=owner, now=now)


@transaction.atomic
def propose_again(actor, complaint, *, reason, now):
    """The customer is not satisfied: back to the solution, saying what is missing. After the last round the manager decides instead."""
    row = common.locked(complaint, "propose_again")
    common.check_not_about_actor(actor, row)
    check_reason(reason)
    if rounds_of(row).count() >= max_rounds(row):
        raise Refused(_("%(n)s rounds were talked over. The manager of the hall decides now.") % {"n": max_rounds(row)})
    row.implemented_at = row.satisfaction = None
    return common.saved(actor, row, "implemented_at", "satisfaction", act="proposed again", verb="propose_again", now=now, reason=reason)


def check_reason(reason, field="reason"):
    """A reason stands there."""
    if not reason.strip():
        raise Refused(_("Give the reason."), field=field)


@transaction.atomic
def handle_again(actor, complaint, *, reason, now):
    """Not satisfied with what was carried out: it is handled anew, with a new clock, counted (重办, FIELD 2.3 row 31)."""
    row = common.locked(complaint, "handle_again")
    common.check_not_about_actor(actor, row)
    check_reason(reason)
    return common.saved(actor, row, *ending.new_turn(actor, row, now=now), act="to be handled again", verb="handle_again", now=now, reason=reason)


@transaction.atomic
def close_not_agreed(actor, complaint, *, reason, advice, now):
    """After so many rounds (complaint_max_rounds) the manager may end it without the customer's consent, with reasons and advice on further ways,
    which the customer reads."""
    row = common.locked(complaint, "close_not_agreed")
    parties.check_decides(actor, row)
    check_reason(reason)
    if not advice.strip():
        raise Refused(_("Say which further ways the customer was told."), field="advice")
    most = max_rounds(row)
    if rounds_of(row).count() < most:
        raise Refused(_("Talk the solution over %(n)s times first; only then it ends without agreement.") % {"n": most})
    row.end_reason, row.advice = reason, advice
    fields = ending.told(actor, row, text=advice, method="page", now=now)
    return ending.ended(actor, row, *fields, "end_reason", "advice", act="closed, not agreed", verb="close_not_agreed", now=now, reason=reason)


@transaction.atomic
def close_unreachable(actor, complaint, *, reason, now):
    """The customer answers nobody: after so many contacts in vain (followup_max_attempts) since they last spoke it ends, with notice on the tracking
    page, outside the solved rate (FIELD 2.3 row 36)."""
    row = common.locked(complaint, "close_unreachable")
    common.check_not_about_actor(actor, row)
    check_reason(reason)
    if row.is_anonymous:
        raise Refused(_("This customer left no way to be reached. Publish it on the tracking page instead."))
    most = values.value("followup_max_attempts", row.hall.day_of(now), row.hall)
    if contacts_in_vain(row) < most:
        raise Refused(_("Try to reach the customer %(n)s times first, and write down each time.") % {"n": most})
    row.end_reason = reason
    fields = ending.told(actor, row, text=reason, method="page", now=now)
    return ending.ended(actor, row, *fields, "end_reason", act="closed, not reached", verb="close_unreachable", now=now, reason=reason)


def contacts_in_vain(row):
    """How often the customer was tried in vain where it stands now, since they last said something."""
    spoke = row.entries.filter(kind=ComplaintEntry.Kind.WORD).order_by("-at").values_list("at", flat=True).first()
    answered = row.rounds.exclude(answered_at=None).order_by("-answered_at").values_list("answered_at", flat=True).first()
    since = max(one for one in (row.since, spoke, answered) if one)
    return row.entries.filter(kind=ComplaintEntry.Kind.CONTACT, at__gte=since).count()


@transaction.atomic
def close_published(actor, complaint, *, text, reason, now):
    """Where nobody can be reached, the result on the tracking page stands in for asking how satisfied they are."""
    row = common.locked(complaint, "close_published")
    common.check_not_about_actor(actor, row)
    parties.check_leads(actor, row)
    check_reason(reason)
    if not row.is_anonymous:
        raise Refused(_("This customer can be reached. Ask how satisfied they are."))
    row.end_reason = reason
    fields = ending.told(actor, row, text=text, method="page", now=now)
    return ending.ended(actor, row, *fields, "end_reason", act="closed, published", verb="close_published", now=now, reason=reason)


@transaction.atomic
def withdraw(actor, complaint, *, reason, method, now):
    """The customer takes it back, by themselves or to one of us, and how."""
    row = common.locked(complaint, "withdraw")
    common.check_not_about_actor(actor, row)
    check_reason(reason)
    row.end_reason = reason[:1000]
    channel = Channel.WEB if actor.user is None else ""
    common.entry(actor, row, ComplaintEntry.Kind.WORD, text=reason, method=method, channel=channel, now=now)
    return ending.ended(actor, row, "end_reason", act="withdrawn", verb="withdraw", now=now, reason=reason)


@transaction.atomic
def reopen(actor, complaint, *, reason, now, handler=None):
    """The customer, or a superior for them, has it opened again within `complaint_reopen_days` of its end, with a new clock. Who handled it has it
    again, unless somebody else is named; where they no longer may, it waits to be assigned."""
    row = common.locked(complaint, "reopen")
    common.check_not_about_actor(actor, row)
    if actor.user is not None:
        parties.check_leads(actor, row)
    check_reason(reason)
    days = values.value("complaint_reopen_days", row.hall.day_of(row.closed_at), row.hall)
    if now > row.closed_at + timedelta(days=days):
        raise Refused(_("It was closed more than %(n)s days ago. Register a new complaint.") % {"n": days})
    handler = chosen(row, handler)
    fields = ending.new_turn(actor, row, now=now)
    row.handler = handler
    if handler:
        route = ComplaintRoute(complaint=row, handler=handler, at=now, by=common.employee_of(actor), note=reason[:300])
        trace.save(actor, route, act="assigned")
    return common.saved(actor, row, *fields, act="reopened", verb="reopen", now=now, reason=reason)


def chosen(row, handler):
    """Who handles it again: whoever is named, which is refused where they may not; else who had it, as long as they may."""
    if handler:
        routing.check_handler(row, handler)
        return handler
    try:
        if row.handler:
            routing.check_handler(row, row.handler)
        return row.handler
    except Refused:
        return None


@transaction.atomic
def answer_light(actor, complaint, *, text, method, now):
    """Answer a suggestion or praise, which ends it (CMP-21)."""
    row = common.locked(complaint, "answer")
    common.check_not_about_actor(actor, row)
    if row.kind == Kind.COMPLAINT:
        raise Refused(_("A complaint is solved, not only answered."))
    if not text.strip():
        raise Refused(_("Write the answer."), field="text")
    row.acknowledged_at = row.acknowledged_at or now
    fields = ending.told(actor, row, text=text, method=method, now=now)
    return ending.ended(actor, row, *fields, "acknowledged_at", act="answered", verb="answer_light", now=now)


@transaction.atomic
def appeal(actor, rating, *, reason, now):
    """Whoever handled it, or answers for it, objects to a mistaken or unfair rating, once; a third person decides. Returns the rating."""
    rating = _locked_rating(rating)
    row, person = rating.complaint, common.employee_of(actor)
    part = set(row.routes.values_list("handler_id", flat=True)) | parties.concerned(row) | {row.handler_id}
    if person is None or person.pk not in part:
        raise Refused(_("Only who handled the complaint, or answers for it, appeals against its rating."))
    if rating.appeal != ComplaintRating.Appeal.NONE or row.ratings.filter(appeal=ComplaintRating.Appeal.WAITING).exists():
        raise Refused(_("There was an appeal already."))
    check_reason(reason)
    rating.appeal, rating.appealed_by, rating.appealed_at, rating.appeal_reason = ComplaintRating.Appeal.WAITING, person, now, reason[:500]
    trace.save(actor, rating, "appeal", "appealed_by", "appealed_at", "appeal_reason", act="appealed", reason=reason)
    decisions.ask(actor, APPEAL, row.pk, hall=row.hall, reason=reason, now=now)
    common.saved(actor, row, act="rating appealed", verb="appeal", now=now)
    return rating


def _locked_rating(rating):
    """The rating with its complaint, both locked."""
    row = common.found(rating.complaint)
    row.was = row.state
    rating = ComplaintRating.objects.select_for_update(of=("self",)).get(pk=rating.pk)
    rating.complaint = row
    return rating


@transaction.atomic
def decide_appeal(actor, rating, *, lifted, decision, now):
    """A third person decides: the rating stands, or does not count. What the customer said stays readable either way. Returns the rating."""
    rating = _locked_rating(rating)
    row, person = rating.complaint, common.employee_of(actor)
    if rating.appeal != ComplaintRating.Appeal.WAITING:
        raise Refused(_("This has been decided by now. Look at it again."))
    parties.check_decides(actor, row)
    if person and (person.pk in parties.concerned(row) or person.pk in (rating.appealed_by_id, rating.taken_by_id)):
        raise Refused(_("A third person decides, who neither appealed, took the rating nor handled the complaint."))
    check_reason(decision, field="decision")
    actor = decisions.settle(actor, APPEAL, row.pk, approved=lifted, answer=decision, now=now)
    rating.appeal = ComplaintRating.Appeal.LIFTED if lifted else ComplaintRating.Appeal.UPHELD
    rating.decided_by, rating.decided_at, rating.decision = person, now, decision[:500]
    trace.save(actor, rating, "appeal", "decided_by", "decided_at", "decision", act="rating lifted" if lifted else "rating stands", reason=decision)
    if lifted and rating.turn == row.turn and not row.ratings.filter(turn=row.turn, pk__gt=rating.pk).exclude(appeal=ComplaintRating.Appeal.LIFTED).exists():
        row.satisfaction = None  # what does not count stands in no figure; the rating itself stays readable
    common.saved(actor, row, "satisfaction", act="appeal decided", verb="decide_appeal", now=now)
    return rating
