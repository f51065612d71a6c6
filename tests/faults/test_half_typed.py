"""A form is half filled when the line, the window, the session or the server goes: its text is back and is sent once (RELIABILITY R4)."""
import random
import re
import shutil
import time
from contextlib import contextmanager, suppress
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import redis
from django.conf import settings
from playwright.sync_api import Error

from tests.browser.conftest import DESKTOP, FLAGS, PROGRAMS
from tests.cast import PASSWORD
from tests.faults import ledger
from tests.faults.relay import Relay
from tests.faults.system import until
from tests.faults.window import key

EACH = 20  # tries of each kind
SOON, LATE = 0.1, 3.0  # seconds from the last key to what happens then
PATIENCE = 40_000  # ms until something that has to come back is given up
GO_ON = "Go on with it"
THE_DESK = re.compile(r"//[^/]+/reception/$")


@pytest.fixture(scope="module")
def browser():
    """A Chromium; the test is skipped without one."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("No Chromium is installed: apt-get install chromium fonts-noto-cjk")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield one
        one.close()


class Desk:
    """A receptionist's browser on a cable that can be pulled."""

    def __init__(self, system, browser):
        self.system, self.relay = system, Relay(system.port)
        self.context = browser.new_context(base_url=f"http://127.0.0.1:{self.relay.port}", viewport=DESKTOP, locale="en")
        self.context.set_default_timeout(PATIENCE)
        self.open()
        self.page.goto("/login/?next=/reception/")
        self.log_in(self.page)
        self.page.wait_for_url(THE_DESK)

    def open(self):
        """A new window of the same browser."""
        self.page = self.context.new_page()
        return self.page

    @staticmethod
    def log_in(place):
        """Name and password."""
        place.locator("[name=username]").fill("reception")
        place.locator("[name=password]").fill(PASSWORD)
        place.locator("[name=password]").press("Enter")

    def type(self, text, more=""):
        """In a new window the text in the field for the need, and the first digits of a phone; the cursor stays in the text."""
        self.page.close()
        self.open().goto("/reception/")
        self.page.locator("[name=who]").press_sequentially("1391234", delay=5)
        self.page.keyboard.press("Escape")
        self.go_on(text + more)

    def go_on(self, text):
        """Type on."""
        self.page.locator("[name=need]").press_sequentially(text, delay=2)

    def expect(self, text):
        """The text stands in the form."""
        self.page.wait_for_function("text => document.querySelector('[name=need]')?.value === text", arg=text)
        assert self.page.locator("[name=who]").input_value() == "1391234"

    def finds(self, text, *, there=False):
        """At the desk, in a new window unless one is `there` already, the text is offered, and is back when it is taken up."""
        if not there:
            self.page.goto("/reception/")
        offer = self.page.get_by_role("link", name=GO_ON).or_(self.page.locator(".toast a", has_text="Open"))
        offer.first.wait_for()
        offer.first.click()
        self.expect(text)

    def save(self):
        """Why the visitor came, and the button."""
        self.page.locator("[name=who]").fill("")
        self.page.locator("[name=purpose]").first.check()
        self.page.locator("#visit-form .go button").first.click()

    def close(self):
        """Close the window as a person does."""
        with self.page.expect_event("close"):
            self.page.close(run_before_unload=True)

    def saved(self, text):
        """Wait until the house has the visit."""
        until(lambda: visits(self.system, text) >= 1, PATIENCE / 1000, what=f"the visit {text}")

    def forget_session(self):
        """The session of this browser is over, in the database and in the cache."""
        mine = next(one["value"] for one in self.context.cookies() if one["name"].endswith("sessionid"))
        self.system.sql("DELETE FROM django_session WHERE session_key = %s", [mine])
        redis.Redis(unix_socket_path=str(self.system.instance.valkey_socket), db=settings.REDIS_NUMBER + 1).flushdb()


@pytest.fixture
def desk(system, browser):
    """One browser for all tries of a kind, as a desk has one."""
    one = Desk(system, browser)
    yield one
    one.context.close()
    one.relay.close()


def visits(system, text):
    """How many visits bear this text."""
    return system.one("SELECT count(*) FROM reception_visit WHERE need = %s", [text])


def drafts(system):
    """How many drafts the house offers."""
    return system.one("SELECT count(*) FROM config_draft d WHERE NOT EXISTS (SELECT 1 FROM config_oneoff o WHERE o.key = d.key)")


@contextmanager
def line_away(desk):
    """The browser has no network while the block runs."""
    desk.context.set_offline(True)
    try:
        yield
    finally:
        desk.context.set_offline(False)


def offline(desk, text, chance):
    """The network goes, one types on; then the window is closed without it, or the form is saved without it."""
    desk.type(text[:12])
    time.sleep(chance.uniform(SOON, LATE))
    saves = chance.random() < 0.5
    with line_away(desk):
        desk.go_on(text[12:])
        time.sleep(chance.uniform(SOON, LATE))
        if saves:
            desk.expect(text)
            desk.save()
            desk.page.locator("#line", has_text="Waiting to be sent: 1").wait_for()
        else:
            desk.close()
    if not saves:
        desk.open()
        desk.finds(text)
        desk.save()


