"""The bell, one's notifications, how one is told, deliveries and robots, as people meet them (GEN-07)."""
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from config.accounts.actor import Actor
from config.errors import Refused
from config.jobs.events import job_ended
from config.jobs.models import Job
from config.outbox import tasks
from config.outbox.models import Message
from staff.notifications import robot_services, services
from staff.notifications.kinds import NOW, in_order
from staff.notifications.models import Notification, NotificationChoice, NotificationSettings, Robot
from staff.notifications.services import News

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast, kind):
    """Tells the salesperson of `count` events, of a visit where it is given."""
    def tell(count=1, record=None, first=1, name="sales"):
        if "tea" not in [one.key for one in services.KINDS.all()]:
            kind()
        services.tell("tea", [News(cast.user(name), str(number), record, {"hall": cast.hall.name}) for number in range(first, first + count)], now=cast.now)
    return tell


@pytest.mark.req("GEN-07")
def test_the_bell_of_every_page_counts_each_event_once_and_costs_no_statement(told, cost, as_role):
    url = reverse("help")
    before = cost(url, by="sales")
    told(3), told(3)
    page = as_role("sales").get(url).content.decode()
    assert "3 unread notifications" in page and cost(url, by="sales") == before
    assert "unread notification" not in as_role("agent").get(url).content.decode()
    told(120, first=10)
    assert "99+" in as_role("sales").get(url).content.decode() and cost(url, by="sales") == before


def test_the_bell_rides_on_the_side_column_that_refreshes_itself(told, cost, as_role):
    before = cost(reverse("side"), by="sales")
    told(3)
    answer = as_role("sales").get(reverse("side")).content.decode()
    assert 'data-also="bar-told"' in answer and "3 unread notifications" in answer and cost(reverse("side"), by="sales") == before


def test_a_press_on_a_notification_marks_it_as_read_and_leads_to_its_record(cast, told, as_role):
    visit = cast.visit_for(adviser="sales", customer=cast.customer_for(name="曾一凡"), state="in_service")
    told(record=("visit", visit.pk))
    client, notification = as_role("sales"), Notification.objects.get()
    page = client.get(reverse("notifications")).content.decode()
    assert "Tea is ready in “Sales hall”." in page and visit.number in page and "曾一凡" in page
    assert Notification.objects.get().read_at is None, "looking at the list changes nothing"
    answer = client.post(reverse("open_notification", args=[notification.pk]))
    assert answer.url == reverse("visit", args=[visit.pk]) and Notification.objects.get().read_at
    assert "unread notification" not in client.get(reverse("help")).content.decode()


def test_a_record_that_went_out_of_reach_keeps_its_sentence_and_loses_name_and_way(cast, told, as_role):
    visit = cast.visit_for(adviser="sales", customer=cast.customer_for(name="曾一凡"), state="in_service")
    told(record=("visit", visit.pk))
    type(visit).objects.filter(pk=visit.pk).update(adviser=cast.people["outsider"], hall=cast.other_hall)
    visit.legs.update(employee=cast.people["outsider"])
    client = as_role("sales")
    page = client.get(reverse("notifications")).content.decode()
    assert "Tea is ready" in page and "曾一凡" not in page and visit.number not in page
    assert client.post(reverse("open_notification", args=[Notification.objects.get().pk])).url == reverse("notifications")


def test_nobody_opens_anothers_notification_and_all_are_read_at_one_press(cast, told, as_role):
    told(2), told(1, name="agent")
    assert as_role("agent").post(reverse("open_notification", args=[Notification.objects.filter(user=cast.users["sales"]).first().pk])).status_code == 404
    as_role("sales").post(reverse("read_notifications"))
    assert set(Notification.objects.filter(read_at=None).values_list("user__username", flat=True)) == {"agent"}


