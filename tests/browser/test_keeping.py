"""What is typed stays, whatever breaks: the line, the window, the session, the server, the lock (RELIABILITY R4, UX 14, 15, 22)."""
import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import expect

from config.web.models import Draft
from reception.customers import services as customers
from reception.customers.models import Customer
from reception.visits.models import Visit
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBER, NEED = "13912345678", "Wants a quotation for two doors"
LOCK = "document.getElementById('mine').requestSubmit(document.querySelector('[data-lock-now]'))"
STORED = "() => JSON.stringify({...localStorage, ...sessionStorage})"


def half_typed(page):
    """The desk with a visitor half written down."""
    page.goto("/reception/")
    page.locator("[name=who]").fill(NUMBER)
    page.keyboard.press("Escape")
    page.locator("[name=need]").fill(NEED)
    return page


def expect_text_back(page):
    """What was typed stands in the form."""
    expect(page.locator("[name=who]")).to_have_value(NUMBER)
    expect(page.locator("[name=need]")).to_have_value(NEED)


def save(page):
    """Choose why the visitor came, and save."""
    page.locator("[name=purpose]").first.check()
    page.locator("#visit-form .go button").first.click()


def kept(page):
    """Wait until the house has the draft."""
    with page.expect_response(lambda answer: "/me/drafts/" in answer.url and answer.status == 204):
        pass


def end_sessions():
    """Everybody's session is over."""
    Session.objects.all().delete()
    cache.clear()


def test_what_was_typed_is_offered_when_the_window_was_closed(window, cast):
    page = half_typed(window("reception"))
    page.wait_for_timeout(100)
    page.close(run_before_unload=True)
    other = window("reception")
    for _try in range(30):
        if Draft.objects.exists():
            break
        other.wait_for_timeout(100)
    other.goto("/reception/")
    other.get_by_role("link", name="Go on with it").click()
    expect_text_back(other)
    expect(other.locator("[name=need]")).to_be_focused()
    save(other)
    expect(other.locator("#saved")).to_be_visible()
    assert Visit.objects.get().need == NEED
    assert not Draft.objects.exists()


def test_two_seconds_after_the_last_key_the_house_has_the_text_and_an_emptied_form_leaves_none(window, cast):
    page = window("reception")
    page.goto("/reception/")
    with page.expect_response(lambda answer: "/me/drafts/" in answer.url, timeout=4000):
        page.locator("[name=need]").fill(NEED)
    assert ["need", NEED] in Draft.objects.get().typed
    with page.expect_response(lambda answer: "/drop/" in answer.url, timeout=4000):
        page.locator("[name=need]").fill("")
    assert not Draft.objects.exists()


def test_a_refused_form_leaves_a_draft_only_when_something_was_typed(window, cast):
    page = window("reception")
    page.goto("/reception/")
    page.locator("#visit-form .go button").first.click()
    expect(page.locator("[data-errors]")).to_be_focused()
    page.goto("/me/drafts/")
    assert not Draft.objects.exists() and "keep:" not in page.evaluate(STORED)
    half_typed(page)
    page.locator("#visit-form .go button").first.click()
    expect(page.locator("[data-errors]")).to_be_focused()
    expect_text_back(page)
    page.goto("/me/drafts/")
    assert NEED in str(Draft.objects.get().typed)


def test_a_saved_visit_leaves_no_draft_however_soon_it_was_saved(window, cast):
    page = window("reception")
    for pause in (0, 1950, 2000, 2100):
        half_typed(page)
        page.wait_for_timeout(pause)
        save(page)
        expect(page.locator("#saved")).to_be_visible()
    page.wait_for_timeout(2500)
    assert Visit.objects.count() == 4
    assert not Draft.objects.exists()
    assert NUMBER not in page.evaluate(STORED)
    assert "keep:" not in page.evaluate(STORED)


@pytest.mark.slow
def test_with_the_line_cut_the_desk_goes_on_and_each_visit_is_sent_once(window, cast):
    page = half_typed(window("reception"))
    page.context.set_offline(True)
    save(page)
    expect(page.locator("#line")).to_contain_text("Waiting to be sent: 1")
    expect(page.locator("[name=who]")).to_have_value("")
    expect(page.locator("[name=who]")).to_be_focused()
    page.locator("[name=who]").fill("欧阳静怡")
    page.keyboard.press("Escape")
    save(page)
    expect(page.locator("#line")).to_contain_text("Waiting to be sent: 2")
    stored = page.evaluate(STORED)
    assert "keep:" in stored
    assert NUMBER not in stored and "欧阳" not in stored
    assert not Visit.objects.exists()
    page.context.set_offline(False)
    expect(page.locator("#line")).to_be_hidden()
    expect(page.locator(".toast").first).to_contain_text("Sent")
    assert Visit.objects.count() == 2
    assert {visit.arrived_at.second for visit in Visit.objects.all()} == {0}  # the minute of the saving, not of the sending
    page.wait_for_timeout(500)
    assert "keep:" not in page.evaluate(STORED)


