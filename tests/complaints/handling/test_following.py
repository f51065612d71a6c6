"""After it was carried out: satisfaction, closing with a cause, further rounds, the other ends, reopening, appeals (CMP-16 to CMP-18, CMP-21, CMP-25; FIELD
2.3 rows 28, 30 to 33, 35, 36)."""
from datetime import timedelta

import pytest

from complaints.handling import states
from complaints.handling.models import Kind
from complaints.handling.services import following as services
from complaints.handling.services import routing, timing
from config.accounts.actor import Actor
from config.errors import Refused
from staff.archive.models import ArchiveItem
from staff.duties.decisions.models import Decision
from staff.improvement.models import Action
from tests.complaints.acts import CLOSE, ROUNDS, TRIES, anonymous, led_to, taken, walk_to

DAY = timedelta(days=1)


def follow_up(cast, row, by="reception", **facts):
    return services.follow_up(cast.actor(by), row, **{"stars": 5, "opinions": "", "method": "phone", "now": cast.now} | facts)


def close(cast, row, by="agent", **facts):
    return services.close(cast.actor(by), row, **CLOSE | {"now": cast.now} | facts)


def rate(cast, row, actor=None, **facts):
    given = {"stars": 2, "comment": "It took long", "method": "page", "now": cast.now} | facts
    return services.rate(actor or Actor.customer(row.number), row, **given)


@pytest.mark.req("CMP-16")
def test_somebody_else_than_the_handler_asks_how_satisfied_the_customer_is(cast):
    row = led_to(cast, states.IMPLEMENTED, people=[(cast.people["sales"], True)])
    with pytest.raises(Refused, match="You handled"):
        follow_up(cast, row, by="agent")
    with pytest.raises(Refused, match="concerns you"):
        follow_up(cast, row, by="sales")
    with pytest.raises(Refused) as told:
        follow_up(cast, row, stars=6)
    assert told.value.field == "stars"
    row = follow_up(cast, row, stars=4, opinions="The driver was kind")
    assert (row.state, row.satisfaction) == (states.FOLLOWED_UP, 4)
    rating = row.ratings.get()
    assert (rating.stars, rating.taken_by, rating.method) == (4, cast.people["reception"], "phone")
    assert row.entries.get(kind="word").text == "The driver was kind"


def test_whoever_had_it_before_in_this_turn_does_not_ask_either(cast):
    row = led_to(cast, states.IMPLEMENTED)
    routing.assign(cast.actor("supervisor"), row, handler=cast.people["manager"], now=cast.now)
    with pytest.raises(Refused, match="You handled"):
        follow_up(cast, row, by="agent")


@pytest.mark.req("CMP-17", "CMP-18")
def test_closing_takes_a_satisfied_customer_a_cause_and_what_gets_better(cast):
    row = led_to(cast, states.FOLLOWED_UP)
    for wrong, field in (({"cause": ""}, "cause"), ({"cause_detail": " "}, "cause"), ({"improvement": ""}, "improvement")):
        with pytest.raises(Refused) as told:
            close(cast, row, **wrong)
        assert told.value.field == field
    row = close(cast, row, owner=cast.people["manager"], whys=["It broke", " ", "Nobody looked"])
    assert (row.state, row.closed_at, row.closed_by, row.whys) == (states.SATISFIED, cast.now, cast.people["agent"], ["It broke", "Nobody looked"])
    action = Action.objects.get(kind="complaint", record_id=row.pk)
    assert (action.source, action.owner, action.problem) == ("complaint", cast.people["manager"], f"{row.number}: {CLOSE['improvement']}")
    assert action.cause == f"Process: {CLOSE['cause_detail']}"
    item = ArchiveItem.objects.get(subject_kind="complaint", subject_id=row.pk)
    assert (item.kind, item.hall, item.files.count()) == ("complaint", cast.hall, 1)


def test_where_nothing_has_to_get_better_the_reason_stands_there(cast):
    row = close(cast, led_to(cast, states.FOLLOWED_UP), improvement="", no_improvement="It was lightning")
    assert (row.state, row.no_improvement, Action.objects.count()) == (states.SATISFIED, "It was lightning", 0)


