"""The shell in a real browser: keys, command bar, menus, themes, the chapters on a phone, the error summary."""
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(window, cast):
    """My day of the receptionist."""
    page = window("reception")
    page.goto("/")
    return page


def test_n_opens_the_desk_with_the_cursor_in_its_first_field(page):
    page.keyboard.press("n")
    expect(page.locator("[name=who]")).to_be_focused()
    assert page.url.endswith("/reception/") or "/reception/#" in page.url


def test_the_question_mark_lists_the_keys_and_esc_gives_the_focus_back(page):
    page.locator(".cmd").focus()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    expect(page.locator("#keys")).to_contain_text("New visit")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    expect(page.locator(".cmd")).to_be_focused()


def test_single_keys_rest_when_the_person_switched_them_off(page):
    page.locator(".bar .menu summary").click()
    page.get_by_role("button", name="Switch single keys off").click()
    expect(page.locator("html")).to_have_attribute("data-keys", "off")
    address = page.url
    page.keyboard.press("?")
    page.keyboard.press("n")
    expect(page.locator("#keys")).to_be_hidden()
    expect(page).to_have_url(address)
    page.keyboard.press("Control+k")
    expect(page.locator("#command")).to_be_visible()


def test_the_command_bar_leads_to_a_page_by_keys_alone(page):
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.type("visits")
    first = page.locator("#command [role=option]").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/reception/**")


def test_one_esc_closes_the_command_bar(page):
    page.keyboard.press("/")
    page.keyboard.type("a")
    page.keyboard.press("Escape")
    expect(page.locator("#command")).to_be_hidden()


def test_dark_is_there_at_once_and_stays(page):
    page.locator(".bar .menu summary").click()
    with page.expect_response("**/me/theme/"):
        page.get_by_role("button", name="Dark", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_large_text_is_there_at_once_grows_the_targets_and_stays(page):
    height = page.locator(".bar .menu summary").bounding_box()["height"]
    page.locator(".bar .menu summary").click()
    with page.expect_response("**/me/text-size/"):
        page.get_by_role("button", name="Large", exact=True).click()
    expect(page.locator("html")).to_have_css("font-size", "20px")
    page.reload()
    expect(page.locator("html")).to_have_css("font-size", "20px")
    assert page.locator(".bar .menu summary").bounding_box()["height"] == pytest.approx(height * 1.25, abs=1)


def test_on_a_phone_the_menu_opens_over_the_page_and_esc_closes_it(window, cast):
    page = window("reception", viewport=PHONE)
    page.goto("/")
    opener = page.locator("[data-menu-open]")
    expect(page.locator("#side")).to_be_hidden()
    opener.click()
    expect(page.locator("#side")).to_be_visible()
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#side")).to_be_hidden()
    expect(opener).to_be_focused()


def test_nothing_stands_beside_a_phone_that_is_320_wide(window, cast):
    page = window("reception", viewport={"width": 320, "height": 640})
    for address in ("/", "/reception/", "/reception/board/", "/reception/visits/", "/me/settings/"):
        page.goto(address)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320, address


def test_refused_answers_take_the_focus_to_their_summary_and_its_links_to_the_fields(page):
    page.goto("/reception/")
    page.locator("#visit-form").get_by_role("button").first.click()
    summary = page.locator("[data-errors]")
    expect(summary).to_be_focused()
    link = summary.locator("a").first
    words = link.inner_text()
    field = link.get_attribute("href")
    link.press("Enter")
    expect(page.locator(field)).to_be_focused()
    expect(page.locator(".err", has_text=words)).to_be_visible()
    assert page.title().startswith("Error:")


def test_what_is_due_is_brought_up_to_date_while_a_page_stays_open_at_the_side_and_under_the_thumb(window, cast):
    pages = [window("reception"), window("reception", viewport=PHONE)]
    for page in pages:
        page.goto("/reception/")
        expect(page.locator(".nav [aria-current] .nav__ct, .phonebar__n")).to_have_count(0)
        page.locator("[name=who]").fill("王")
    cast.visit_for(minutes_ago=1)
    for page, place in zip(pages, (".nav [aria-current] .nav__ct", "#phone-chapters .phonebar__n"), strict=True):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as when the tab is looked at again
        expect(page.locator(place)).to_have_text("1 to do")
        expect(page.locator("[name=who]")).to_be_focused()
        expect(page.locator(".nav [aria-current]")).to_have_attribute("href", "/reception/")
    expect(pages[0].locator("#nav")).to_have_attribute("data-live-seconds", "15")
