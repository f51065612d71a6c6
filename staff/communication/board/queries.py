"""The board for screens: entries with the viewer's read mark, their readers, the record behind one (GEN-20)."""
from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, Subquery

from config.contributions import records
from config.contributions.records import KINDS
from staff.communication.board import states
from staff.communication.board.models import BoardEntry, BoardMark, BoardTopic
from staff.organisation.queries import employee_of

SHOWN = 5  # entries on My day
MOST = 200  # readers that a page names
REMEMBERED = 24 * 60 * 60  # seconds for which My day remembers that somebody follows nothing; following tells it at once


def for_list(user):
    """The entries in reach with how many have read each (`readers`) whether the viewer has (`is_read`), and whether it
    is their own (`is_mine`)."""
    me = employee_of(user)
    marks = BoardMark.objects.filter(entry=OuterRef("pk"))
    return BoardEntry.objects.visible_to(user).select_related("author", "department", "hall").annotate(
        is_mine=Q(author=me), is_read=Exists(marks.filter(employee=me)), readers=Subquery(marks.order_by().values("entry").annotate(n=Count("pk")).values("n")))


def unread(user):
    """What is posted and neither read by the viewer nor written by them."""
    me = employee_of(user)
    return BoardEntry.objects.visible_to(user).filter(state=states.POSTED).exclude(author=me).exclude(
        pk__in=BoardMark.objects.filter(employee=me).values("entry_id"))


def topics_key(employee_id):
    """Where the cache remembers whether this person follows a topic."""
    return f"board-topics:{employee_id}"


def follows_any(employee):
    """Whether this person follows a topic, so that My day asks for no news of those who do not."""
    key = topics_key(employee.pk)
    known = cache.get(key)
    if known is None:
        known = BoardTopic.objects.filter(employee=employee).exists()
        cache.set(key, known, REMEMBERED)
    return known


def followed(user):
    """The unread entries of the topics that this person follows, posted since they do, the newest first; one statement."""
    me = employee_of(user)
    if me is None or not follows_any(me):
        return []
    follows = BoardTopic.objects.filter(employee=me, topic=OuterRef("topic"), since__lte=OuterRef("posted_at"))
    return list(unread(user).filter(Exists(follows)).order_by("-posted_at")[:SHOWN])


def topics_of(user):
    """The topics that this person follows."""
    return list(BoardTopic.objects.filter(employee=employee_of(user)).values_list("topic", flat=True))


def record_of(entry, user):
    """The record behind an entry as this viewer may see it: a Resolved; None where there is none or it is not for them."""
    return records.resolve([(entry.kind, entry.record_id)], user).get((entry.kind, entry.record_id)) if entry.kind else None


def find_record(number, user):
    """(kind, record) of a record that this person may see by its number, such as VS-2026-000123; None where there is none for them."""
    text = number.strip().upper()
    kind = next((one for one in KINDS.all() if one.number and one.number == text.partition("-")[0]), None)
    record = kind.visible_to(user).filter(number=text).first() if kind else None
    return (kind, record) if record is not None else None


def readers_of(entry):
    """Who has read it, the last first."""
    return list(BoardMark.objects.filter(entry=entry).select_related("employee").order_by("-read_at", "-pk")[:MOST])
