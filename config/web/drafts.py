"""Half-typed forms (RELIABILITY R4): kept two seconds after the last key, offered on return, gone with the sending.

A draft bears the one-off key of its form. So a draft whose form did reach the house in the end is known by that key, is never
offered again, and sending it once more leads to the record that is there.
"""
import json
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from config import prepared
from config.errors import Refused
from config.web import oneoff
from config.web.models import Draft, OneOff

KEPT_FOR = timedelta(days=6)  # less than one-off keys, so that a draft never outlives the knowledge of whether it was sent
LONGEST = 60_000  # characters of one form
NEVER_KEPT = {"csrfmiddlewaretoken", "one_off_key"}


def of(user):
    """The drafts of this person that were not sent, the newest first."""
    sent = OneOff.objects.filter(pk=OuterRef("pk"))
    return Draft.objects.filter(~Exists(sent), user=user).order_by("-at")


def left_at(user, path, *, but):
    """Up to three drafts that this person left at this address, the newest first, without that of the key `but`."""
    rows = prepared.rows("drafts left", lambda: of(prepared.PK).filter(path=prepared.TEXT)[:4], pk=user.pk, text=path)
    return [draft for draft in rows if str(draft.pk) != str(but)][:3]


def find(user, key, path):
    """The draft of this key that this person left at this address, or None."""
    key = oneoff.readable(key)
    return of(user).filter(pk=key, path=path).first() if key else None


def save(user, *, key, path, title, field, typed, now):
    """Keep what stands in a form now; returns False when the form of this key was sent already.

    `typed` is the text of a JSON list of [name, text] pairs. Raises `Refused` when it is none, is too long, or belongs to no page
    with a form.
    """
    pairs = _pairs(typed)
    if not is_form_page(path):
        raise Refused(_("There is no form at this address, so nothing can be kept for it."))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO config_draft (key, user_id, path, title, field, typed, at) "
            "SELECT %s::uuid, %s::bigint, %s, %s, %s, %s::jsonb, %s::timestamptz WHERE NOT EXISTS (SELECT 1 FROM config_oneoff WHERE key = %s) "
            "ON CONFLICT (key) DO UPDATE SET title = EXCLUDED.title, field = EXCLUDED.field, typed = EXCLUDED.typed, at = EXCLUDED.at "
            "WHERE config_draft.user_id = EXCLUDED.user_id",
            [key, user.pk, path, title[:160], field[:60], json.dumps(pairs), now, key])
        return cursor.rowcount == 1


def _pairs(text):
    """The pairs of names and texts, without what is never kept."""
    try:
        pairs = json.loads(text[:LONGEST]) if len(text) <= LONGEST else None
    except ValueError:
        pairs = None
    if not isinstance(pairs, list) or not all(isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, str) for one in pair) for pair in pairs):
        raise Refused(_("This form holds more than can be kept. Save it, or shorten its texts."))
    return [[name, value.replace("\0", "")] for name, value in pairs if name not in NEVER_KEPT]


def is_form_page(path):
    """Whether a page that keeps drafts lies at this address of ours."""
    try:
        page = getattr(resolve(path).func, "view_class", None)
    except Resolver404:
        return False
    return bool(getattr(page, "keeps", False)) and len(path) <= 300


def drop(user, key):
    """Throw a draft away."""
    Draft.objects.filter(user=user, pk=key).delete()


def sweep(*, now):
    """Forget drafts that nobody came back to, and those whose form was sent."""
    Draft.objects.filter(at__lt=now - KEPT_FOR).delete()
    Draft.objects.filter(Exists(OneOff.objects.filter(pk=OuterRef("pk")))).delete()


def posted(draft):
    """What a draft holds, in the shape of a post."""
    data = QueryDict(mutable=True)
    for name, value in draft.typed:
        data.appendlist(name, value)
    return data


def as_left(form):
    """A form filled with what was typed, not yet judged: half a telephone number is no error while one still types."""
    form._errors = ErrorDict()
    form.cleaned_data = {}
    return form


def vault_secret(user):
    """The secret with which this person's browser locks up what it could not bring to the house yet, as 64 hexadecimal signs.

    It comes with every signed-in page and stays in no browser: a browser that nobody is signed in at holds unreadable text.
    """
    return salted_hmac("config.web.drafts.vault", str(user.pk), secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
