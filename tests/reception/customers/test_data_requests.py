"""The desk for people's own data: find, copy, hold, erase, and the nightly run (PIPL 44-50, GEN-23)."""
import io
import json
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.accounts.models import AccessEvent
from config.jobs import services as jobs
from config.jobs.models import Job, JobFile
from config.privacy.models import Erasure, LegalHold
from config.web import own_data
from config.web.models import Attachment
from config.web.tasks import tidy
from reception.customers import services
from reception.customers.models import Communication, Customer, CustomerHall
from reception.customers.services import retention
from reception.customers.tasks import erase_after_retention
from reception.followups.models import FollowUp
from reception.visits.models import Visit
from staff.regulation.models import ParameterValue

NAME, LOCAL = "欧阳铁锤", "13911223344"
YEARS = timedelta(days=366 * 5)


def one(cast, **facts):
    """A customer of the first hall."""
    return cast.customer_for(**{"name": NAME, "phone": LOCAL, **facts})


def ran(job):
    """The job, with all its steps done."""
    while jobs.take_step(job.pk):
        pass
    return Job.objects.get(pk=job.pk)


# ------------------------------------------------------------------------------------------------ the pages


def test_somebody_who_names_a_number_is_found_by_whoever_answers_for_the_file_and_by_nobody_else(cast, as_role):
    customer = one(cast)
    for role, found in (("manager", True), ("supervisor", False), ("manager2", False)):
        page = as_role(role).post(reverse("data_requests"), {"phone": "139 1122 3344"}).content.decode()
        assert (reverse("customer_data", args=[customer.pk]) in page) is found, role
    assert AccessEvent.objects.filter(act="search", user_id=cast.users["manager"].pk, kind="customer").count() == 1
    assert as_role("reception").post(reverse("data_requests"), {"phone": LOCAL}).status_code == 403


def test_after_erasing_the_number_finds_the_proof(cast, as_role):
    customer = one(cast)
    client = as_role("manager")
    trial = client.post(reverse("try_erasing", args=[customer.pk])).content.decode()
    assert reverse("erase_customer", args=[customer.pk]) in trial
    answer = client.post(reverse("erase_customer", args=[customer.pk]), {"reason": "by letter", "typed": customer.number})
    assert (answer.status_code, answer.url) == (302, reverse("data_requests"))
    page = client.post(reverse("data_requests"), {"phone": "+86 139 1122 3344"})
    assert [proof.record_ids for proof in page.context["gone"]] == [[customer.pk]]
    assert NAME not in page.content.decode()
    for name in ("customer", "customer_data", "edit_customer", "desk_customer"):
        assert client.get(reverse(name, args=[customer.pk])).status_code == 404, name
    assert not as_role("manager2").post(reverse("data_requests"), {"phone": LOCAL}).context["gone"]


def test_the_trial_names_what_stands_against_it_and_offers_no_way_on(cast, as_role):
    customer = one(cast)
    cast.visit_for(customer=customer)
    page = as_role("manager").post(reverse("try_erasing", args=[customer.pk])).content.decode()
    assert "This customer has an open visit. Close it first." in page
    assert reverse("erase_customer", args=[customer.pk]) not in page


def test_a_wrong_number_keeps_the_file_and_says_so_beside_the_field(cast, as_role):
    customer = one(cast)
    answer = as_role("manager").post(reverse("erase_customer", args=[customer.pk]), {"reason": "by letter", "typed": "CU-1"})
    assert answer.status_code == 422
    assert "typed" in answer.context["form"].errors
    assert Customer.objects.get(pk=customer.pk).name == NAME


def test_a_visit_of_an_erased_customer_is_shown_without_a_person(cast, as_role):
    customer = one(cast)
    visit = cast.visit_for(customer=customer, state="closed", adviser="sales", visitor_name=NAME)
    services.erase_customer(cast.actor("manager"), customer, reason="by letter", typed=customer.number, now=cast.now)
    page = as_role("manager").get(reverse("visit", args=[visit.pk])).content.decode()
    assert NAME not in page
    assert customer.number in page
    assert reverse("customer", args=[customer.pk]) not in page


