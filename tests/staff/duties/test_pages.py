"""The pages of what is due: the list with its records, excusing, what the clock did, and what superiors have to know of (GEN-08, GEN-25)."""
from datetime import timedelta

import pytest
from django.urls import reverse

from staff.duties import services
from staff.duties.models import Duty, ScheduleRun
from staff.regulation.models import ParameterValue

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty(cast):
    """A call of `sales` that was due five days ago."""
    return Duty.objects.create(schedule="SCH-23", slot="x", hall=cast.hall, employee=cast.people["sales"], starts_at=cast.now - timedelta(days=6),
                               due_at=cast.now - timedelta(days=5))


def left_undone(client):
    """Whether the start page tells of what others left undone."""
    return "Left undone" in client.get(reverse("home")).content.decode()


@pytest.mark.req("GEN-08")
def test_what_stays_undone_stands_on_the_list_of_the_superior_and_later_of_the_one_above(cast, duty, client_as):
    services.escalate(duty.due_at + timedelta(days=1))
    assert not any(left_undone(client_as(name)) for name in ("supervisor", "manager", "department"))
    services.escalate(duty.due_at + timedelta(days=2))
    assert left_undone(client_as("supervisor")) and not left_undone(client_as("manager"))
    services.escalate(duty.due_at + timedelta(days=4))
    assert left_undone(client_as("manager")) and not left_undone(client_as("colleague"))
    assert not left_undone(client_as("sales"))  # it is late on the own day
    ParameterValue.objects.create(key="overdue_escalation_days", value=30, hall=cast.hall, valid_from=cast.today - timedelta(days=30), reason="slower")
    Duty.objects.update(level=0, told_to=None)
    services.escalate(cast.now)
    assert not left_undone(client_as("supervisor"))


def test_the_list_leads_to_the_record_and_offers_to_excuse_only_to_who_may(cast, duty, client_as):
    address = reverse("excuse_duty", args=[duty.pk])
    for name, may in (("supervisor", True), ("manager", True), ("sales", False), ("hr", False)):
        page = client_as(name).get(reverse("duties")).content.decode()
        assert "Follow-up after a purchase" in page and (address in page) == may, name
    answer = client_as("supervisor").post(address, {"reason": "ill"})
    duty.refresh_from_db()
    assert (answer.status_code, duty.state, duty.reason) == (302, "excused", "ill")
    assert address not in client_as("supervisor").get(reverse("duties")).content.decode()


def test_nobody_is_offered_to_excuse_what_is_their_own(cast, client_as):
    own = Duty.objects.create(schedule="SCH-34", slot="x", hall=cast.hall, employee=cast.people["supervisor"], starts_at=cast.now, due_at=cast.now)
    address = reverse("excuse_duty", args=[own.pk])
    assert address not in client_as("supervisor").get(reverse("duties")).content.decode()
    assert client_as("supervisor").post(address, {"reason": "no time"}).status_code == 422


@pytest.mark.req("GEN-25")
def test_running_twice_makes_no_duplicates_and_the_page_of_jobs_tells_of_the_run_and_of_failures(cast, client_as):
    services.run("SCH-01", now=cast.now)
    made = Duty.objects.count()
    services.run("SCH-01", now=cast.now)
    services.run("SCH-01", now=cast.now + timedelta(minutes=1))
    assert Duty.objects.count() == made == 2 == ScheduleRun.objects.get().created
    page = client_as("admin").get(reverse("clock")).content.decode()
    assert "SCH-01" in page and "2 duties" in page and "in order" in page
    services.failed("SCH-01", "ZeroDivisionError", now=cast.now, took=0)
    page = client_as("admin").get(reverse("clock")).content.decode()
    assert "failed once" in page and "ZeroDivisionError" in page
    assert client_as("sales").get(reverse("clock")).status_code == 403
