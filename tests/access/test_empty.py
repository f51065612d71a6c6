"""An empty list says why it is empty: nothing yet, nothing for this filter, or not for this role; never a bare table (UX 38)."""
import re

import pytest
from django.urls import reverse

from config.web.lists import ListPage
from tests.access.test_matrix import may
from tests.addresses import addresses
from tests.cast import matrix

LISTS = [pytest.param(address, id=address.name) for address in addresses()
         if address.page and issubclass(address.page, ListPage) and not address.keys]
READERS = ("manager", "hr", "admin", "general", "supervisor", "reception")
TITLE = re.compile(r'<div class="empty[^"]*">.*?<h2>(.*?)</h2>', re.S)
FILTER_AWAY = "Take the filter away"


def title_of(page):
    """The heading of the empty place on a page; '' without one."""
    found = TITLE.search(page)
    return found.group(1).strip() if found else ""


@pytest.mark.parametrize("address", LISTS)
def test_each_list_has_its_own_words_for_nothing_yet_for_a_filter_and_for_no_right(address, cast, as_role, monkeypatch):
    page, url = address.page, reverse(address.name)
    rows = page.rows
    monkeypatch.setattr(page, "rows", lambda self: rows(self).none())
    client = as_role(next(role for role in READERS if may(role, page.capability)))
    nothing = client.get(url).content.decode()
    assert title_of(nothing) and "<tbody>" not in nothing and FILTER_AWAY not in nothing
    told = {title_of(nothing)}
    if page.filters:
        name = "q" if "q" in page.filters.base_fields else next(iter(page.filters.base_fields))
        filtered = client.get(url, {name: "zzzz"}).content.decode()
        assert FILTER_AWAY in filtered and f'href="{url}"' in filtered and "<tbody>" not in filtered
        told.add(title_of(filtered))
        assert len(told) == 2
    strangers = [role for role in matrix.ROLES if not may(role, page.capability)]
    if strangers:
        refused = as_role(strangers[0]).get(url)
        assert refused.status_code == 403 and "Your role does not open this page" in refused.content.decode()
        assert "Your role does not open this page" not in told


def test_who_has_a_role_and_no_hall_is_told_so_on_the_pages_of_a_hall(cast, as_role):
    """The right without a place to use it in is no empty list either."""
    cast.people["sales"].assignments.update(hall=None)
    client = as_role("sales")
    assert "No hall is yours today" in client.get(reverse("board")).content.decode()
    assert "No hall is yours to look at" in client.get(reverse("visit_figures")).content.decode()
    refused = client.get(reverse("present"))
    assert refused.status_code == 403 and "your hall does not cover it" in refused.content.decode()
