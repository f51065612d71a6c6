"""Every address is a page that says who may open it."""
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import get_template

from config.accounts.access import SIGNED_IN
from config.web.pages import FormPage, Page
from staff.organisation.matrix import capabilities
from tests.addresses import addresses

MACHINES = {"healthz", "readyz",  # asked by machines, signed out; they answer a word and no data
            "api", "api_openapi", "api_list", "api_row"}  # asked by programs with a personal token, which they ask for themselves
PUBLIC = {"login", "logout", "second_factor", "set_up_second_factor", "log_in_again", "set_language_choice", "set_theme",
          "set_text_size",  # needed before one is signed in
          "kiosk", "kiosk_seen", "display", "display_seen", "checkin", "wait", "arrive",  # whose key stands in the address
          "complain", "complained", "track", "tracked"}  # of customers, by a link or a code of their own


def pages():
    """The addresses that are pages, as parameters."""
    return [pytest.param(address, id=address.name) for address in addresses() if address.page]


def test_every_address_is_a_page_or_stands_in_the_short_list():
    assert {address.name for address in addresses() if not (address.page and issubclass(address.page, Page))} == MACHINES


def test_every_address_has_a_name_of_its_own():
    names = [address.name for address in addresses()]
    assert all(names)
    assert sorted(names) == sorted(set(names))


def test_no_two_addresses_share_a_route():
    routes = [address.route for address in addresses()]
    assert sorted(routes) == sorted(set(routes))


def test_only_the_written_list_is_open_to_everybody():
    public = {address.name for address in addresses() if address.page and address.page.public}
    assert public <= PUBLIC


def test_every_other_page_asks_a_capability_of_the_matrix():
    known = {SIGNED_IN} | capabilities()
    unknown = {address.name: asked for address in addresses() if address.page and not address.page.public
               for asked in (address.page.capability, address.page.edit_capability) if asked is not None and str(asked) not in known}
    assert not unknown


def test_a_page_that_names_no_capability_does_not_load():
    with pytest.raises(ImproperlyConfigured, match="names no capability"):
        type("Forgotten", (Page,), {})


def test_a_form_that_is_sent_by_script_leads_on_and_shows_nothing_itself():
    """What is answered once (a password, a key) would be lost on a script that only follows where it is led."""
    forms = [address.page for address in addresses() if address.page and issubclass(address.page, FormPage)]
    silent = [page.__name__ for page in forms if page.lead_on is not FormPage.lead_on and page.keeps and not page.answers_with_page]
    assert not silent


@pytest.mark.parametrize("address", pages())
def test_the_templates_that_a_page_names_are_there(address):
    for attribute in ("template", "rows_template"):
        name = getattr(address.page, attribute, None)
        if name and hasattr(address.page, "get"):
            get_template(name)
