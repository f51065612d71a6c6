"""A customer follows a complaint: what they see, what they may do, what nobody sees (CMP-13, CMP-15, CMP-16; RELIABILITY 5)."""
import re
import uuid
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.handling import states
from complaints.handling.facts import ComplaintEntry, Evidence
from complaints.handling.models import Complaint
from complaints.handling.services import merging, timing
from complaints.portal import keys, limits, stages
from config.outbox.models import Message
from config.web.models import Attachment
from tests.complaints.acts import led_to, taken, walk_to
from tests.complaints.portal.test_complaining import photo

pytestmark = pytest.mark.django_db
TAG = re.compile(r"<[^>]+>")


def address(row):
    """The secret link."""
    return reverse("tracked", args=[keys.track_key(row.public_code)])


def text_of(row):
    """What the page says, with its marks."""
    answer = Client().get(address(row))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def do(row, act, **more):
    """Press a button of the page."""
    return Client().post(address(row), {"act": act, "one_off_key": str(uuid.uuid4()), **more})


def guess(code, digits, **more):
    """Try a code and digits."""
    return Client().post(reverse("track"), {"code": code, "digits": digits}, **more)


def test_code_and_last_digits_open_the_page(cast):
    row = taken(cast)
    typed = f" {row.public_code[:4].lower()}-{row.public_code[4:]} "
    assert guess(typed, "8123")["Location"] == address(row)


def test_whatever_is_wrong_the_answer_is_the_same(cast):
    row, silent = taken(cast), taken(cast, channel="box", contact_phone="", contact_name="", told_by="")
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    pages = {token.sub("", guess(code, digits).content.decode()).replace(code, "") for code, digits in (
        (row.public_code, "0000"), ("ABCDEFGH", "8123"), (silent.public_code, "none"), (silent.public_code, "0000"))}
    pages = {re.sub(r'value="[^"]*"', "", page) for page in pages}
    assert len(pages) == 1


def test_after_some_tries_at_one_code_even_the_right_digits_open_nothing(cast):
    row = taken(cast)
    for n in range(limits.TRIES_A_CODE[0]):
        assert guess(row.public_code, f"{n:04}", REMOTE_ADDR=f"192.0.2.{n}").status_code == 422
    assert guess(row.public_code, "8123", REMOTE_ADDR="192.0.2.99").status_code == 422


@pytest.mark.slow
def test_three_thousand_guesses_open_nothing_and_stop_being_looked_at(cast):
    row = taken(cast)
    client, codes = Client(), []
    for n in range(3000):
        answer = client.post(reverse("track"), {"code": row.public_code, "digits": f"{n:04}"})
        codes.append(answer.status_code)
    assert set(codes) == {422, 429} and codes.count(429) >= 2900 and 302 not in codes


def test_made_up_links_open_nothing_and_stop_being_looked_at(cast):
    row = taken(cast)
    codes = [Client().get(reverse("tracked", args=[row.public_code + f"{n:032x}"])).status_code for n in range(40)]
    assert set(codes) == {404, 429}


def test_every_state_has_words_for_the_customer_that_are_not_the_house_s_own(cast):
    assert set(stages.OF) == set(Complaint.State.values)
    own = {str(label) for label in Complaint.State.labels}
    assert not own & {str(one.title) for one in stages.OF.values()}


@pytest.mark.parametrize("state", [states.REGISTERED, states.PROPOSED, states.IMPLEMENTED, states.RE_HANDLING, states.SATISFIED, states.NOT_AGREED,
                                   states.UNREACHABLE, states.NOT_ACCEPTED, states.WITHDRAWN, states.MERGED, states.DONE])
def test_the_page_opens_wherever_it_stands(cast, state):
    row = led_to(cast, state)
    assert str(stages.stage_of(row.merged_into or row).title) in text_of(row)


def internals(row):
    """Everything that is written of a complaint but never for the customer."""
    said = set()
    for line in row.entries.exclude(kind__in=ComplaintEntry.PUBLIC):
        said.add(line.text)
    for related in ("people", "routes", "tasks", "evidence", "liabilities", "demands", "measures", "pauses", "extensions"):
        for one in getattr(row, related).all() if hasattr(row, related) else ():
            said |= {str(value) for field in one._meta.fields if field.get_internal_type() in ("CharField", "TextField")
                     and len(str(value := getattr(one, field.attname))) > 6}
    return said | {row.facts_found, row.grounds, row.cause_detail, row.improvement, row.prevention, *row.whys}


def test_nothing_internal_of_a_fully_worked_complaint_is_on_its_page(cast):
    walk = walk_to(cast, states.REGISTERED)
    row = walk.row
    timing.note(cast.actor("agent"), row, text="NOTE-zq: pays late", now=walk.tick())
    timing.contain(cast.actor("agent"), row, text="CONTAIN-zq at once", now=walk.tick())
    timing.contact_in_vain(cast.actor("agent"), row, method="phone", text="VAIN-zq", now=walk.tick())
    walk.to(states.SATISFIED)
    row.refresh_from_db()
    page, public = TAG.sub(" ", text_of(row)), " ".join(row.entries.filter(kind__in=ComplaintEntry.PUBLIC).values_list("text", flat=True))
    allowed = public + row.matter + row.demand + " ".join(row.rounds.values_list("offer", flat=True))
    for words in filter(None, internals(row)):
        assert words in allowed or words not in page, words
    for person in cast.people.values():
        assert str(person) not in page
        assert person.number not in page
    for secret in ("zq", row.number, row.contact_phone, row.contact_name, "0138", "grave", row.get_cause_display()):
        assert secret not in page, secret


