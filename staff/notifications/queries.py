"""What the pages of notifications show: one's own, what left the house about them, and the robots in reach."""
from django.db.models import Q
from django.urls import reverse

from config.accounts.access import reach
from config.contributions import records
from config.outbox.models import Message
from staff.notifications.delivery import DIGEST, NOTIFICATION, ROBOT
from staff.notifications.kinds import KINDS
from staff.notifications.models import Notification, Robot
from staff.notifications.permissions import Can
from staff.notifications.words import sentence
from staff.organisation.models import Hall, Team


def of_person(user):
    """The notifications of a person that are shown in the application."""
    return Notification.objects.visible_to(user).filter(in_app=True)


def told(notifications, user):
    """These notifications with their words, and the title and address of their record where the person may (still) open it; a statement a
    kind of record. What was undone or is out of reach by now keeps its sentence."""
    found = records.resolve([(one.record_kind, one.record_id) for one in notifications if one.record_kind], user)
    for one in notifications:
        one.said, one.meaning = sentence(one), KINDS.get(one.kind)
        one.resolved = found.get((one.record_kind, one.record_id))
    return notifications


def address_of(notification, user):
    """Where a notification leads: its record, or the list where there is none to open."""
    [notification] = told([notification], user)
    return notification.resolved.address if notification.resolved and notification.resolved.address else reverse("notifications")


def deliveries(user):
    """What left the house or waits to about this person's notifications, and by the robots in their reach."""
    own = Q(kind=NOTIFICATION, record_id__in=Notification.objects.visible_to(user).values("pk")) | Q(kind=DIGEST, record_id=user.pk)
    robots = Q(kind=ROBOT, record_id__in=Robot.objects.visible_to(user).values("pk")) if reach(user, Can.ROBOTS) else Q()
    return Message.objects.filter(own | robots if robots else own).defer("address", "subject", "body")


def of_robot(robot):
    """The newest messages of a robot."""
    return Message.objects.filter(kind=ROBOT, record_id=robot.pk).defer("address", "subject", "body").order_by("-created_at", "-pk")


def about(messages, user):
    """These messages with `what` they are about in words: the notification, the mail of the day, the group."""
    ids = {kind: {one.record_id for one in messages if one.kind == kind} for kind in (NOTIFICATION, ROBOT)}
    notifications = {one.pk: sentence(one) for one in Notification.objects.visible_to(user).filter(pk__in=ids[NOTIFICATION])} if ids[NOTIFICATION] else {}
    robots = {one.pk: one for one in Robot.objects.visible_to(user).filter(pk__in=ids[ROBOT])} if ids[ROBOT] else {}
    for one in messages:
        one.notification = notifications.get(one.record_id) if one.kind == NOTIFICATION else None
        one.robot = robots.get(one.record_id) if one.kind == ROBOT else None
    return messages


def halls_with_robots(user):
    """The halls in whose groups this person may set up a robot."""
    far = reach(user, Can.ROBOTS_EDIT)
    return Hall.objects.order_by("pk") if far.everything else Hall.objects.filter(pk__in=far.halls).order_by("pk")


def teams_with_robots(user):
    """The same of teams."""
    far = reach(user, Can.ROBOTS_EDIT)
    return Team.objects.order_by("pk") if far.everything else Team.objects.filter(Q(hall__in=far.halls) | Q(pk__in=far.teams)).order_by("pk")
