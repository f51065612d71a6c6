"""Telling people: once an event, only of what they may open, each in their language, and what leaves the house with it (GEN-07)."""
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections, transaction
from django.utils import timezone, translation

from config.accounts.actor import Actor
from config.outbox.models import Message
from staff.notifications import services
from staff.notifications.kinds import DAILY, NOW
from staff.notifications.models import Notification
from staff.notifications.services import News
from staff.notifications.words import Word, sentence
from staff.regulation.parameters import services as parameters

pytestmark = pytest.mark.django_db


def news(cast, *names, event="1", record=None, **values):
    """One event for these people."""
    return [News(cast.user(name), event, record, {"hall": cast.hall.name} | values) for name in names]


def test_of_one_event_a_person_is_told_once_however_often_it_is_told(cast, kind):
    kind()
    assert services.tell("tea", news(cast, "sales", "manager"), now=cast.now) == 2
    assert [services.tell("tea", news(cast, "sales", "manager", "agent"), now=cast.now) for _again in range(2)] == [1, 0]
    assert services.tell("tea", news(cast, "sales", event="2"), now=cast.now) == 1
    assert Notification.objects.filter(user=cast.users["sales"]).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_once(cast, kind, chosen, robot):
    kind(email=NOW, robot=True)
    chosen("sales", "tea", email=NOW, robot=True)
    robot("dingtalk")

    def work(_number):
        try:
            return services.tell("tea", news(cast, "sales"), now=cast.now)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(6) as workers:
        assert sum(workers.map(work, range(6))) == 1
    assert sorted(Message.objects.values_list("channel", flat=True)) == ["email", "robot"]


def test_nobody_is_told_of_a_record_that_they_may_not_open(cast, kind):
    kind()
    visit = cast.visit_for(adviser="sales", state="in_service")
    told = services.tell("tea", news(cast, "sales", "manager", "manager2", "trainee", "admin", record=("visit", visit.pk)), now=cast.now)
    assert told == 2
    assert set(Notification.objects.values_list("user__username", flat=True)) == {"sales", "manager"}


def test_a_closed_account_is_told_nothing_and_an_unknown_kind_is_a_fault_of_the_caller(cast, kind):
    kind()
    user = cast.user("sales")
    user.is_active = False
    assert services.tell("tea", [News(user, "1"), News(None, "1")], now=cast.now) == 0
    with pytest.raises(LookupError, match="coffee"):
        services.tell("coffee", news(cast, "sales"), now=cast.now)


def test_what_is_told_in_a_transaction_that_fails_was_never_told(cast, kind, chosen):
    kind(email=NOW)
    chosen("sales", "tea", email=NOW)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.tell("tea", news(cast, "sales"), now=cast.now)
        raise ZeroDivisionError
    assert not Notification.objects.exists() and not Message.objects.exists()


def test_each_reader_gets_the_sentence_in_their_language_and_zone(cast, kind):
    kind(sentence="%(who)s: %(hall)s %(at)s %(n)s")
    services.tell("tea", news(cast, "sales", who=Word("a visitor without a ticket"), at=cast.now - timedelta(days=400), n=3), now=cast.now)
    [notification] = Notification.objects.all()
    assert sentence(notification).startswith("a visitor without a ticket: Sales hall ") and sentence(notification).endswith(" 3")
    with translation.override("zh-hans"):
        assert "销售大厅" in sentence(notification) and "visitor" not in sentence(notification)
    with translation.override("zh-hant"):
        assert "銷售大廳" in sentence(notification)
    clock = sentence(notification).split()[-2]
    with timezone.override("UTC"):
        assert sentence(notification).split()[-2] != clock


@pytest.mark.parametrize("in_app, email, robot_too, mandatory, shown, left", [
    (True, "off", False, False, True, []), (False, "off", False, False, None, []), (False, "now", False, False, False, ["email"]),
    (False, "off", True, False, False, ["robot"]), (False, "off", False, True, True, []), (True, "daily", True, False, True, ["robot"])])
def test_a_kind_comes_the_ways_that_the_person_chose_and_what_is_mandatory_in_the_application(
        cast, kind, chosen, robot, in_app, email, robot_too, mandatory, shown, left):
    kind(mandatory=mandatory)
    robot("dingtalk")
    chosen("sales", "tea", in_app=in_app, email=email, robot=robot_too)
    services.tell("tea", news(cast, "sales"), now=cast.now)
    assert Notification.objects.values_list("in_app", flat=True).first() is shown
    assert list(Message.objects.values_list("channel", flat=True)) == left


def test_without_a_choice_it_comes_as_the_kind_says_and_never_by_mail_without_an_address(cast, kind, robot):
    kind(email=NOW, robot=True)
    robot("wecom")
    services.tell("tea", news(cast, "sales", "manager2"), now=cast.now)
    assert Notification.objects.filter(in_app=True).count() == 2
    [message] = Message.objects.all()
    assert (message.channel, message.body) == ("robot", "Sales: Tea is ready in “Sales hall”.")


def test_a_group_hears_of_an_event_once_with_the_names_of_all_it_is_for(cast, kind, robot):
    kind(robot=True)
    made = robot("wecom")
    services.tell("tea", news(cast, "sales", "agent"), now=cast.now)
    services.tell("tea", news(cast, "manager"), now=cast.now)
    assert [message.body for message in Message.objects.filter(record_id=made.pk)] == ["Sales, Agent: Tea is ready in “Sales hall”."]


