"""Kiosk, wall display and waiting page in a real browser: touched, left alone, cut off from their server."""
import os
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reception.visits import queue
from reception.visits.models import Visit
from reception.visits.stations import keys, queries, services
from reception.visits.stations.models import HallKiosk, Station
from staff.regulation.models import ParameterValue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOUCH = {"viewport": {"width": 1080, "height": 1280}, "has_touch": True}
OUTAGE = int(os.environ.get("HALLKEEPER_WALL_OUTAGE", "25"))  # seconds without the server; 300 is the figure of the regulation
SOON = 30_000  # ms
VOICES = """
window.said = [];
const voices = %s.map((lang) => ({ lang, localService: true }));
const speak = (one) => { if (one.text) window.said.push([one.lang, one.text]); setTimeout(() => one.onend?.(), 10); };
Object.defineProperty(window, "speechSynthesis", { value: { getVoices: () => voices, speak } });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
window.chimes = 0;
const place = () => ({ value: 0, setValueAtTime() {}, exponentialRampToValueAtTime() {} });
window.AudioContext = class {
  state = "running"; currentTime = 0; destination = {};
  addEventListener() {}
  createGain() { return { gain: place(), connect: (to) => to }; }
  createOscillator() { window.chimes += 0.5; return { frequency: place(), connect: (to) => to, start() {}, stop() {} }; }
};
"""


@pytest.fixture
def settings_of(cast):
    """Sets what the first hall's stations ask and say."""
    return lambda **facts: HallKiosk.objects.update_or_create(hall=cast.hall, defaults={"language": "en", **facts})


@pytest.fixture
def address(cast, settings_of):
    """`address("kiosk")`: of a new station of the first hall."""
    settings_of(phone="optional", name="optional")
    return lambda kind: reverse(kind, args=[services.set_up(cast.actor("manager"), hall=cast.hall, kind=kind, name="East door", now=cast.now)[1]])


@pytest.fixture
def call(cast):
    """Calls the next visitor to counter 1."""
    return lambda: queue.call_next(cast.actor("sales"), hall=cast.hall, post=cast.posts["sales", "counter"], employee=cast.people["sales"], now=cast.now)


def idle(cast, seconds):
    """The kiosks of the first hall forget after so many seconds."""
    ParameterValue.objects.create(key="kiosk_idle_reset_seconds", value=seconds, hall=cast.hall, valid_from=cast.today - timedelta(days=1), reason="test")


def until(page, expression, wanted):
    """Wait until a value of the page is as wanted; the page's policy lets no text be run as script, so it is asked again and again."""
    for _turn in range(100):
        if page.evaluate(expression) == wanted:
            return
        page.wait_for_timeout(300)
    raise AssertionError(f"{expression} is {page.evaluate(expression)}, not {wanted}.")


def test_a_visitor_takes_a_ticket_with_a_finger_and_nothing_of_it_stays(window, cast, address):
    page = window(**TOUCH)
    page.goto(address("kiosk"))
    began = page.evaluate("history.length")
    page.get_by_role("button", name="See products").first.tap()
    expect(page.locator("[name=phone]")).to_be_focused()
    for digit in "13912345678":
        page.locator(".pad button", has_text=digit).tap()
    assert page.locator("[name=phone]").input_value() == "13912345678"
    small = page.evaluate("""[...document.querySelectorAll("button, input:not([type=hidden])")].filter((one) => one.getClientRects().length)
        .map((one) => [one.textContent || one.name, one.getBoundingClientRect().height]).filter(([, height]) => height < 56)""")
    assert not small
    page.locator("[name=name]").fill("王芳")
    page.get_by_role("button", name="Get my number").tap()
    expect(page.locator(".kiosk__no")).to_have_text("A001", timeout=SOON)
    visit = Visit.objects.get()
    assert visit.customer.name == "王芳"
    page.locator("[data-finish]").tap()
    expect(page.get_by_role("heading", name="What brings you here?")).to_be_visible(timeout=SOON)
    assert page.evaluate("history.length") == began
    assert "13912345678" not in page.content()
    assert "王芳" not in page.content()
    page.go_back()
    expect(page.get_by_role("heading", name="What brings you here?")).to_be_visible()


def test_left_alone_the_kiosk_counts_down_and_forgets_what_was_typed(window, cast, address):
    idle(cast, 6)
    page = window(**TOUCH)
    page.goto(address("kiosk"))
    page.get_by_role("button", name="See products").first.tap()
    page.locator("[name=phone]").fill("13912345678")
    page.locator("[name=name]").fill("王芳")
    expect(page.locator("#idle")).to_be_visible(timeout=SOON)
    page.locator("[data-stay]").tap()
    expect(page.locator("#idle")).to_be_hidden()
    assert page.locator("[name=name]").input_value() == "王芳"
    expect(page.get_by_role("heading", name="What brings you here?")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="See products").first.tap()
    expect(page.locator("[name=phone]")).to_have_value("")
    assert "13912345678" not in page.content()
    assert "王芳" not in page.content()
    assert not Visit.objects.exists()


