"""The parameters that appraisals read: each is another one from a day on, and what the house does changes with it (GEN-05)."""
from datetime import date, datetime, timedelta

import pytest

from config.accounts.actor import Actor
from config.errors import Refused
from performance.appraisals import chain, queries, services
from performance.appraisals.forms import ScoreForm
from performance.appraisals.models import Appraisal
from staff.duties import services as duties
from staff.duties.models import ScheduleMark
from staff.regulation.models import ParameterValue
from tests.performance.appraisals.steps import OPENS, OVER, PERIOD, SHANGHAI, scored

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def set_value(key, value, *, hall=None, day=date(2026, 9, 1)):
    """Another value from before the month on."""
    ParameterValue.objects.create(key=key, value=value, hall=hall, valid_from=day, reason="Decided on Monday")


def test_a_hall_opens_its_self_reviews_on_the_day_of_its_own_value(people):
    set_value("self_review_open_days_before_month_end", 5, hall=people.hall)
    early = OPENS - 2 * DAY
    ScheduleMark.objects.update(through=early - DAY)
    assert duties.run(chain.SELF_REVIEW, now=early - timedelta(minutes=20)) == 0
    assert duties.run(chain.SELF_REVIEW, now=early) > 0
    assert set(Appraisal.objects.values_list("hall", flat=True)) == {people.hall.pk}
    there = set(Appraisal.objects.values_list("pk", flat=True))
    assert duties.run(chain.SELF_REVIEW, now=OPENS) == Appraisal.objects.count() - len(there) > 0
    assert people.hall.pk not in Appraisal.objects.exclude(pk__in=there).values_list("hall", flat=True)
    assert Appraisal.objects.count() == Appraisal.objects.filter(period=PERIOD).values("employee").distinct().count()


def test_a_sheet_is_due_on_the_day_of_the_next_month_that_the_regulation_says(people):
    set_value("monthly_appraisal_end_day", 15, hall=people.hall)
    duties.run(chain.SELF_REVIEW, now=OPENS)
    due = {hall.pk: set(Appraisal.objects.filter(hall=hall).values_list("due_at", flat=True)) for hall in (people.hall, people.other_hall)}
    assert due == {people.hall.pk: {datetime(2026, 11, 16, tzinfo=SHANGHAI)}, people.other_hall.pk: {datetime(2026, 11, 11, tzinfo=SHANGHAI)}}


def test_points_go_up_to_the_cap_of_the_regulation(people, sheet):
    def highest():
        return {field.max_value for name, field in ScoreForm(sheet=sheet).fields.items() if name.startswith("points_")}

    before = highest()
    set_value("score_cap_percent", 100)
    assert before == {120} and highest() == {100}


@pytest.mark.parametrize("key, value, grade", [
    ("grade_excellent", 80, "excellent"), ("grade_good", 85, "qualified"), ("grade_qualified", 60, "good")])
def test_a_total_of_eighty_has_the_grade_of_the_bounds_of_its_month(people, sheet, key, value, grade):
    set_value(key, value)
    set_value(key, 1, day=date(2026, 11, 1))  # holds from the next month on
    assert filed(people, sheet).grade == grade


def test_where_qualified_begins_higher_a_total_of_eighty_is_none(people, sheet):
    for key, value in (("grade_excellent", 95), ("grade_good", 90), ("grade_qualified", 85)):
        set_value(key, value)
    assert filed(people, sheet).grade == "unqualified"


def test_the_days_for_an_objection_are_those_of_the_day_of_filing(people, sheet):
    set_value("appraisal_objection_days", 9)
    set_value("appraisal_objection_days", 2, day=date(2026, 11, 3))  # after it was filed
    filed(people, sheet)
    person = Actor(people.users["sales"])
    assert queries.objection_days(sheet) == 9
    with pytest.raises(Refused, match="9 days"):
        services.objects_to(person, sheet, reason="late", now=OVER + 9 * DAY)
    assert services.objects_to(person, sheet, reason="The flood", now=OVER + 8 * DAY).state == "objection"


def filed(people, sheet):
    """The sheet with a total of 80, filed."""
    supervisor = Actor(sheet.supervisor.user)
    services.go_on(Actor.system(chain.MONTHLY), sheet, now=OVER)
    scored(sheet, supervisor)
    services.hand_on(supervisor, sheet, now=OVER)
    services.interview(supervisor, sheet, now=OVER, strengths="a", weaknesses="b", advice="c", plan="d")
    services.sign(Actor(people.users["sales"]), sheet, comment="", now=OVER)
    sheet.refresh_from_db()
    services.approve(Actor(chain.reviewer_of(sheet).user), sheet, now=OVER)
    services.file(Actor(people.users["hr"]), sheet, now=OVER)
    sheet.refresh_from_db()
    return sheet