def test_the_improvement_goes_to_nobody_whom_the_complaint_is_about(cast):
    cast.hall.manager = cast.people["manager"]
    cast.hall.save()
    row = led_to(cast, states.FOLLOWED_UP, people=[(cast.people["manager"], True)], chief="department")
    with pytest.raises(Refused, match="complained about"):
        close(cast, row, owner=cast.people["manager"])
    close(cast, row)
    assert Action.objects.get().owner == cast.people["agent"]


@pytest.mark.req("CMP-17")
def test_a_customer_who_is_not_satisfied_gets_another_solution(cast):
    walk = walk_to(cast, states.IMPLEMENTED)
    follow_up(cast, walk.row, stars=2)
    with pytest.raises(Refused, match="not satisfied"):
        close(cast, walk.row)
    with pytest.raises(Refused):
        services.propose_again(cast.actor("agent"), walk.row, reason=" ", now=cast.now)
    row = services.propose_again(cast.actor("agent"), walk.row, reason="It wobbles", now=cast.now)
    assert (row.state, row.implemented_at, row.satisfaction, row.turn) == (states.PROPOSED, None, None, 1)
    walk.adjusted(opinion="")
    walk.row.refresh_from_db()
    walk.to(states.IMPLEMENTED)
    assert [one.done_at is not None for one in walk.row.measures.all()] == [True, True]
    assert follow_up(cast, walk.row, stars=5).ratings.get().stars == 2  # asked once a turn; the later call shows on the complaint
    assert close(cast, walk.row).satisfaction == 5


@pytest.mark.req("CMP-17")
def test_only_the_manager_ends_it_without_agreement_and_after_so_many_rounds(cast):
    walk = walk_to(cast, states.PROPOSED)
    facts = {"reason": "No agreement", "advice": "The consumers' association", "now": cast.now}
    for _round in range(ROUNDS - 1):
        with pytest.raises(Refused, match=f"{ROUNDS} times"):
            services.close_not_agreed(cast.actor("manager"), walk.row, **facts)
        walk.adjusted()
    for name in ("agent", "supervisor", "manager2"):
        with pytest.raises(Refused, match="manager of the hall"):
            services.close_not_agreed(cast.actor(name), walk.row, **facts)
    for missing in ("reason", "advice"):
        with pytest.raises(Refused) as told:
            services.close_not_agreed(cast.actor("manager"), walk.row, **facts | {missing: ""})
        assert told.value.field == missing
    row = services.close_not_agreed(cast.actor("manager"), walk.row, **facts)
    assert (row.state, row.advice, row.entries.last().kind) == (states.NOT_AGREED, "The consumers' association", "published")


def test_after_the_last_round_there_is_no_way_back_to_a_solution(cast):
    walk = walk_to(cast, states.PROPOSED)
    for _round in range(ROUNDS - 1):
        walk.adjusted()
    walk.to(states.IMPLEMENTED)
    follow_up(cast, walk.row, stars=1)
    with pytest.raises(Refused, match="manager of the hall decides"):
        services.propose_again(cast.actor("agent"), walk.row, reason="It wobbles", now=cast.now)
    facts = {"reason": "No agreement", "advice": "The court", "now": cast.now}
    assert services.close_not_agreed(cast.actor("manager"), walk.row, **facts).state == states.NOT_AGREED


def test_handled_again_it_has_a_new_clock_and_is_counted(cast):
    row = led_to(cast, states.IMPLEMENTED)
    promised = row.solve_due_at
    with pytest.raises(Refused):
        services.handle_again(cast.actor("supervisor"), row, reason="", now=cast.now)
    row = services.handle_again(Actor.customer(row.number), row, reason="It wobbles", now=cast.now + DAY)
    assert (row.state, row.turn, row.reopened, row.handler, row.implemented_at) == (states.RE_HANDLING, 2, 1, None, None)
    assert row.solve_due_at > promised and row.turn_began_at == cast.now + DAY
    routing.assign(cast.actor("supervisor"), row, handler=cast.people["agent"], now=cast.now + DAY)
    row.refresh_from_db()
    assert row.state == states.ASSIGNED


