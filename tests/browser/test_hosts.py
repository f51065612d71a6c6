"""Two windows: the host answers, the desk sees it; and what is told shows in the title of whatever page is open (UX 28, 44)."""
import pytest
from playwright.sync_api import expect

from reception.visits import services
from reception.visits.hosts import services as hosts
from staff.notifications import services as notifications
from staff.notifications.services import News

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def came(cast):
    """A visitor for the salesperson, who is told."""
    visit = services.log_visit(cast.actor("reception"), hall=cast.hall, purpose=cast.purposes["see-products"], adviser=cast.people["sales"],
                               receptionist=cast.people["reception"], now=cast.now)
    hosts.call_waiting(cast.now, visit.pk)
    return visit


def test_the_answer_of_a_host_is_seen_at_the_desk_within_five_seconds(window, cast):
    came(cast)
    desk, host = window("reception"), window("sales")
    desk.goto("/reception/")
    expect(desk.get_by_text("Sales Wang is asked")).to_be_visible()
    host.goto("/")
    host.get_by_role("button", name="I come").click()
    expect(desk.get_by_text("Sales Wang comes", exact=True)).to_be_visible(timeout=5_000)


def test_what_is_told_shows_in_the_bell_and_the_title_with_the_next_look_and_takes_no_focus(window, cast):
    page = window("sales")
    page.goto("/me/settings/")
    page.get_by_label("Single keys, such as N for a new visit").focus()
    came(cast)
    expect(page).to_have_title("(1) My settings · Hallkeeper", timeout=17_000)
    expect(page.locator("#bar-told")).to_contain_text("1 unread notification")
    assert page.evaluate("document.activeElement.name") == "keys_on"
    page.locator("#bar-told a").click()
    page.get_by_role("button", name="A visitor came for").click()
    expect(page.get_by_role("heading", name="A visitor waits for you")).to_be_visible()
    assert page.locator("#bar-told").inner_text().strip() in {"", "Notifications"}


def test_the_title_of_the_desk_counts_who_waits_and_not_what_is_unread(window, cast):
    notifications.tell("duty-new", [News(cast.user("reception"), "1", None, {"what": "Tea", "due": cast.now})], now=cast.now)
    cast.visit_for(), cast.visit_for()
    page = window("reception")
    page.goto("/reception/")
    expect(page).to_have_title("(2) Desk · Hallkeeper", timeout=10_000)
    page.wait_for_timeout(16_000)
    expect(page).to_have_title("(2) Desk · Hallkeeper")
