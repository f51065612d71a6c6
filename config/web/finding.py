"""What the rooms' searches share: words inside columns, titles typed by their sound, and asking every source within a time."""
import time

from django.db import OperationalError, connection, transaction
from django.db.models import Q
from psycopg.errors import QueryCanceled

from config.accounts.access import SIGNED_IN, may
from config.contributions.search import SOURCES
from config.web.spelling import folded, said

LONGEST = 80  # characters that are looked at
BY_SOUND = 300  # newest records whose titles are compared by sound
PATIENCE = 1.5  # seconds that one source is waited for, and twice of it all of them together


def tidy(typed):
    """What somebody typed, without what no column holds."""
    return " ".join(typed[:LONGEST].replace("\0", "").split())


def holding(words, *columns, texts=()):
    """The condition that one of these columns holds the words, or one of these `texts` in any language."""
    paths = [*columns, *(f"{text}__{language}" for text in texts for language in ("en", "zh-hans", "zh-hant"))]
    found = Q()
    for path in paths:
        found |= Q(**{f"{path}__icontains": words})
    return found


def sounding(rows, words, column):
    """The ids of those of the newest `rows` whose title sounds like the words: pinyin or initials, from any character on. No statement where
    something else than Latin letters was typed."""
    typed = folded(words)
    if len(typed) < 2 or not (typed.isascii() and typed.isalpha()):
        return []
    return [pk for pk, text in rows.order_by("-pk").values_list("pk", column)[:BY_SOUND] if said(typed, text)]


def matching(rows, words, *columns, texts=(), sound=""):
    """Those of `rows` that the words may mean."""
    found = holding(words, *columns, texts=texts)
    if sound and (ids := sounding(rows, words, sound)):
        found |= Q(pk__in=ids)
    return rows.filter(found)


def offered(user, words):
    """The sources that this person may ask with these words, in their order."""
    return [one for one in open_to(user) if len(words) >= one.shortest]


def open_to(user):
    """The sources that this person may ask at all, in their order."""
    return [one for one in sorted(SOURCES.all(), key=lambda one: (one.order, one.key)) if one.capability == SIGNED_IN or may(user, one.capability)]


def ask(sources, user, words, limit):
    """([(source, hits)], [source that took too long]): each is waited for `PATIENCE` seconds, and none is begun after twice of it."""
    found, late, begun = [], [], time.monotonic()
    for source in sources:
        hits = ask_one(source, user, words, limit) if time.monotonic() - begun < 2 * PATIENCE else None
        if hits is None:
            late.append(source)
        else:
            found.append((source, hits))
    return found, late


def ask_one(source, user, words, limit):
    """What one source finds, or None where the database does not answer in time."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(int(PATIENCE * 1000))])
            hits = list(source.find(user, words, limit))
            cursor.execute("SELECT set_config('statement_timeout', '0', true)")
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        return None
    return hits
