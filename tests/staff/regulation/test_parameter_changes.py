"""Another value of a parameter: asked by one person, confirmed by another, from a day on, at one place (GEN-05, FIELD 2.7 rows 9, 10, 12)."""
from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from config.errors import Refused
from reception.visits import measures, states
from reception.visits.models import Visit
from staff.organisation.models import Position
from staff.regulation import values
from staff.regulation.models import ParameterValue
from staff.regulation.parameters import kinds, services
from staff.regulation.parameters.models import ParameterChange

REPLY, WAIT, GREET = "online_reply_minutes", "visit_wait_target_minutes", "greeting_target_seconds"
DAY = timedelta(days=1)


def next_monday(cast):
    """The Monday after today."""
    return cast.today + (7 - cast.today.weekday()) * DAY


def test_another_value_for_one_hall_from_next_monday_changes_only_that_hall_from_that_day(cast, hold):
    monday = next_monday(cast)
    hold(REPLY, 3, hall=cast.hall, day=monday)
    assert [values.value(REPLY, monday + n * DAY, cast.hall) for n in (-2, -1, 0, 1, 400)] == [5, 5, 3, 3, 3]
    assert {values.value(REPLY, monday + n * DAY, place) for n in range(-2, 400, 30) for place in (cast.other_hall, None)} == {5}
    row = ParameterValue.objects.get()
    assert (row.entered_by, row.change.decided_by, row.reason) == (cast.users["hr"], cast.users["hr2"], "Decided on Monday")
    assert row.history.get().history_user == cast.users["hr2"]


def test_what_happened_yesterday_keeps_yesterdays_verdict(cast, hold):
    def late():
        rows = measures.judged(Visit.objects.all()).filter(greeted_in__gt=F("greet_target"))
        return {(visit.hall_id, cast.hall.day_of(visit.arrived_at)) for visit in rows}

    for hall, days in product((cast.hall, cast.other_hall), (0, 1)):
        visit = cast.visit_for(hall=hall, state=states.CLOSED)
        arrived = cast.now - days * DAY
        Visit.objects.filter(pk=visit.pk).update(arrived_at=arrived, greeted_at=arrived + timedelta(seconds=90))
    yesterday, today = cast.today - DAY, cast.today
    assert late() == set(product((cast.hall.pk, cast.other_hall.pk), (yesterday, today)))
    hold(GREET, 120, hall=cast.hall)
    assert late() == {(cast.hall.pk, yesterday), (cast.other_hall.pk, yesterday), (cast.other_hall.pk, today)}


def test_nobody_confirms_what_they_asked_for_themselves(cast, ask):
    change = ask(REPLY, 3)
    for verb, facts in ((services.confirm, {}), (services.decline, {"answer": "no"})):
        with pytest.raises(Refused, match="asked for this yourself"):
            verb(cast.actor("hr"), change, now=cast.now, **facts)
    assert not ParameterValue.objects.exists()
    with pytest.raises(IntegrityError, match="change_takes_two_people"), transaction.atomic():
        ParameterChange.objects.filter(pk=change.pk).update(state="confirmed", decided_by=cast.users["hr"], decided_at=cast.now)
    with pytest.raises(IntegrityError, match="change_decided_by_somebody"), transaction.atomic():
        ParameterChange.objects.filter(pk=change.pk).update(state="confirmed")


def test_nothing_holds_before_it_is_confirmed_and_nothing_after_it_was_declined(cast, ask):
    change = ask(REPLY, 3)
    assert values.value(REPLY, cast.today) == 5
    services.decline(cast.actor("hr2"), change, answer="Five is short enough", now=cast.now)
    assert values.value(REPLY, cast.today) == 5
    with pytest.raises(Refused, match="declined"):
        services.confirm(cast.actor("hr2"), change, now=cast.now)


def test_a_hall_manager_proposes_for_the_own_hall_and_for_nothing_else(cast, ask):
    assert ask(WAIT, 8, by="manager", hall=cast.hall).state == "waiting"
    for hall in (cast.other_hall, None):
        with pytest.raises(Refused, match="Choose your hall"):
            ask(WAIT, 8, by="manager", hall=hall)
    for name in ("supervisor", "department", "general", "admin", "reception", "auditor"):
        with pytest.raises(Refused):
            ask(WAIT, 8, by=name, hall=cast.hall)


def test_a_day_that_has_passed_keeps_its_value(cast, ask):
    with pytest.raises(Refused, match="keeps the value of its day"):
        ask(REPLY, 3, day=cast.today - DAY)
    change = ask(REPLY, 3)
    with pytest.raises(Refused, match="keeps the value of its day"):
        services.confirm(cast.actor("hr2"), change, now=cast.now + DAY)


