"""Writing the access log: ids and field names, never a personal value (GEN-09)."""
import hashlib
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from config import together
from config.accounts.models import AccessEvent

BATCH = 1000  # rows written at once


def address_key(address):
    """A network address as a keyed digest, so that the log can count by it without holding it."""
    return hashlib.blake2b(f"{address}".encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=12).hexdigest()


def note(request, act, *, kind="", record_id=None, fields=(), hall_id=None, outcome=""):
    """Leave one row about what the person of `request` did, now."""
    request.noted = act
    row = AccessEvent(**who_when(request), act=act, kind=kind, record_id=record_id, fields=list(fields), hall_id=hall_id, outcome=outcome)
    together.insert([row])  # every page of a record does this, and what the ORM adds to it takes longer than the statement
    return row


def note_many(request, act, *, kind, record_ids, fields=()):
    """Leave one row for each of these records, of which what the person did, now, took a part: all or none, and never all in memory."""
    facts = who_when(request) | {"act": act, "kind": kind, "fields": list(fields)}
    rows = (AccessEvent(**facts, record_id=pk) for pk in record_ids)
    with transaction.atomic():
        while batch := list(islice(rows, BATCH)):
            AccessEvent.objects.bulk_create(batch)


def who_when(request):
    """What every row says of its request: when, who, for whom, from where."""
    user = request.user if request.user.is_authenticated else None
    return {"at": timezone.now(), "user_id": user and user.pk, "for_user_id": getattr(request, "acting_for", None),
            "reference": getattr(request, "reference", ""), "address_key": address_key(request.META.get("REMOTE_ADDR", ""))}