def test_the_list_narrows_to_what_is_unread_and_takes_as_many_statements_for_many_as_for_one(cast, told, as_role, cost):
    visit = cast.visit_for(adviser="sales", state="in_service")
    told(1, record=("visit", visit.pk))
    cost(reverse("notifications"), by="sales")
    one = cost(reverse("notifications"), by="sales")
    told(20, record=("visit", visit.pk), first=2)
    assert cost(reverse("notifications"), by="sales") == one
    services.read(Actor(cast.users["sales"]), Notification.objects.exclude(event="7"), now=cast.now)
    assert [row.event for row in as_role("sales").get(reverse("notifications"), {"unread": "on"}).context["page"].rows] == ["7"]


def choices(**more):
    """The form as it stands, with these answers."""
    given = {"email": "", "digest_hour": "8", "quiet_from": "", "quiet_until": "", "one_off_key": str(uuid.uuid4())}
    for kind in in_order():
        given |= {f"app_{kind.key}": "on", f"email_{kind.key}": "off"}
    return {key: value for key, value in (given | more).items() if value is not None}


def test_a_person_chooses_for_each_kind_how_it_comes_and_what_is_mandatory_stays(cast, kind, as_role):
    kind(), kind("alarm", label="Alarm", mandatory=True)
    client, url = as_role("sales"), reverse("notification_choices")
    sent = choices(email="li@example.com", email_tea="now", app_tea=None, app_alarm=None, quiet_from="21:00", quiet_until="07:30")
    assert client.post(url, sent).status_code == 302
    made = {row.kind: (row.in_app, row.email) for row in NotificationChoice.objects.filter(user=cast.users["sales"])}
    assert made["tea"] == (False, "now") and made["alarm"] == (True, "off")
    own = NotificationSettings.objects.get(user=cast.users["sales"])
    assert (own.email, own.quiet_from.hour, own.quiet_until.minute) == ("li@example.com", 21, 30)
    shown = client.get(url).content.decode()
    assert "li@example.com" in shown and "The rules ask for it" in shown


@pytest.mark.parametrize("given, sentence", [
    ({"quiet_from": "21:00"}, "Quiet hours have a beginning and an end."), ({"email": "li@"}, "Enter the whole address"),
    ({"email_tea": "now"}, "Enter the address to which “Tea” shall come"), ({"quiet_from": "25:00", "quiet_until": "07:00"}, "Enter a time such as 21:00.")])
def test_choices_that_cannot_be_kept_are_told_in_a_sentence(kind, as_role, given, sentence):
    kind()
    answer = as_role("sales").post(reverse("notification_choices"), choices(**given))
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not NotificationChoice.objects.exists()


def test_deliveries_tell_what_became_of_each_message_and_show_neither_address_nor_text(cast, told, chosen, kind, as_role, robot):
    kind(), robot("wecom")
    chosen("sales", "tea", email=NOW, robot=True)
    told()
    Message.objects.filter(channel="email").update(state="uncertain", last_problem="SMTPServerDisconnected")
    page = as_role("sales").get(reverse("deliveries")).content.decode()
    assert "uncertain" in page and "The line to the mail server broke off." in page and "Tea is ready" in page and "wang@example.org" not in page
    assert "wecom group" not in page, "the robot is the manager's"
    assert "wecom group" in as_role("manager").get(reverse("deliveries")).content.decode()
    for stranger in ("agent", "manager2"):
        assert "uncertain</span>" not in as_role(stranger).get(reverse("deliveries")).content.decode()


def form(cast, **more):
    """What is sent to set up a robot of the hall."""
    return {"service": "wecom", "name": "前台群", "hall": cast.hall.pk, "team": "", "language": "zh-hans", "is_active": "on", "secret": "",
            "token": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc-12345678", "one_off_key": str(uuid.uuid4()), **more}


def test_the_manager_sets_up_a_robot_whose_key_is_never_shown_again(cast, as_role):
    client = as_role("manager")
    answer = client.post(reverse("new_robot"), form(cast))
    made = Robot.objects.get()
    assert answer.url == reverse("robot", args=[made.pk]) and made.token == "abc-12345678"
    pages = [client.get(reverse(name, args=args)).content.decode() for name, args in
             (("robot", [made.pk]), ("change_robot", [made.pk]), ("robots", []))]
    assert not [page for page in pages if "abc-12345678" in page] and all("••••5678" in page for page in pages)
    assert not hasattr(made.history.get(), "token") and not hasattr(made.history.get(), "secret")
    refused = client.post(reverse("new_robot"), form(cast, token="nonsense key", one_off_key=str(uuid.uuid4())))
    assert refused.status_code == 422 and "nonsense key" not in refused.content.decode()


def test_a_change_keeps_the_key_that_is_there_and_a_second_window_is_told(cast, as_role, robot):
    made = robot("dingtalk")
    client, url = as_role("manager"), reverse("change_robot", args=[made.pk])
    sent = form(cast, service="dingtalk", hall="", team=made.team_id, token="", name="顾问群", version=made.version)
    assert client.post(url, sent).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.token, made.secret) == ("顾问群", "team-key", "SECabc")
    assert client.post(url, sent | {"one_off_key": str(uuid.uuid4())}).status_code == 422


