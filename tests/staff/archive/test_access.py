"""Reading what is archived: asked with a reason, decided by the department manager, opened for some days, each time on record (REC-82, GEN-12)."""
import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.urls import reverse

from config.accounts.actor import Actor
from config.accounts.models import AccessEvent
from config.errors import Refused
from staff.archive import services as archive
from staff.archive import states
from staff.archive.models import AccessRequest, ArchiveOpening
from staff.archive.services import requests as services
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.regulation.models import ParameterValue
from tests.cast import build

pytestmark = pytest.mark.django_db
ASKED = {"what": "read", "reason": "The customer asks what was agreed", "place": "Reading room", "wanted_at": "2026-12-01 10:00", "more": "",
         "one_off_key": "6d0f5a3e-9f5c-4d55-b6a8-0f3a7d6c2e10"}


@pytest.fixture
def asked(cast, scan):
    """`sales` asks to read a case of their own."""
    item = scan(owner=cast.people["sales"])
    return services.ask(Actor(cast.users["sales"]), [item], what="read", reason="The customer asks", place="Reading room", wanted_at=cast.now, now=cast.now)


@pytest.fixture
def approved(cast, asked):
    """The department manager lets it be."""
    return services.approve(Actor(cast.users["department"]), asked, now=cast.now)


def opening(request):
    """The address at which the file of a request opens."""
    return reverse("open_archive_file", args=[request.pk, request.items.get().files.get().pk])


@pytest.mark.req("REC-82", "GEN-12")
def test_from_the_item_to_the_open_file_by_an_approved_request_with_a_row_in_the_log(cast, scan, client_as):
    item = scan(owner=cast.people["sales"])
    sales, manager = client_as("sales"), client_as("department")
    assert reverse("ask_access", args=[item.pk]) in sales.get(reverse("archive_item", args=[item.pk])).content.decode()
    sales.post(reverse("ask_access", args=[item.pk]), ASKED)
    request = AccessRequest.objects.get()
    page = reverse("archive_request", args=[request.pk])
    assert sales.post(opening(request)).status_code == 302 and not ArchiveOpening.objects.exists()
    queue = manager.get(reverse("archive_requests"), {"state": "submitted"}).content.decode()
    assert page in queue and reverse("approve_access", args=[request.pk]) in manager.get(page).content.decode()
    manager.post(reverse("approve_access", args=[request.pk]))
    assert opening(request) in sales.get(page).content.decode()
    for _time in range(2):
        answer = sales.post(opening(request))
        assert answer.content == b"What was agreed" and answer["Cache-Control"] == "no-store" and answer["Content-Disposition"].startswith("inline")
    log = [(one.reader, one.item, one.place, one.outcome) for one in ArchiveOpening.objects.all()]
    assert log == [(cast.people["sales"], item, "Reading room", "opened")] * 2
    assert AccessEvent.objects.filter(kind="archive_item", record_id=item.pk, outcome="opened", user_id=cast.users["sales"].pk).count() == 2
    assert "agreement.txt" in manager.get(reverse("archive_item", args=[item.pk])).content.decode()
    request.refresh_from_db()
    assert (request.state, request.decided_by) == (states.OPEN, cast.people["department"])


def test_the_request_is_due_to_the_head_of_the_department_until_it_is_decided(cast, scan):
    department = cast.hall.department
    department.head = cast.people["department"]
    department.save()
    item = scan(owner=cast.people["sales"])
    request = services.ask(Actor(cast.users["sales"]), [item], what="read", reason="r", place="p", wanted_at=cast.now, now=cast.now)
    duty = Duty.objects.get(kind=services.KIND, record_id=request.pk)
    assert (duty.employee, duty.state) == (cast.people["department"], "open")
    services.reject(Actor(cast.users["department"]), request, decision="Not your case", now=cast.now)
    duty.refresh_from_db()
    request.refresh_from_db()
    assert (duty.state, request.state, request.decision) == ("done", states.REJECTED, "Not your case")
    own = services.ask(Actor(cast.users["department"]), [item], what="read", reason="r", place="p", wanted_at=cast.now, now=cast.now)
    due = Duty.objects.get(record_id=own.pk, kind=services.KIND)
    assert (due.employee, due.role) == (None, "department")


