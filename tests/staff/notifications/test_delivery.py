"""What leaves the house against a real mail server and a real chat service: once, again later, or shown as uncertain (GEN-07, RELIABILITY R12)."""
import email
from datetime import timedelta
from email import policy

import pytest
from django.utils import timezone

from config.outbox import services as outbox
from config.outbox import tasks
from config.outbox.models import Message
from staff.notifications import services
from staff.notifications.kinds import NOW
from staff.notifications.services import News

pytestmark = pytest.mark.django_db
WAITING, SENT, UNCERTAIN, PARKED = Message.State.WAITING, Message.State.SENT, Message.State.UNCERTAIN, Message.State.PARKED


@pytest.fixture
def tell(cast, kind, chosen):
    """Tells the salesperson of one event by mail or by the group's robot, and hands over what was left."""
    def tell(email="off", robot=False, event="1", language="zh-hans"):
        if "tea" not in [one.key for one in services.KINDS.all()]:
            kind()
        chosen("sales", "tea", email=email, robot=robot, language=language)
        services.tell("tea", [News(cast.user("sales"), event, None, {"hall": cast.hall.name})], now=cast.now - timedelta(minutes=1))
        tasks.sweep()
    return tell


def again():
    """The next sweep after the pause of what was not taken."""
    Message.objects.filter(state=WAITING).update(due_at=timezone.now() - timedelta(seconds=1))
    tasks.sweep()


@pytest.mark.parametrize("fault", ["", "slow"])
def test_a_mail_arrives_at_a_real_server_once_and_reads_as_it_was_written(tell, mail_server, ends, fault):
    server = mail_server(fault)
    tell(email=NOW)
    for _ring in range(3):
        again()
    [(sender, to, raw)] = server.mails
    mail = email.message_from_bytes(raw, policy=policy.default)
    assert (sender, to, mail["To"]) == ("hallkeeper@localhost", ["wang@example.org"], "wang@example.org")
    assert "销售大厅" in mail["Subject"] and "销售大厅" in mail.get_content()
    assert mail["Message-ID"].startswith("<notification-") and ends() == [("email", SENT, "")]


def test_a_line_that_begins_with_a_dot_stays_what_it_was(mail_server, db):
    server = mail_server()
    outbox.leave(key="dots", channel="email", address="a@example.org", subject="Dots", body="one\n.\n..two\nend", now=timezone.now() - timedelta(seconds=1))
    tasks.sweep()
    [(_sender, _to, raw)] = server.mails
    assert email.message_from_bytes(raw, policy=policy.default).get_content().splitlines() == ["one", ".", "..two", "end"]


@pytest.mark.parametrize("fault, problem", [("refuse", "SMTPRecipientsRefused"), ("full", "SMTPDataError")])
def test_a_mail_that_the_server_refuses_waits_is_tried_again_and_parked_in_the_end(tell, mail_server, ends, fault, problem):
    server = mail_server(fault)
    tell(email=NOW)
    assert ends() == [("email", WAITING, problem)]
    for _try in range(outbox.MAX_ATTEMPTS):
        again()
    assert ends() == [("email", PARKED, problem)] and server.mails == []


@pytest.mark.parametrize("fault", ["drop", "mute"])
def test_a_mail_whose_server_fell_silent_after_taking_it_is_uncertain_at_once_and_not_sent_again(tell, mail_server, ends, fault):
    server = mail_server(fault)
    tell(email=NOW)
    assert ends() == [("email", UNCERTAIN, "SMTPServerDisconnected")]
    server.fault = ""
    for _try in range(3):
        again()
    assert len(server.mails) == 1 and ends() == [("email", UNCERTAIN, "SMTPServerDisconnected")]


def test_a_mail_that_meets_no_server_waits_and_goes_when_there_is_one(tell, mail_server, settings, ends):
    server = mail_server()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    tell(email=NOW)
    assert ends() == [("email", WAITING, "ConnectionRefusedError")]
    settings.EMAIL_PORT = port
    again()
    assert len(server.mails) == 1 and ends() == [("email", SENT, "ConnectionRefusedError")]


