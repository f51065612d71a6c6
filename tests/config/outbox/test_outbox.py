"""What leaves the house: once, or shown as uncertain; never twice in silence."""
import smtplib
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from config.errors import Refused
from config.outbox import gateway, services, tasks
from config.outbox.models import Message


@pytest.fixture
def leave(db):
    """Leaves a message and returns it."""
    def leave(key="closed:1", **facts):
        services.leave(**{"key": key, "channel": "email", "address": "wang@example.org", "subject": "Closed", "body": "Your case is closed.",
                          "now": timezone.now() - timedelta(seconds=1), **facts})
        return Message.objects.get(key=key)
    return leave


def state_of(message):
    message.refresh_from_db()
    return message.state


def test_a_message_is_sent_once_however_often_its_doorbell_rings(leave):
    message = leave()
    for _ring in range(3):
        tasks.sweep(), tasks.deliver(message.pk)
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [(["wang@example.org"], "Closed")]
    assert mail.outbox[0].extra_headers["Message-ID"] == "<closed:1@hallkeeper>"
    assert state_of(message) == Message.State.SENT


def test_leaving_the_same_message_again_changes_nothing(leave):
    message = leave()
    assert not services.leave(key=message.key, channel="email", address="other@example.org", body="Other", now=timezone.now())
    assert Message.objects.get().body == "Your case is closed."


def test_a_message_of_a_transaction_that_fails_was_never_left(leave):
    with pytest.raises(Refused), transaction.atomic():
        leave()
        raise Refused("No.")
    assert not Message.objects.exists()


def test_line_breaks_in_a_subject_make_no_second_header(leave):
    leave(subject="Closed\r\nBcc: all@example.org\n\nHello")
    tasks.sweep()
    assert mail.outbox[0].subject == "Closed Bcc: all@example.org Hello"
    assert mail.outbox[0].recipients() == ["wang@example.org"]


def test_what_surely_was_not_taken_waits_longer_each_time_and_is_parked_after_five(leave, monkeypatch):
    message = leave()

    def not_taken(message):
        raise gateway.NotTaken("ConnectionRefusedError")

    monkeypatch.setattr(gateway, "send", not_taken)
    waits = []
    for _try in range(services.MAX_ATTEMPTS):
        Message.objects.update(due_at=timezone.now() - timedelta(seconds=1))
        tasks.sweep()
        message.refresh_from_db()
        waits.append(message.due_at)
    assert waits == sorted(waits)
    assert (message.state, message.last_problem) == (Message.State.PARKED, "ConnectionRefusedError")
    tasks.sweep()
    assert state_of(message) == Message.State.PARKED


def test_an_end_that_nobody_knows_becomes_uncertain_and_is_not_sent_again(leave, monkeypatch):
    message = leave()

    def hang(message):
        raise TimeoutError("after handing over")

    monkeypatch.setattr(gateway, "send", hang)
    with pytest.raises(TimeoutError):
        tasks.deliver(message.pk)
    assert state_of(message) == Message.State.SENDING
    assert services.doubt(now=timezone.now() + timedelta(minutes=4)) == 0
    assert services.doubt(now=timezone.now() + timedelta(minutes=6)) == 1
    monkeypatch.undo()
    tasks.sweep()
    assert (state_of(message), mail.outbox) == (Message.State.UNCERTAIN, [])


def test_a_refused_recipient_is_not_an_unknown_end(leave, monkeypatch):
    message = leave()

    def refuse(self, fail_silently=False):
        raise smtplib.SMTPRecipientsRefused({})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    tasks.deliver(message.pk)
    assert state_of(message) == Message.State.WAITING


def test_what_makes_no_mail_is_parked_and_does_not_hold_up_the_others(leave):
    broken, other = leave(address="wang@example.org\nBcc: all@example.org"), leave(key="closed:2")
    tasks.sweep()
    assert (state_of(broken), state_of(other)) == (Message.State.WAITING, Message.State.SENT)
    assert broken.last_problem == "BadHeaderError"


def test_a_sweep_ends_before_it_is_ended_by_force_when_the_gateway_hangs(leave, monkeypatch):
    for number in range(20):
        leave(key=f"closed:{number}")
    clock = iter(range(0, 10_000, gateway.SECONDS))

    def hang(message):
        raise gateway.NotTaken("TimeoutError")

    monkeypatch.setattr(gateway, "send", hang)
    monkeypatch.setattr(tasks.time, "monotonic", lambda: next(clock))
    tasks.sweep()
    assert Message.objects.filter(attempts=0).count() > 15
    assert not Message.objects.filter(state=Message.State.SENDING).exists()


def test_the_connection_to_the_mail_server_is_closed_after_each_message(leave, monkeypatch):
    closed = []
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.close", lambda self: closed.append(self))
    leave()
    tasks.sweep()
    assert len(closed) == 1


def test_a_channel_without_a_gateway_keeps_the_message(leave):
    message = leave(channel="sms")
    tasks.deliver(message.pk)
    assert state_of(message) == Message.State.WAITING


@pytest.mark.parametrize("word, state", [("yes", Message.State.SENT), ("no", Message.State.WAITING)])
def test_a_person_settles_an_uncertain_message_on_its_page(leave, as_role, word, state):
    message = leave()
    Message.objects.update(state=Message.State.UNCERTAIN)
    client = as_role("admin")
    page = client.get("/house/outbox/?state=uncertain").content.decode()
    assert f"/house/outbox/{message.pk}/settle/" in page
    assert "wang@example.org" not in page
    assert client.post(f"/house/outbox/{message.pk}/settle/", {"went": word}).status_code == 302
    assert state_of(message) == state
    again = client.post(f"/house/outbox/{message.pk}/settle/", {"went": word})
    assert "This message is not waiting for a word any more." in again.content.decode()


def test_only_who_keeps_the_accounts_sees_the_outbox(leave, as_role):
    message = leave()
    for role in ("reception", "manager", "auditor"):
        assert as_role(role).get("/house/outbox/").status_code == 403
        assert as_role(role).post(f"/house/outbox/{message.pk}/settle/", {"went": "yes"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_of_ten_workers_one_claims_a_message():
    services.leave(key="k", channel="email", address="a@example.org", body="b", now=timezone.now() - timedelta(seconds=1))
    message, met, claimed = Message.objects.get(), threading.Barrier(10, timeout=20), []

    def work():
        try:
            met.wait()
            claimed.append(services.claim(message.pk, now=timezone.now()))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _worker in range(10)]
    [worker.start() for worker in workers], [worker.join() for worker in workers]
    assert [one.pk for one in claimed if one] == [message.pk]
    assert len(claimed) == 10