def test_nobody_decides_on_a_request_of_their_own_not_even_past_the_service(cast, scan, client_as):
    request = services.ask(Actor(cast.users["department"]), [scan()], what="read", reason="r", place="p", wanted_at=cast.now, now=cast.now)
    manager = client_as("department")
    assert reverse("approve_access", args=[request.pk]) not in manager.get(reverse("archive_request", args=[request.pk])).content.decode()
    manager.post(reverse("approve_access", args=[request.pk]))
    request.refresh_from_db()
    assert request.state == states.SUBMITTED
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessRequest.objects.filter(pk=request.pk).update(state=states.APPROVED, decided_by=request.asked_by, decided_at=cast.now, ends_at=cast.now)


@pytest.mark.parametrize(("name", "code"), [("manager", 403), ("reception", 403), ("general", 403), ("department2", 404)])
def test_only_the_manager_of_the_items_own_department_decides(cast, asked, client_as, name, code):
    client = client_as(name)
    for verb in ("approve_access", "decline_access"):
        assert client.post(reverse(verb, args=[asked.pk]), {"decision": "x"}).status_code == code
    asked.refresh_from_db()
    assert asked.state == states.SUBMITTED


@pytest.mark.parametrize("name", ["reception", "manager", "department", "colleague", "sales2"])
def test_nobody_but_who_asked_opens_the_file(cast, approved, client_as, name):
    answer = client_as(name).post(opening(approved))
    assert answer.status_code in (302, 404) and not ArchiveOpening.objects.exists()


def test_nobody_but_who_asked_ends_the_access(cast, approved, client_as):
    before = approved.state
    answer = client_as("department").post(reverse("end_access", args=[approved.pk]), follow=True)
    assert "Only who asked ends an access" in answer.content.decode()
    approved.refresh_from_db()
    assert approved.state == before
    client_as("sales").post(reverse("end_access", args=[approved.pk]))
    approved.refresh_from_db()
    assert approved.state != before


def test_what_was_not_asked_for_does_not_open_by_another_request(cast, scan, approved):
    other = scan("Something else", owner=cast.people["sales"])
    with pytest.raises(Refused):
        services.open_file(Actor(cast.users["sales"]), approved, other.files.get(), now=cast.now)


def test_access_ends_after_the_days_of_the_regulation_with_or_without_the_clock(cast, asked, client_as):
    ParameterValue.objects.create(key="archive_access_days", value=2, hall=cast.hall, valid_from=cast.today - timedelta(days=1), reason="shorter")
    services.approve(Actor(cast.users["department"]), asked, now=cast.now)
    asked.refresh_from_db()
    assert asked.ends_at == cast.now + timedelta(days=2)
    file, sales = asked.items.get().files.get(), Actor(cast.users["sales"])
    services.open_file(sales, asked, file, now=asked.ends_at - timedelta(seconds=1))
    with pytest.raises(Refused):
        services.open_file(sales, asked, file, now=asked.ends_at)
    duties.ScheduleMark.objects.create(key=services.ACCESS, through=cast.now)
    duties.run(services.ACCESS, now=asked.ends_at - timedelta(minutes=1))
    asked.refresh_from_db()
    assert asked.state == states.OPEN
    duties.run(services.ACCESS, now=asked.ends_at + timedelta(minutes=1))
    asked.refresh_from_db()
    assert asked.state == states.EXPIRED and asked.history.first().history_change_reason == "access ran out"
    with pytest.raises(Refused):
        services.open_file(sales, asked, file, now=cast.now)
    with time_machine.travel(asked.ends_at + timedelta(hours=1)):
        client_as("sales").post(opening(asked))
    assert ArchiveOpening.objects.count() == 1


@pytest.mark.req("REC-82")
def test_a_changed_byte_is_noticed_refused_said_and_written_down(cast, approved, client_as):
    item = approved.items.get()
    with item.files.get().file.open("r+b") as content:
        content.seek(3)
        content.write(b"\0")
    answer = client_as("sales").post(opening(approved), follow=True)
    assert "is not what was filed" in answer.content.decode()
    assert ArchiveOpening.objects.get().outcome == "changed"
    assert AccessEvent.objects.filter(act="refused", kind="archive_item", record_id=item.pk).count() == 1
    item.refresh_from_db()
    assert item.state == states.DAMAGED
    assert "is not what was filed" in client_as("sales").post(opening(approved), follow=True).content.decode()


def test_a_file_that_is_gone_is_told_as_such_and_its_keeper_has_to_look(cast, scan):
    item = scan(owner=cast.people["sales"], keeper=cast.people["reception"])
    sales = Actor(cast.users["sales"])
    request = services.ask(sales, [item], what="read", reason="r", place="p", wanted_at=cast.now, now=cast.now)
    services.approve(Actor(cast.users["department"]), request, now=cast.now)
    file = item.files.get()
    file.file.storage.delete(file.file.name)
    with pytest.raises(Refused, match="not in its place"):
        services.open_file(sales, request, file, now=cast.now)
    assert ArchiveOpening.objects.get().outcome == "gone"
    assert Duty.objects.get(kind="archive_item", record_id=item.pk).employee == cast.people["reception"]


