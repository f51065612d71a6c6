"""Reads over snippets."""
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.accounts.access import reach
from config.web.spelling import fits, folded
from config.web.texts import CODES
from staff.communication import rules
from staff.communication.models import Snippet
from staff.communication.permissions import Can
from staff.organisation.models import Hall

MOST = 9


def halls_kept(user):
    """The open halls whose snippets this person keeps."""
    return Hall.objects.open_on(timezone.localdate()).filter(pk__in=reached(user)).order_by("pk")


def reached(user):
    """The ids of the halls whose snippets this person keeps, as a query or a set."""
    far = reach(user, Can.EDIT)
    return Hall.objects.values("pk") if far.everything else far.halls | far.own_halls


def snippets_for(user, hall_id, typed, *, name=""):
    """What fits the letters typed after the semicolon, as {code, name, text, language}: by code, name, pinyin and initials, the reader's
    language first, then the others in which it is written; without a letter the first codes. One statement."""
    wanted, ranked = folded(typed), []
    if typed and not wanted:
        return []
    for snippet in Snippet.objects.visible_to(user).filter(hall_id=hall_id).select_related("hall").order_by("code", "pk"):
        rank = 0 if snippet.code == wanted else 1 if snippet.code.startswith(wanted) else fits(wanted, list(snippet.name.values()))
        if rank is not None:
            ranked.append((rank, snippet))
    found = [snippet for _rank, snippet in sorted(ranked, key=lambda pair: pair[0])][:MOST]
    here = (get_language() or "en").lower()
    own, others = [], []
    for snippet in found:
        first = snippet.text.in_language(here)
        for code in CODES:
            if snippet.text.get(code):
                (own if snippet.text[code] == first else others).append(used(snippet, code, user, name))
    return (own + others)[:MOST]


def used(snippet, code, user, name):
    """A snippet in one language with its places filled."""
    now = timezone.localtime()
    with translation.override(code):
        facts = {"name": name.strip() or _("the customer"), "hall": snippet.hall.name.in_language(code), "time": now.strftime("%H:%M"),
                 "date": date_format(now, "DATE_FORMAT"), "me": str(user)}
    return {"code": snippet.code, "name": snippet.name.in_language(code), "text": rules.filled(snippet.text[code], facts), "language": code}
