"""Decisions for screens."""
from config.web.history import for_whom
from staff.duties.decisions.models import Decision

NAMES = ("hall", "asked_by", "decided_by", "on_behalf_of")
SHOWN = 8  # lines of the box on My day


def for_list(user):
    """The decisions in reach with the names that a row shows."""
    return Decision.objects.visible_to(user).select_related(*NAMES)


def waiting(user):
    """The oldest of what waits for this person."""
    return list(Decision.objects.waiting_for(user).select_related("asked_by", "hall").order_by("asked_at", "pk")[:SHOWN])


def decided_of(kind, record_id):
    """The newest decision about a record that was made, or None; for pages of who may see the record."""
    return Decision.objects.filter(kind=kind, record_id=record_id, decided_by__isnull=False).select_related(*NAMES).order_by("-decided_at").first()


def deciders(kind, record_id):
    """Who decided about a record, both names where a deputy did; '' while nobody has."""
    made = decided_of(kind, record_id)
    return for_whom(made.decided_by, made.on_behalf_of) if made else ""


def may_decide(user, kind, record_id):
    """Whether something waits about a record that this person may decide."""
    return Decision.objects.waiting_for(user).filter(kind=kind, record_id=record_id).exists()