def test_what_has_not_begun_is_taken_back_and_what_has_begun_is_not(cast, ask, hold):
    waiting, coming, running = ask(WAIT, 8), hold(REPLY, 3, day=cast.today + 5 * DAY), hold("enquiry_answer_hours", 12)
    for change in (waiting, coming):
        assert services.withdraw(cast.actor("hr"), change, reason="A mistake", now=cast.now).state == "withdrawn"
    assert values.value(REPLY, cast.today + 9 * DAY) == 5
    with pytest.raises(Refused, match="begun to hold"):
        services.withdraw(cast.actor("hr"), running, reason="A mistake", now=cast.now)
    with pytest.raises(Refused):
        services.withdraw(cast.actor("hr"), waiting, reason="again", now=cast.now)
    assert coming.history.first().history_change_reason == "taken back: A mistake"


def test_one_change_waits_at_a_place_and_one_value_begins_there_a_day(cast, ask, hold):
    ask(REPLY, 3)
    with pytest.raises(Refused, match="waits for confirmation already"):
        ask(REPLY, 4)
    ask(REPLY, 4, hall=cast.hall)
    hold(WAIT, 8)
    with pytest.raises(Refused, match="Another value begins there"):
        ask(WAIT, 9)


def test_what_changes_nothing_is_not_asked(cast, ask, hold):
    with pytest.raises(Refused, match="hold on that day already"):
        ask(REPLY, 5)
    hold(REPLY, 5, hall=cast.hall)  # the hall keeps its five minutes whatever the company does
    hold(REPLY, 4)
    assert [values.value(REPLY, cast.today, hall) for hall in (None, cast.hall, cast.other_hall)] == [4, 5, 4]


def test_a_hall_gives_up_its_own_value_from_a_day_and_follows_the_company_again(cast, hold, ask):
    hold(WAIT, 8, hall=cast.hall)
    hold(WAIT, 12, day=cast.today + 20 * DAY)
    end = hold(WAIT, None, hall=cast.hall, day=cast.today + 10 * DAY)
    held = [values.value(WAIT, cast.today + n * DAY, cast.hall) for n in (-1, 0, 9, 10, 19, 20)]
    assert held == [10, 8, 8, 10, 10, 12]
    services.withdraw(cast.actor("hr"), end, reason="It stays", now=cast.now)
    assert values.value(WAIT, cast.today + 30 * DAY, cast.hall) == 8
    with pytest.raises(Refused, match="do not end"):
        ask(WAIT, None, day=cast.today + 30 * DAY)
    with pytest.raises(Refused, match="no value of its own"):
        ask(WAIT, None, hall=cast.other_hall, day=cast.today + 30 * DAY)


def test_a_value_inside_the_time_that_was_left_ends_with_it(cast, hold):
    hold(WAIT, 8, hall=cast.hall)
    hold(WAIT, None, hall=cast.hall, day=cast.today + 10 * DAY)
    hold(WAIT, 6, hall=cast.hall, day=cast.today + 5 * DAY)
    assert [values.value(WAIT, cast.today + n * DAY, cast.hall) for n in (4, 5, 9, 10)] == [8, 6, 6, 10]


def test_every_way_to_read_says_the_same_each_day(cast, hold):
    """`value`, `values_on`, `value_in_sql` and `steps` over a year with values of the company and of a hall that begin and end."""
    hold(WAIT, 12, day=cast.today + 15 * DAY)
    hold(WAIT, 14, day=cast.today + 45 * DAY)
    hold(WAIT, 8, hall=cast.hall, day=cast.today + 3 * DAY)
    hold(WAIT, None, hall=cast.hall, day=cast.today + 9 * DAY)
    hold(WAIT, 7, hall=cast.hall, day=cast.today + 30 * DAY)
    hold(WAIT, None, hall=cast.hall, day=cast.today + 40 * DAY)
    days = [cast.today + n * DAY for n in range(-2, 60)]
    rows, default = values.steps(WAIT)[WAIT]
    seen = set()
    for hall in (cast.hall, cast.other_hall):
        on = values.values_on(WAIT, days, hall)
        for day in days:
            said = values.value(WAIT, day, hall)
            by_steps = next((value for of, since, value in rows if of in (hall.pk, None) and since <= day), default)
            sql = ParameterValue.objects.annotate(found=values.value_in_sql(WAIT, day, hall)).values_list("found", flat=True)[0]
            assert (on[day], by_steps, sql) == (said, said, said), (hall, day)
            seen.add(said)
    assert seen == {10, 12, 14, 8, 7}


def test_a_position_has_its_own_value_only_where_the_regulation_lets_it(cast, hold, ask):
    salesperson = Position.objects.get(code="salesperson")
    hold("discount_limit_percent", 3, position=salesperson)
    hold("discount_limit_percent", 8, position=salesperson, hall=cast.hall)
    held = [values.value("discount_limit_percent", cast.today, hall, position)
            for hall, position in ((None, None), (cast.hall, None), (cast.other_hall, salesperson), (cast.hall, salesperson))]
    assert held == [5, 5, 3, 8]
    with pytest.raises(Refused, match="same for all positions"):
        ask(REPLY, 3, position=salesperson)


