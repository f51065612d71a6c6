"""One-off keys: the same form sent twice, twenty times or after Back makes one record."""
import uuid
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from config.numbers.services import drawn_again
from config.web.models import OneOff

KEPT_FOR = timedelta(days=7)


def new_key():
    """A fresh key for an empty form."""
    return str(uuid.uuid4())


def readable(text):
    """The key as a UUID, or None when it was tampered with."""
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None


@drawn_again
@transaction.atomic
def once(key, user, act):
    """Run `act()` unless `key` was used; returns the address it led to and whether this call did it.

    The insert waits for a twin that is still running, so of twenty identical posts one acts and nineteen are led
    to its result. When `act` raises, the key is free again with the rest of the transaction. It runs anew where a public code it
    drew is taken, so it may not use up what it was given. The draft of the form goes with it.
    """
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO config_oneoff (key, user_id, address, at) VALUES (%s, %s, '', %s) ON CONFLICT DO NOTHING",
                       [key, user.pk if user and user.is_authenticated else None, timezone.now()])
        fresh = cursor.rowcount == 1
    if not fresh:
        return OneOff.objects.get(pk=key).address, False
    address = act()
    with connection.cursor() as cursor:
        cursor.execute("WITH sent AS (DELETE FROM config_draft WHERE key = %s) UPDATE config_oneoff SET address = %s WHERE key = %s",
                       [key, address, key])
    return address, True


def sweep(*, now):
    """Forget keys of forms that nobody sends any more."""
    OneOff.objects.filter(at__lt=now - KEPT_FOR).delete()