def test_the_second_of_two_decisions_is_told_that_the_first_was_taken(cast, asked, client_as):
    first = AccessRequest.objects.get(pk=asked.pk)
    services.reject(Actor(cast.users["department"]), first, decision="Not now", now=cast.now)
    with pytest.raises(Refused, match="declined"):
        services.approve(Actor(cast.users["department"]), asked, now=cast.now)
    answer = client_as("department").post(reverse("approve_access", args=[asked.pk]), follow=True)
    assert "Look at it again" in answer.content.decode()
    asked.refresh_from_db()
    assert (asked.state, asked.decision) == (states.REJECTED, "Not now")


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_the_same_moment_one_counts(now):
    cast = build(now)
    item = archive.file(cast.actor("reception"), kind="business", title="x", day=cast.today, hall=cast.hall, cabinet="A", now=now)
    request = services.ask(cast.actor("sales"), [item], what="read", reason="r", place="p", wanted_at=now, now=now)
    told = []

    def decline():
        try:
            services.reject(cast.actor("department"), AccessRequest.objects.get(pk=request.pk), decision="No", now=now)
        except Refused as refusal:
            told.append(str(refusal))
        connections.close_all()

    other = threading.Thread(target=decline)
    with transaction.atomic():
        services.approve(cast.actor("department"), request, now=now)
        other.start()
        other.join(1)  # it has to wait until the first decision is written, and then to look again
        assert other.is_alive()
    other.join(60)
    request.refresh_from_db()
    assert len(told) == 1 and "approved" in told[0]
    assert (request.state, request.decision, request.history.count()) == (states.APPROVED, "", 2)


def test_who_lays_papers_out_does_not_read_the_title_of_what_they_may_not_find(cast, scan, client_as):
    item = scan(kind="appraisal", title="Appraisal of somebody", owner=cast.people["sales"], keeper=cast.people["hr"])
    request = services.ask(Actor(cast.users["sales"]), [item], what="read", reason="r", place="p", wanted_at=cast.now, now=cast.now)
    for page in ("archive_request", "archive_request_form"):
        shown = {name: "Appraisal of somebody" in client_as(name).get(reverse(page, args=[request.pk])).content.decode()
                 for name in ("reception", "department", "sales")}
        assert shown == {"reception": False, "department": True, "sales": True}


def test_papers_are_laid_out_by_the_keeper_who_notes_the_reading(cast, paper, client_as):
    item = paper(owner=cast.people["sales"])
    request = services.ask(Actor(cast.users["sales"]), [item], what="read", reason="r", place="Table 1", wanted_at=cast.now, now=cast.now)
    services.approve(Actor(cast.users["department"]), request, now=cast.now)
    noting = reverse("note_reading", args=[request.pk, item.pk])
    assert client_as("manager").post(noting).status_code == 403 and client_as("reception2").post(noting).status_code == 404
    client_as("sales").post(noting)
    assert not ArchiveOpening.objects.exists()
    client = client_as("reception")
    assert noting in client.get(reverse("archive_request", args=[request.pk])).content.decode()
    client.post(noting)
    one = ArchiveOpening.objects.get()
    assert (one.reader, one.noted_by, one.place, one.outcome) == (cast.people["sales"], cast.people["reception"], "Table 1", "paper")


def test_copying_and_lending_need_a_request_of_their_own_and_come_back(cast, paper, client_as):
    item, keeper = paper(owner=cast.people["sales"]), client_as("reception")
    by = {"reason": "r", "place": "p", "wanted_at": cast.now, "now": cast.now}
    read, lend = (services.ask(Actor(cast.users["sales"]), [item], what=what, **by) for what in ("read", "lend"))
    for request in (read, lend):
        services.approve(Actor(cast.users["department"]), request, now=cast.now)
    keeper.post(reverse("hand_out", args=[read.pk]))
    keeper.post(reverse("hand_out", args=[lend.pk]))
    read.refresh_from_db()
    lend.refresh_from_db()
    assert (read.state, lend.state) == (states.APPROVED, states.HANDED_OUT)
    due = Duty.objects.get(record_id=lend.pk, kind=services.KIND, state="open")
    assert (due.employee, due.due_at) == (cast.people["sales"], lend.ends_at)
    with pytest.raises(Refused):
        services.take_back(Actor(cast.users["sales"]), lend, now=cast.now)
    services.take_back(Actor(cast.users["reception"]), lend, now=lend.ends_at + timedelta(hours=1))
    due.refresh_from_db()
    assert due.state == "late"  # a late return stands in the list of what was due


