"""Deputies: named for a time, near the person represented, one step far, and over by themselves (GEN-02, STF-01)."""
from datetime import timedelta

import pytest
from django.urls import reverse

from config.accounts.access import reach
from config.errors import Refused
from staff.organisation import services
from staff.organisation.models import Deputy

pytestmark = pytest.mark.django_db


def name(cast, person, deputy, *, by=None, first=0, last=3):
    """`deputy` stands in for `person`, from and to so many days from today."""
    return services.name_deputy(cast.actor(by or person), cast.people[person], deputy=cast.people[deputy], starts_on=cast.today + timedelta(days=first),
                                ends_on=cast.today + timedelta(days=last), now=cast.now)


def test_the_page_names_who_stands_in_for_whom_and_when_it_is_over(cast, as_role):
    name(cast, "manager", "supervisor")
    Deputy.objects.create(employee=cast.people["department"], deputy=cast.people["general"], starts_on=cast.today - timedelta(days=9),
                          ends_on=cast.today - timedelta(days=1))
    page = as_role("manager").get(reverse("deputies"), {"stands": "running"}).content.decode()
    assert cast.people["supervisor"].name in page and cast.people["general"].name not in page
    end = reverse("end_deputy", args=[Deputy.objects.get(employee=cast.people["manager"]).pk])
    assert end in page and end not in as_role("sales").get(reverse("deputies")).content.decode()
    over = as_role("manager").get(reverse("deputies"), {"stands": "over"}).content.decode()
    assert cast.people["general"].name in over and cast.people["supervisor"].name not in over


@pytest.mark.parametrize(("first", "last", "holds"), [(0, 0, True), (1, 2, False), (-3, -1, False)])
def test_the_rights_begin_and_end_with_the_days_alone(cast, first, last, holds):
    Deputy.objects.create(employee=cast.people["manager"], deputy=cast.people["sales"], starts_on=cast.today + timedelta(days=first),
                          ends_on=cast.today + timedelta(days=last))
    assert bool(reach(cast.user("sales"), "roster.approve")) is holds


def test_a_deputy_of_another_hall_is_refused_and_one_below_the_same_superior_is_not(cast):
    with pytest.raises(Refused, match="works elsewhere"):
        name(cast, "sales", "sales2")
    with pytest.raises(Refused, match="works elsewhere"):
        name(cast, "manager", "manager2")
    assert name(cast, "manager", "department").pk  # the superior
    assert name(cast, "reception", "sales").pk  # of the same hall


def test_rights_go_one_step_in_both_directions(cast):
    name(cast, "manager", "supervisor")
    with pytest.raises(Refused, match="stands in for"):
        name(cast, "supervisor", "sales")
    with pytest.raises(Refused, match="is represented by"):
        name(cast, "sales", "manager")
    assert name(cast, "supervisor", "sales", first=4, last=6).pk


def test_of_a_chain_that_stands_all_the_same_nobody_gets_the_rights_of_the_first(cast):
    Deputy.objects.create(employee=cast.people["department"], deputy=cast.people["manager"], starts_on=cast.today, ends_on=cast.today)
    Deputy.objects.create(employee=cast.people["manager"], deputy=cast.people["sales"], starts_on=cast.today, ends_on=cast.today)
    assert reach(cast.user("manager"), "archive.approve") and not reach(cast.user("sales"), "archive.approve")


def test_withdrawn_the_deputy_has_nothing_from_the_next_click(cast, as_role):
    row = name(cast, "manager", "supervisor")
    assert reach(cast.user("supervisor"), "roster.approve")
    assert as_role("manager").post(reverse("end_deputy", args=[row.pk])).status_code == 302
    assert not reach(cast.user("supervisor"), "roster.approve")