@pytest.mark.parametrize("more, sentence", [({"team": None}, "Choose one of the two"), ({"hall": ""}, "Choose one of the two"),
                                            ({"token": "https://evil.example/?x=1"}, "no address of such a robot"),
                                            ({"hall": "other"}, "Choose one of the halls whose robots you keep.")])
def test_a_robot_belongs_to_one_hall_or_team_in_reach_and_has_a_key(cast, as_role, more, sentence):
    more = {key: cast.teams["sales-one"].pk if value is None else cast.other_hall.pk if value == "other" else value for key, value in more.items()}
    answer = as_role("manager").post(reverse("new_robot"), form(cast, **more))
    assert answer.status_code == 422 and sentence in answer.content.decode() and not Robot.objects.exists()


def test_the_same_robot_is_not_set_up_twice(cast, robot):
    robot("wecom")
    with pytest.raises(Refused, match="set up already"):
        robot_services.save_robot(Actor(cast.users["manager"]), None, token="desk-key", secret="", service="wecom", name="x", hall=cast.hall, team=None,
                                  language="en", is_active=True, now=cast.now)


def test_the_button_lets_the_robot_speak_and_its_page_tells_how_it_ended(cast, as_role, robot, chat, monkeypatch):
    made, server, client = robot("dingtalk"), chat(), as_role("manager")
    monkeypatch.setattr("staff.notifications.views.ring", lambda *_args: True)
    client.post(reverse("try_robot", args=[made.pk]))
    Message.objects.update(due_at=cast.now - timedelta(seconds=1))
    tasks.sweep()
    [(_path, message)] = server.said
    assert message["text"]["content"] == "Hallkeeper: Manager tries this robot for “First team”."
    assert "sent" in client.get(reverse("robot", args=[made.pk])).content.decode()
    Robot.objects.update(is_active=False)
    client.post(reverse("try_robot", args=[made.pk]))
    assert Message.objects.count() == 1


def test_only_managers_and_administrators_keep_robots(cast, as_role, robot):
    made = robot("wecom")
    for role in ("sales", "supervisor", "reception", "hr"):
        assert as_role(role).get(reverse("robots")).status_code == 403
    assert as_role("department").get(reverse("robot", args=[made.pk])).status_code == 200
    assert as_role("department").post(reverse("try_robot", args=[made.pk])).status_code == 403
    assert as_role("manager2").get(reverse("robot", args=[made.pk])).status_code == 404
    assert as_role("admin").get(reverse("change_robot", args=[made.pk])).status_code == 200


@pytest.mark.parametrize("state, seconds, count", [("done", 5, 0), ("done", 60, 1), ("failed", 5, 1), ("cancelled", 5, 0)])
def test_long_work_ends_in_a_notification_that_leads_to_it(cast, as_role, state, seconds, count):
    job = cast.job_for("manager", created_at=cast.now - timedelta(seconds=seconds), state=state)
    job_ended.send(sender=Job, job_id=job.pk, now=cast.now)
    assert Notification.objects.filter(user=cast.users["manager"]).count() == count
    if count:
        client = as_role("manager")
        assert f"The long work you started has ended: {state}." in client.get(reverse("notifications")).content.decode()
        assert client.post(reverse("open_notification", args=[Notification.objects.get().pk])).url == reverse("job", args=[job.pk])
