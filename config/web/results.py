"""The page of results: everything that the words may mean, kind by kind, for who may see it (FIELD 2.7 row 29)."""
import re
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse

from config.accounts.access import SIGNED_IN
from config.contributions.search import SOURCES
from config.web import finding, limits
from config.web.commands import acts, pages
from config.web.errors import too_many
from config.web.pages import Page
from config.web.spelling import folded

SHOWN = 8  # hits of a kind beside others
MOST = 50  # hits that are counted, and shown of one kind alone
LIKE_A_NUMBER = re.compile(r"\d[\d\s-]{3,}\d")  # five digits and more, such as of a telephone


class Results(Page):
    """What was found. GET by `q`, and of one kind alone by `kind`; a POST changes nothing: it leads to the same, save that what may be a
    telephone number is answered at once, so that it never stands in an address."""

    capability = SIGNED_IN

    def get(self, request):
        """The page of an address."""
        return self.answer(finding.tidy(request.GET.get("q", "")), request.GET.get("kind", ""))

    def post(self, request):
        """What the field of the page and the last line of the command bar send."""
        words, kind = finding.tidy(request.POST.get("q", "")), request.POST.get("kind", "")
        if LIKE_A_NUMBER.search(words):
            return self.answer(words, kind)
        return HttpResponseRedirect(f"{reverse('search')}?{urlencode({'q': words} | ({'kind': kind} if SOURCES.get(kind) else {}))}")

    def answer(self, words, kind):
        """The kinds with what was found, and those for which the time was too short."""
        user = self.request.user
        if words and limits.used_up("search", user.pk, limit=60, seconds=60):
            return too_many(self.request)
        sources = finding.offered(user, words) if words else []
        chosen = next((one for one in sources if one.key == kind), None)
        found, late = finding.ask([chosen] if chosen else sources, user, words, MOST + 1)
        groups = [group_of(source, hits, words, whole=chosen is not None) for source, hits in found if hits]
        return self.show("shell/search.html", {
            "findable": [] if words else [(str(one.label), reverse(one.page) if one.page else "") for one in finding.open_to(user)],
            "words": words, "chosen": chosen, "groups": groups, "late": [str(source.label) for source in late], "kinds": [str(one.label) for one in sources],
            "places": [] if chosen or not words else [*acts(user, folded(words)), *pages(user, folded(words))] if folded(words) else []})


def group_of(source, hits, words, whole):
    """One kind: its hits as far as they are shown, how many there are, and where all of them stand."""
    private = LIKE_A_NUMBER.search(words)
    alone = "" if whole or len(hits) <= SHOWN else f"{reverse('search')}?{urlencode({'q': words, 'kind': source.key})}"
    every = f"{reverse(source.page)}?{urlencode({'q': words})}" if source.page else alone
    return {"key": source.key, "label": source.label, "items": hits[:MOST if whole else SHOWN], "count": min(len(hits), MOST), "more": len(hits) > MOST,
            "url": "" if private else every}
