"""Back to a list: the same filter, page, place and focus (UX 18)."""
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reception.visits import states

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACE = "[location.search, Math.round(scrollY), document.activeElement.getAttribute('href'), document.querySelector('.tbl--list tbody a').textContent]"


def test_back_restores_filter_page_scroll_and_focus(window, visit_for):
    for number in range(62):
        visit_for(minutes_ago=number + 1, state=states.WAITING, visitor_name=f"Visitor {number:02d}")
    page = window("manager", viewport={"width": 1024, "height": 600})
    page.add_init_script("addEventListener('unload', () => {})")  # which keeps a page out of the browser's cache of whole pages
    page.goto(reverse("visits") + "?q=Visitor&state=waiting")
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**after=**")
    row = page.locator(".tbl--list tbody th a").last
    row.focus()
    before = page.evaluate(PLACE)
    assert "state=waiting" in before[0] and before[1] > 0
    row.press("Enter")
    page.wait_for_url("**/visits/*/")
    page.go_back()
    expect(page.locator(".tbl--list")).to_be_visible()
    assert page.evaluate(PLACE) == before
