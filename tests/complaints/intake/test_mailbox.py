"""A mail that leaves by SMTP becomes a complaint, and the customer's answer lands on it and ends the pause; over real servers (FIELD 2.1 row 8)."""
import smtplib
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.handling.models import Complaint
from complaints.handling.services import timing
from complaints.intake import letters, receiving
from complaints.intake.models import ComplaintChannel, IncomingMail
from config.outbox import gateway
from config.outbox.models import Message
from config.web.models import Attachment
from tests.complaints.intake.real_server import real_post
from tests.complaints.intake.servers import MAILBOX_USER

pytestmark = pytest.mark.django_db
LI = "li@example.com"
PDF = b"%PDF-1.4 bill"


def mail(text="门装歪了,没人来修。", *, sender=f"李建国 <{LI}>", subject="投诉:安装", key="<a@example.com>", files=(), **head):
    """A mail to the mailbox."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, MAILBOX_USER, subject
    if key:
        message["Message-ID"] = key
    for name, value in head.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def send(post, message):
    """Send it by SMTP."""
    with smtplib.SMTP("127.0.0.1", post.smtp.port, timeout=5) as smtp:
        smtp.send_message(message)


def read(post):
    """Read the mailbox."""
    return receiving.read_mailbox(post.where, now=timezone.now())


def test_a_mail_becomes_a_complaint_that_nobody_has_judged_yet_with_its_files(cast, post):
    send(post, mail(files=[("账单.pdf", PDF), ("x.exe", b"MZ123")]))
    assert read(post) == 1
    row = Complaint.objects.get()
    assert (row.channel, row.contact_email, row.contact_name, row.assessed, row.language) == ("email", LI, "李建国", False, "zh-hans")
    assert "门装歪了" in row.matter
    assert [one.name for one in Attachment.objects.filter(kind="complaint", record_id=row.pk)] == ["账单.pdf"]
    assert "x.exe" in row.entries.get().text
    assert "\\Seen" in post.box.mails[0]["flags"]


def test_each_mail_is_read_once(cast, post):
    send(post, mail())
    assert [read(post), read(post)] == [1, 0]
    post.box.put(post.box.mails[0]["raw"])  # the same mail, delivered twice
    assert read(post) == 0
    assert Complaint.objects.count() == 1


def through(settings, post):
    """Our own mails leave by this SMTP server."""
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", post.smtp.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False


def test_the_answer_to_our_acknowledgement_lands_on_the_complaint_and_ends_the_pause_over_a_real_server(cast, settings, tmp_path):
    with real_post(tmp_path) as post:
        through(settings, post)
        send(post, mail(files=[("账单.pdf", PDF)]))
        assert [read(post), read(post)] == [1, 0]
        row = Complaint.objects.get()
        assert Attachment.objects.get(kind="complaint", record_id=row.pk).name == "账单.pdf"
        told = Message.objects.get(key=f"complaint-receipt-{row.pk}")
        gateway.send(told)
        ours = message_from_bytes(post.smtp.mails[-1][2])
        assert ours["To"] == LI
        timing.pause(cast.actor("agent"), row, reason="waits_customer", evidence="短信", now=timezone.now())
        row.refresh_from_db()
        assert row.paused
        send(post, mail("周六上午。\n\n> 收到您的投诉", subject=f"回复: {told.subject[:4]}", key="<b@example.com>", In_Reply_To=ours["Message-ID"]))
        read(post)
        row.refresh_from_db()
        assert not row.paused
        assert row.entries.get(kind="word").text == "周六上午。"
        assert Complaint.objects.count() == 1


def test_the_answer_to_our_mail_lands_on_the_complaint_and_ends_the_pause(cast, post, settings):
    send(post, mail())
    read(post)
    row, actor = Complaint.objects.get(), cast.actor("agent")
    timing.ask_customer(actor, row, text="什么时候方便上门?", method="email", now=timezone.now())
    row.refresh_from_db()
    assert row.paused
    through(settings, post)
    asked = Message.objects.filter(kind="complaint", record_id=row.pk).order_by("pk").last()
    gateway.send(asked)
    assert f"[{row.public_code}]" in asked.subject
    post.box.mails.pop()  # it went to the customer, not to us
    send(post, mail("周六上午。\n\n> 什么时候方便上门?", subject=f"Re: {asked.subject}", key="<b@example.com>", In_Reply_To=f"<{asked.key}@hallkeeper>"))
    assert read(post) == 1
    row.refresh_from_db()
    assert not row.paused
    assert row.entries.get(kind="word").text == "周六上午。"
    assert Complaint.objects.count() == 1
    assert IncomingMail.objects.get(message_id="<b@example.com>").state == "threaded"


@pytest.mark.parametrize("how", ["code", "our mail", "own mail"])
def test_an_answer_is_known_by_code_by_our_mail_or_by_the_customers_first(cast, post, how):
    send(post, mail())
    read(post)
    row = Complaint.objects.get()
    subject = f"回复: [{row.public_code.lower()}] x" if how == "code" else "回复"
    head = {"code": {}, "our mail": {"References": f"<other@x> <complaint-receipt-{row.pk}@hallkeeper>"}, "own mail": {"In_Reply_To": "<a@example.com>"}}[how]
    send(post, mail("还没有人来。", subject=subject, key="<b@example.com>", **head))
    read(post)
    assert row.entries.get(kind="word").text == "还没有人来。"


def test_a_stranger_with_the_code_is_left_to_a_person(cast, post, as_role):
    send(post, mail())
    read(post)
    row = Complaint.objects.get()
    timing.ask_customer(cast.actor("agent"), row, text="?", method="phone", now=timezone.now())
    send(post, mail("撤诉", sender="x@evil.example", subject=f"[{row.public_code}]", key="<b@example.com>"))
    read(post)
    row.refresh_from_db()
    parked = IncomingMail.objects.get(state="parked")
    assert (row.paused, parked.complaint, row.entries.filter(kind="word").exists()) == (True, row, False)
    answer = as_role("agent").post(reverse("join_incoming_mail", args=[parked.pk]), {"number": row.number})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert not row.paused


@pytest.mark.parametrize("head", [{"Auto-Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"X-Autoreply": "yes"}, {"List-Id": "<a.b>"}])
def test_what_a_machine_wrote_is_ignored(cast, post, head):
    send(post, mail(**head))
    read(post)
    assert IncomingMail.objects.get().state == "ignored"
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(("sender", "subject"), [("MAILER-DAEMON@x.example", "a"), (MAILBOX_USER, "a"), (LI, "自动回复:外出")])
def test_daemons_ourselves_and_notes_of_absence_are_ignored(cast, post, sender, subject):
    send(post, mail(sender=sender, subject=subject))
    read(post)
    assert IncomingMail.objects.get().state == "ignored"


def test_words_of_html_are_read_and_nothing_of_it_is_kept_as_html(cast, post):
    message = mail("x")
    message.clear_content()
    message.set_content("<style>p{}</style><p>门<b>坏</b>了</p><script>alert(1)</script><p>快来 &amp; 修</p>", subtype="html")
    send(post, message)
    read(post)
    matter = Complaint.objects.get().matter
    assert "门坏了" in matter
    assert "快来 & 修" in matter
    assert "<" not in matter
    assert "alert" not in matter


@pytest.mark.parametrize(("data", "said"), [
    (b"Content-Type: text/plain; charset=gb2312\r\n\r\n" + "门坏了".encode("gb18030"), "门坏了"),
    (b"Content-Type: text/plain; charset=no-such-thing\r\n\r\n" + "门坏了".encode(), "门坏了"),
    (b"Content-Type: text/plain; charset=utf-8\r\n\r\n\xff\xfe\x00bad\x00", "bad"),
    (b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!notbase64", ""),
    (b"Content-Type: multipart/mixed\r\n\r\nno boundary", ""),
])
def test_garbage_of_charsets_is_read_as_well_as_can_be(cast, post, data, said):
    post.box.put(b"From: li@example.com\r\nMessage-ID: <g@x>\r\nSubject: =?utf-8?b?!!?= \xe9\xff\r\n" + data)
    assert read(post) == 1
    assert said in Complaint.objects.get().matter


def test_one_that_nobody_can_read_is_parked_and_keeps_none_waiting(cast, post, monkeypatch):
    post.box.put(b"\x00\xff\r\n\r\n")
    post.box.put(b"")
    big = post.box.put(mail(key="<big@x>").as_bytes())
    post.box.mails[big - 1]["size"] = 50_000_000
    send(post, mail())
    assert read(post) == 4
    assert IncomingMail.objects.filter(state="parked").count() == 3
    assert Complaint.objects.count() == 1
    assert read(post) == 0


def test_a_failure_parks_the_mail_and_the_next_is_read(cast, post, monkeypatch):
    send(post, mail(key="<bad@x>"))
    send(post, mail())
    kept = receiving.take_new
    monkeypatch.setattr(receiving, "take_new", lambda found, *more, **facts: 1 / 0 if "bad" in found.key else kept(found, *more, **facts))
    assert read(post) == 2
    assert IncomingMail.objects.get(message_id="<bad@x>").state == "parked"
    assert Complaint.objects.count() == 1


def test_a_line_that_breaks_loses_no_mail_and_the_page_says_so(cast, post, as_role, settings):
    settings.COMPLAINT_MAILBOX = post.where
    send(post, mail())
    post.box.fault = "hangup"
    assert read(post) == 0
    assert "could not be read" in as_role("agent").get(reverse("incoming_mails")).content.decode()
    assert read(post) == 1
    assert Complaint.objects.count() == 1


def test_a_wrong_password_and_a_server_that_is_away_are_said(cast, post):
    assert receiving.read_mailbox({**post.where, "password": "x"}, now=timezone.now()) == 0
    assert "AUTHENTICATIONFAILED" in receiving.cache.get(receiving.STATUS)["problem"]
    assert receiving.read_mailbox({**post.where, "port": 1}, now=timezone.now()) == 0


def test_a_mail_goes_to_the_hall_whose_address_it_names(cast, post):
    for hall, value in ((cast.hall, "one@hall.example"), (cast.other_hall, MAILBOX_USER)):
        ComplaintChannel.objects.create(hall=hall, kind="email", value=value, active_since=cast.today)
    send(post, mail())
    read(post)
    assert Complaint.objects.get().hall == cast.other_hall


def test_the_address_counts_beside_others_in_several_lines_and_beside_a_broken_one():
    raw = b"From: li@example.com\r\nTo: \r\nTo: <broken\r\nTo: Li <a@x.example>, B@x.example\r\nCc: Shop <c@x.example>\r\nDelivered-To: d@x.example\r\n\r\nx"
    assert [address for address in letters.read(raw).to if "@" in address] == ["a@x.example", "b@x.example", "c@x.example", "d@x.example"]


def test_it_counts_from_when_it_arrived(cast, post):
    at = timezone.now() - timedelta(hours=5)
    post.box.put(mail().as_bytes(), at=at)
    read(post)
    assert abs(Complaint.objects.get().received_at - at) < timedelta(seconds=2)


def test_a_parked_mail_is_taken_as_a_complaint_with_its_files_or_ignored_with_a_reason(cast, post, as_role):
    ComplaintChannel.objects.create(hall=cast.hall, kind="email", value=MAILBOX_USER, active_since=cast.today)
    for n in range(2):
        message = mail("门坏了", sender="nobody", key=f"<p{n}@x>", files=[("a.pdf", PDF)])
        post.box.put(message.as_bytes())
    read(post)
    one, other = IncomingMail.objects.filter(state="parked").order_by("pk")
    client = as_role("agent")
    assert client.get(reverse("incoming_mail", args=[one.pk])).status_code == 200
    facts = {"kind": "complaint", "matter": "门坏了", "impact": "low", "urgency": "high"}
    for _n in range(2):
        client.post(reverse("take_incoming_mail", args=[one.pk]), facts)
    row = Complaint.objects.get()
    assert (row.assessed, row.channel, Attachment.objects.get(kind="complaint").record_id) == (True, "email", row.pk)
    client.post(reverse("ignore_incoming_mail", args=[other.pk]), {"reason": "广告"})
    other.refresh_from_db()
    assert (other.state, other.problem, other.decided_by) == ("ignored", "广告", cast.people["agent"])


def test_a_flood_of_one_sender_waits_for_a_person(cast, post):
    for n in range(receiving.MOST_A_DAY + 2):
        post.box.put(mail(key=f"<f{n}@x>").as_bytes())
    read(post)
    assert Complaint.objects.count() == receiving.MOST_A_DAY
    assert IncomingMail.objects.filter(state="parked").count() == 2
