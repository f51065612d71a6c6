"""What lies in the archive: filed by rooms and by hand, found by one search by the rights of who looks, destroyed by two (REC-79, GEN-11)."""
import hashlib
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from config.accounts.actor import Actor
from config.errors import Refused
from config.web.models import Attachment
from performance.appraisals import papers
from staff.archive import kinds, services, states
from staff.archive.models import ArchiveItem, HallArchive
from staff.regulation.models import ParameterValue
from tests.access.subjects import appraisal

pytestmark = pytest.mark.django_db
KEY = {"one_off_key": "7d0f5a3e-9f5c-4d55-b6a8-0f3a7d6c2e10"}


def numbers(client, **asked):
    """The numbers that the list shows."""
    page = client.get(reverse("archive"), asked).content.decode()
    return {item.number for item in ArchiveItem.objects.all() if item.number in page}


@pytest.mark.req("REC-79")
def test_papers_filed_by_hand_stand_in_the_list_and_on_the_page_of_their_case(cast, client_as):
    visit, client = cast.visit_for(adviser="sales", state="in_service"), client_as("reception")
    box = reverse("archive_of_record", args=["visit", visit.pk])
    page = client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert box in page and f"{reverse('file_in_archive')}?of={visit.number}" in page
    client.post(reverse("file_in_archive"), KEY | {"kind": "contract", "title": "Contract of 3 May", "of": visit.number.lower(), "day": "2026-05-03",
                                                   "hall": cast.hall.pk, "cabinet": "C1", "shelf": "4", "confidentiality": "", "attachment": ""})
    item = ArchiveItem.objects.get()
    assert (item.kind, item.subject_kind, item.subject_id, item.day) == ("contract", "visit", visit.pk, date(2026, 5, 3))
    assert (str(item.where), item.confidentiality, item.keep_until, item.state) == ("C1 · 4", kinds.CONFIDENTIAL, date(2036, 5, 3), states.FILED)
    assert item.number.startswith("AR-") and item.keeper == cast.hall.manager
    page = client.get(reverse("archive")).content.decode()
    assert all(word in page for word in (item.number, "Contract of 3 May", "C1 · 4", "confidential", "2036-05-03"))
    assert item.number in client.get(box).content.decode()
    assert client.get(reverse("archive_item", args=[item.pk])).content.decode().count(visit.number) >= 1


def test_a_file_beside_a_visit_is_copied_into_the_archive_with_its_checksum(cast, client_as):
    visit, client = cast.visit_for(adviser="sales", state="in_service"), client_as("reception")
    beside = Attachment.objects.create(kind="visit", record_id=visit.pk, hall_id=visit.hall_id, name="plan.png", content_type="image/png", size=3,
                                       checksum="0" * 64, file=ContentFile(b"png", name="plan.png"), added_by=cast.users["reception"], added_at=cast.now)
    url = f"{reverse('file_in_archive')}?of={visit.number}&attachment={beside.pk}"
    assert url.replace("&", "&amp;") in client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert "plan.png" in client.get(url).content.decode()
    sent = KEY | {"kind": "design", "title": "Plan", "of": visit.number, "day": "2026-05-03", "hall": cast.hall.pk, "attachment": beside.pk}
    client_as("reception2").post(url, sent | {"of": "", "hall": cast.other_hall.pk})
    assert not ArchiveItem.objects.get().files.exists()  # another hall's file is nobody's to copy
    client.post(url, sent | {"one_off_key": "8d0f5a3e-9f5c-4d55-b6a8-0f3a7d6c2e10"})
    file = ArchiveItem.objects.get(title="Plan", hall=cast.hall).files.get()
    assert (file.name, file.checksum, file.file.read()) == ("plan.png", hashlib.sha256(b"png").hexdigest(), b"png")
    assert ArchiveItem.objects.get(hall=cast.hall).place == ArchiveItem.Place.ELECTRONIC


def test_an_unknown_number_a_shelf_in_no_cabinet_and_a_hall_of_others_are_told(cast, client_as):
    sent = KEY | {"kind": "contract", "title": "x", "of": "VS-2026-999999", "day": "2026-05-03", "hall": cast.other_hall.pk, "shelf": "4"}
    answer = client_as("reception").post(reverse("file_in_archive"), sent)
    assert answer.status_code == 422 and not ArchiveItem.objects.exists()
    assert {"of", "cabinet", "hall"} <= set(answer.context["form"].errors)


@pytest.mark.req("GEN-11")
def test_one_search_finds_every_archive_that_this_person_may_find(cast, paper, client_as):
    found = {kind: paper(kind=kind, title=f"Paper {kind}", owner=cast.people["colleague"], keeper=cast.people["hr"]) for kind in kinds.KINDS}
    abroad = paper(by="reception2", title="Paper abroad", hall=cast.other_hall)
    every, staff = {item.number for item in found.values()}, {found[kind].number for kind in kinds.STAFF}
    assert numbers(client_as("general"), q="Paper") == every | {abroad.number}
    assert numbers(client_as("manager"), q="Paper") == numbers(client_as("department"), q="Paper") == every
    assert numbers(client_as("reception"), q="Paper") == every - staff  # who keeps the hall's papers reads nobody's appraisal
    assert numbers(client_as("hr"), q="Paper") == staff
    assert numbers(client_as("colleague"), q="Paper") == every and not numbers(client_as("sales"), q="Paper")
    assert numbers(client_as("manager"), kind="repair") == {found["repair"].number}
    assert numbers(client_as("manager"), q=found["training"].number) == {found["training"].number}