def tab_closed(desk, text, chance):
    """The window is closed."""
    desk.type(text)
    time.sleep(chance.uniform(SOON, LATE))
    desk.close()
    desk.open()
    desk.finds(text)
    desk.save()


def tab_crashed(desk, text, chance):
    """The window's process dies without a word."""
    desk.type(text)
    time.sleep(chance.uniform(SOON, LATE))
    with desk.page.expect_event("crash"), suppress(Error):  # who is dead does not answer
        desk.page.goto("chrome://crash", timeout=5000)
    desk.page.close()
    desk.open()
    desk.finds(text)
    desk.save()


def session_ended(desk, text, chance):
    """The session is over: the question lies over the page, or the page is opened anew and one logs in again."""
    desk.type(text)
    time.sleep(chance.uniform(SOON, LATE))
    if chance.random() < 0.5:
        desk.page.locator("[name=who]").fill("")
        desk.page.locator("[name=purpose]").first.check()
        desk.forget_session()
        desk.page.evaluate("document.getElementById('visit-form').requestSubmit()")  # the question may lie over the page already
        layer = desk.page.locator("#layer")
        layer.locator("[name=username]").wait_for()
        desk.log_in(layer)
        layer.wait_for(state="hidden")
    else:
        desk.forget_session()
        desk.page.goto("/reception/")
        desk.page.wait_for_url("**/login/**")
        desk.log_in(desk.page)
        desk.page.wait_for_url(THE_DESK)
        desk.finds(text, there=True)
        desk.save()


def server_killed(desk, text, chance):
    """The web processes are killed, sometimes gunicorn with them; one types on and saves, or closes the window meanwhile."""
    desk.type(text[:12])
    time.sleep(chance.uniform(SOON, LATE))
    pids = desk.system.pids("web")
    desk.system.kill(*(pids if chance.random() < 0.5 else pids[1:]))
    desk.go_on(text[12:])
    if chance.random() < 0.5:
        desk.expect(text)
        desk.save()
    else:
        time.sleep(chance.uniform(SOON, LATE))
        desk.close()
        until(desk.system.answers, what="the log-in page")
        desk.open()
        desk.finds(text)
        desk.save()


KINDS = {"the line cut": offline, "the window closed": tab_closed, "the window's process dead": tab_crashed,
         "the session over": session_ended, "the web process killed": server_killed}


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_half_typed_is_back_and_is_sent_once(system, desk, rounds, figure, kind):
    count, chance, texts = rounds(EACH), random.Random(kind), []
    for _try in range(count):
        texts.append(f"Two doors of oak {key()}")
        KINDS[kind](desk, texts[-1], chance)
        desk.saved(texts[-1])
    time.sleep(3)  # for whatever is still on its way
    assert [visits(system, text) for text in texts] == [1] * count
    until(lambda: drafts(system) == 0, what="the end of all drafts")
    figure("R4", f"{kind} while a form was half filled", f"text back {count} of {count}", f"{count} of {count}; 0 sent twice, 0 drafts left")


def test_a_desk_cut_off_for_minutes_loses_nothing_and_sends_nothing_twice(system, desk, figure, pytestconfig):
    cut = pytestconfig.getoption("--cut")
    first, second, third = texts = [f"Cut off {key()}" for _visit in range(3)]
    before = ledger.rows_of(system)
    desk.type(first[:12])
    time.sleep(1)
    desk.relay.pull()
    began = time.monotonic()
    desk.go_on(first[12:])
    save_unheard(desk, 1)
    desk.go_on(second)
    minute = save_unheard(desk, 2)
    desk.page.locator("[name=who]").press_sequentially("1391234", delay=5)
    desk.page.keyboard.press("Escape")
    desk.go_on(third)
    time.sleep(max(0, began + cut - time.monotonic()))
    assert [visits(system, text) for text in texts] == [0, 0, 0]
    desk.relay.plug()
    noticed = until(lambda: visits(system, first) and visits(system, second), what="the two visits")
    desk.expect(third)
    desk.save()
    desk.saved(third)
    time.sleep(25)  # longer than the page waits for an answer: what was held up in the cable has arrived as well
    assert [visits(system, text) for text in texts] == [1, 1, 1]
    assert ledger.grown(before, ledger.rows_of(system))["reception_visit"] == 3
    arrived = system.one("SELECT arrived_at FROM reception_visit WHERE need = %s", [second])  # the first was on its way as the cable was pulled
    assert arrived.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%H:%M") == minute, "the visit does not bear the minute of its saving"
    assert drafts(system) == 0
    figure("R4", f"a desk cut off for {cut:.0f} s in mid-form, two visits saved meanwhile", "0 lost, 0 twice",
           f"0 lost, 0 twice; both sent {noticed:.0f} s after the line's return")


def save_unheard(desk, waiting):
    """Save without a line; the minute on the page's clock. An empty form takes the place of the one that waits."""
    desk.page.locator("[name=who]").fill("")
    desk.page.locator("[name=purpose]").first.check()
    minute = datetime.now(ZoneInfo("Asia/Shanghai")).strftime("%H:%M")
    desk.page.locator("#visit-form .go button").first.click()
    desk.page.locator("#line", has_text=f"Waiting to be sent: {waiting}").wait_for()
    assert desk.page.locator("[name=need]").input_value() == ""
    return minute

