"""A complaint is written down while the customer speaks: ticks, promise, receipt, what is told beside (CMP-03, CMP-04, CMP-05)."""
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from complaints.handling.models import Complaint
from complaints.intake import queries
from config.web import oneoff
from config.web.models import Attachment
from reception.promises.models import Promise

pytestmark = pytest.mark.django_db


def typed(cast, **more):
    return {"one_off_key": oneoff.new_key(), "kind": "complaint", "channel": "counter", "who": "王先生", "hall": cast.hall.pk, "matter": "等了一个小时",
            "demand": "道歉\n退款", "impact": "low", "urgency": "low", "apologised": "on", "promised": "on", "promised_manner": "经理回电"} | more


def send(client, cast, query="", **more):
    return client.post(reverse("new_complaint") + query, typed(cast, **more))


@pytest.mark.req("CMP-03")
def test_a_saved_complaint_has_a_number_a_code_and_a_receipt(cast, as_role):
    client = as_role("agent")
    answer = send(client, cast, phone="13800138000", files=SimpleUploadedFile("a.pdf", b"%PDF-1.4 x", "application/pdf"))
    row = Complaint.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("complaint_taken", args=[row.pk])
    assert (row.contact_name, row.contact_phone, row.channel, row.demands.count()) == ("王先生", "+8613800138000", "counter", 2)
    page = client.get(answer["Location"]).content.decode()
    assert " ".join(row.public_code) in page
    assert row.number in client.get(reverse("complaint_slip", args=[row.pk])).content.decode()
    assert "+8613800138000" in client.get(reverse("complaint_form33", args=[row.pk])).content.decode()
    assert Attachment.objects.filter(kind="complaint", record_id=row.pk).count() == 1


@pytest.mark.req("CMP-03")
def test_it_is_flagged_on_its_page_and_its_form_when_it_was_received_long_before(cast, as_role):
    client = as_role("agent")
    received = timezone.localtime(timezone.now() - timedelta(hours=2))
    answer = send(client, cast, received_at=received.strftime("%Y-%m-%d %H:%M"))
    row = Complaint.objects.get()
    late = queries.minutes_late(row)
    assert 118 <= late <= 121
    assert f"Written down {late} minutes after it was received." in client.get(answer["Location"]).content.decode()
    assert str(late) in client.get(reverse("complaint_form33", args=[row.pk])).content.decode()
    at_once = client.get(send(client, cast, who="李女士", matter="灯不亮")["Location"]).content.decode()
    assert "minutes after it was received" not in at_once


@pytest.mark.req("CMP-04")
@pytest.mark.parametrize("tick", ["apologised", "promised"])
def test_without_a_tick_it_is_not_registered(cast, as_role, tick):
    client = as_role("agent")
    assert send(client, cast, **{tick: ""}).status_code == 422
    assert not Complaint.objects.exists()


def test_the_same_form_twice_makes_one_complaint(cast, as_role):
    client, facts = as_role("agent"), typed(cast)
    for _n in range(2):
        client.post(reverse("new_complaint"), facts)
    assert Complaint.objects.count() == 1


def test_who_stays_anonymous_leaves_nothing(cast, as_role):
    client = as_role("agent")
    assert send(client, cast, anonymous="on").status_code == 422
    assert send(client, cast, anonymous="on", who="").status_code == 302
    assert Complaint.objects.get().is_anonymous


def test_the_promise_stands_in_the_ledger_of_the_customer(cast, as_role):
    client, customer = as_role("agent"), cast.customer_for(owner="agent")
    send(client, cast, customer=customer.pk, who="")
    row, promise = Complaint.objects.get(), Promise.objects.get()
    assert (promise.kind, promise.record_id, promise.due_at) == ("complaint", row.pk, row.promised_until)


def test_the_server_says_severity_and_promise_and_who_complained_before(cast, as_role):
    client = as_role("agent")
    send(client, cast, phone="13800138000")
    answer = client.post(reverse("complaint_promise"), {"hall": cast.hall.pk, "impact": "high", "urgency": "high", "phone": "13800138000"})
    assert Complaint.objects.get().number in answer.content.decode()
    assert answer.context["severity"] == "grave"


def test_a_visit_that_ended_with_a_complaint_leads_to_the_form_and_is_its_source(cast, as_role):
    client = as_role("manager")
    visit = cast.visit_for(adviser="sales", state="closed", outcome="complaint")
    address = f"{reverse('new_complaint')}?visit={visit.pk}"
    assert address in client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert client.get(address).status_code == 200
    send(client, cast, f"?visit={visit.pk}")
    row = Complaint.objects.get()
    assert (row.source_kind, row.source_id) == ("visit", visit.pk)


def test_the_blank_form_prints(cast, as_role):
    assert "FRM-33" in as_role("agent").get(reverse("blank_form", args=["complaint-registration"])).content.decode()