def test_a_hold_is_set_by_the_manager_and_released_by_the_department_alone(cast, as_role):
    customer = one(cast)
    assert as_role("department").post(reverse("set_hold", args=[customer.pk]), {"reason": "A lawsuit"}).status_code == 422
    assert as_role("manager").post(reverse("set_hold", args=[customer.pk]), {"reason": "A lawsuit"}).status_code == 302
    assert as_role("manager").post(reverse("release_hold", args=[customer.pk]), {"reason": "Over"}).status_code == 403
    assert as_role("department2").post(reverse("release_hold", args=[customer.pk]), {"reason": "Over"}).status_code == 404
    assert as_role("department").post(reverse("release_hold", args=[customer.pk]), {"reason": "Over"}).status_code == 302
    hold = LegalHold.objects.get()
    assert (hold.set_by.username, hold.released_by.username, hold.release_reason) == ("manager", "department", "Over")


def test_the_copy_holds_every_row_about_the_person_to_read_and_as_json(cast, as_role):
    customer = one(cast)
    visit = cast.visit_for(customer=customer, state="closed", adviser="sales", note="Wants two doors")
    other = cast.visit_for(customer=one(cast, name="王芳", phone="13700001111"), state="closed", adviser="sales", note="Other doors")
    Communication.objects.create(customer=customer, hall=cast.hall, at=cast.now, method="phone", topic="Delivery on Monday", entered_by=cast.users["sales"],
                                 entered_at=cast.now)
    FollowUp.objects.create(hall=cast.hall, customer=customer, trigger="period", slot="1", state="closed", begins_at=cast.now, due_at=cast.now,
                            opinions="All is well")
    Attachment.objects.create(kind="visit", record_id=visit.pk, hall_id=visit.hall_id, name="plan.png", content_type="image/png", size=3,
                              checksum="0" * 64, file=ContentFile(b"the plan", name="plan.png"), added_by=cast.users["sales"], added_at=cast.now)
    services.change(cast.actor("manager"), customer, name=NAME, note="Tall", now=cast.now)
    answer = as_role("manager").post(reverse("export_data", args=[customer.pk]))
    job = ran(Job.objects.get(work=own_data.WORK))
    assert (job.state, answer.url) == ("done", reverse("job", args=[job.pk]))
    file = job.files.get()
    packed = zipfile.ZipFile(io.BytesIO(bytes(file.content)))
    parts = {part["model"]: part for part in json.loads(packed.read("data.json"))}
    read = packed.read("data.html").decode()
    for text in (NAME, LOCAL, "Wants two doors", "Delivery on Monday", "All is well", "Tall"):
        assert text in packed.read("data.json").decode(), text
        assert text in read, text
    assert other.note not in read
    assert len(parts["reception.Visit"]["rows"]) == 1
    assert parts["reception.Customer"]["history"]
    assert any(name.startswith("files/") and packed.read(name) == b"the plan" for name in packed.namelist())
    assert AccessEvent.objects.filter(act="export", record_id=customer.pk, kind="customer").count() == 1
    assert as_role("supervisor").get(reverse("job_file", args=[job.pk, file.pk])).status_code == 404


def test_a_copy_goes_with_the_person_and_after_a_week(cast):
    customer, other = one(cast), one(cast, name="王芳", phone="13700001111")
    for file in (customer, other):
        ran(own_data.export_subject(cast.actor("manager"), "customer", file.pk, title=file.number, now=cast.now))
    services.erase_customer(cast.actor("manager"), customer, reason="by letter", typed=customer.number, now=cast.now)
    assert [file.job.record_id for file in JobFile.objects.select_related("job")] == [other.pk]
    tidy()
    assert JobFile.objects.exists()
    Job.objects.update(created_at=timezone.now() - timedelta(days=8))
    tidy()
    assert not JobFile.objects.exists()


# ------------------------------------------------------------------------------------------------ the nightly run


@pytest.fixture
def long_ago(cast):
    """Customers last seen now, for a clock that will stand years later: one to go, one held, one who came back, one with a planned visit."""
    files = {name: one(cast, name=name, phone=f"1370000{place:04d}") for place, name in enumerate(("张一二", "李held", "王back", "赵open"))}
    for file in files.values():
        cast.visit_for(customer=file, state="closed", adviser="sales", visitor_name=file.name, minutes_ago=120)
    LegalHold.objects.create(kind="customer", record_id=files["李held"].pk, reason="A lawsuit", set_by=cast.users["manager"], set_at=cast.now)
    cast.appointment_for(customer=files["赵open"], minutes=60)
    Customer.objects.filter(pk=files["王back"].pk).update(last_seen_at=cast.now + timedelta(days=30))
    return files


