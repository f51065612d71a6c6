"""The desk in a real browser: by keyboard alone, with an input method, and seen by the manager at once."""
import re

import pytest
from playwright.sync_api import expect

from config.web.models import Draft
from reception.customers import services as customers
from reception.visits.models import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Keys:
    """Counts what a person types."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def type(self, text):
        """Type letters one after the other."""
        for sign in text:
            self.page.keyboard.press(sign) if sign.isascii() else self.page.keyboard.insert_text(sign)
            self.count += 1

    def press(self, *keys):
        """Press named keys."""
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1


@pytest.fixture
def known(cast, now):
    """A returning visitor of the first hall."""
    return customers.register_customer(cast.actor("reception"), hall=cast.hall, now=now, name="李建国", phones=["13800138000"], company="恒丰建材")


def test_a_returning_visitor_is_saved_by_the_last_four_digits_in_at_most_25_keystrokes(window, cast, known):
    page = window("reception")
    page.goto("/reception/")
    keys = Keys(page)
    expect(page.locator("[name=who]")).to_be_focused()
    keys.type("8000")
    expect(page.locator("[role=option]").first).to_contain_text("李建国")
    keys.press("Enter")
    expect(page.locator("#customer-card")).to_contain_text("恒丰建材")
    keys.type("1")
    keys.press("Enter")
    expect(page.locator("#saved")).to_be_visible()
    expect(page.locator("[name=who]")).to_be_focused()
    assert keys.count <= 25
    visit = Visit.objects.get()
    assert (visit.customer, visit.purpose) == (known, cast.purposes["see-products"])


def test_the_next_visitor_is_logged_on_the_page_that_stands_already(window, cast, known):
    page = window("reception")
    page.goto("/reception/")
    loaded = []
    page.on("framenavigated", lambda frame: loaded.append(frame.url))
    keys, numbers = page.locator("[name=one_off_key]"), []
    for who, name in (("8000", "李建国"), ("曾一凡", "曾一凡"), ("欧阳静怡", "欧阳静怡")):
        key = keys.input_value()
        expect(page.locator("[name=who]")).to_be_focused()
        page.locator("[name=who]").fill(who)
        if who == "8000":
            expect(page.locator("[role=option]").first).to_contain_text("李建国")
            page.keyboard.press("Enter")
            expect(page.locator("#customer-card")).to_contain_text("恒丰建材")
        page.locator("[name=purpose]").first.check()
        page.locator("[name=need]").fill(f"Need of {name}")
        page.locator("#visit-form .go button").first.click()
        expect(page.locator("#desk-queue")).to_contain_text(name)
        expect(page.locator("[name=need]")).to_have_value("")
        assert keys.input_value() != key
        numbers.append(page.locator("#saved").inner_text())
        expect(page.locator("#desk-recent tr").first).to_contain_text(name)
        expect(page.locator("#customer-card")).to_contain_text("Hall today")
        assert page.locator("[name=customer]").input_value() == "" and not page.locator("[name=purpose]:checked").count()
    assert not loaded and len(set(numbers)) == 3
    assert sorted(Visit.objects.values_list("need", flat=True)) == sorted(f"Need of {name}" for name in ("李建国", "曾一凡", "欧阳静怡"))
    assert {visit.customer.name for visit in Visit.objects.select_related("customer")} == {"李建国", "曾一凡", "欧阳静怡"}
    page.wait_for_timeout(2500)  # longer than a draft takes to be brought to the house
    assert not Draft.objects.exists()
    expect(page).to_have_title(re.compile(r"^\(3\) "))
    expect(page.locator("[name=who]")).to_have_attribute("aria-expanded", "false")  # what was found for the last visitor is gone
    page.locator("[name=who]").fill("欧阳静怡")
    expect(page.locator("[role=option]").first).to_contain_text("欧阳静怡")


def test_the_cursor_waits_for_no_script_and_what_is_typed_before_is_looked_up_too(window, known):
    page = window("reception")
    held = []
    page.route("**/js/shell*.js", lambda route: held.append(route))
    page.goto("/reception/#id_who", wait_until="commit")
    expect(page.locator("[name=who]")).to_be_focused()
    page.keyboard.type("8000")
    expect(page.locator("[name=who]")).to_have_value("8000")
    held[0].continue_()
    expect(page.locator("[role=option]").first).to_contain_text("李建国")


def test_a_new_visitor_needs_no_mouse_and_at_most_sixty_keys(window, cast):
    page = window("reception")
    page.goto("/reception/")
    keys = Keys(page)
    keys.type("13912345678")
    expect(page.locator("[role=option]").last).to_be_visible()
    keys.press("Enter")
    expect(page.locator("[name=name]")).to_be_focused()
    keys.type("曾一凡")
    while page.evaluate("document.activeElement.name") != "purpose":
        keys.press("Shift+Tab")
        assert keys.count <= 60
    keys.type("1")
    keys.press("Enter")
    expect(page.locator("#saved")).to_be_visible()
    assert keys.count <= 60  # 15 seconds at four keys a second
    visit = Visit.objects.select_related("customer").get()
    assert visit.customer.name == "曾一凡"
    assert visit.customer.contacts.get().value == "+8613912345678"


def test_a_known_number_typed_for_somebody_new_offers_its_people_and_moves_no_field(window, cast, now, known):
    customers.register_customer(cast.actor("reception"), hall=cast.hall, now=now, name="李小红", phones=["13800138000"])
    page = window("reception")
    page.goto("/reception/")
    page.locator("[name=who]").fill("王小新")
    expect(page.locator("[role=option]").last).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("[name=phone]")).to_be_focused()
    place = page.locator("[name=phone]").bounding_box()
    page.keyboard.type("1380013800")
    page.wait_for_timeout(500)
    expect(page.locator("#known")).to_be_hidden()
    page.keyboard.type("0")
    expect(page.locator("#known button")).to_have_count(2, timeout=2000)
    assert page.locator("[name=phone]").bounding_box() == place
    assert "13800138000" not in page.locator("#known").inner_html()
    expect(page.locator("[name=phone]")).to_be_focused()
    assert page.locator("[name=customer]").input_value() == ""
    page.locator("#known button", has_text="李建国").click()
    expect(page.locator("#customer-card")).to_contain_text("恒丰建材")
    assert [page.locator(f"[name={name}]").input_value() for name in ("customer", "phone", "name")] == [str(known.pk), "", ""]
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(page.locator("#saved")).to_be_visible()
    assert Visit.objects.get().customer == known


def test_an_input_method_that_composes_is_left_alone(window, cast, known):
    page = window("reception")
    page.goto("/reception/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "suggest" in request.url else None)
    field = page.locator("[name=who]")
    field.dispatch_event("compositionstart")
    field.evaluate("field => { field.value = 'li'; field.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true})) }")
    field.evaluate("field => field.dispatchEvent(new KeyboardEvent('keydown', "
                   "{key: 'Enter', bubbles: true, cancelable: true, isComposing: true, keyCode: 229}))")
    page.wait_for_timeout(400)
    assert asked == []
    assert not Visit.objects.exists()
    field.evaluate("field => { field.value = '李'; field.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true, data: '李'})) }")
    expect(page.locator("[role=option]").first).to_contain_text("李建国")
    assert len(asked) == 1


def test_a_visit_saved_at_the_desk_stands_on_the_managers_board_within_five_seconds(window, cast):
    board = window("manager")
    board.goto("/reception/board/")
    expect(board.locator("#board")).to_contain_text("Nobody is waiting.")
    page = window("reception")
    page.goto("/reception/")
    page.locator("[name=who]").fill("欧阳静怡")
    page.locator("[name=purpose]").first.check()
    page.locator("#visit-form .go button").first.click()
    expect(page.locator("#saved")).to_be_visible()
    expect(board.locator("#board")).to_contain_text("欧阳静怡", timeout=5000)


def test_n_starts_a_new_visit_from_any_page(window, cast):
    page = window("reception")
    for address in ("/reception/board/", "/reception/visits/", "/reception/customers/"):
        page.goto(address)
        page.keyboard.press("n")
        expect(page.locator("[name=who]")).to_be_focused()
        assert "/reception/#" in page.url


def test_the_title_says_how_many_wait_within_seconds_and_the_focus_stays(window, cast):
    page = window("reception")
    page.goto("/reception/")
    expect(page).to_have_title(re.compile(r"^Desk"))
    page.locator("[name=who]").fill("王")
    cast.visit_for()
    expect(page).to_have_title(re.compile(r"^\(1\) Desk"), timeout=10_000)
    expect(page.locator("[name=who]")).to_be_focused()
    cast.visit_for()
    expect(page).to_have_title(re.compile(r"^\(2\) Desk"), timeout=10_000)
