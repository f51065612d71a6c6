"""Verbs on notifications: telling people of an event once, reading, choosing how one is told, the mail of the day (GEN-07)."""
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone

from config import together
from config.contributions import records
from staff.notifications import delivery
from staff.notifications.kinds import KINDS
from staff.notifications.models import Notification, NotificationChoice, NotificationSettings
from staff.notifications.people import Way, ways_of
from staff.notifications.rules import digest_is_due
from staff.notifications.words import kept

OLDEST = timedelta(days=3)  # what waits longer for a mail of the day is no news any more


@dataclass(frozen=True)
class News:
    """One event for one person (an account): `event` names it within its kind, `record` is (kind, id) of what it is about or None."""

    user: object
    event: str
    record: tuple | None = None
    values: dict = field(default_factory=dict)


@transaction.atomic
def tell(key, news, *, now):
    """Tell people of events of the kind `key`; returns how many were told. Who was told of an event already is not told again, and nobody is
    told of a record that they may not open, or whose account is closed. Mails and robots leave with the transaction."""
    kind = KINDS.get(key)
    if kind is None:
        raise LookupError(f"No room registered the kind of notification {key}.")
    news = openable([one for one in news if one.user is not None and one.user.is_active])
    if not news:
        return 0
    ways = ways_of([one.user for one in news], now)
    rows = [notification for one in news if (notification := made(kind, one, ways[one.user.pk], now))]
    new = [(notification, kind) for notification in written(rows)]
    for notification, _kind in new:
        way = ways[notification.user_id]
        if delivery.wants_mail(way, kind, delivery.NOW):
            delivery.by_mail(notification, kind, way, now=now)
    delivery.by_robots(new, ways, {one.user.pk: str(one.user) for one in news}, now=now)
    return len(new)


def openable(news):
    """Those whose person may open the record, a statement a person and kind of record."""
    asked = defaultdict(set)
    for one in news:
        if one.record:
            asked[one.user.pk, one.record[0]].add(one.record[1])
    users = {one.user.pk: one.user for one in news}
    may_open = {(pk, name): set(records.KINDS.get(name).visible_to(users[pk]).filter(pk__in=ids).values_list("pk", flat=True))
                for (pk, name), ids in asked.items()}
    return [one for one in news if one.record is None or one.record[1] in may_open[one.user.pk, one.record[0]]]


def made(kind, one, way, now):
    """The notification, not yet written; None for who wants it by no way."""
    choice = way.choice(kind)
    in_app, daily = kind.mandatory or choice.in_app, delivery.wants_mail(way, kind, delivery.DAILY)
    if not (in_app or daily or delivery.wants_mail(way, kind, delivery.NOW) or choice.robot and way.groups):
        return None
    record_kind, record_id = one.record or ("", None)
    return Notification(user_id=one.user.pk, kind=kind.key, event=one.event[:80], record_kind=record_kind, record_id=record_id, values=kept(one.values),
                  at=now, in_app=in_app, digest=daily)


def written(rows):
    """Write those that are not there yet, however many tell them at once; gives back the new ones."""
    if not rows:
        return []
    sql, values = together.inserted(rows, "ON CONFLICT DO NOTHING ")
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        new = [pk for (pk,) in cursor.fetchall()]
    return list(Notification.objects.filter(pk__in=new).order_by("pk"))


@transaction.atomic
def read(actor, notifications, *, now):
    """The person saw these of their notifications; returns how many were new to them."""
    return notifications.visible_to(actor.user).unread().update(read_at=now)


@transaction.atomic
def read_about(actor, record_kind, record_id, *, now):
    """The person acts on a record: what told them of it needs no reading any more."""
    return Notification.objects.visible_to(actor.user).unread().filter(record_kind=record_kind, record_id=record_id).update(read_at=now)


@transaction.atomic
def choose(actor, choices, *, email, digest_hour, quiet_from, quiet_until, now):
    """How this person is told from now on: `choices` is {kind key: (in the application, e-mail, robot)}. What is mandatory stays in the
    application whatever was chosen."""
    NotificationSettings.objects.update_or_create(user=actor.user, defaults={
        "email": email, "digest_hour": digest_hour, "quiet_from": quiet_from, "quiet_until": quiet_until})
    for key, (in_app, mail, robot) in choices.items():
        kind = KINDS.get(key)
        NotificationChoice.objects.update_or_create(user=actor.user, kind=key, defaults={"in_app": in_app or kind.mandatory, "email": mail, "robot": robot})


def send_digests(now):
    """Leave the mail of the day of everybody whose hour has come; returns how many. The same twice, and two clocks share the work."""
    waiting = Notification.objects.filter(digest=True, digested_at=None).values("user")
    people = NotificationSettings.objects.filter(user__in=waiting).select_related("user").order_by("pk")
    ways = ways_of([one.user for one in people], now)
    return sum(send_digest(one.pk, ways[one.user_id], now) for one in people)


@transaction.atomic
def send_digest(settings_id, way: Way, now):
    """The mail of the day of one person, if it is due; what they read meanwhile is left out, and so is what is old. Returns 1 where one left."""
    own = NotificationSettings.objects.select_for_update(skip_locked=True).filter(pk=settings_id).first()
    local = timezone.localtime(now, ZoneInfo(way.zone))
    if own is None or not digest_is_due(local, own.digest_hour, own.digested_on):
        return 0
    rows = Notification.objects.filter(user=own.user_id, digest=True, digested_at=None)
    news = list(rows.filter(read_at=None, at__gt=now - OLDEST).order_by("at", "pk"))
    rows.update(digested_at=now)
    own.digested_on = local.date()
    own.save(update_fields=["digested_on"])
    if not news or not own.email:
        return 0
    delivery.digest(news, way, key=f"digest-{own.user_id}-{local.date().isoformat()}", user_id=own.user_id, now=now)
    return 1
