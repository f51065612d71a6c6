"""The command bar: what this person may begin and open, in three scripts, and what the rooms' own searches find (UX 8)."""
import re

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from config.accounts.access import SIGNED_IN, may
from config.contributions.navigation import ACTS, ENTRIES
from config.web import finding, limits, oneoff
from config.web.context import CHAPTERS
from config.web.errors import too_many
from config.web.pages import Page
from config.web.spelling import fits, folded

MOST = 8  # hits of one group


def labels(entry):
    """What an entry is called in every language, and its further words."""
    names = re.split(r"[,\s]+", entry.words.strip()) if entry.words else []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            names.append(str(entry.label))
    return names


def pages(user, typed):
    """The entries of the side column that fit, best first; with nothing typed, the first of them."""
    chapter_names = {key: _(label) for key, _number, label in CHAPTERS}
    found = []
    for entry in sorted(ENTRIES.all(), key=lambda one: one.order):
        if entry.capability != SIGNED_IN and not may(user, entry.capability):
            continue
        rank = fits(typed, labels(entry)) if typed else 1
        if rank is not None:
            found.append((rank, {"label": str(entry.label), "detail": chapter_names.get(entry.chapter, ""), "url": reverse(entry.page),
                                 "icon": "arrow-right"}))
    return [item for _rank, item in sorted(found, key=lambda pair: pair[0])][:MOST]


def acts(user, typed):
    """What this person may begin from here, best first; with nothing typed, the first of it. One that is pressed carries a one-off key."""
    found = []
    for act in sorted(ACTS.all(), key=lambda one: one.order):
        if act.capability != SIGNED_IN and not may(user, act.capability):
            continue
        rank = fits(typed, labels(act)) if typed else 1
        if rank is not None:
            found.append((rank, {"label": str(act.label), "detail": "", "url": reverse(act.page) + act.part, "icon": act.icon, "key": act.keys,
                                 "post": act.method == "post", "one_off_key": oneoff.new_key() if act.method == "post" else ""}))
    return [item for _rank, item in sorted(found, key=lambda pair: pair[0])][:MOST]


class Commands(Page):
    """Answers the command bar with a fragment of options, grouped."""

    capability = SIGNED_IN

    def get(self, request):
        """The bar as it opens: the pages at hand."""
        return self.answer(request, "")

    def post(self, request):
        """What fits the words typed so far. A POST, so that no name or number stands in an address or a log; it changes nothing."""
        return self.answer(request, request.POST.get("q", ""))

    def answer(self, request, typed):
        """The groups of hits as a fragment."""
        if limits.used_up("commands", request.user.pk, limit=240, seconds=60):
            return too_many(request)
        words = finding.tidy(typed)
        typed = folded(words)
        groups = [{"title": _("Actions"), "items": acts(request.user, typed)}, {"title": _("Pages"), "items": pages(request.user, typed)}]
        groups += [{"title": source.label, "items": source.find(request.user, words, MOST)} for source in finding.offered(request.user, words) if words]
        return self.show("shell/_command_results.html", {"groups": [group for group in groups if group["items"]], "query": words})