def test_a_visit_saved_without_a_line_is_sent_once_by_the_next_window_although_the_first_was_closed(window, cast):
    page = half_typed(window("reception"))
    page.context.set_offline(True)
    save(page)
    expect(page.locator("#line")).to_contain_text("Waiting to be sent: 1")
    context = page.context
    page.close()
    context.set_offline(False)
    again, twin = context.new_page(), context.new_page()
    again.goto("/")
    twin.goto("/reception/visits/")
    expect(again.locator(".toast").first).to_contain_text("Sent")
    again.wait_for_timeout(1000)
    assert Visit.objects.count() == 1


def test_an_answer_that_got_lost_makes_no_second_visit(window, cast):
    page = half_typed(window("reception"))
    tries = []

    def lose_the_answer(route):
        if route.request.method != "POST":
            route.continue_()
            return
        tries.append(route.request.post_data)
        if len(tries) == 1:
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/reception/", lose_the_answer)
    save(page)
    expect(page.locator(".toast").first).to_contain_text("Sent")
    assert len(tries) == 2
    assert Visit.objects.count() == 1


@pytest.mark.slow
def test_while_the_server_is_away_the_form_waits_and_goes_when_it_is_back(window, cast):
    page = half_typed(window("reception"))
    page.route(re.compile(".*"), lambda route: route.abort("connectionrefused"))
    save(page)
    expect(page.locator("#line")).to_contain_text("Waiting to be sent: 1")
    page.wait_for_timeout(3500)
    page.unroute(re.compile(".*"))
    expect(page.locator(".toast").first).to_contain_text("Sent", timeout=10_000)
    assert Visit.objects.get().need == NEED


def test_a_form_elsewhere_rests_until_the_line_is_back_and_then_leads_on(window, cast):
    page = window("reception")
    page.goto("/reception/customers/new/")
    page.locator("[name=name]").fill("单雪梅")
    page.context.set_offline(True)
    page.locator("form[data-keep] .go button").click()
    expect(page.locator("#line")).to_contain_text("Waiting to be sent: 1")
    assert page.locator("form[data-keep]").evaluate("form => form.inert")
    page.context.set_offline(False)
    page.wait_for_url(re.compile(r"/reception/customers/\d+/"))
    assert Customer.objects.get().name == "单雪梅"


def test_a_session_that_ended_asks_for_the_log_in_over_the_page_and_the_form_is_sent(window, cast):
    page = half_typed(window("reception"))
    page.locator("[name=purpose]").first.check()
    page.wait_for_timeout(400)
    end_sessions()
    page.evaluate("document.getElementById('visit-form').requestSubmit()")
    layer = page.locator("#layer")
    expect(layer).to_contain_text("Your session has ended")
    assert "New visit" not in page.locator("body").aria_snapshot()
    layer.locator("[name=username]").fill("reception")
    layer.locator("[name=password]").fill("wrong")
    layer.get_by_role("button", name="Log in").click()
    expect(layer).to_contain_text("do not belong together")
    layer.locator("[name=username]").fill("reception")
    layer.locator("[name=password]").fill(PASSWORD)
    layer.get_by_role("button", name="Log in").click()
    expect(layer).to_be_hidden()
    expect(page.locator(".toast").first).to_contain_text("Sent")
    assert Visit.objects.get().need == NEED
    half_typed(page)
    save(page)
    expect(page.locator("#saved")).to_be_visible()


def test_who_logs_in_over_the_page_of_another_gets_a_page_of_their_own(window, cast):
    page = half_typed(window("reception"))
    end_sessions()
    layer = page.locator("#layer")
    expect(layer).to_contain_text("Your session has ended", timeout=15_000)
    layer.locator("[name=username]").fill("sales")
    layer.locator("[name=password]").fill(PASSWORD)
    layer.get_by_role("button", name="Log in").click()
    page.wait_for_url(re.compile(r"^http://[^/]+/$"))
    assert NEED not in page.content()
    assert NUMBER not in page.evaluate(STORED)
    page.goto("/reception/")
    expect(page.locator("[name=need]")).to_have_value("")
    expect(page.get_by_role("link", name="Go on with it")).to_have_count(0)


def test_the_lock_hides_the_page_from_everybody_and_gives_it_back_as_it_was(window, cast):
    page = half_typed(window("reception"))
    page.locator("[name=need]").evaluate("area => area.setSelectionRange(3, 7)")
    page.evaluate(LOCK)
    layer = page.locator("#layer")
    expect(layer.locator("[name=password]")).to_be_focused()
    told = page.locator("body").aria_snapshot()
    assert "New visit" not in told and NEED not in told and NUMBER not in told
    assert not page.locator("#visit-form").is_visible()
    assert page.title().startswith("Screen locked")
    for key in ("Escape", "Escape", "Tab", "Tab", "Tab", "Tab", "Control+k", "n"):
        page.keyboard.press(key)
        assert page.evaluate("document.getElementById('layer').contains(document.activeElement) || document.activeElement === document.body")
    twin = page.context.new_page()
    twin.goto("/reception/visits/")
    expect(twin.get_by_role("heading", name="Screen locked")).to_be_visible()
    layer.locator("[name=password]").fill("wrong")
    layer.get_by_role("button", name="Unlock").click()
    expect(layer).to_contain_text("This is not the password of")
    layer.locator("[name=password]").fill(PASSWORD)
    layer.get_by_role("button", name="Unlock").click()
    expect(layer).to_be_hidden()
    expect_text_back(page)
    expect(page.locator("[name=need]")).to_be_focused()
    assert page.locator("[name=need]").evaluate("area => [area.selectionStart, area.selectionEnd]") == [3, 7]
    save(page)
    expect(page.locator("#saved")).to_be_visible()


