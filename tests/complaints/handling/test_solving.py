"""Responsibility, rounds, the manager's word, consent, measures (CMP-10, CMP-12 to CMP-14, CMP-17; FIELD 2.3 rows 20, 21, 29, 34)."""
from datetime import timedelta
from decimal import Decimal

import pytest

from complaints.handling import states
from complaints.handling.facts import Evidence
from complaints.handling.services import solving as services
from config.errors import Refused
from staff.duties.decisions.models import Decision
from staff.regulation.models import ParameterValue
from tests.complaints.acts import ROUNDS, SOLVE, Walk, anonymous, led_to, measures, nobody, walk_to

DAY = timedelta(days=1)


def liable(cast, row, by="agent", parties=None, **facts):
    given = {"validity": "justified", "grounds": "Rule 8.2", "parties": parties or nobody(), "now": cast.now} | facts
    return services.set_liability(cast.actor(by), row, **given)


def propose(cast, row, by="agent", **facts):
    given = SOLVE | {"measures": measures(cast), "demands": [(one.text, True, "") for one in row.demands.all()], "now": cast.now} | facts
    return services.propose(cast.actor(by), row, **given)


def answer(cast, row, by="agent", **facts):
    return services.answer_round(cast.actor(by), row, **{"answer": "accepted", "opinion": "", "consent_by": "phone", "now": cast.now} | facts)


def person(cast, name, share=100):
    return {"party": "person", "employee": cast.people[name], "share": share}


@pytest.mark.req("CMP-10")
def test_nothing_is_proposed_before_it_is_decided_who_is_responsible(cast):
    row = led_to(cast, states.VERIFIED)
    with pytest.raises(Refused):
        propose(cast, row)
    for wrong, field in (({"grounds": " "}, "grounds"), ({"validity": "perhaps"}, "validity")):
        with pytest.raises(Refused) as told:
            liable(cast, row, **wrong)
        assert told.value.field == field
    row = liable(cast, row, parties=[{"party": "process", "share": 60}, {"party": "partner", "name": "Fast freight", "share": 40}])
    assert (row.state, row.validity, row.grounds) == (states.LIABILITY_SET, "justified", "Rule 8.2")
    assert propose(cast, row).number == 1


@pytest.mark.parametrize("parties", [
    [{"party": "process", "share": 60}], [{"party": "process", "share": 100}, {"party": "none", "share": 0}], [],
    [{"party": "process", "share": 50}, {"party": "process", "share": 50}], [{"party": "partner", "share": 100}], [{"party": "department", "share": 100}],
    [{"party": "person", "share": 100}], [{"party": "process", "share": 120}, {"party": "none", "share": -20}]])
def test_shares_make_a_hundred_and_parties_are_named(cast, parties):
    row = led_to(cast, states.VERIFIED)
    with pytest.raises(Refused) as told:
        services.set_liability(cast.actor("agent"), row, validity="justified", grounds="Rule", parties=parties, now=cast.now)
    assert told.value.field == "parties" and not row.liabilities.exists()


def test_where_a_person_is_responsible_a_superior_decides_after_hearing_them(cast):
    walk = walk_to(cast, states.VERIFIED, people=[(cast.people["sales"], True)])
    with pytest.raises(Refused, match="superior"):
        liable(cast, walk.row, parties=[person(cast, "sales")])
    with pytest.raises(Refused, match="superior"):
        liable(cast, walk.row, by="supervisor2", parties=[person(cast, "sales")])
    with pytest.raises(Refused, match="Hear Colleague"):
        liable(cast, walk.row, by="supervisor", parties=[person(cast, "sales", 50), person(cast, "colleague", 50)])
    walk.evidence(Evidence.Kind.STAFF, cast.people["colleague"])
    liable(cast, walk.row, by="supervisor", parties=[person(cast, "sales", 50), person(cast, "colleague", 50)])
    assert walk.row.people.filter(employee=cast.people["colleague"], complained_about=True).exists()


def test_nobody_judges_themselves_nor_is_the_handler_found_responsible(cast):
    walk = walk_to(cast, states.VERIFIED)
    for name in ("supervisor", "agent"):
        walk.evidence(Evidence.Kind.STAFF, cast.people[name])
    with pytest.raises(Refused, match="Nobody judges themselves"):
        liable(cast, walk.row, by="supervisor", parties=[person(cast, "supervisor")])
    with pytest.raises(Refused, match="handles this complaint"):
        liable(cast, walk.row, by="supervisor", parties=[person(cast, "agent")])


