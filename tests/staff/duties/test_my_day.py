"""My day is true: for everybody of the demo each line opens, is due to that very person, and goes away only by being done or excused."""
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from config.accounts import second_factor
from config.accounts.actor import Actor
from config.accounts.models import User
from config.contributions.records import resolve
from reception.followups import services as followups
from reception.followups.models import FollowUp
from staff.duties import queries, services, states
from staff.duties.models import Duty
from tests.cast import signed_in

ROW = re.compile(r'<tr><td class="tt-t">.*?</tr>', re.S)
LINK = re.compile(r'<th scope="row"><a href="([^"]+)">')


def rows_of(client):
    """The lines of My day, as their sources."""
    return ROW.findall(client.get(reverse("home")).content.decode())


@pytest.mark.req("GEN-06")
def test_each_line_of_everybodys_day_opens_and_is_due_to_that_very_person(demo_company, monkeypatch):
    monkeypatch.setattr(second_factor, "is_due", lambda user: False)  # who stands in for a manager today is asked for a code first
    now, seen, told = timezone.now(), set(), 0
    for user in User.objects.filter(employee__state="on_duty", is_active=True).order_by("pk"):
        client = signed_in(user)
        mine = Duty.objects.for_user(user).filter(state=states.OPEN)
        lines = queries.my_day(user, now)
        rows = rows_of(client)
        assert len(rows) == len(lines), user.username
        assert {line.duty.pk for line in lines} <= set(mine.values_list("pk", flat=True))
        moments = [line.duty.due_at for line in lines]
        assert moments == sorted(moments) and [line.tone == "late" for line in lines] == sorted((line.tone == "late" for line in lines), reverse=True)
        for row in rows:
            link = LINK.search(row)
            assert link, (user.username, row)
            assert client.get(link.group(1)).status_code == 200, (user.username, link.group(1))
        told += len(rows)
        seen |= {(line.duty.kind, line.tone == "late") for line in lines}
    assert told > 20 and {kind for kind, _late in seen} >= {"follow_up", "appraisal"} and True in {late for _kind, late in seen}


def test_what_is_due_to_a_role_is_due_to_somebody(demo_company):
    """No duty waits for a role that nobody holds in its hall."""
    lost = Duty.objects.filter(state=states.OPEN)
    for user in User.objects.filter(employee__state__in=["training", "on_duty"]):
        lost = lost.exclude(pk__in=list(Duty.objects.for_user(user).values_list("pk", flat=True)))
    assert [(duty.schedule, str(duty.hall), duty.role, str(duty.employee)) for duty in lost] == []


def test_every_open_duty_is_about_a_record_that_its_person_may_open(demo_company):
    for user in User.objects.filter(employee__state="on_duty"):
        mine = [(duty.kind, duty.record_id) for duty in Duty.objects.for_user(user).filter(state=states.OPEN) if duty.kind]  # others lead to a page
        assert set(mine) == set(resolve(mine, user)), user.username


def test_a_line_stays_until_it_is_done_or_excused(demo_company):
    now = timezone.now()
    duty = Duty.objects.filter(state=states.OPEN, kind="follow_up", starts_at__lte=now, employee__user__isnull=False).select_related("employee__user").first()
    user, client = duty.employee.user, signed_in(duty.employee.user)
    call = FollowUp.objects.get(pk=duty.record_id)
    address = reverse("follow_up", args=[call.pk])
    assert any(address in row for row in rows_of(client)) and client.get(address).status_code == 200
    assert any(address in row for row in rows_of(client))  # looking at it does not do it
    followups.not_reached(Actor(user), call, method="phone", again_at=None, now=now)
    assert any(address in row for row in rows_of(client))
    services.excuse(Actor.system("test"), duty, reason="ill", now=now)
    assert not any(address in row for row in rows_of(client))