def test_the_customer_reads_what_was_told_and_answers_what_was_asked(cast):
    row = led_to(cast, states.INVESTIGATING)
    timing.ask_customer(cast.actor("agent"), row, text="Which leg is it?", method="page", now=timezone.now())
    assert "We ask you" in text_of(row) and "Which leg is it?" in text_of(row)
    assert do(row, "answer", text="The left one", photos=[photo()]).status_code == 302
    row.refresh_from_db()
    assert "We ask you" not in text_of(row) and "The left one" in text_of(row) and not row.paused
    assert Evidence.objects.get(complaint=row, kind="file").added_by is None and Attachment.objects.get().added_by is None


def test_an_answer_sent_twice_is_kept_once(cast):
    row = taken(cast)
    key = str(uuid.uuid4())
    for _time in range(3):
        do(row, "answer", text="More of it", one_off_key=key)
    assert row.entries.filter(text="More of it").count() == 1


@pytest.mark.parametrize("act, state, answer", [("accept", states.AGREED, "accepted"), ("refuse", states.PROPOSED, "refused")])
def test_the_customer_says_yes_or_no_to_the_offer(cast, act, state, answer):
    row = led_to(cast, states.PROPOSED)
    assert "We propose" in text_of(row)
    assert do(row, act, text="Too little").status_code == 302
    row.refresh_from_db()
    last = row.rounds.last()
    assert (row.state, last.answer, last.consent_by) == (state, answer, "page" if act == "accept" else "")
    assert do(row, "accept").status_code in (302, 422)


def test_the_customer_rates_once_a_turn(cast):
    row = led_to(cast, states.IMPLEMENTED)
    assert do(row, "rate", stars="").status_code == 422
    assert do(row, "rate", stars="4", text="Quick").status_code == 302
    assert do(row, "rate", stars="1").status_code == 422
    assert row.ratings.get().stars == 4 and "Quick" in text_of(row)


def test_not_solved_is_handled_again_and_opened_again_within_the_days(cast):
    row = led_to(cast, states.IMPLEMENTED)
    assert do(row, "again", text="").status_code == 422
    assert do(row, "again", text="It wobbles").status_code == 302
    row.refresh_from_db()
    assert row.state == states.RE_HANDLING and "It wobbles" in text_of(row)
    closed = led_to(cast, states.SATISFIED)
    assert do(closed, "again", text="It broke again").status_code == 302
    closed.refresh_from_db()
    assert closed.state == states.ASSIGNED
    late = led_to(cast, states.SATISFIED)
    Complaint.objects.filter(pk=late.pk).update(closed_at=timezone.now() - timedelta(days=400))
    assert "It is not solved" not in text_of(late) and do(late, "again", text="Late").status_code == 422


def test_the_customer_urges_once_a_day_and_takes_it_back(cast):
    row = taken(cast)
    assert do(row, "urge").status_code == 302
    assert do(row, "urge").status_code == 422
    assert do(row, "withdraw").status_code == 302
    row.refresh_from_db()
    assert (row.urges, row.state) == (1, states.WITHDRAWN)


def test_the_code_of_a_merged_one_shows_the_progress_of_the_target(cast):
    row, into = taken(cast), led_to(cast, states.PROPOSED)
    merging.merge(cast.actor("supervisor"), row, into=into, reason="The same", now=timezone.now())
    assert str(stages.OF[states.PROPOSED].title) in text_of(row) and "We propose" in text_of(row)


def test_a_merged_one_never_shows_the_words_of_another_customer(cast):
    row, into = taken(cast, contact_phone="+8613900139999", contact_name="赵六"), led_to(cast, states.PROPOSED)
    timing.tell(cast.actor("agent"), into, method="phone", text="Only for her", now=timezone.now())
    merging.merge(cast.actor("supervisor"), row, into=into, reason="The same", now=timezone.now())
    page = text_of(row)
    assert str(stages.OF[states.PROPOSED].title) in page and "Only for her" not in page and "We propose" not in page
    assert do(row, "accept").status_code == 422
    into.refresh_from_db()
    assert into.state == states.PROPOSED


def test_what_is_told_by_e_mail_leaves_once_with_the_code(cast):
    row = taken(cast, contact_email="fang@example.com")
    timing.tell(cast.actor("agent"), row, method="email", text="We found the freight note", now=timezone.now())
    timing.tell(cast.actor("agent"), row, method="phone", text="Said by telephone", now=timezone.now())
    mail = Message.objects.get(key__startswith="complaint-entry-")
    assert mail.subject.startswith(f"[{row.public_code}]") and "freight note" in mail.body and keys.track_key(row.public_code) in mail.body


def test_an_act_nobody_offers_and_a_form_without_a_key_do_nothing(cast):
    row = taken(cast)
    assert do(row, "close").status_code == 422 and do(row, "answer", text="x", one_off_key="no").status_code == 422
    assert not row.entries.filter(text="x").exists()
