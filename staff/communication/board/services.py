"""Verbs on the board: posting, changing, reading, following a topic, taking down (GEN-20)."""
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config import together
from config.accounts import trace
from config.errors import Refused
from config.privacy import classes
from config.web.versions import claim_version
from staff.communication.board import queries, rules, states
from staff.communication.board.models import BoardEntry, BoardMark, BoardTopic, Topic
from staff.organisation.queries import posting_on

KIND = "board_entry"


def _locked(entry, verb):
    """The entry, locked, if it may go that way now."""
    entry = BoardEntry.objects.select_for_update().get(pk=entry.pk)
    entry.state = states.TABLE[verb].apply(entry.state, _("This entry was taken down. There is nothing more to do with it."))
    return entry


@transaction.atomic
def post(actor, entry=None, *, topic, title, text, now, about=None, version=None):
    """Post an entry, or change one of one's own (`entry`). `about` is (kind, record) that it points at. Refused: contact data or the name
    behind that record in the text, since everybody reads the board and the record shows it to whoever may see it."""
    if entry is not None:
        entry = _locked(entry, "change")
        claim_version(entry, version)
    _nothing_personal(actor, about, title=title, text=text)
    me = actor.user.employee
    if entry is None:
        posting = posting_on(me, timezone.localtime(now).date())
        entry = BoardEntry(author=me, posted_at=now, department=posting and posting.department, hall=posting and posting.hall)
    entry.topic, entry.title, entry.text = topic, title, text
    entry.kind, entry.record_id = (about[0].key, about[1].pk) if about else ("", None)
    return trace.save(actor, entry, act="changed" if entry.pk else "put on the board")


def _nothing_personal(actor, about, **texts):
    """Refuse contact data in a text, and the name behind the linked record where that is confidential."""
    name = personal_name(about[1]) if about and classes.is_marked(actor.user, about[0].key) else ""
    for field, words in texts.items():
        if rules.holds_contact(words):
            raise Refused(_("Everybody reads the board. Leave telephone, mail and identity numbers out; link the record instead."), field=field)
        if name and name in words:
            raise Refused(_("Everybody reads the board. Leave the customer's name out; the record shows it to whoever may see it."), field=field)


def personal_name(record):
    """The name of the person that a record is about, where it tells one."""
    return str(getattr(record, "shown_name", "") or getattr(record, "name", "") or "").strip()


@transaction.atomic
def mark(actor, entry, *, now):
    """The person has read it; the first time counts."""
    entry = _locked(entry, "mark")
    BoardMark.objects.get_or_create(entry=entry, employee=actor.user.employee, defaults={"read_at": now})


@transaction.atomic
def mark_all(actor, *, now):
    """The person has read everything that is posted; returns how many entries that were new to them."""
    me = actor.user.employee
    rows = [BoardMark(entry_id=pk, employee=me, read_at=now) for pk in queries.unread(actor.user).values_list("pk", flat=True)]
    return together.insert_new(rows)


@transaction.atomic
def follow(actor, *, topics, now):
    """Follow exactly these topics; one that is followed already keeps its beginning."""
    me = actor.user.employee
    BoardTopic.objects.filter(employee=me).exclude(topic__in=topics).delete()
    together.insert_new([BoardTopic(employee=me, topic=topic, since=now) for topic in topics if topic in Topic.values])
    transaction.on_commit(lambda: cache.delete(queries.topics_key(me.pk)))


@transaction.atomic
def take_down(actor, entry, *, reason, now):
    """It should not stand there; its author and those who take entries down still see it, with the reason."""
    entry = _locked(entry, "take_down")
    entry.reason = reason
    return trace.save(actor, entry, "state", "reason", act="taken down", reason=reason)
