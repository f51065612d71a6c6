"""The type-ahead of the desk: answers as typed, leaves no log row a key stroke (the choice made is logged with its visit)."""
from django.http import HttpResponse
from django.utils.translation import gettext as _

from config.web.limits import used_up
from config.web.pages import Page
from reception.customers import cells, keys
from reception.customers.permissions import Can
from reception.customers.queries import suggest
from staff.organisation.models import Hall

LONGEST = 60  # characters that are looked up
MOST, WINDOW = 150, 20  # look-ups a person may make in so many seconds: faster than anybody types


class Suggest(Page):
    """The choices under the customer field, as a fragment for the combobox."""

    capability = Can.READ

    def post(self, request):
        """Rows that fit `q`, and last a new customer who starts with what was typed. A POST, so that no name or number ever stands
        in an address or a server's log; it changes nothing."""
        text = request.POST.get("q", "").strip()[:LONGEST]
        if used_up("customer_suggest", request.user.pk, limit=MOST, seconds=WINDOW):
            return HttpResponse(_("These are more look-ups than anybody types. Wait a few seconds, then type on."), status=429)
        rows = suggest(request.user, chosen(request), text) if text else []
        with_new = text and request.POST.get("new", "1") != "0"
        return HttpResponse(cells.choices(rows) + (cells.new_choice(text, is_phone=keys.looks_like_phone(text)) if with_new else ""))


def chosen(request):
    """The hall chosen in the switcher, as a row without a statement, or None. It only orders what is in reach anyway."""
    hall = request.session.get("hall_id")
    return Hall(pk=hall) if isinstance(hall, int) else None
