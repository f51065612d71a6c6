"""Who is on which post now; nobody is on two shifts at once."""
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from config.errors import Refused
from config.web.oneoff import new_key
from staff.organisation.models import Employee
from staff.shifts import queries, services
from staff.shifts.models import Shift


def at(cast, day, hour):
    """A moment of a day from today."""
    return timezone.make_aware(timezone.datetime.combine(cast.today + timedelta(days=day), timezone.datetime.min.time())) + timedelta(hours=hour)


def plan(cast, name="sales", start=9, end=17, day=3, by="manager", **more):
    """A shift three days from now."""
    return services.plan(cast.actor(by), cast.people[name], starts=at(cast, day, start), ends=at(cast, day, end), now=cast.now,
                         **{"hall": cast.hall} | more)


def test_a_shift_planned_on_the_page_stands_in_the_day(cast, as_role):
    day, post = cast.today + timedelta(days=3), cast.posts["sales", "counter"]
    typed = {"one_off_key": new_key(), "hall": cast.hall.pk, "day": day, "employee": cast.people["sales"].pk, "post": post.pk,
             "starts": "09:00", "ends": "17:30"}
    client = as_role("manager")
    page = client.post(reverse("new_shift"), typed, follow=True)
    assert "Sales Wang" in page.content.decode() and "17:30" in page.content.decode()
    again = client.post(reverse("new_shift"), typed | {"one_off_key": new_key(), "starts": "16:00", "ends": "20:00"})
    assert again.status_code == 422 and "from 09:00 to 17:30" in again.content.decode()


def test_the_database_itself_keeps_two_shifts_apart(cast):
    plan(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.create(employee=cast.people["sales"], hall=cast.other_hall, starts_at=at(cast, 3, 16), ends_at=at(cast, 3, 18))
    plan(cast, start=17, end=20)  # the next shift begins where the first ends


@pytest.mark.parametrize(("change", "sentence"), [
    ({"start": 17, "end": 9}, "ends before it begins"), ({"start": 0, "end": 17}, "at most 16 hours"), ({"name": "trainee"}, "is in training"),
    ({"post": ("showroom", "desk")}, "not in use in that hall"), ({"day": -500}, "does not work here on that day"),
])
def test_a_shift_that_cannot_be_is_refused_in_words(cast, change, sentence):
    change = change | ({"post": cast.posts[change["post"]]} if "post" in change else {})
    with pytest.raises(Refused, match=sentence):
        plan(cast, **change)


def test_on_duty_is_who_has_a_running_shift_and_may_work(cast):
    names = {shift.employee.user.username for shift in queries.on_duty(cast.hall, cast.now)}
    assert {"reception", "sales", "colleague"} <= names and "sales2" not in names and "manager" not in names
    Employee.objects.filter(pk=cast.people["sales"].pk).update(state="training")
    assert cast.people["sales"].pk not in {shift.employee_id for shift in queries.on_duty(cast.hall, cast.now)}
    assert not queries.on_duty(cast.hall, cast.now + timedelta(hours=5)).exists()


def test_a_running_shift_ends_early_with_a_reason_and_a_coming_one_is_taken_back(cast):
    shift = plan(cast)
    with pytest.raises(Refused, match="between the two"):
        services.end_early(cast.actor("manager"), shift, ends=at(cast, 3, 18), reason="ill", now=cast.now)
    services.end_early(cast.actor("manager"), shift, ends=at(cast, 3, 12), reason="ill", now=cast.now)
    shift.refresh_from_db()
    assert shift.ends_at == at(cast, 3, 12) and shift.history.first().history_change_reason == "ended early: ill"
    services.take_back(cast.actor("manager"), shift, reason="swapped", now=cast.now)
    assert not Shift.objects.filter(pk=shift.pk).exists() and Shift.history.filter(id=shift.pk).first().history_type == "-"


def test_a_planner_reaches_the_own_hall_and_a_supervisor_the_own_team(cast, as_role):
    mine, other_team, elsewhere = plan(cast), plan(cast, name="outsider"), plan(cast, name="sales2", by="manager2", hall=cast.other_hall)
    codes = {(role, shift.pk): as_role(role).get(reverse("end_shift", args=[shift.pk])).status_code
             for role in ("manager", "supervisor", "reception") for shift in (mine, other_team, elsewhere)}
    assert [codes["manager", shift.pk] for shift in (mine, other_team, elsewhere)] == [200, 200, 404]
    assert [codes["supervisor", shift.pk] for shift in (mine, other_team, elsewhere)] == [200, 404, 404]
    assert {codes["reception", shift.pk] for shift in (mine, other_team, elsewhere)} == {403}
    offered = as_role("supervisor").get(reverse("new_shift")).context["form"].fields["employee"].queryset
    assert cast.people["sales"] in offered and cast.people["outsider"] not in offered


def test_somebody_with_own_reach_sees_the_own_shifts_alone(cast, as_role):
    page = as_role("reception").get(reverse("shifts"), {"hall": cast.hall.pk})
    assert {shift.employee_id for shift in page.context["shifts"]} == {cast.people["reception"].pk}
    assert "On shift now" in as_role("reception").get(reverse("home")).content.decode()
