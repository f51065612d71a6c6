"""A customer complains on the public page: four questions, a code, a link; once however often it is sent (CMP-01, CMP-03, GEN-15)."""
import io
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from complaints.handling.facts import Evidence
from complaints.handling.models import Complaint
from complaints.portal import forms, keys, limits
from config.outbox.models import Message

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(minutes=1)


def typed(cast, **more):
    """The form as a customer sends it."""
    opened = signing.dumps(int((timezone.now() - LONG_AGO).timestamp()), salt=forms.SALT)
    return {"kind": "complaint", "matter": "I waited fifty minutes for the contract.", "hall": cast.hall.pk, "demand": "An apology", "contact": "13800138123",
            "opened": opened, "one_off_key": str(uuid.uuid4()), **more}


def send(cast, **more):
    """Send it from a browser of its own."""
    return Client().post(reverse("complain"), typed(cast, **more))


def photo(name="leg.png"):
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, format="PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def test_the_customer_gets_a_code_and_a_link_that_opens_the_page(cast):
    answer = send(cast)
    row = Complaint.objects.get()
    assert answer.status_code == 302 and answer["Location"] == reverse("complained", args=[keys.track_key(row.public_code)])
    page = Client().get(answer["Location"])
    text = page.content.decode()
    assert page.status_code == 200 and row.public_code[:4] in text and row.public_code[4:] in text
    assert reverse("tracked", args=[keys.track_key(row.public_code)]) in text and page["Cache-Control"] == "no-store"
    assert (row.channel, row.assessed, row.registered_by, row.contact_phone) == ("web", False, None, "+8613800138123")
    assert [one.text for one in row.demands.all()] == ["An apology"]


def test_twenty_identical_posts_make_one_complaint(cast):
    facts = typed(cast)
    assert len({Client().post(reverse("complain"), facts)["Location"] for _time in range(20)}) == 1
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize("forms_of", ["one form", "a form each"])
@pytest.mark.django_db(transaction=True)
def test_twenty_identical_posts_at_once_make_one_complaint_and_give_everybody_the_same_code(cast, forms_of):
    """Twenty browsers at twenty addresses; whether they hold the same form or twenty with the same words in it."""
    crowd, same, met = 20, typed(cast), threading.Barrier(20, timeout=30)

    def post(number):
        facts = same if forms_of == "one form" else typed(cast)
        try:
            met.wait()
            answer = Client(REMOTE_ADDR=f"198.51.100.{number + 1}").post(reverse("complain"), facts)
            return answer.status_code, answer.get("Location")
        finally:
            connection.close()

    with ThreadPoolExecutor(crowd) as threads:
        answers = set(threads.map(post, range(crowd)))
    row = Complaint.objects.get()
    assert answers == {(302, reverse("complained", args=[keys.track_key(row.public_code)]))}


def test_the_same_words_with_the_same_contact_from_another_form_make_one_complaint(cast):
    assert send(cast)["Location"] == send(cast)["Location"]
    assert Complaint.objects.count() == 1
    send(cast, contact="13800138124")
    assert Complaint.objects.count() == 2


def test_short_words_of_nobody_known_may_be_of_two_people(cast):
    send(cast, contact="", matter="Too slow")
    send(cast, contact="", matter="Too slow")
    assert Complaint.objects.count() == 2


def test_nobody_has_to_say_who_they_are(cast):
    answer = send(cast, contact="")
    assert Complaint.objects.get().is_anonymous and "You left no contact" in Client().get(answer["Location"]).content.decode()


@pytest.mark.parametrize("more", [{"website": "https://spam.example"}, {"matter": ""}, {"contact": "12"}, {"contact": "me@"}, {"kind": "x"}])
def test_what_cannot_be_taken_is_refused_and_stays_typed(cast, more):
    answer = send(cast, **more)
    assert answer.status_code == 422 and "An apology" in answer.content.decode() and not Complaint.objects.exists()


def test_a_form_that_comes_back_at_once_is_asked_again_and_then_taken(cast):
    at_once = signing.dumps(int(timezone.now().timestamp()), salt=forms.SALT)
    assert send(cast, opened=at_once).status_code == 422
    assert send(cast, opened="made up").status_code == 422
    assert send(cast).status_code == 302


def test_photos_are_kept_as_evidence_of_the_customer(cast):
    send(cast, photos=[photo("a.png"), photo("b.png")])
    row = Complaint.objects.get()
    assert [(one.kind, one.added_by, one.attachment.added_by) for one in Evidence.objects.filter(complaint=row)] == [("file", None, None)] * 2


def test_what_is_no_photo_is_refused_with_the_whole_complaint(cast):
    answer = send(cast, photos=[photo(), SimpleUploadedFile("a.png", b"<script>", "image/png")])
    assert answer.status_code == 422 and not Complaint.objects.exists() and not Evidence.objects.exists()


def test_one_address_writes_so_often_in_an_hour_and_no_more(cast):
    for n in range(limits.COMPLAINTS[0]):
        assert send(cast, matter=f"Number {n} of what happened").status_code == 302
    answer = send(cast, matter="One more")
    assert answer.status_code == 422 and "try again in an hour" in answer.content.decode()


def test_a_poster_chooses_the_hall(cast):
    page = Client().get(reverse("complain"), {"hall": cast.other_hall.code}).content.decode()
    assert f'value="{cast.other_hall.pk}" checked' in page.replace('" id="', '" id="') or "checked" in page.split(f'value="{cast.other_hall.pk}"')[1][:120]


def test_somebody_writes_for_somebody_else(cast):
    send(cast, name="王芳", reported_by="李明, her son")
    row = Complaint.objects.get()
    assert (row.contact_name, row.reported_by) == ("王芳", "李明, her son")


def test_who_leaves_an_e_mail_gets_a_receipt_with_code_and_link(cast):
    send(cast, contact="fang@example.com")
    row, mail = Complaint.objects.get(), Message.objects.get(channel="email", address="fang@example.com")
    assert mail.subject.startswith(f"[{row.public_code}]") and keys.track_key(row.public_code) in mail.body
    assert (mail.kind, mail.record_id) == ("complaint", row.pk) and row.matter not in mail.body


def test_the_link_in_a_mail_begins_with_the_public_address_of_the_house(cast, settings):
    settings.PUBLIC_ADDRESS = "https://hall.example.com"
    send(cast, contact="fang@example.com")
    page = reverse("tracked", args=[keys.track_key(Complaint.objects.get().public_code)])
    assert f"https://hall.example.com{page}" in Message.objects.get(channel="email").body
