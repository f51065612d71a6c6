"""People are told of their duties: new, soon, late and passed on, each once (GEN-07, GEN-08)."""
from datetime import timedelta

import pytest
from django.urls import reverse

from staff.duties import reminding, services, states
from staff.duties.models import Duty
from staff.notifications.models import Notification
from staff.notifications.words import sentence
from staff.regulation.models import ParameterValue

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def duty(cast, **facts):
    """An open duty of the salesperson that began just now and is due in five days."""
    given = {"schedule": "SCH-99", "slot": f"{Duty.objects.count()}", "hall": cast.hall, "employee": cast.people["sales"], "starts_at": cast.now - HOUR,
             "due_at": cast.now + 5 * DAY} | facts
    return Duty.objects.create(**given)


def told(kind):
    """Who was told by this kind, in order."""
    return sorted(Notification.objects.filter(kind=kind).values_list("user__username", flat=True))


@pytest.mark.req("GEN-07")
def test_a_duty_is_told_when_it_is_new_when_it_is_soon_due_and_when_it_is_late_each_once(cast, as_role):
    duty(cast)
    counts = []
    for at in (cast.now, cast.now + HOUR, cast.now + 3 * DAY, cast.now + 4 * DAY + HOUR, cast.now + 5 * DAY - HOUR, cast.now + 5 * DAY + HOUR):
        counts.append(reminding.remind(at))
    assert counts == [1, 0, 0, 1, 0, 1]
    assert [notification.kind for notification in Notification.objects.order_by("pk")] == ["duty-new", "duty-soon", "duty-late"]
    assert sentence(Notification.objects.get(kind="duty-late")).startswith("Late: SCH-99 was due ")
    assert "3 unread notifications" in as_role("sales").get(reverse("help")).content.decode()


def test_how_long_before_comes_from_the_regulation_of_the_hall(cast):
    duty(cast), duty(cast, hall=cast.other_hall)
    reminding.remind(cast.now)
    ParameterValue.objects.create(key="reminder_days_before", value=3, hall=cast.other_hall, valid_from=cast.today, reason="longer ways")
    assert reminding.remind(cast.now + 2 * DAY + HOUR) == 1 and Notification.objects.filter(kind="duty-soon").get().event == str(Duty.objects.last().pk)


def test_what_is_of_a_role_is_told_to_whoever_holds_it_in_the_hall_and_to_nobody_else(cast):
    duty(cast, employee=None, role="logistics")
    duty(cast, employee=None, role="supervisor")
    assert reminding.remind(cast.now) == 2 and told("duty-new") == ["logistics", "supervisor"]


def test_a_duty_about_a_record_is_told_only_to_who_may_open_it(cast):
    visit = cast.visit_for(adviser="sales", state="in_service")
    duty(cast, kind="visit", record_id=visit.pk), duty(cast, kind="visit", record_id=visit.pk, employee=cast.people["outsider"])
    assert reminding.remind(cast.now) == 1 and told("duty-new") == ["sales"]


def test_what_is_over_or_old_is_told_to_nobody(cast):
    duty(cast, state=states.DONE, done_at=cast.now), duty(cast, starts_at=cast.now + HOUR)
    duty(cast, starts_at=cast.now - 40 * DAY, due_at=cast.now - 39 * DAY)
    assert reminding.remind(cast.now) == 0


def test_what_the_ladder_passes_on_is_told_to_each_superior_once(cast):
    duty(cast, starts_at=cast.now - 3 * DAY, due_at=cast.now - 2 * DAY - HOUR)
    services.escalate(cast.now)
    reminding.remind(cast.now), reminding.remind(cast.now + HOUR)
    assert told("duty-told") == ["supervisor"] and told("duty-late") == ["sales"]
    services.escalate(cast.now + 2 * DAY)
    reminding.remind(cast.now + 2 * DAY)
    assert told("duty-told") == ["manager", "supervisor"]


def test_telling_many_duties_costs_statements_by_person_and_not_by_duty(cast, django_assert_max_num_queries):
    for _ in range(30):
        duty(cast)
    with django_assert_max_num_queries(25):
        assert reminding.remind(cast.now) == 30