def test_a_loan_is_no_way_to_open_a_file(cast, scan):
    item, sales = scan(owner=cast.people["sales"]), Actor(cast.users["sales"])
    request = services.ask(sales, [item], what="lend", reason="r", place="p", wanted_at=cast.now, now=cast.now)
    services.approve(Actor(cast.users["department"]), request, now=cast.now)
    with pytest.raises(Refused, match="not for reading"):
        services.open_file(sales, request, item.files.get(), now=cast.now)


def test_a_loan_is_not_noted_as_read_and_files_are_put_into_no_cabinet(cast, scan, paper):
    item, sales, keeper = paper(owner=cast.people["sales"]), Actor(cast.users["sales"]), Actor(cast.users["reception"])
    request = services.ask(sales, [item], what="lend", reason="r", place="p", wanted_at=cast.now, now=cast.now)
    services.approve(Actor(cast.users["department"]), request, now=cast.now)
    with pytest.raises(Refused, match="not for reading"):
        services.note_reading(keeper, request, item, now=cast.now)
    with pytest.raises(Refused, match="kept as files"):
        archive.put_away(keeper, scan(), cabinet="A", shelf="1", now=cast.now)


def test_what_is_missing_is_not_asked_for_and_nobody_hands_out_to_themselves_or_notes_other_papers(cast, paper):
    keeper, head = Actor(cast.users["reception"]), Actor(cast.users["department"])
    gone, item, other = paper(), paper(owner=cast.people["reception"]), paper()
    gone.state = states.MISSING
    facts = {"reason": "r", "place": "p", "wanted_at": cast.now, "now": cast.now}
    with pytest.raises(Refused, match="nothing to read"):
        services.ask(keeper, [gone], what="read", **facts)
    lend = services.ask(keeper, [item], what="lend", **facts)
    read = services.ask(Actor(cast.users["sales"]), [item], what="read", **facts)
    for request in (lend, read):
        services.approve(head, request, now=cast.now)
    with pytest.raises(Refused, match="hands out to themselves"):
        services.hand_out(keeper, lend, now=cast.now)
    with pytest.raises(Refused, match="not part of the request"):
        services.note_reading(keeper, read, other, now=cast.now)
    assert not ArchiveOpening.objects.exists()


def test_several_items_of_one_hall_are_asked_for_by_number_and_not_of_two(cast, scan, client_as):
    mine, also = scan(owner=cast.people["sales"]), scan("Second", owner=cast.people["sales"])
    foreign = scan("Elsewhere", by="reception2", hall=cast.other_hall)
    client, url = client_as("sales"), reverse("ask_access", args=[mine.pk])
    assert client.post(url, ASKED | {"more": foreign.number}).status_code == 422
    client.post(url, ASKED | {"more": f"{also.number}， {mine.number}"})
    assert set(AccessRequest.objects.get().items.all()) == {mine, also}
    shared = scan("Both halls", by="reception2", hall=cast.other_hall, owner=cast.people["sales"])
    with pytest.raises(Refused, match="one hall"):
        services.ask(Actor(cast.users["sales"]), [mine, shared], what="read", reason="r", place="p", wanted_at=cast.now, now=cast.now)


@pytest.mark.parametrize("statement", [
    "UPDATE staff_archivefile SET checksum = repeat('0', 64)", "UPDATE staff_archivefile SET file = 'other'", "DELETE FROM staff_archivefile",
    "UPDATE staff_archiveitem SET number = 'AR-2026-999999'", "UPDATE staff_archiveitem SET subject_id = 7, subject_kind = 'visit'",
    "DELETE FROM staff_archiveitem", "UPDATE staff_archiveopening SET outcome = 'paper'", "DELETE FROM staff_archiveopening"])
def test_the_database_itself_keeps_number_file_checksum_and_log(cast, approved, statement):
    services.open_file(Actor(cast.users["sales"]), approved, approved.items.get().files.get(), now=cast.now)
    with pytest.raises(DatabaseError, match="stays|only ever added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM staff_accessrequest_items") if "DELETE FROM staff_archiveitem" in statement else None
        cursor.execute(statement)
