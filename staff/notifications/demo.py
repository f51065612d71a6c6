"""Notifications of the demo: how some people want to be told, robots in the chat groups of a hall and a team, and what left the house."""
from datetime import time, timedelta

from simple_history.utils import bulk_create_with_history

from config.contributions.demo import register
from config.outbox.models import Message
from config.outbox.services import MAX_ATTEMPTS
from staff.notifications import delivery
from staff.notifications.kinds import NOW
from staff.notifications.models import Notification, NotificationChoice, NotificationSettings, Robot
from staff.notifications.words import in_language_of, sentence

CHINESE = "zh-hans"
MAILED, SAID = 8, 6  # messages of a person, of a robot
ENDS = [(Message.State.SENT, 1, "")] * 3 + [(Message.State.UNCERTAIN, 1, "SMTPServerDisconnected"), (Message.State.SENT, 2, "ConnectionRefusedError")]


def load(world):
    """Two robots, one of them out of use, and the settings of people who chose something. Rooms above tell the news of the demo."""
    hall, manager = world.halls["sales"], world.people.get("manager")
    rows = [Robot(service=Robot.Service.WECOM, name="销售大厅前台群", hall=hall, token="demo-0000-0000-0000-4c1d", is_active=False, created_at=world.now,
                  created_by=manager and manager.user),
            Robot(service=Robot.Service.DINGTALK, name="顾问一组", team=first_team(world, hall), token="demo-0000-0000-0000-9f3a", secret="SEC-demo",
                  is_active=False, created_at=world.now - timedelta(days=40), created_by=manager and manager.user)]
    bulk_create_with_history([row for row in rows if row.place], Robot, default_user=manager and manager.user, default_change_reason="set up")
    NotificationSettings.objects.bulk_create(
        NotificationSettings(user=person.user, email=f"{name}@example.com", digest_hour=8, quiet_from=time(21), quiet_until=time(7, 30))
        for name, person in mailed(world))
    NotificationChoice.objects.bulk_create(NotificationChoice(user=person.user, kind="host-called", email=NOW, robot=True) for _name, person in mailed(world))


def mailed(world):
    """Those who want mails, with their names of the demo."""
    return [(name, world.people[name]) for name in ("manager", "supervisor", "sales") if name in world.people and world.people[name].user]


def deliveries(world):
    """What left the house about the last things that people were told of: most arrived, one of them at the second try, one is uncertain."""
    rows = []
    for own in NotificationSettings.objects.select_related("user").order_by("pk"):
        for number, told in enumerate(Notification.objects.filter(user=own.user, read_at__isnull=False).order_by("-at", "-pk")[:MAILED]):
            with in_language_of(CHINESE, world.halls["sales"].timezone):
                rows.append(left(told.at, number, f"notification-{told.pk}", channel="email", address=own.email, subject=sentence(told)[:200],
                                 body=sentence(told), kind=delivery.NOTIFICATION, record_id=told.pk))
    for robot in Robot.objects.order_by("pk"):
        for number in range(SAID):
            rows.append(left(world.now - timedelta(hours=7 * number + 3), 0, f"demo-robot-{robot.pk}-{number}", channel="robot", address=str(robot.pk),
                             body="客户到访，请回应。", kind=delivery.ROBOT, record_id=robot.pk))
        rows[-SAID].state, rows[-SAID].attempts, rows[-SAID].last_problem, rows[-SAID].sent_at = Message.State.PARKED, MAX_ATTEMPTS, "robot: refused", None
    Message.objects.bulk_create(rows)


def left(at, number, key, **facts):
    """One message as it ended."""
    state, attempts, problem = ENDS[number % len(ENDS)]
    sent = at + timedelta(seconds=15 * attempts) if state == Message.State.SENT else None
    return Message(key=key, state=state, attempts=attempts, last_problem=problem, due_at=at, created_at=at, claimed_at=at, sent_at=sent, **facts)


def first_team(world, hall):
    """A team of the hall."""
    return next((team for _code, team in sorted(world.teams.items()) if team.hall_id == hall.pk), None)


register(key="notifications", order=12, load=load)
register(key="deliveries", order=91, load=deliveries)