def test_a_customer_rates_once_and_once_more_after_it_was_handled_again(cast):
    with pytest.raises(Refused, match="once the solution is carried out"):
        rate(cast, led_to(cast, states.AGREED))
    row = led_to(cast, states.IMPLEMENTED)
    with pytest.raises(Refused):
        rate(cast, row, stars=0)
    assert rate(cast, row).satisfaction == 2
    with pytest.raises(Refused, match="rated already"):
        rate(cast, row, stars=5)
    with pytest.raises(Refused, match="You handled"):
        rate(cast, led_to(cast, states.IMPLEMENTED), cast.actor("agent"))
    walk = walk_to(cast, states.RE_HANDLING, row=row)
    routing.assign(cast.actor("supervisor"), row, handler=cast.people["agent"], now=walk.tick())
    row.refresh_from_db()
    walk.to(states.IMPLEMENTED)
    rate(cast, row, stars=5)
    assert list(row.ratings.order_by("turn").values_list("turn", "stars")) == [(1, 2), (2, 5)]


@pytest.mark.parametrize("state", [states.PROPOSED, states.IMPLEMENTED])
def test_who_answers_nobody_is_closed_after_so_many_tries_with_notice(cast, state):
    walk = walk_to(cast, state)
    walk.not_reached(TRIES - 1)
    timing.customer_word(Actor.customer(walk.row.number), walk.row, text="I am here", channel="web", now=walk.tick())
    walk.not_reached(TRIES - 1)
    with pytest.raises(Refused, match=f"{TRIES} times"):
        services.close_unreachable(cast.actor("agent"), walk.row, reason="Nobody answers", now=walk.tick())
    walk.not_reached(1)
    with pytest.raises(Refused):
        services.close_unreachable(cast.actor("agent"), walk.row, reason=" ", now=walk.tick())
    row = services.close_unreachable(cast.actor("agent"), walk.row, reason="Nobody answers", now=walk.tick())
    assert (row.state, row.state in states.SOLVED, row.entries.last().kind) == (states.UNREACHABLE, False, "published")


def test_where_nobody_can_be_reached_publishing_ends_it_by_a_superior(cast):
    walk = walk_to(cast, states.PROPOSED, row=anonymous(cast))
    with pytest.raises(Refused, match="tracking page"):
        services.close_unreachable(cast.actor("agent"), walk.row, reason="No address", now=cast.now)
    walk.to(states.IMPLEMENTED)
    facts = {"text": "A new one was sent", "reason": "No address", "now": cast.now}
    with pytest.raises(Refused, match="superior"):
        services.close_published(cast.actor("agent"), walk.row, **facts)
    with pytest.raises(Refused, match="can be reached"):
        services.close_published(cast.actor("supervisor"), led_to(cast, states.IMPLEMENTED), **facts)
    assert services.close_published(cast.actor("supervisor"), walk.row, **facts).state == states.UNREACHABLE


def test_the_customer_takes_it_back_wherever_it_stands(cast):
    row = led_to(cast, states.PROPOSED, impact="high", urgency="high")
    timing.pause(cast.actor("agent"), row, reason="Asked", evidence="A message", now=cast.now)
    timing.ask_extension(cast.actor("agent"), row, days=1, reason="Ill", now=cast.now)
    with pytest.raises(Refused):
        services.withdraw(Actor.customer(row.number), row, reason="", method="page", now=cast.now)
    row = services.withdraw(Actor.customer(row.number), row, reason="It was mended", method="page", now=cast.now)
    assert (row.state, row.paused, row.next_due_at, row.closed_at) == (states.WITHDRAWN, False, None, cast.now)
    assert not Decision.objects.filter(record_id=row.pk, outcome="waiting").exists()
    assert row.extensions.get().outcome == "declined"
    with pytest.raises(Refused):
        services.withdraw(Actor.customer(row.number), row, reason="Again", method="page", now=cast.now)


def test_reopened_in_time_it_goes_to_who_had_it_with_a_new_clock(cast):
    row = led_to(cast, states.SATISFIED)
    late = row.closed_at + 30 * DAY + timedelta(minutes=1)
    with pytest.raises(Refused, match="30 days"):
        services.reopen(Actor.customer(row.number), row, reason="It broke again", now=late)
    with pytest.raises(Refused, match="superior"):
        services.reopen(cast.actor("agent"), row, reason="It broke again", now=cast.now)
    with pytest.raises(Refused):
        services.reopen(Actor.customer(row.number), row, reason=" ", now=cast.now)
    row = services.reopen(Actor.customer(row.number), row, reason="It broke again", now=row.closed_at + 30 * DAY)
    assert (row.state, row.turn, row.reopened, row.handler, row.closed_at, row.satisfaction) == (states.ASSIGNED, 2, 1, cast.people["agent"], None, None)
    assert row.solve_due_at > row.turn_began_at and row.routes.last().note == "It broke again"


