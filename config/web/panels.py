"""What the house itself brings to My day of whoever looks after it: messages that wait for a word, locked log-ins."""
from django.utils import timezone

from config.accounts import throttle
from config.accounts.access import may
from config.accounts.models import User, accounts_within
from config.contributions.panels import register
from config.outbox.models import Message

CAPABILITY = "accounts.edit"


def locked(user):
    """How many user names rest after wrong tries, among the accounts this person looks after."""
    names = User.objects.filter(pk__in=accounts_within(user, CAPABILITY)).values_list("username", flat=True)
    return len(throttle.locked_among(list(names), now=timezone.now()))


def my_day(_record, user):
    """Both counts for who keeps accounts; None when nothing waits."""
    if not may(user, CAPABILITY):
        return None
    waiting = Message.objects.filter(state__in=[Message.State.UNCERTAIN, Message.State.PARKED])
    found = {"messages": waiting.count(), "names": locked(user)}
    return found if any(found.values()) else None


register(key="house-my-day", place="my_day", template="house/_my_day.html", context=my_day, order=45)
