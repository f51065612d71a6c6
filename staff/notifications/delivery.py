"""How a notification leaves the house: as outbox messages in the transaction that tells it, each with a key of its own."""
from collections import defaultdict
from hashlib import blake2b
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config.outbox import services as outbox
from staff.notifications.kinds import DAILY, NOW
from staff.notifications.rules import leaves_at
from staff.notifications.words import in_language_of, sentence

NOTIFICATION, DIGEST, ROBOT = "notification", "notification_digest", "robot"  # what a message of the outbox is about


def link():
    """The address of one's notifications as a line of its own; nothing where the house was not told its public address."""
    return f"\n{settings.PUBLIC_ADDRESS}{reverse('notifications')}" if settings.PUBLIC_ADDRESS else ""


def by_mail(notification, kind, way, *, now):
    """Leave the mail about one notification, to go when the person's quiet hours are over, or at once where it is urgent."""
    local = timezone.localtime(now, ZoneInfo(way.zone))
    due = local if kind.urgent else leaves_at(local, way.quiet_from, way.quiet_until)
    with in_language_of(way.language, way.zone):
        said = sentence(notification)
        text = f"{said}\n\n{kind.why}"
        outbox.leave(key=f"notification-{notification.pk}", channel="email", address=way.email, subject=said[:200],
                     body=f"{text}\n{link()}".rstrip() + "\n", kind=NOTIFICATION, record_id=notification.pk, now=now, due=due)


def by_robots(notifications, ways, names, *, now):
    """Leave what is said in the groups of these people: one message a group and event, that names for whom it is."""
    told = defaultdict(list)
    for notification, kind in notifications:
        way = ways[notification.user_id]
        if way.choice(kind).robot:
            for robot in way.groups:
                told[robot, notification.kind, notification.event].append(notification)
    for (robot, kind, event), rows in told.items():
        with in_language_of(robot.language, ways[rows[0].user_id].zone):
            people = _(", ").join(names[row.user_id] for row in rows)
            text = _("%(people)s: %(what)s") % {"people": people, "what": sentence(rows[0])}
        outbox.leave(key=robot_key(robot, kind, event), channel="robot", address=str(robot.pk), body=f"{text}{link()}", kind=ROBOT, record_id=robot.pk, now=now)


def robot_key(robot, kind, event):
    """The key of what a robot says of an event, short enough for the outbox."""
    return f"robot-{robot.pk}-{blake2b(f'{kind}:{event}'.encode(), digest_size=12).hexdigest()}"


def wants_mail(way, kind, when):
    """Whether this person gets this kind by mail at this time: NOW or DAILY."""
    return bool(way.email) and way.choice(kind).email == when


def digest(notifications, way, *, key, user_id, now):
    """Leave the mail of the day with these notifications, oldest first."""
    with in_language_of(way.language, way.zone):
        lines = "\n".join(f"- {timezone.localtime(notification.at, ZoneInfo(way.zone)):%H:%M} {sentence(notification)}" for notification in notifications)
        outbox.leave(key=key, channel="email", address=way.email, subject=_("Your notifications: %(n)s") % {"n": len(notifications)},
                     body=f"{lines}\n{link()}".rstrip() + "\n", kind=DIGEST, record_id=user_id, now=now)


__all__ = ["DAILY", "DIGEST", "NOTIFICATION", "NOW", "ROBOT", "by_mail", "by_robots", "digest", "robot_key", "wants_mail"]