@pytest.mark.parametrize("weights", [(50, 30, 19), (50, 30, 21), (0, 0, 0)])
def test_weights_that_do_not_add_up_to_a_hundred_are_refused(ask, weights):
    with pytest.raises(Refused, match="Make them 100 %"):
        ask("kpi_weight_response_time", dict(zip(kinds.together("kpi_weight_response_time"), weights, strict=True)))


def test_weights_change_together_and_hold_together(cast, hold, ask):
    keys = kinds.together("kpi_weight_response_time")
    assert keys == ["kpi_weight_sales_performance", "kpi_weight_customer_satisfaction", "kpi_weight_response_time"]
    hold(keys[0], dict(zip(keys, (40, Decimal("32.5"), Decimal("27.5")), strict=True)), hall=cast.hall)
    assert list(values.several(keys, cast.today, cast.hall).values()) == [40, Decimal("32.5"), Decimal("27.5")]
    assert list(values.several(keys, cast.today).values()) == [50, 30, 20]
    with pytest.raises(Refused, match="change together"):
        services.ask(cast.actor("hr"), keys[0], asked={keys[0]: 50}, valid_from=cast.today, reason="alone", now=cast.now)


def test_the_database_keeps_no_weights_that_do_not_add_up(cast, hold):
    hold("kpi_weights_results_split", [30, 10, 10])
    hold("rater360_weights", [40, 20, 20, 20], hall=cast.hall)
    hold("kpi_weight_response_time", dict(zip(kinds.together("kpi_weight_response_time"), (40, 40, 20), strict=True)))
    immediately()
    for change in (lambda: ParameterValue.objects.filter(key="kpi_weight_results").update(value=49),
                   lambda: ParameterValue.objects.filter(key="kpi_weights_results_split").update(value=[30, 10, 9]),
                   lambda: ParameterValue.objects.filter(key="rater360_weights").update(value=[40, 20, 20, 21]),
                   lambda: ParameterValue.objects.filter(key="kpi_weight_response_time").delete()):
        with pytest.raises(IntegrityError, match="add up to"), transaction.atomic():
            change()
            immediately()


def immediately():
    """Have the database check now what it checks at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_shares_inside_a_weight_add_up_to_it(ask):
    with pytest.raises(Refused, match="Make them 50 %"):
        ask("kpi_weights_results_split", [20, 20, 15])
    with pytest.raises(Refused, match="Make them 100 %"):
        ask("rater360_weights", [40, 15, 20, 24])
    assert ask("rater360_weights", [40, 20, 20, 20])
    assert ask("kpi_weights_results_split", [30, 10, 10])


def test_grades_and_factors_fall(ask):
    with pytest.raises(Refused, match="Lower it"):
        ask("grade_good", 95)
    with pytest.raises(Refused, match="Lower it"):
        ask("bonus_coefficient_unqualified", Decimal("0.9"))


WRONG = {"integer": ("7", 7.5, True, None, [7]), "decimal": ("1", 1.234, True), "percent": ("5", 5.555, 10_000), "money": ("1", -1, 1.001, 10**12),
         "text": ("", "  ", "x" * 400, 5), "time": ("24:00", "9:00", "09:60", 9), "span": (["09:00"], ["20:00", "09:00"], "09:00", ["a", "b"]),
         "weekday": (7, -1, "Friday", True), "date": ("02-29", "13-01", "1-1", 115), "numbers": ([3, 7], [3, 7, 1000], 3), "shares": ([1], "x", None),
         "table": ({}, [], {"low": {}}, "x")}


@pytest.mark.parametrize("key", values.definitions())
def test_each_parameter_takes_what_it_was_delivered_with_and_refuses_what_it_is_not(key):
    row = kinds.of(key)
    assert kinds.problem(key, row["default"]) == ""
    assert all(kinds.problem(key, wrong) for wrong in WRONG[row["type"]] if wrong is not None)
    if row["type"] in ("integer", "decimal", "percent", "money"):
        low, high = row["range"]
        assert [bool(kinds.problem(key, value)) for value in (low - 1, low, high, high + 1)] == [True, False, False, True]
    together = {one: kinds.of(one)["default"] for one in kinds.together(key)}
    assert key in together and kinds.problem_together(together) is None


def test_an_unknown_parameter_is_a_mistake_of_the_code(cast):
    with pytest.raises(values.UnknownParameter):
        services.ask(cast.actor("hr"), "no_such_key", asked={"no_such_key": 1}, valid_from=cast.today, reason="x", now=cast.now)


def test_the_delivered_parameters_are_whole():
    for key, row in values.definitions().items():
        assert {"en", "zh-hans", "zh-hant"} == set(row["meaning"]) and all(row["meaning"].values()), key
        assert row["type"] in kinds.CHECKS and row["origin"] in ("blank", "named", "vague", "inferred", "own"), key
        assert row["chapter"] in ("reception", "complaints", "staff", "performance", "facilities"), key
        assert row["source"] or row["origin"] in ("own", "inferred"), key
    assert len(values.definitions()) == 151
    assert sum(bool(row.get("position")) for row in values.definitions().values()) == 11
