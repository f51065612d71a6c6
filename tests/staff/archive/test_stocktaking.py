"""The stocktaking of an archive: begun by the clock, gone through with a thumb, signed by two, decided on by the department manager (REC-81, SCH-27)."""
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from config.accounts.actor import Actor
from config.errors import Refused
from staff.archive import states
from staff.archive.models import HallArchive, Stocktaking
from staff.archive.services import stocktakes as services
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.regulation.models import ParameterValue

pytestmark = pytest.mark.django_db
JULY = datetime(2026, 7, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
SAFE = {"storage_safe": True, "storage_note": ""}


@pytest.fixture
def clock(cast):
    """Let the clock come so long after the first of July, for the first time that midnight."""
    duties.ScheduleMark.objects.create(key=services.INVENTORY, through=JULY)
    return lambda **after: duties.run(services.INVENTORY, now=JULY + timedelta(**after))


@pytest.fixture
def taking(cast, paper, clock):
    """The stocktaking of July in the first hall, with two papers, kept by the receptionist."""
    HallArchive.objects.create(hall=cast.hall, keeper=cast.people["reception"])
    cast.hall.department.head = cast.people["department"]
    cast.hall.department.save()
    paper(title="First")
    paper(title="Second", cabinet="B")
    clock(hours=7)
    return Stocktaking.objects.get()


def look(cast, taking, *results):
    """Look at the lines in their order."""
    for line, result in zip(taking.lines.all(), results, strict=True):
        services.look(Actor(cast.users["reception"]), taking, line, result=result, action="searched" if result != states.FOUND else "", now=cast.now)


def test_the_clock_begins_one_for_each_hall_that_keeps_something_in_the_months_of_the_regulation(cast, paper, scan, clock):
    mine, waiting, files = paper(), paper(cabinet="", shelf=""), scan()
    assert clock(hours=5) == 0 and clock(hours=7) == 1 and clock(hours=9) == 0
    taking = Stocktaking.objects.get()
    assert (taking.hall, taking.slot, taking.due_on, taking.history.count()) == (cast.hall, date(2026, 7, 1), date(2026, 7, 31), 1)
    assert {line.item for line in taking.lines.all()} == {mine, files} and waiting not in {line.item for line in taking.lines.all()}
    assert clock(days=170) == 0 and clock(days=190) == 1
    assert set(Stocktaking.objects.values_list("slot", flat=True)) == {date(2026, 7, 1), date(2027, 1, 1)}


def test_a_hall_with_other_months_has_its_own_and_days_without_a_clock_lose_none(cast, paper, clock):
    ParameterValue.objects.create(key="archive_inventory_months", value=3, hall=cast.hall, valid_from=date(2026, 1, 1), reason="oftener")
    paper()
    paper(by="reception2", hall=cast.other_hall)
    assert clock(days=200) == 5
    assert {(one.hall, one.slot.month) for one in Stocktaking.objects.all()} == {
        (cast.hall, 7), (cast.hall, 10), (cast.hall, 1), (cast.other_hall, 7), (cast.other_hall, 1)}


def test_it_is_due_to_the_keeper_by_the_end_of_the_month_and_done_by_closing(cast, taking):
    duty = Duty.objects.get(kind=services.KIND)
    assert (duty.employee, duty.due_at) == (cast.people["reception"], datetime(2026, 8, 1, tzinfo=ZoneInfo("Asia/Shanghai")))
    look(cast, taking, states.FOUND, states.FOUND)
    services.close(Actor(cast.users["reception"]), taking, witness=cast.people["sales"], now=JULY + timedelta(days=3), **SAFE)
    duty.refresh_from_db()
    assert duty.state == "done" and Duty.objects.count() == 1
    assert {line.item.state for line in taking.lines.select_related("item")} == {states.FOUND}


def test_it_is_not_closed_before_everything_was_looked_at_nor_by_one_person_alone(cast, taking):
    reception = Actor(cast.users["reception"])
    with pytest.raises(Refused, match="2 items"):
        services.close(reception, taking, witness=cast.people["sales"], now=cast.now, **SAFE)
    look(cast, taking, states.FOUND, states.FOUND)
    with pytest.raises(Refused, match="Two people"):
        services.close(reception, taking, witness=cast.people["reception"], now=cast.now, **SAFE)
    with pytest.raises(Refused, match="not safe"):
        services.close(reception, taking, witness=cast.people["sales"], now=cast.now, storage_safe=False, storage_note="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Stocktaking.objects.update(state=states.CLOSED, closed_at=cast.now, closed_by=cast.people["sales"], witness=cast.people["sales"], storage_safe=True)


def test_what_is_missing_says_what_is_done_and_stands_on_the_department_managers_list_until_decided(cast, taking, client_as):
    first, second = taking.lines.all()
    with pytest.raises(Refused):
        services.look(Actor(cast.users["reception"]), taking, first, result=states.MISSING, now=cast.now)
    look(cast, taking, states.MISSING, states.DAMAGED)
    services.close(Actor(cast.users["reception"]), taking, witness=cast.people["sales"], now=cast.now, **SAFE)
    assert {line.item.state for line in taking.lines.select_related("item")} == {states.MISSING, states.DAMAGED}
    manager, page = client_as("department"), reverse("stocktaking", args=[taking.pk])
    assert page in manager.get(reverse("home")).content.decode()
    assert first.item.number in manager.get(reverse("archive"), {"state": "missing"}).content.decode()
    assert reverse("decide_stocktaking", args=[taking.pk]) in manager.get(page).content.decode()
    assert client_as("reception").get(reverse("decide_stocktaking", args=[taking.pk])).status_code == 403
    manager.post(reverse("decide_stocktaking", args=[taking.pk]), {"decision": "Reported; copies asked from the customer"})
    taking.refresh_from_db()
    assert (taking.decision, taking.decided_by) == ("Reported; copies asked from the customer", cast.people["department"])
    with pytest.raises(Refused, match="decided already"):
        services.decide(Actor(cast.users["general"]), taking, decision="Otherwise", now=cast.now)
    assert page not in manager.get(reverse("home")).content.decode()


def test_the_keeper_goes_through_it_on_the_page_cabinet_by_cabinet(cast, taking, client_as):
    client, page = client_as("reception"), reverse("stocktaking", args=[taking.pk])
    assert page in client.get(reverse("home")).content.decode()
    first, second = taking.lines.all()
    answer = client.post(reverse("item_found", args=[taking.pk, first.pk]), headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "1 item left" in answer.content.decode()
    client.post(reverse("item_wrong", args=[taking.pk, second.pk]), {"result": "damaged", "action": "Rebound"})
    assert reverse("close_stocktaking", args=[taking.pk]) in client.get(page).content.decode()
    client.post(reverse("close_stocktaking", args=[taking.pk]), {"storage_safe": "no", "storage_note": "Lock broken", "witness": cast.people["sales"].number})
    taking.refresh_from_db()
    assert (taking.state, taking.storage_safe, taking.storage_note, taking.witness) == (states.CLOSED, False, "Lock broken", cast.people["sales"])
    sheet = client.get(reverse("stocktaking_form", args=[taking.pk])).content.decode()
    assert "FRM-31" in sheet and "Rebound" in sheet and second.item.number in sheet


def test_files_are_looked_at_by_the_house_and_a_changed_one_is_damaged_a_lost_one_missing(cast, scan, clock):
    whole, changed, lost = scan("A"), scan("B"), scan("C")
    clock(hours=7)
    with changed.files.get().file.open("r+b") as content:
        content.write(b"X")
    lost.files.get().file.storage.delete(lost.files.get().file.name)
    assert services.check_files(cast.now) == 3 and services.check_files(cast.now) == 0
    taking = Stocktaking.objects.get()
    assert {line.item: line.result for line in taking.lines.select_related("item")} == {whole: states.FOUND, changed: states.DAMAGED, lost: states.MISSING}
    line = taking.lines.get(item=whole)
    with pytest.raises(taking.lines.model.DoesNotExist):  # nobody says by hand what a checksum says
        services.look(Actor(cast.users["reception"]), taking, line, result=states.FOUND, now=cast.now)


def test_it_is_not_closed_while_the_house_still_checks_files(cast, scan, clock):
    HallArchive.objects.create(hall=cast.hall, keeper=cast.people["reception"])
    scan("A")
    clock(hours=7)
    with pytest.raises(Refused, match="still checking files"):
        services.close(Actor(cast.users["reception"]), Stocktaking.objects.get(), witness=cast.people["sales"], now=cast.now, **SAFE)
    assert services.check_files(cast.now) == 1
    assert services.close(Actor(cast.users["reception"]), Stocktaking.objects.get(), witness=cast.people["sales"], now=cast.now, **SAFE).state == states.CLOSED


def test_whoever_may_not_find_an_item_counts_it_without_its_title(cast, paper, clock, client_as):
    paper(kind="appraisal", title="Appraisal of somebody", keeper=cast.people["hr"])
    clock(hours=7)
    taking = Stocktaking.objects.get()
    page = reverse("stocktaking", args=[taking.pk])
    assert "Appraisal of somebody" not in client_as("reception").get(page).content.decode()
    assert "Appraisal of somebody" in client_as("manager").get(page).content.decode()


def test_another_hall_does_not_find_the_stocktaking_and_the_manager_may_only_look(cast, taking, client_as):
    line = taking.lines.first()
    for name, sees, does in (("reception2", 404, 404), ("manager2", 404, 403), ("manager", 200, 403), ("department2", 404, 404)):
        client = client_as(name)
        assert client.get(reverse("stocktaking", args=[taking.pk])).status_code == sees, name
        assert client.post(reverse("item_found", args=[taking.pk, line.pk])).status_code == does, name
    line.refresh_from_db()
    assert line.result == ""


def test_a_closed_stocktaking_takes_no_more_lines(cast, taking):
    look(cast, taking, states.FOUND, states.FOUND)
    services.close(Actor(cast.users["reception"]), taking, witness=cast.people["sales"], now=cast.now, **SAFE)
    with pytest.raises(Refused):
        look(cast, taking, states.MISSING, states.MISSING)