def test_reopened_it_waits_to_be_assigned_where_its_handler_may_no_longer(cast):
    row = led_to(cast, states.SATISFIED)
    agent = cast.people["agent"]
    agent.state = agent.State.LEFT
    agent.save()
    assert services.reopen(Actor.customer(row.number), row, reason="It broke again", now=cast.now).handler is None
    with pytest.raises(Refused):
        services.reopen(cast.actor("supervisor"), led_to(cast, states.SATISFIED, handler="manager"), reason="Again", handler=agent, now=cast.now)
    with pytest.raises(Refused):
        services.reopen(cast.actor("supervisor"), led_to(cast, states.WITHDRAWN, handler="manager"), reason="Again", now=cast.now)


@pytest.mark.req("CMP-21")
def test_suggestions_and_praise_are_answered_and_done(cast):
    row = taken(cast, kind=Kind.PRAISE, people=[(cast.people["sales"], False)])
    with pytest.raises(Refused):
        services.answer_light(cast.actor("agent"), row, text=" ", method="phone", now=cast.now)
    row = services.answer_light(cast.actor("agent"), row, text="She is glad", method="phone", now=cast.now)
    assert (row.state, row.acknowledged_at, row.entries.get().text) == (states.DONE, cast.now, "She is glad")
    with pytest.raises(Refused, match="not only answered"):
        services.answer_light(cast.actor("agent"), taken(cast), text="Thanks", method="phone", now=cast.now)


def test_a_third_person_decides_an_appeal_against_a_rating(cast):
    row = led_to(cast, states.IMPLEMENTED)
    rate(cast, row, stars=1)
    rating = row.ratings.get()
    with pytest.raises(Refused, match="Only who handled"):
        services.appeal(cast.actor("colleague"), rating, reason="Unfair", now=cast.now)
    with pytest.raises(Refused):
        services.appeal(cast.actor("agent"), rating, reason=" ", now=cast.now)
    services.appeal(cast.actor("agent"), rating, reason="Another hall was meant", now=cast.now)
    with pytest.raises(Refused, match="already"):
        services.appeal(cast.actor("agent"), rating, reason="Again", now=cast.now)
    for name in ("agent", "supervisor", "manager2"):
        with pytest.raises(Refused):
            services.decide_appeal(cast.actor(name), rating, lifted=True, decision="Right", now=cast.now)
    with pytest.raises(Refused) as told:
        services.decide_appeal(cast.actor("manager"), rating, lifted=True, decision="", now=cast.now)
    assert told.value.field == "decision"
    rating = services.decide_appeal(cast.actor("manager"), rating, lifted=True, decision="Another hall was meant", now=cast.now)
    assert (rating.appeal, rating.decided_by, rating.stars) == ("lifted", cast.people["manager"], 1)
    row.refresh_from_db()
    assert (row.satisfaction, row.fact.rated) == (None, 0)  # it stands in no figure any more
    with pytest.raises(Refused, match="decided by now"):
        services.decide_appeal(cast.actor("manager"), rating, lifted=False, decision="No", now=cast.now)


@pytest.mark.req("CMP-25")
def test_the_whole_file_is_one_text_in_the_archive(cast):
    row = led_to(cast, states.SATISFIED, demand="A new table", people=[(cast.people["sales"], True)])
    with ArchiveItem.objects.get(subject_kind="complaint", subject_id=row.pk).files.get().file.open("rb") as content:
        text = content.read().decode()
    for words in (row.number, "王芳", "The table came with a broken leg", "Sales Wang", "We look into it", "The leg was broken", "It broke on the way",
                  "The freight note; rule 8.2", "A new table", "Send a new one", "by telephone", "5/5", "Nobody checks the freight",
                  "Check the freight at the door"):
        assert words in text
