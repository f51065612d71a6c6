"""Incidents from the report to the archive: told to the head at once, confirmed in minutes, led, learnt from, filed (FAC-27, FAC-30, FAC-31, REC-81)."""
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from config.errors import Refused
from facilities.incidents import plans, services, states
from facilities.incidents.models import Incident, IncidentEntry
from staff.archive import services as archive
from staff.archive.models import ArchiveItem, HallArchive, Stocktaking
from staff.archive.services import stocktakes
from staff.duties.models import Duty
from staff.notifications.models import Notification
from staff.regulation.models import ParameterValue

pytestmark = pytest.mark.django_db
SAFE = {"storage_safe": True, "storage_note": ""}


@pytest.fixture(autouse=True)
def heads(cast):
    """Each hall with its manager and the head of its department; files in memory of the test's folder."""
    for hall, end in ((cast.hall, ""), (cast.other_hall, "2")):
        hall.manager = cast.people[f"manager{end}"]
        hall.save()
        hall.department.head = cast.people[f"department{end}"]
        hall.department.save()


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path, monkeypatch):
    """The archive keeps its files in a folder of this test."""
    from config.web.models import private_storage

    monkeypatch.setattr(private_storage(), "_location", str(tmp_path))
    for name in ("base_location", "location"):
        private_storage().__dict__.pop(name, None)
    yield
    for name in ("base_location", "location"):
        private_storage().__dict__.pop(name, None)


def report(cast, by="sales", **facts):
    """What somebody of the first hall reports."""
    return services.report(cast.actor(by), **{"kind": "fire", "hall": cast.hall, "place": "Waiting area", "happened_at": cast.now,
                                              "description": "Smoke from a socket", "now": cast.now} | facts)


def led(cast, to=states.ENDED, row=None):
    """An incident as far as that."""
    row, head = row or report(cast), cast.actor("manager")
    if to != states.REPORTED:
        services.confirm(head, row, verdict="Grave", now=cast.now)
    if to in (states.RESPONDING, states.ENDED):
        services.note(head, row, what="protect", text="Everybody out", at=cast.now, now=cast.now)
    if to == states.ENDED:
        services.end(head, row, loss="", now=cast.now)
    row.refresh_from_db()
    return row


@pytest.mark.req("FAC-27")
def test_a_report_tells_the_heads_at_once_and_keeps_the_time(cast, as_role):
    client = as_role("sales")
    page = client.get(reverse("report_incident"))
    key = page.context["one_off_key"]
    answer = client.post(reverse("report_incident"), {"one_off_key": key, "kind": "fire", "hall": cast.hall.pk, "place": "Waiting area",
                                                      "happened_at": page.context["form"]["happened_at"].value().strftime("%Y-%m-%d %H:%M"),
                                                      "description": "Smoke from a socket"})
    row = Incident.objects.get()
    assert answer["Location"] == reverse("incident", args=[row.pk])
    assert (row.reported_by, row.state, row.due_at - row.reported_at) == (cast.people["sales"], states.REPORTED, timedelta(minutes=15))
    assert set(Notification.objects.filter(kind="incident-reported").values_list("user__username", flat=True)) == {"department", "manager"}
    duty = Duty.objects.get(kind=services.KIND)
    assert (duty.employee, duty.due_at) == (cast.people["department"], row.due_at)


def test_the_minutes_are_those_of_the_hall(cast):
    ParameterValue.objects.create(key="incident_response_minutes", value=5, hall=cast.hall, valid_from=cast.today, reason="near the depot")
    assert report(cast).due_at == cast.now + timedelta(minutes=5)
    assert report(cast, by="sales2", hall=cast.other_hall).due_at == cast.now + timedelta(minutes=15)