def tonight():
    """The nightly run with all its steps; the job, if there was one."""
    erase_after_retention()
    job = Job.objects.filter(work=retention.WORK, state__in=jobs.OPEN).order_by("-pk").first()
    return job and ran(job)


@pytest.mark.req("GEN-23")
def test_past_the_limit_a_file_is_anonymous_the_counts_stand_and_a_held_one_stays(cast, long_ago):
    before = Visit.objects.count(), Customer.objects.count()
    assert tonight() is None  # today nobody is due
    with time_machine.travel(cast.now + YEARS + timedelta(days=3)):
        job = tonight()
        assert (job.state, job.result) == ("done", {"erased": 1})
        assert tonight() and Erasure.objects.count() == 1  # a second night looks again and finds nothing to do
    names = set(Customer.objects.values_list("name", flat=True))
    assert names >= {"李held", "王back", "赵open"}
    assert "张一二" not in names
    assert not Visit.objects.filter(visitor_name="张一二").exists()
    assert (Visit.objects.count(), Customer.objects.count()) == before
    proof = Erasure.objects.get()
    assert (proof.cause, proof.by, proof.record_ids) == ("retention", None, [long_ago["张一二"].pk])


def test_the_time_of_keeping_is_that_of_the_hall_and_the_longest_of_several_halls(cast):
    ParameterValue.objects.create(key=retention.KEY, value=1, hall=cast.hall, valid_from=cast.today - timedelta(days=9), reason="stricter")
    here, there, both = one(cast), one(cast, hall=cast.other_hall, phone="13700001111"), one(cast, phone="13700002222")
    CustomerHall.objects.create(customer=both, hall=cast.other_hall, since=cast.now)
    nobodys = one(cast, phone="13700003333")
    CustomerHall.objects.filter(customer=nobodys).delete()
    for days, expected in ((300, set()), (370, {here}), (1900, {here, there, both, nobodys})):
        assert set(retention.over(cast.today + timedelta(days=days))) == expected, days


def test_who_was_talked_with_since_is_not_due(cast):
    customer = one(cast)
    Communication.objects.create(customer=customer, hall=cast.hall, at=cast.now + timedelta(days=100), method="phone", topic="x",
                                 entered_by=cast.users["sales"], entered_at=cast.now)
    day = cast.today + YEARS + timedelta(days=5)
    assert not retention.over(day).exists()
    assert retention.over(day + timedelta(days=100)).exists()


def test_many_files_are_erased_in_batches_that_cost_the_same_however_many(cast, monkeypatch):
    later = cast.now + YEARS + timedelta(days=3)
    counts = []
    for n in (1, 6):
        for place in range(n):
            cast.visit_for(customer=one(cast, name=f"张{n}{place}号", phone=f"13{n}0000{place:04d}"), state="closed", adviser="sales")
        with CaptureQueriesContext(connection) as seen:
            assert retention.erase_batch(cast.actor("manager"), today=later.date(), after=0, now=later)[1] == n
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert retention.erase_batch(cast.actor("manager"), today=later.date(), after=0, now=later) == (None, 0)


def test_a_batch_goes_on_behind_the_files_that_stay(cast, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    files = [one(cast, phone=f"1370000{place:04d}") for place in range(5)]
    for file in files[:2]:
        cast.appointment_for(customer=file)
    with time_machine.travel(cast.now + YEARS + timedelta(days=3)):
        assert tonight().result == {"erased": 3}
    assert set(Customer.objects.filter(erased_at=None)) == set(files[:2])


def test_the_page_shows_who_is_due_who_is_held_and_what_would_go(cast, as_role, long_ago):
    with time_machine.travel(cast.now + YEARS + timedelta(days=3)):
        client = as_role("manager")
        page = client.get(reverse("retention"))
        assert [file.name for file in page.context["held"]] == ["李held"]
        assert {file.name for file in page.context["due"]} == {"张一二", "赵open"}
        tried = client.post(reverse("retention"))
        assert (tried.context["tried"], "1 file stays" in tried.content.decode()) == (2, True)
        assert {line["rows"] for line in tried.context["lines"]} != {0}
        other = as_role("manager2").get(reverse("retention"))
        assert (other.context["total"], other.context["held"]) == (0, [])
    assert Customer.objects.filter(name="张一二").exists()
