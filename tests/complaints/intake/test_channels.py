"""Channels of each hall as data, the poster, and the checks of box and mailbox (CMP-01, CMP-02, SCH-16)."""
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from complaints.handling.models import Complaint
from complaints.intake import plans, queries
from complaints.intake.models import BoxCheck, ComplaintChannel
from config.web import oneoff
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.regulation import calendar
from staff.regulation.models import ParameterValue

pytestmark = pytest.mark.django_db


def channel(cast, kind="box", value="入口右侧意见箱", **facts):
    return ComplaintChannel.objects.create(**{"hall": cast.hall, "kind": kind, "value": value, "active_since": cast.today - timedelta(days=90), **facts})


def workdays(cast, count):
    """The next days on which the hall works."""
    days = calendar.of(cast.hall)
    return [day for n in range(40) if days.intervals(day := cast.today + timedelta(days=n))][:count], days


def at(days, day, hours=12):
    return datetime.combine(day, time(hours), ZoneInfo(days.zone))


@pytest.mark.req("CMP-01")
def test_a_manager_keeps_the_channels_and_the_poster_shows_the_public_ones(cast, as_role):
    client = as_role("manager")
    facts = {"hall": cast.hall.pk, "kind": "phone", "value": "400-800-1234", "hours": "8:30–18:00", "public": "on", "is_active": "on"}
    client.post(reverse("add_complaint_channel"), facts | {"one_off_key": oneoff.new_key()})
    client.post(reverse("add_complaint_channel"), facts | {"kind": "email", "value": "secret@hall.example", "public": "", "one_off_key": oneoff.new_key()})
    assert [row.value for row in queries.public_channels(cast.hall)] == ["400-800-1234"]
    poster = client.get(reverse("complaint_poster", args=[cast.hall.pk])).content.decode()
    assert "400-800-1234" in poster
    assert "secret@" not in poster
    assert "<svg" in poster
    assert f"hall={cast.hall.code}" in poster
    public = Client().get(f"{reverse('complain')}?hall={cast.hall.code}").content.decode()
    assert 'href="tel:400-800-1234"' in public
    assert "secret@" not in public
    again = client.post(reverse("add_complaint_channel"), facts | {"one_off_key": oneoff.new_key()})
    assert again.status_code == 422


def test_an_address_that_is_none_and_a_stale_form_are_refused(cast, as_role):
    client, row = as_role("manager"), channel(cast, kind="email", value="a@b.example")
    change = reverse("change_complaint_channel", args=[row.pk])
    assert client.post(change, {"version": 1, "value": "nobody", "is_active": "on"}).status_code == 422
    assert client.post(change, {"version": 1, "value": "c@b.example", "is_active": "on"}).status_code == 302
    assert client.post(change, {"version": 1, "value": "d@b.example", "is_active": "on"}).status_code == 422


@pytest.mark.req("CMP-02")
def test_each_box_is_checked_every_day_and_an_empty_one_is_recorded(cast, as_role):
    row, ((day, *_more), days) = channel(cast), workdays(cast, 1)
    channel(cast, kind="phone", value="400-800-1234")
    now = at(days, day)
    assert plans.write(now - timedelta(days=1), now) >= 1
    plans.write(now - timedelta(days=1), now)
    check = BoxCheck.objects.get(channel=row, day=day)
    duty = Duty.objects.get(kind="box_check", record_id=check.pk)
    assert (duty.role, duty.hall, duty.due_at) == ("agent", cast.hall, days.intervals(day)[-1][1])
    client = as_role("agent")
    assert client.get(reverse("box_check", args=[check.pk])).status_code == 200
    answer = client.post(reverse("record_box_check", args=[check.pk]), {"version": check.version, "found": "0"})
    assert answer.status_code == 302
    check.refresh_from_db()
    duty.refresh_from_db()
    assert (check.state, check.found, check.done_by, duty.state) == ("done", 0, cast.people["agent"], "done")
    assert client.post(reverse("record_box_check", args=[check.pk]), {"version": check.version, "found": "2"}).status_code == 422
    assert row.value in client.get(reverse("box_checks")).content.decode()


@pytest.mark.req("CMP-02")
def test_a_check_that_nobody_made_is_overdue_then_missed_and_explained(cast, as_role):
    channel(cast)
    (day, next_day), days = workdays(cast, 2)
    now = at(days, day)
    plans.write(now - timedelta(hours=13), now)
    check = BoxCheck.objects.get(day=day)
    duties.miss(check.due_at + timedelta(minutes=1))
    check.refresh_from_db()
    assert check.state == "open"  # overdue, and may still be made
    duties.miss(days.intervals(next_day)[-1][1] + timedelta(minutes=1))
    check.refresh_from_db()
    assert check.state == "missed"
    client = as_role("agent")
    assert client.post(reverse("record_box_check", args=[check.pk]), {"version": check.version, "found": "0"}).status_code == 422
    client.post(reverse("explain_box_check", args=[check.pk]), {"reason": "停电"})
    check.refresh_from_db()
    assert check.note == "停电"


def test_what_was_found_in_the_box_is_written_down_without_ticks(cast, as_role):
    row = channel(cast)
    check = BoxCheck.objects.create(hall=cast.hall, channel=row, day=cast.today, due_at=cast.now, state="done", found=2, done_at=cast.now,
                                    done_by=cast.people["agent"])
    client, address = as_role("agent"), f"{reverse('new_complaint')}?box_check={check.pk}"
    assert client.get(address).context["form"].initial["channel"] == "box"
    for matter in ("门坏了", "等太久"):
        answer = client.post(address, {"one_off_key": oneoff.new_key(), "kind": "complaint", "channel": "box", "hall": cast.hall.pk, "matter": matter,
                                       "impact": "low", "urgency": "low"})
        assert answer.status_code == 302
    assert Complaint.objects.filter(channel="box").count() == 2


def test_a_channel_out_of_use_asks_nobody(cast, as_role):
    row, ((day, *_more), days) = channel(cast), workdays(cast, 1)
    now = at(days, day)
    plans.write(now - timedelta(hours=13), now)
    as_role("manager").post(reverse("change_complaint_channel", args=[row.pk]), {"version": row.version, "value": row.value})
    assert BoxCheck.objects.get().state == "dropped"
    assert not Duty.objects.filter(kind="box_check", state="open").exists()
    BoxCheck.objects.all().delete()
    assert plans.write(now - timedelta(hours=13), now) == 0


def test_a_hall_says_after_how_many_days_its_box_is_looked_into_again(cast):
    ParameterValue.objects.create(key="complaint_box_check_days", value=3, hall=cast.hall, valid_from=cast.today - timedelta(days=365))
    row, ((day, *_more), days) = channel(cast), workdays(cast, 1)
    now = at(days, day)
    plans.write(now - timedelta(hours=13), now + timedelta(days=4))
    assert list(BoxCheck.objects.filter(channel=row).order_by("day").values_list("day", flat=True)) == [day, day + timedelta(days=3)]
