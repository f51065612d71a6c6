"""The outbox of the demo: what left the house, and three messages that wait for a person's word, as no mail server is named."""
from datetime import timedelta

from config.contributions.demo import register
from config.outbox.models import Message
from config.outbox.services import MAX_ATTEMPTS

SENT = 6
TEXT = "您好，您预约的到访时间已登记。如需更改，请致电 0999-555 0101。"


def load(world):
    """Appointment mails of the last days: most went, one is uncertain, two are parked."""
    rows = [row(world, number, Message.State.SENT, attempts=1) for number in range(3, 3 + SENT)]
    rows.append(row(world, 2, Message.State.UNCERTAIN, attempts=1))
    rows += [row(world, number, Message.State.PARKED, attempts=MAX_ATTEMPTS, last_problem="ConnectionRefusedError") for number in (0, 1)]
    Message.objects.bulk_create(rows)


def row(world, number, state, **facts):
    """One message, so many half days old."""
    left = world.now - timedelta(hours=11 * number + 2)
    sent = left + timedelta(seconds=20) if state == Message.State.SENT else None
    return Message(key=f"demo-{number}", channel="email", address=f"visitor{number}@example.com", subject="到访预约", body=TEXT, state=state,
                   due_at=left, created_at=left, claimed_at=left, sent_at=sent, **facts)


register(key="outbox", order=90, load=load)