def test_who_reports_does_not_confirm_and_the_next_head_is_asked(cast):
    row = report(cast, by="department")
    assert Duty.objects.get(record_id=row.pk).employee == cast.people["manager"]
    with pytest.raises(Refused, match="own report"):
        services.confirm(cast.actor("department"), row, verdict="Grave", now=cast.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(pk=row.pk).update(state="confirmed", confirmed_by=row.reported_by, confirmed_at=cast.now, verdict="Grave")
    services.confirm(cast.actor("manager"), row, verdict="Grave", now=cast.now)
    assert Duty.objects.get(record_id=row.pk).state == "done"


def test_a_late_confirmation_shows_as_late(cast, as_role):
    row = report(cast, now=cast.now - timedelta(minutes=20), happened_at=cast.now - timedelta(minutes=30))
    text = as_role("manager").get(reverse("incident", args=[row.pk])).content.decode()
    assert "overdue" in text
    services.confirm(cast.actor("manager"), row, verdict="Grave", now=cast.now)
    assert Duty.objects.get(record_id=row.pk).state == "late"


def test_a_false_alarm_closes_it_with_the_reason(cast, as_role):
    row = report(cast)
    as_role("manager").post(reverse("dismiss_incident", args=[row.pk]), {"verdict": "Steam of a kettle"})
    row.refresh_from_db()
    assert (row.state, row.verdict, row.confirmed_by) == (states.FALSE_ALARM, "Steam of a kettle", cast.people["manager"])
    with pytest.raises(Refused, match="false alarm"):
        services.confirm(cast.actor("department"), row, verdict="Grave", now=cast.now)


@pytest.mark.req("FAC-30")
def test_the_time_line_names_what_was_done_by_whom_and_when(cast, as_role):
    row = led(cast, states.CONFIRMED)
    at = cast.now.replace(second=0)
    row.happened_at = at - timedelta(minutes=5)
    row.save()
    client = as_role("sales")
    page = client.get(reverse("note_incident", args=[row.pk]))
    client.post(reverse("note_incident", args=[row.pk]), {"one_off_key": page.context["one_off_key"], "what": "move", "text": "Guests led outside",
                                                          "at": at.astimezone().strftime("%Y-%m-%d %H:%M")})
    row.refresh_from_db()
    entry = IncidentEntry.objects.get()
    assert (row.state, entry.by, entry.what) == (states.RESPONDING, cast.people["sales"], "move")
    text = as_role("manager").get(reverse("incident", args=[row.pk])).content.decode()
    assert "Guests led outside" in text and "Sales Wang" in text


def test_nothing_is_noted_before_it_happened_or_ahead_of_the_clock(cast):
    row = led(cast, states.CONFIRMED)
    for at in (cast.now + timedelta(minutes=1), row.happened_at - timedelta(minutes=1)):
        with pytest.raises(Refused):
            services.note(cast.actor("manager"), row, what="move", text="x", at=at, now=cast.now)
    with pytest.raises(Refused):
        report(cast, happened_at=cast.now + timedelta(hours=1))


@pytest.mark.req("FAC-31")
def test_an_incident_is_filed_only_with_cause_lessons_and_a_measure(cast, as_role):
    row, client = led(cast), as_role("manager")
    address, whole = reverse("file_incident", args=[row.pk]), {"cause": "An old socket", "lessons": "Look at sockets each month"}
    for missing in whole:
        assert client.post(address, whole | {missing: ""}).status_code == 422
    assert client.post(address, whole).status_code == 422
    services.plan(cast.actor("manager"), row, what="Change all sockets", owner=cast.people["logistics"], due_on=cast.today, now=cast.now)
    assert Duty.objects.get(schedule=services.MEASURE).employee == cast.people["logistics"]
    assert client.post(address, whole).status_code == 302
    row.refresh_from_db()
    item = ArchiveItem.objects.get(kind="emergency")
    assert (row.state, item.subject_kind, item.subject_id, item.hall) == (states.FILED, services.KIND, row.pk, cast.hall)
    kept = item.files.get().file.read().decode()
    assert "An old socket" in kept and "Change all sockets" in kept and "Everybody out" in kept
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(pk=row.pk).update(cause="")


def test_a_measure_is_done_by_who_is_responsible_and_by_nobody_else(cast, as_role):
    row = led(cast)
    measure = services.plan(cast.actor("manager"), row, what="Change all sockets", owner=cast.people["logistics"], due_on=cast.today, now=cast.now)
    with pytest.raises(Refused, match="responsible"):
        services.finish_measure(cast.actor("sales"), measure, now=cast.now)
    as_role("logistics").post(reverse("finish_incident_measure", args=[row.pk, measure.pk]))
    measure.refresh_from_db()
    assert measure.done_at and Duty.objects.get(schedule=services.MEASURE).state == "done"


def test_a_measure_is_set_for_nobody_who_is_away_and_for_no_past_day(cast):
    row, head, away = led(cast), cast.actor("manager"), cast.people["logistics"]
    with pytest.raises(Refused, match="past"):
        services.plan(head, row, what="Change all sockets", owner=away, due_on=cast.today - timedelta(days=1), now=cast.now)
    type(away).objects.filter(pk=away.pk).update(state="training")
    away.refresh_from_db()
    with pytest.raises(Refused, match="not on duty") as told:
        services.plan(head, row, what="Change all sockets", owner=away, due_on=cast.today, now=cast.now)
    assert told.value.field == "owner" and not row.measures.exists()


def test_of_two_measures_of_one_person_each_is_due_until_it_is_done_itself(cast):
    row, head = led(cast), cast.actor("manager")
    first, second = (services.plan(head, row, what=what, owner=cast.people["logistics"], due_on=cast.today, now=cast.now) for what in ("Sockets", "Lamps"))
    services.finish_measure(cast.actor("logistics"), first, now=cast.now)
    assert dict(Duty.objects.filter(schedule=services.MEASURE).values_list("slot", "state")) == {
        services.slot_of(first): "done", services.slot_of(second): "open"}
    assert plans.write_measures(cast.now, cast.now) == 0


def test_the_way_of_an_incident_can_be_gone_to_its_end_and_no_state_is_dead():
    reached, verbs = {states.REPORTED}, list(states.TABLE.values())
    for _step in verbs:
        reached |= {arrow.target for arrow in verbs if arrow.target and arrow.sources & reached}
    assert reached == {states.REPORTED, states.CONFIRMED, states.RESPONDING, states.ENDED, states.FILED, states.FALSE_ALARM}
    assert all(any(arrow.target and arrow.target != state for arrow in states.TABLE.leading_from(state)) for state in states.OPEN)


def test_the_clock_makes_a_duty_that_is_missing_and_no_second_one(cast):
    row = report(cast)
    assert plans.write_confirmations(cast.now, cast.now) == 0
    Duty.objects.all().delete()
    assert plans.write_confirmations(cast.now, cast.now) == 1 and Duty.objects.get().record_id == row.pk


def test_the_report_is_printed_with_its_lines_to_sign(cast, as_role):
    text = as_role("sales").get(reverse("incident_report", args=[report(cast).pk])).content.decode()
    assert "FRM-70" in text and "Smoke from a socket" in text and "§8.1" in text


@pytest.fixture
def taking(cast):
    """A stocktaking of the first hall with three papers, kept by the receptionist."""
    HallArchive.objects.create(hall=cast.hall, keeper=cast.people["reception"])
    row = Stocktaking.objects.create(hall=cast.hall, slot=cast.today.replace(day=1), due_on=cast.today)
    for title in ("First", "Second", "Third"):
        row.lines.create(item=archive.file(cast.actor("reception"), kind="business", title=title, day=cast.today, hall=cast.hall, now=cast.now, cabinet="A"))
    return row


def close(cast, taking, *results):
    """Look at each paper, then close the stocktaking by two."""
    for line, result in zip(taking.lines.order_by("pk"), results, strict=True):
        stocktakes.look(cast.actor("reception"), taking, line, result=result, action="searched", now=cast.now)
    stocktakes.close(cast.actor("reception"), taking, witness=cast.people["sales"], now=cast.now, **SAFE)


@pytest.mark.req("REC-81")
def test_what_a_stocktaking_misses_becomes_one_incident_that_names_each_paper(cast, taking, as_role):
    close(cast, taking, "missing", "found", "missing")
    row = Incident.objects.get()
    first, _second, third = [line.item for line in taking.lines.select_related("item").order_by("pk")]
    assert (row.kind, row.hall, row.source_kind, row.source_id, row.state) == ("archive", cast.hall, "stocktaking", taking.pk, states.REPORTED)
    assert [(one.kind, one.record_id) for one in row.things.all()] == [("archive_item", first.pk), ("archive_item", third.pk)]
    client = as_role("manager")
    text = client.get(reverse("incident", args=[row.pk])).content.decode()
    assert first.number in text and third.number in text and reverse("stocktaking", args=[taking.pk]) in text
    assert reverse("incident", args=[row.pk]) in client.get(reverse("stocktaking", args=[taking.pk])).content.decode()
    assert set(Notification.objects.filter(kind="incident-reported").values_list("user__username", flat=True)) == {"department", "manager"}


def test_a_stocktaking_without_a_miss_is_no_incident_and_the_same_one_opens_no_second(cast, taking):
    from facilities.incidents.receivers import papers_are_missing

    close(cast, taking, "found", "damaged", "found")
    assert not Incident.objects.exists()
    facts = {"sender": Stocktaking, "stocktaking_id": taking.pk, "item_ids": [taking.lines.first().item_id], "actor": cast.actor("reception"), "now": cast.now}
    papers_are_missing(**facts)
    papers_are_missing(**facts)
    assert Incident.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        report(cast, source=("stocktaking", taking.pk))


def test_a_stocktaking_whose_incident_cannot_be_written_stays_open(cast, taking, monkeypatch):
    def broken(*args, **kwargs):
        raise Refused("no number")

    monkeypatch.setattr(services, "report", broken)
    with pytest.raises(Refused, match="no number"), transaction.atomic():
        close(cast, taking, "missing", "found", "found")
    taking.refresh_from_db()
    assert taking.state == "taking"
