"""Leaving, claiming and settling messages; the queue is only a doorbell (RELIABILITY section 3)."""
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from config.outbox.models import Message

MAX_ATTEMPTS = 5
UNKNOWN_AFTER = timedelta(minutes=5)
SETTLED_BY = "settled by "  # and the id of the account, where a problem stood


def leave(*, key, channel, address, body, now, due=None, subject="", kind="", record_id=None):
    """Leave one message in the running transaction, to go now or when it is `due`. A second call with the same `key` changes nothing; returns
    whether it was new."""
    facts = {"channel": channel, "address": address, "subject": " ".join(subject.split()), "body": body, "kind": kind,
             "record_id": record_id, "due_at": due or now, "created_at": now}
    return Message.objects.get_or_create(key=key, defaults=facts)[1]


def waiting(*, now, limit=100):
    """Ids of the messages that are due, oldest first."""
    return list(Message.objects.filter(state=Message.State.WAITING, due_at__lte=now).order_by("due_at").values_list("pk", flat=True)[:limit])


def claim(message_id, *, now):
    """waiting -> sending by one conditional update; None when sent or held by another worker."""
    with transaction.atomic():
        taken = Message.objects.filter(pk=message_id, state=Message.State.WAITING, due_at__lte=now).update(
            state=Message.State.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    return Message.objects.get(pk=message_id) if taken else None


def mark_sent(message, *, now):
    """sending -> sent."""
    Message.objects.filter(pk=message.pk, state=Message.State.SENDING).update(state=Message.State.SENT, sent_at=now)


def postpone(message, problem, *, now):
    """Surely not sent: waiting again, later each time, parked after five tries and then shown to the administrator."""
    parked = message.attempts >= MAX_ATTEMPTS
    Message.objects.filter(pk=message.pk, state=Message.State.SENDING).update(
        state=Message.State.PARKED if parked else Message.State.WAITING, last_problem=str(problem)[:200],
        due_at=now + timedelta(minutes=2 ** message.attempts))


def unknown(message, problem):
    """sending -> uncertain at once: the sender itself says that it does not know."""
    Message.objects.filter(pk=message.pk, state=Message.State.SENDING).update(state=Message.State.UNCERTAIN, last_problem=str(problem)[:200])


def doubt(*, now):
    """Messages whose sender never reported become uncertain; a person settles them, nothing sends them again in silence."""
    return Message.objects.filter(state=Message.State.SENDING, claimed_at__lt=now - UNKNOWN_AFTER).update(state=Message.State.UNCERTAIN)


def settle(actor, message, *, went, now):
    """A person says of an uncertain or parked message whether it went (sent) or shall go again (waiting)."""
    target = Message.State.SENT if went else Message.State.WAITING
    return Message.objects.filter(pk=message.pk, state__in=[Message.State.UNCERTAIN, Message.State.PARKED]).update(
        state=target, due_at=now, attempts=0, last_problem=f"{SETTLED_BY}{actor.user.pk}" if actor.user else "")
