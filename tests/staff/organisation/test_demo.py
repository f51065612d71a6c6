"""The demo company: deterministic, in a database of its own, continued day by day."""
import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from config.accounts.models import User
from config.contributions import demo
from config.embedded import demo_mark
from facilities.areas.models import Area
from staff.organisation import queries
from staff.organisation.matrix import ROLES
from staff.organisation.models import Assignment, Employee, Hall, Posting
from staff.shifts.models import Shift
from staff.shifts.queries import on_duty

DAY = datetime.date(2026, 3, 4)
OWN = {"organisation", "areas", "competences", "shifts"}


@pytest.fixture
def load(db, monkeypatch):
    """Runs the demo command with the parts of this chapter alone."""
    parts = [part for part in demo.in_order() if part.key in OWN]
    monkeypatch.setattr(demo, "in_order", lambda: parts)

    def run(day=DAY, seed=1):
        with override_settings(DEMO=True):
            call_command("demo", seed=seed, today=day, verbosity=0)
    return run


def fingerprint():
    """What the demo wrote, as it would be told apart."""
    people = list(Employee.objects.order_by("number").values_list("number", "name", "hired_on", "kind"))
    shifts = list(Shift.objects.order_by("employee__number", "starts_at").values_list("employee__number", "starts_at", "ends_at"))
    return people, shifts


def test_it_is_a_company_with_every_kind_of_hall_and_one_user_a_role(load):
    load()
    assert {hall.kind for hall in Hall.objects.all()} == set(Hall.Kind.values)
    assert set(ROLES) | {"reception2"} <= set(User.objects.values_list("username", flat=True))
    assert 38 <= Employee.objects.count() <= 50 and {row.role for row in Assignment.objects.all()} >= set(ROLES) - {"trainee"}
    assert {user.check_password("hallkeeper-demo") for user in User.objects.all()[:3]} == {True}
    top = [row.employee for row in queries.postings_on(DAY).filter(superior=None)]
    assert [person.user.username for person in top] == ["general"] and Posting.objects.filter(ends_on=None).count() == Employee.objects.count()
    assert Area.objects.filter(hall__code="showroom").count() >= 6


def test_there_is_somebody_on_duty_in_the_live_halls_all_day(load):
    load()
    for code in ("sales", "showroom", "hotline"):
        for hour in (10, 12, 14, 15, 17, 19, 20):
            at = timezone.make_aware(datetime.datetime.combine(DAY, datetime.time(hour)))
            assert on_duty(Hall.objects.get(code=code), at).exists(), (code, hour)


def test_it_is_the_same_for_the_same_day_and_seed(load):
    found = []
    for _ in range(2):
        with transaction.atomic():
            load()
            found.append(fingerprint())
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_the_same_day_changes_nothing_and_a_later_one_adds_what_is_missing(load):
    load()
    before = Shift.objects.count()
    load()
    assert Shift.objects.count() == before
    load(DAY + datetime.timedelta(days=3))
    last = timezone.localtime(Shift.objects.order_by("-starts_at").first().starts_at).date()
    assert Shift.objects.count() > before and DAY + datetime.timedelta(days=16) <= last <= DAY + datetime.timedelta(days=17)


def test_it_is_refused_by_a_database_that_holds_other_data_and_outside_the_demo(load, db):
    with pytest.raises(CommandError, match="DEMO=on"):
        call_command("demo", today=DAY, verbosity=0)
    User.objects.create_user("somebody")
    with pytest.raises(CommandError, match="holds other data"):
        load()
    with connection.cursor() as cursor:
        assert not demo_mark.is_marked(cursor)