@pytest.mark.parametrize("urgent, hour, minute", [(False, 7, 30), (True, 22, 15)])
def test_quiet_hours_hold_a_mail_back_by_the_persons_own_clock_unless_it_is_urgent(cast, kind, chosen, urgent, hour, minute):
    kind(urgent=urgent)
    cast.hall.timezone = "Asia/Urumqi"
    cast.hall.save()
    chosen("sales", "tea", email=NOW, quiet_from=time(21), quiet_until=time(7, 30))
    night = datetime(2026, 3, 2, 22, 15, tzinfo=ZoneInfo("Asia/Urumqi"))
    services.tell("tea", news(cast, "sales"), now=night)
    due = Message.objects.get().due_at.astimezone(night.tzinfo)
    assert (due.hour, due.minute) == (hour, minute) and due >= night


def told_daily(cast, kind, chosen, *events, at=None):
    """Events of a kind that the salesperson wants in the mail of the day, at eight."""
    kind()
    chosen("sales", "tea", email=DAILY, digest_hour=8)
    for event in events:
        services.tell("tea", news(cast, "sales", event=event), now=at or cast.now)


def at_clock(cast, hour):
    """Today at this hour of the hall."""
    return timezone.localtime(cast.now).replace(hour=hour, minute=0, second=0)


def test_the_mail_of_the_day_tells_what_is_unread_and_goes_once_a_day(cast, kind, chosen):
    told_daily(cast, kind, chosen, "1", "2", "3", at=at_clock(cast, 6))
    services.read(Actor(cast.users["sales"]), Notification.objects.filter(event="2"), now=cast.now)
    assert [services.send_digests(at_clock(cast, hour)) for hour in (7, 8, 9, 23)] == [0, 1, 0, 0]
    [message] = Message.objects.all()
    assert (message.subject, message.body.count("Tea is ready"), message.kind) == ("Your notifications: 2", 2, "notification_digest")
    assert services.send_digests(at_clock(cast, 9) + timedelta(days=1)) == 0
    services.tell("tea", news(cast, "sales", event="4"), now=at_clock(cast, 10))
    assert services.send_digests(at_clock(cast, 9) + timedelta(days=1)) == 1


def test_after_days_without_a_clock_there_is_one_mail_and_nothing_stale_in_it(cast, kind, chosen):
    told_daily(cast, kind, chosen, "1", at=at_clock(cast, 6) - timedelta(days=5))
    services.tell("tea", news(cast, "sales", event="2"), now=at_clock(cast, 6) - timedelta(days=1))
    assert [services.send_digests(at_clock(cast, 12)) for _twice in range(2)] == [1, 0]
    assert Message.objects.get().body.count("Tea is ready") == 1


def test_what_was_told_tells_no_customers_name_to_the_mail_or_the_group(cast, kind, chosen, robot):
    kind(robot=True)
    robot("wecom")
    chosen("sales", "tea", email=NOW, robot=True)
    visit = cast.visit_for(adviser="sales", customer=cast.customer_for(name="曾一凡"), state="in_service")
    services.tell("tea", news(cast, "sales", record=("visit", visit.pk)), now=cast.now)
    assert Message.objects.count() == 2
    assert not [message for message in Message.objects.all() if "曾" in message.subject + message.body]


@pytest.mark.parametrize("address, line", [("", ""), ("https://hall.example.com", "https://hall.example.com/staff/notifications/")])
def test_a_mail_leads_to_the_house_where_the_house_was_told_its_address(cast, kind, chosen, settings, address, line):
    settings.PUBLIC_ADDRESS = address
    kind()
    chosen("sales", "tea", email=NOW, language="zh-hans")
    services.tell("tea", news(cast, "sales"), now=cast.now)
    body = Message.objects.get().body
    assert ("http" in body) is bool(line) and line in body and "You drink tea." in body


def test_a_change_of_a_parameter_is_told_to_who_confirms_it_and_its_decision_to_who_asked(cast):
    change = parameters.ask(cast.actor("manager"), "greeting_target_seconds", asked={"greeting_target_seconds": 45}, hall=cast.hall,
                            valid_from=cast.today + timedelta(days=2), reason="Crowds", now=cast.now)
    told = Notification.objects.filter(kind="parameter-asked")
    assert set(told.values_list("user__username", "record_id")) == {("hr", change.pk), ("hr2", change.pk)}
    parameters.decline(cast.actor("hr"), change, answer="Too short", now=cast.now)
    row = Notification.objects.get(kind="parameter-decided")
    assert (row.user, row.record_id, row.values["how"]) == (cast.users["manager"], change.pk, "declined")


def test_who_confirms_parameters_is_not_told_of_the_own_wish(cast):
    parameters.ask(cast.actor("hr"), "greeting_target_seconds", asked={"greeting_target_seconds": 45}, hall=cast.hall,
                   valid_from=cast.today + timedelta(days=2), reason="Crowds", now=cast.now)
    assert set(Notification.objects.filter(kind="parameter-asked").values_list("user__username", flat=True)) == {"hr2"}
