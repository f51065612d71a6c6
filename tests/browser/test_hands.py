"""Many rows at once, undo, snippets and the acts of the command bar, by keys and in a real browser (UX 8, 16, 17, 19)."""
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reception.visits import states
from reception.visits.models import Visit
from staff.communication.models import Snippet
from tests.cast import three

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def serving(cast):
    """Five visits in service."""
    return [cast.visit_for(adviser="sales", state=states.IN_SERVICE) for _ in range(5)]


def test_a_range_is_ticked_closed_and_undone_by_key(window, cast, serving):
    page = window("reception")
    page.goto("/reception/visits/?state=in_service")
    ticks = page.locator("tbody .ck input")
    ticks.nth(0).click()
    ticks.nth(2).click(modifiers=["Shift"])
    expect(page.locator("[data-bulk-count]")).to_have_text("3")
    page.locator("[data-bulk-bar] button[value=close]").click()
    page.get_by_label("Information given").check()
    page.locator("main .btn--go").click()
    expect(page.locator("[data-toast]")).to_contain_text("Done to 3 rows.")
    assert Visit.objects.filter(state=states.CLOSED).count() == 3
    page.keyboard.press("z")
    expect(page.locator("[data-toast]").last).to_contain_text("Done to 3 rows.")
    expect(page.locator("tbody tr")).to_have_count(5)
    assert Visit.objects.filter(state=states.CLOSED).count() == 0


def test_a_message_with_undo_stays_while_it_has_the_focus(window, cast):
    visit = cast.visit_for()
    page = window("reception")
    page.goto(f"/reception/visits/{visit.pk}/")
    page.keyboard.press("g")
    button = page.locator("[data-toast] button", has_text="Undo")
    button.focus()
    page.wait_for_timeout(11_000)
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-toast]")).to_contain_text("Everything is as it was before.")
    assert Visit.objects.get(pk=visit.pk).state == states.WAITING


def test_a_snippet_is_written_by_its_initials_and_enter_alone(window, cast):
    Snippet.objects.create(hall=cast.hall, code="qsh", name=three("Wait", "请稍候", "請稍候"),
                           text=three("One moment, {name}.", "{name}请稍候。", "{name}請稍候。"))
    visit = cast.visit_for(customer=cast.customer_for(name="李国强"))
    page = window("reception")
    page.goto(f"/reception/visits/{visit.pk}/leave/")
    field = page.locator("[name=reason]")
    field.focus()
    page.keyboard.type("Said: ;qs")
    expect(page.locator(".pop--snip [role=option]").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Said: One moment, 李国强.")
    expect(page.locator(".pop--snip")).to_be_hidden()
    page.keyboard.type(" ;zz")
    page.wait_for_timeout(400)
    expect(page.locator(".pop--snip")).to_be_hidden()


def test_a_semicolon_alone_offers_the_first_snippets_and_enter_never_sends_the_form(window, cast):
    for code in ("bye", "hy"):
        Snippet.objects.create(hall=cast.hall, code=code, name=three(code, code, code), text=three(f"This is {code}.", code, code))
    visit = cast.visit_for()
    page = window("reception")
    page.goto(f"/reception/visits/{visit.pk}/leave/")
    field = page.locator("[name=reason]")
    held = []
    page.route("**/snippets/find/", lambda route: held.append(route))
    field.focus()
    page.keyboard.type(";")
    page.keyboard.press("Enter")  # before the list is there
    page.wait_for_timeout(500)
    held[0].continue_()
    expect(page.locator(".pop--snip [role=option]").first).to_contain_text("bye")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("This is hy.")
    assert page.url.endswith("/leave/") and Visit.objects.get(pk=visit.pk).state == states.WAITING
    page.keyboard.type(" first; and then")  # a semicolon in a sentence is one
    expect(page.locator(".pop--snip")).to_be_hidden()


def test_the_next_ticket_is_called_from_the_command_bar(window, cast):
    ticket = cast.visit_for().legs.get()
    page = window("sales")
    page.goto("/help/")
    page.keyboard.press("Control+k")
    page.keyboard.type("jiaohao")
    expect(page.locator("#command [role=option]").first).to_contain_text("Call the next")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reception/counter/")
    ticket.refresh_from_db()
    assert ticket.state == states.CALLED


def test_a_day_is_typed_the_way_people_say_it_or_picked_from_the_calendar(window, cast):
    page = window("reception", locale="zh-CN")
    page.goto("/reception/appointments/?since=%E6%98%8E%E5%A4%A9")
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    typed = page.locator("main [name=since]")
    expect(typed).to_have_value(tomorrow)
    typed.fill("1.3")
    page.keyboard.press("Enter")
    page.wait_for_url("**since=1.3**")
    expect(typed).to_have_value(re.compile(r"\d{4}-01-03"))
    page.evaluate("HTMLInputElement.prototype.showPicker = function () { document.body.dataset.picked = `${this.type} ${this.value}`; }")
    typed.press("Alt+ArrowDown")
    assert page.evaluate("document.body.dataset.picked").startswith("date 20")
    page.evaluate("(() => { const one = document.querySelector('.dayline__p'); one.value = '2026-02-01'; one.dispatchEvent(new Event('change')); })()")
    expect(typed).to_have_value("2026-02-01")