def test_a_screen_that_nobody_touches_locks_by_itself(window, cast, settings):
    settings.LOCK_AFTER_MINUTES = 0.1
    page = half_typed(window("reception"))
    expect(page.locator("#layer")).to_contain_text("Screen locked", timeout=20_000)
    assert ["need", NEED] in Draft.objects.get().typed


def test_whoever_takes_over_sees_nothing_of_the_form_and_its_owner_finds_it_again(window, cast):
    page = half_typed(window("reception"))
    page.evaluate(LOCK)
    page.get_by_role("button", name="Log in as somebody else").click()
    page.wait_for_url("**/login/**")
    assert "keep:" not in page.evaluate(STORED) and NUMBER not in page.evaluate(STORED)
    page.locator("[name=username]").fill("sales")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"^http://[^/]+/$"))
    page.goto("/reception/")
    assert NEED not in page.content() and NUMBER not in page.content()
    assert NUMBER not in page.evaluate(STORED)
    owner = window("reception")
    owner.goto("/me/drafts/")
    owner.get_by_role("link", name="Go on with it").click()
    expect_text_back(owner)


@pytest.mark.slow
def test_the_lock_holds_while_the_line_is_away_and_opens_when_it_is_back(window, cast):
    page = half_typed(window("reception"))
    page.context.set_offline(True)
    page.evaluate(LOCK)
    layer = page.locator("#layer")
    expect(layer).to_contain_text("No connection")
    assert "New visit" not in page.locator("body").aria_snapshot()
    page.context.set_offline(False)
    expect(layer.locator("[name=password]")).to_be_visible(timeout=10_000)
    layer.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(layer).to_be_hidden()
    expect_text_back(page)


@pytest.fixture
def file(cast):
    """A customer whom the whole hall knows."""
    return customers.register_customer(cast.actor("reception"), hall=cast.hall, now=cast.now, name="李建国", phones=["13800138000"], company="恒丰建材")


def test_two_windows_on_one_record_are_told_who_what_and_when_and_nothing_is_lost(window, cast, file):
    mine, theirs = window("reception"), window("manager")
    for page in (mine, theirs):
        page.goto(f"/reception/customers/{file.pk}/edit/")
    mine.locator("[name=name]").fill("李建国（长）")
    theirs.locator("[name=name]").fill("李建华")
    theirs.locator("[name=company]").fill("恒丰集团")
    theirs.locator("form[data-keep] .go button").first.click()
    theirs.wait_for_url(f"**/reception/customers/{file.pk}/")
    mine.locator("form[data-keep] .go button").first.click()
    told = mine.locator("#conflict")
    expect(mine.locator("[data-errors]")).to_contain_text(str(cast.users["manager"]))
    expect(told).to_contain_text("李建国（长）")
    expect(told).to_contain_text("李建华")
    expect(told).to_contain_text("恒丰集团")
    expect(mine.locator("[name=name]")).to_have_value("李建国（长）")
    expect(mine.locator("[name=company]")).to_have_value("恒丰集团")
    told.get_by_role("button", name="Take theirs").first.click()
    expect(mine.locator("[name=name]")).to_have_value("李建华")
    mine.locator("[name=name]").fill("李建国（长）")
    mine.locator("form[data-keep] .go button").first.click()
    mine.wait_for_url(f"**/reception/customers/{file.pk}/")
    file.refresh_from_db()
    assert (file.name, file.company) == ("李建国（长）", "恒丰集团")


def test_a_page_says_who_else_has_the_record_open_and_who_types(window, cast, file):
    mine, theirs = window("reception"), window("manager")
    theirs.goto(f"/reception/customers/{file.pk}/edit/")
    theirs.locator("[name=company]").fill("恒丰集团")
    with theirs.expect_response(lambda answer: "edits=yes" in (answer.request.post_data or "")):
        theirs.evaluate("document.dispatchEvent(new CustomEvent('hk:back'))")
    mine.goto(f"/reception/customers/{file.pk}/")
    expect(mine.locator("[data-here]")).to_contain_text(str(cast.users["manager"]))
    expect(mine.locator("[data-here]")).to_contain_text("is typing here")
    theirs.goto("/")
    mine.evaluate("document.dispatchEvent(new CustomEvent('hk:back'))")
    expect(mine.locator("[data-here]")).to_be_hidden()