def test_the_search_finds_the_items_of_a_case_by_the_number_of_the_case(cast, paper, client_as):
    visit = cast.visit_for(adviser="sales", state="in_service")
    item = paper(subject=("visit", visit.pk))
    paper(title="Another")
    assert numbers(client_as("manager"), q=visit.number) == {item.number}


def test_another_hall_finds_neither_the_item_nor_the_box_of_its_case(cast, paper, client_as):
    visit = cast.visit_for(adviser="sales", state="in_service")
    item = paper(subject=("visit", visit.pk))
    for name in ("reception2", "manager2", "department2"):
        client = client_as(name)
        assert client.get(reverse("archive_item", args=[item.pk])).status_code == 404
        assert client.get(reverse("archive_of_record", args=["visit", visit.pk])).status_code == 404
        assert client.get(reverse("ask_access", args=[item.pk])).status_code == 404


def test_a_filed_appraisal_lies_in_the_archive_word_for_word_and_again_after_an_objection(cast):
    sheet = appraisal(cast, "sales", state="filed", filed_at=cast.now, filed_by=cast.people["hr"], grade="good", total=88, facts="Sold three kitchens")
    sheet.scores.update(points=88, ground="Always on time")
    first = papers.file(Actor(cast.users["hr"]), sheet, now=cast.now)
    text = first.files.get().file.read().decode()
    assert all(word in text for word in ("Sales Wang", "2026-11", "Sold three kitchens", "Always on time", "88", "good"))
    assert (first.owner, first.keeper, first.confidentiality) == (cast.people["sales"], cast.people["hr"], kinds.SECRET)
    assert papers.file(Actor(cast.users["hr"]), sheet, now=cast.now).pk != first.pk


def test_what_has_no_place_yet_waits_to_be_put_away_and_its_place_is_on_record(cast, paper, client_as):
    item, client = paper(cabinet="", shelf=""), client_as("reception")
    assert item.state == states.RECEIVED and numbers(client, state="received") == {item.number}
    client.post(reverse("put_away_item", args=[item.pk]), {"cabinet": "B2", "shelf": "1"})
    item.refresh_from_db()
    assert (item.state, str(item.where)) == (states.FILED, "B2 · 1") and item.history.first().history_change_reason == "put away"


def test_the_days_of_keeping_are_the_regulations_on_the_day_of_the_paper(cast, paper):
    ParameterValue.objects.create(key="archive_retention_years", value=3, hall=cast.hall, valid_from=date(2026, 1, 1), reason="shorter")
    assert paper(day=date(2024, 2, 29)).keep_until == date(2034, 2, 28)
    assert paper(day=date(2026, 2, 1)).keep_until == date(2029, 2, 1)


def test_two_people_destroy_what_need_not_be_kept_any_longer_and_what_it_was_stays(cast, scan, client_as, django_capture_on_commit_callbacks):
    old, new = scan(day=cast.today - timedelta(days=4000)), scan()
    reception, manager = client_as("reception"), client_as("department")
    assert reception.post(reverse("ask_destruction", args=[new.pk]), {"reason": "over"}).status_code == 422
    assert reception.post(reverse("destroy_item", args=[old.pk])).status_code == 302
    reception.post(reverse("ask_destruction", args=[old.pk]), {"reason": "over"})
    reception.post(reverse("destroy_item", args=[old.pk]))
    old.refresh_from_db()
    assert old.state == states.FILED and old.destruction_asked_by == cast.people["reception"]
    with django_capture_on_commit_callbacks(execute=True):
        manager.post(reverse("destroy_item", args=[old.pk]))
    old.refresh_from_db()
    assert (old.state, old.destroyed_by, old.destroyed_on) == (states.DESTROYED, cast.people["department"], cast.today)
    file = old.files.get()
    assert not file.file.storage.exists(file.file.name) and len(file.checksum) == 64
    with pytest.raises(IntegrityError), transaction.atomic():
        ArchiveItem.objects.filter(pk=new.pk).update(state=states.DESTROYED, destroyed_on=cast.today, destroyed_by=cast.people["hr"],
                                                     destruction_asked_by=cast.people["hr"])


def test_the_department_manager_names_who_keeps_the_archive_of_a_hall(cast, paper, client_as):
    url = reverse("name_keeper", args=[cast.hall.pk])
    manager = client_as("department")
    assert client_as("department2").get(url).status_code == 404 and client_as("manager").get(url).status_code == 403
    assert manager.post(url, {"keeper": cast.people["logistics"].number}).status_code == 422
    manager.post(url, {"keeper": cast.people["sales"].number})
    assert HallArchive.objects.get(hall=cast.hall).keeper == cast.people["sales"]
    item = paper()
    assert item.keeper == cast.people["sales"] and cast.people["sales"].name in manager.get(reverse("archive_keepers")).content.decode()
    assert numbers(client_as("sales")) == {item.number}  # the keeper keeps all of it, whatever their other rights


def test_secret_items_are_left_out_of_the_export(cast, paper, client_as):
    paper(title="Secret matter", confidentiality=kinds.SECRET)
    paper(title="Usual matter")
    text = b"".join(client_as("department").get(reverse("archive"), {"format": "csv"}).streaming_content).decode()
    assert "Usual matter" in text and "Secret matter" not in text


def test_papers_without_a_hall_are_refused(cast, paper):
    with pytest.raises(Refused):
        paper(hall=None, cabinet="", shelf="")
    assert services.keeper_of(None) is None
