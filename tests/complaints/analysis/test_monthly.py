"""The monthly analysis: drafted on the first, written, signed by the manager, filed, its measures in the improvement register (CMP-19, SCH-19)."""
from datetime import timedelta

import pytest
from django.urls import reverse

from complaints.analysis import monthly
from complaints.analysis.models import ComplaintAnalysis
from complaints.handling import states
from config.accounts.actor import Actor
from config.errors import Refused
from config.web.periods import MONTH, Period
from staff.archive.models import ArchiveItem
from staff.duties.models import Duty
from staff.improvement.models import Action
from tests.complaints.handling.making import complaint_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast):
    """The draft of the month before, in which one complaint was received and solved."""
    last = Period.of(MONTH, cast.today).before()
    at = last.bounds(cast.hall.timezone)[0] + timedelta(days=9)
    complaint_at(cast, states.SATISFIED, handler="agent", received_at=at, registered_at=at, turn_began_at=at, closed_at=at + timedelta(days=2),
                 acknowledged_at=at, satisfaction=4).save()
    monthly.draft(cast.now)
    return ComplaintAnalysis.objects.get(hall=cast.hall)


def signed(cast, draft):
    """It, written and signed."""
    actor = Actor(cast.users["manager"])
    monthly.write(actor, draft, problems="安装延误", weaknesses="排期没人管", now=cast.now)
    monthly.add_measure(actor, draft, what="每周核对排期", owner=cast.people["sales"], now=cast.now)
    return monthly.sign(actor, draft, now=cast.now)


@pytest.mark.req("CMP-19")
def test_the_analysis_of_last_month_is_drafted_once_and_is_due_on_its_day(cast, draft):
    last = Period.of(MONTH, cast.today).before()
    assert draft.month == last.first
    assert monthly.draft(cast.now) == 0
    duty = Duty.objects.get(schedule="SCH-19", record_id=draft.pk)
    assert cast.hall.day_of(duty.due_at - timedelta(seconds=1)) == last.next().first + timedelta(days=9)
    assert draft.is_late(duty.due_at + timedelta(minutes=1))
    assert not draft.is_late(duty.due_at - timedelta(minutes=1))
    assert ComplaintAnalysis.objects.count() == 2


@pytest.mark.parametrize(("manager", "asked"), [("manager", "manager"), ("manager2", None), (None, None)])
def test_it_is_asked_of_the_manager_of_the_hall_if_they_have_the_rights_there_else_of_whoever_has_them(cast, manager, asked):
    cast.hall.manager = manager and cast.people[manager]
    cast.hall.save()
    monthly.draft(cast.now)
    duty = Duty.objects.get(schedule="SCH-19", hall=cast.hall)
    assert (duty.employee, duty.role) == ((cast.people[asked], "") if asked else (None, "manager"))
    assert duty in Duty.objects.for_user(cast.user("manager"))
    assert duty not in Duty.objects.for_user(cast.user("manager2"))


@pytest.mark.req("CMP-19")
def test_the_manager_writes_signs_and_its_measures_become_improvements(cast, as_role, draft):
    row = signed(cast, draft)
    assert row.figures["spans"][0]["received"] == 1
    assert row.figures["spans"][0]["satisfaction"] == 4
    action = Action.objects.get(kind=monthly.KIND, record_id=row.pk)
    assert (action.problem, action.owner, action.source) == ("每周核对排期", cast.people["sales"], "analysis")
    assert ArchiveItem.objects.filter(subject_kind=monthly.KIND, subject_id=row.pk).count() == 1
    assert Duty.objects.get(schedule="SCH-19", record_id=row.pk).done_at
    with pytest.raises(Refused):
        monthly.write(Actor(cast.users["manager"]), row, problems="x", weaknesses="y", now=cast.now)
    with pytest.raises(Refused):
        monthly.sign(Actor(cast.users["manager"]), row, now=cast.now)
    assert action.number in as_role("manager").get(reverse("complaint_analysis", args=[row.pk])).content.decode()


def test_signing_asks_for_words_and_a_measure(cast, draft):
    actor = Actor(cast.users["manager"])
    with pytest.raises(Refused):
        monthly.sign(actor, draft, now=cast.now)
    monthly.write(actor, draft, problems="a", weaknesses="b", now=cast.now)
    with pytest.raises(Refused):
        monthly.sign(actor, draft, now=cast.now)
    draft.refresh_from_db()
    assert (draft.state, draft.figures) == ("draft", {})


def test_signed_numbers_stay_when_the_register_changes(cast, draft):
    row = signed(cast, draft)
    before = row.figures
    at = Period.of(MONTH, cast.today).before().bounds(cast.hall.timezone)[0] + timedelta(days=9)
    complaint_at(cast, states.ASSIGNED, handler="agent", received_at=at, registered_at=at, turn_began_at=at).save()
    row.refresh_from_db()
    assert monthly.numbers(row) == before
    assert monthly.of_month(row.hall, monthly.month_of(row))["spans"][0]["received"] == 2


def test_pages_of_the_analysis_work_for_whoever_decides(cast, as_role, draft):
    manager = as_role("manager")
    assert manager.get(reverse("complaint_analyses")).status_code == 200
    page = reverse("complaint_analysis", args=[draft.pk])
    assert manager.get(page).status_code == 200
    assert "FRM-35" in manager.get(f"{page}?print").content.decode()
    write = reverse("write_complaint_analysis", args=[draft.pk])
    assert manager.get(write).status_code == 200
    assert manager.post(write, {"problems": "a", "weaknesses": "b", "version": draft.version}).status_code == 302
    add = reverse("add_analysis_measure", args=[draft.pk])
    key = manager.get(add).context["one_off_key"]
    for _twice in range(2):
        manager.post(add, {"what": "每周核对", "owner": cast.people["sales"].number, "one_off_key": key})
    [measure] = draft.measures.all()
    assert manager.post(reverse("drop_analysis_measure", args=[measure.pk])).status_code == 302
    assert not draft.measures.exists()
    assert as_role("manager2").get(page).status_code == 404
    assert as_role("agent").get(write).status_code == 403


def test_the_bulletin_is_for_who_sees_all_halls(cast, as_role, draft):
    signed(cast, draft)
    page = reverse("complaint_bulletin", args=[f"{draft.month:%Y-%m}"])
    text = as_role("general").get(page).content.decode()
    assert "排期没人管" in text
    assert cast.people["agent"].name in text
    assert cast.people["agent"].name not in as_role("research").get(page).content.decode()
    assert as_role("manager").get(page).status_code == 404
    assert as_role("general").get(reverse("complaint_bulletin", args=["2026-W03"])).status_code == 404