def test_an_uncertain_message_does_not_hold_up_the_others(tell, mail_server, chat, robot, ends):
    mail_server("mute"), robot("wecom")
    service = chat()
    tell(email=NOW, robot=True)
    assert [(channel, state) for channel, state, _problem in ends()] == [("email", UNCERTAIN), ("robot", SENT)]
    assert len(service.said) == 1


@pytest.mark.parametrize("service, path", [("wecom", "/cgi-bin/webhook/send"), ("dingtalk", "/robot/send")])
@pytest.mark.parametrize("fault", ["", "late"])
def test_a_robot_speaks_once_in_its_group_as_its_service_wants_it(tell, chat, robot, ends, service, path, fault):
    robot(service)
    server = chat(fault)
    tell(robot=True)
    again()
    assert server.said == [(path, {"msgtype": "text", "text": {"content": "Sales: Tea is ready in “Sales hall”."}})]
    assert server.asked == 1 and ends() == [("robot", SENT, "")]


@pytest.mark.parametrize("fault, problem", [("error", "robot: failed"), ("refuse", "robot: refused"), ("elsewhere", "robot: refused")])
def test_what_the_service_surely_did_not_take_is_tried_again_later_and_parked_in_the_end(tell, chat, robot, ends, fault, problem):
    robot("wecom")
    server = chat(fault)
    tell(robot=True)
    assert ends() == [("robot", WAITING, problem)]
    for _try in range(outbox.MAX_ATTEMPTS + 1):
        again()
    assert server.asked == outbox.MAX_ATTEMPTS and ends() == [("robot", PARKED, problem)]


@pytest.mark.parametrize("fault, problem", [("garbage", "robot: unreadable"), ("list", "robot: unreadable"), ("gateway", "robot: unreadable"),
                                            ("never", "robot: no answer"), ("drip", "robot: no answer")])
def test_an_answer_that_nobody_understands_or_that_never_comes_is_uncertain_and_not_asked_again(tell, chat, robot, ends, fault, problem):
    robot("dingtalk")
    server = chat(fault)
    tell(robot=True)
    server.fault = ""
    for _try in range(3):
        again()
    assert server.asked == 1 and ends() == [("robot", UNCERTAIN, problem)]


def test_a_wrong_secret_is_refused_and_the_right_one_entered_later_is_the_one_used(tell, chat, robot, ends):
    made = robot("dingtalk", secret="SECwrong")
    server = chat()
    tell(robot=True)
    assert ends() == [("robot", WAITING, "robot: refused")] and server.said == []
    type(made).objects.filter(pk=made.pk).update(secret="SECabc")
    again()
    assert len(server.said) == 1 and ends()[0][1] == SENT


def test_nobody_listening_or_a_robot_out_of_use_is_no_unknown_end(tell, chat, robot, settings, ends):
    made = robot("wecom")
    chat()
    right, settings.ROBOTS = settings.ROBOTS, {"wecom": "http://127.0.0.1:1/send", "dingtalk": "http://127.0.0.1:1/send"}
    tell(robot=True)
    assert ends() == [("robot", WAITING, "robot: no answer")]
    settings.ROBOTS = right
    type(made).objects.update(is_active=False)
    again()
    assert ends() == [("robot", WAITING, "robot: gone")]


def test_a_long_text_arrives_whole_as_far_as_the_service_takes_it(chat, robot, db):
    made = robot("wecom")
    server = chat()
    outbox.leave(key="long", channel="robot", address=str(made.pk), body="来访" * 2000, now=timezone.now() - timedelta(seconds=1))
    tasks.sweep()
    [(_path, message)] = server.said
    assert len(message["text"]["content"].encode()) <= 2048 and message["text"]["content"].endswith("…")