@pytest.mark.slow
def test_the_kiosk_forgets_even_without_its_server_and_starts_anew_when_it_is_back(window, cast, address):
    idle(cast, 4)
    page = window(**TOUCH)
    page.goto(address("kiosk"))
    page.get_by_role("button", name="See products").first.tap()
    page.locator("[name=phone]").fill("13912345678")
    page.context.set_offline(True)
    page.get_by_role("button", name="Get my number").tap()
    expect(page.locator("#away")).to_be_visible(timeout=SOON)
    expect(page.locator("[name=phone]")).to_have_count(0, timeout=SOON)
    assert "13912345678" not in page.content()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="What brings you here?")).to_be_visible(timeout=SOON)
    expect(page.locator("#away")).to_be_hidden()


def test_a_language_chosen_for_one_visitor_is_gone_for_the_next(window, cast, address):
    idle(cast, 5)
    page = window(**TOUCH)
    page.goto(address("kiosk"))
    page.get_by_role("button", name="简体中文").tap()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.get_by_role("heading", name="您来办理什么？")).to_be_visible()
    expect(page.get_by_role("heading", name="What brings you here?")).to_be_visible(timeout=SOON)
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.slow
def test_the_wall_without_its_server_says_so_and_recovers_by_itself(window, cast, address, call):
    page = window(viewport={"width": 1920, "height": 1080})
    page.goto(address("display"))
    expect(page.locator("#wall")).to_contain_text("Nobody is called at the moment.")
    page.context.set_offline(True)
    cast.visit_for()
    call()
    page.wait_for_timeout(OUTAGE * 1000)
    expect(page.locator("#lost")).to_be_visible()
    expect(page.locator("#lost")).to_contain_text("No connection for")
    expect(page.locator("[data-live-age]")).to_have_class("age is-stale")
    expect(page.locator("#wall")).not_to_contain_text("A001")
    page.context.set_offline(False)
    expect(page.locator("#wall")).to_contain_text("A001", timeout=SOON)
    expect(page.locator("#lost")).to_be_hidden()
    expect(page.locator("[data-live-age]")).to_have_class("age")


def test_the_wall_speaks_a_call_in_both_languages_as_often_as_the_hall_wants(window, cast, address, call):
    page = window(viewport={"width": 1920, "height": 1080})
    page.add_init_script(VOICES % '["zh-CN", "en-GB"]')
    page.goto(address("display"))
    cast.visit_for()
    leg = call()
    until(page, "window.said.length", 4)
    once = [["zh-CN", "请 A 0 0 1 号到 1号窗口。"], ["en-GB", "Number A 0 0 1, go to Counter 1."]]
    assert page.evaluate("window.said") == once + once
    queue.recall(cast.actor("sales"), leg, now=cast.now)
    until(page, "window.said.length", 8)


def test_without_a_voice_it_sounds_a_chime_and_in_mute_hours_nothing(window, cast, address, call, settings_of):
    page = window(viewport={"width": 1920, "height": 1080})
    page.add_init_script(VOICES % "[]")
    page.goto(address("display"))
    cast.visit_for()
    leg = call()
    until(page, "window.chimes", 2)
    settings_of(mute_from="00:00", mute_until="23:59:59")
    expect(page.locator("[data-wall]")).to_have_attribute("data-muted", "yes", timeout=SOON)
    queue.recall(cast.actor("sales"), leg, now=cast.now)
    page.wait_for_timeout(8000)
    assert page.evaluate("[window.chimes, window.said.length]") == [2, 0]


def test_a_display_that_is_taken_out_of_use_goes_dark_at_its_next_sign_of_life(window, cast, address):
    page = window(viewport={"width": 1920, "height": 1080})
    page.clock.install()
    page.goto(address("display"))
    services.revoke(cast.actor("manager"), Station.objects.get(), now=cast.now)
    page.clock.fast_forward(61_000)
    expect(page.get_by_role("heading", name="This address is not in use")).to_be_visible(timeout=SOON)


def test_the_waiting_page_advances_when_the_visitor_is_called(window, cast, call):
    first, visit = cast.visit_for(minutes_ago=9), cast.visit_for(minutes_ago=3)
    page = window(viewport={"width": 390, "height": 844})
    page.goto(reverse("wait", args=[keys.wait_key(visit.public_code)]))
    expect(page.locator("#wait")).to_contain_text("1 person waits before you")
    leg = call()
    expect(page.locator("#wait")).to_contain_text("You are next", timeout=SOON)
    queue.no_show(cast.actor("sales"), leg, now=cast.now)
    call()
    expect(page.locator("#wait")).to_contain_text("It is your turn. Go to", timeout=SOON)
    expect(page.locator(".wait__call strong")).to_have_text("Counter 1")
    assert page.title().startswith("● A002")
    assert queries.standing(first, cast.now)[0].state == "no_show"


def test_the_waiting_page_is_whole_without_script(window, cast):
    page = window(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(reverse("wait", args=[keys.wait_key(cast.visit_for().public_code)]))
    expect(page.locator("#wait")).to_contain_text("You are next")


def test_who_is_expected_arrives_with_one_touch_on_the_own_phone(window, cast):
    appointment = cast.appointment_for(customer=cast.customer_for(name="李建国"), minutes=0)
    page = window(viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto(reverse("arrive", args=[appointment.token]))
    page.get_by_role("button", name="I am here").tap()
    expect(page.locator("#wait")).to_contain_text("A001", timeout=SOON)
    page.goto(reverse("arrive", args=[appointment.token]))
    expect(page.locator("#wait")).to_contain_text("A001")
    assert Visit.objects.count() == 1