@pytest.mark.req("CMP-12")
def test_a_solution_has_measures_with_owner_and_date_and_a_word_on_each_demand(cast):
    row = led_to(cast, states.LIABILITY_SET, demand="A new table\nMoney back")
    for wrong, field in (({"measures": []}, "measures"), ({"offer": " "}, "offer"), ({"compensation": -1}, "compensation"), ({"demands": []}, "demands"),
                         ({"demands": [("A new table", True, ""), ("Money back", False, " ")]}, "demands"),
                         ({"measures": [("Send", cast.people["colleague"], cast.today - DAY)]}, "measures"),
                         ({"measures": [("Send", cast.people["trainee"], cast.today)]}, "measures")):
        with pytest.raises(Refused) as told:
            propose(cast, row, **wrong)
        assert told.value.field == field
    made = propose(cast, row, compensation=Decimal(300), goodwill=Decimal(100), demands=[("A new table", True, ""), ("Money back", False, "It is replaced")])
    assert (made.cost, made.approval, made.offered_by) == (400, "not_needed", cast.people["agent"])
    assert [(one.what, one.owner, one.due_on) for one in made.measures.all()] == measures(cast)
    assert list(row.demands.values_list("text", "reasonable", "reason")) == [("A new table", True, ""), ("Money back", False, "It is replaced")]


@pytest.mark.req("CMP-12")
def test_above_the_limit_the_manager_of_the_hall_approves(cast):
    row = led_to(cast, states.LIABILITY_SET)
    made = propose(cast, row, compensation=Decimal(300), goodwill=Decimal(201))
    waiting = Decision.objects.get(kind=services.OFFER, record_id=row.pk)
    assert (made.approval, waiting.amount, waiting.outcome) == ("waiting", 501, "waiting")
    with pytest.raises(Refused, match="waits for the manager"):
        answer(cast, row)
    with pytest.raises(Refused, match="waits for the manager"):
        services.adjust(cast.actor("agent"), row, **SOLVE, measures=measures(cast), demands=[], opinion="More", now=cast.now)
    for name in ("agent", "supervisor", "manager2", "reception"):
        with pytest.raises(Refused):
            services.approve(cast.actor(name), row, approved=True, answer="", now=cast.now)
    with pytest.raises(Refused) as told:
        services.approve(cast.actor("manager"), row, approved=False, answer=" ", now=cast.now)
    assert told.value.field == "answer"
    services.approve(cast.actor("manager"), row, approved=True, answer="Fair", now=cast.now)
    made.refresh_from_db()
    assert (made.approval, made.approved_by, made.approved_at) == ("approved", cast.people["manager"], cast.now)
    with pytest.raises(Refused, match="decided by now"):
        services.approve(cast.actor("manager"), row, approved=True, answer="", now=cast.now)
    assert answer(cast, row).state == states.AGREED


def test_the_limit_is_that_of_the_hall_and_the_day(cast):
    ParameterValue.objects.create(key="complaint_compensation_limit", value=50, hall=cast.hall, valid_from=cast.today, reason="stricter")
    assert propose(cast, led_to(cast, states.LIABILITY_SET), compensation=Decimal(51)).approval == "waiting"
    ParameterValue.objects.update(valid_from=cast.today + 9 * DAY)
    assert propose(cast, led_to(cast, states.LIABILITY_SET), compensation=Decimal(51)).approval == "not_needed"


def test_what_the_manager_declined_is_offered_otherwise_and_counts_for_no_round(cast):
    row = led_to(cast, states.LIABILITY_SET)
    propose(cast, row, compensation=Decimal(900))
    services.approve(cast.actor("manager"), row, approved=False, answer="Too much", now=cast.now)
    with pytest.raises(Refused, match="not approved"):
        answer(cast, row)
    second = services.adjust(cast.actor("agent"), row, **SOLVE, measures=measures(cast), demands=[], opinion="", now=cast.now)
    assert (second.number, services.rounds_of(row).count()) == (2, 1)
    assert answer(cast, row).state == states.AGREED


def test_a_grave_complaint_takes_two_whatever_it_costs(cast):
    row = led_to(cast, states.LIABILITY_SET, impact="high", urgency="high")
    assert (row.severity, propose(cast, row).approval) == ("grave", "waiting")


def test_who_handled_it_does_not_approve_it_even_as_manager(cast):
    row = led_to(cast, states.LIABILITY_SET, handler="manager", boss="supervisor")
    propose(cast, row, by="supervisor", compensation=Decimal(900))
    with pytest.raises(Refused, match="handled this complaint yourself"):
        services.approve(cast.actor("manager"), row, approved=True, answer="", now=cast.now)
    assert services.approve(cast.actor("department"), row, approved=True, answer="", now=cast.now).state == states.PROPOSED


@pytest.mark.req("CMP-13")
def test_nothing_is_implemented_without_the_customers_consent(cast):
    row = led_to(cast, states.PROPOSED)
    with pytest.raises(Refused, match="has not agreed"):
        services.implement(cast.actor("agent"), row, now=cast.now)
    with pytest.raises(Refused, match="not being carried out"):
        services.finish_measure(cast.actor("agent"), row.measures.get(), result="Sent", now=cast.now)
    for wrong, field in (({"consent_by": ""}, "consent_by"), ({"answer": "refused"}, "opinion"), ({"answer": "perhaps"}, "answer")):
        with pytest.raises(Refused) as told:
            answer(cast, row, **wrong)
        assert told.value.field == field
    assert answer(cast, row, answer="counter", opinion="A bigger one").state == states.PROPOSED
    with pytest.raises(Refused, match="No offer waits"):
        answer(cast, row)
    Walk(cast, row).adjusted(opinion="")
    assert answer(cast, row).state == states.AGREED
    assert list(row.rounds.values_list("number", "answer", "opinion", "consent_by")) == [(1, "counter", "A bigger one", ""), (2, "accepted", "", "phone")]
    assert services.implement(cast.actor("agent"), row, now=cast.now).state == states.IMPLEMENTING


def test_so_many_rounds_and_no_more(cast):
    walk = walk_to(cast, states.PROPOSED)
    for _round in range(ROUNDS - 1):
        walk.adjusted()
    with pytest.raises(Refused, match="manager of the hall decides"):
        walk.adjusted()
    assert list(walk.row.rounds.values_list("answer", flat=True)) == ["counter", "counter", "waiting"]


@pytest.mark.req("CMP-14")
def test_each_measure_is_followed_until_it_is_done_and_the_result_is_told(cast):
    walk = walk_to(cast, states.IMPLEMENTING)
    row, measure = walk.row, walk.row.measures.get()
    with pytest.raises(Refused, match="measures are open"):
        services.finish_implementing(cast.actor("agent"), row, method="phone", text="Done", now=cast.now)
    with pytest.raises(Refused, match="responsible"):
        services.finish_measure(cast.actor("outsider"), measure, result="Sent", now=cast.now)
    with pytest.raises(Refused):
        services.finish_measure(cast.actor("colleague"), measure, result=" ", now=cast.now)
    measure = services.finish_measure(cast.actor("colleague"), measure, result="Sent", now=cast.now)
    assert (measure.done_at, measure.result) == (cast.now, "Sent")
    with pytest.raises(Refused, match="already"):
        services.finish_measure(cast.actor("agent"), measure, result="Sent", now=cast.now)
    row = services.finish_implementing(cast.actor("agent"), row, method="phone", text="It stands there", now=cast.now)
    assert (row.state, row.implemented_at, row.reported_at) == (states.IMPLEMENTED, cast.now, cast.now)
    assert row.entries.filter(kind="told").last().text == "It stands there"


def test_where_nobody_can_be_reached_publishing_stands_in_for_the_consent(cast):
    row = led_to(cast, states.PROPOSED, row=anonymous(cast))
    with pytest.raises(Refused, match="superior"):
        services.implement_published(cast.actor("agent"), row, text="We send a new one", now=cast.now)
    row = services.implement_published(cast.actor("supervisor"), row, text="We send a new one", now=cast.now)
    assert (row.state, row.entries.last().kind) == (states.IMPLEMENTING, "published")
    with pytest.raises(Refused, match="can be reached"):
        services.implement_published(cast.actor("supervisor"), led_to(cast, states.PROPOSED), text="We send", now=cast.now)
