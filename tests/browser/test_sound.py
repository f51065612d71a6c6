"""The chime for new work: switched on by the person, for what arrives while the page is open, silent in the silent hours."""
import pytest
from playwright.sync_api import expect

from reception.visits.stations.models import HallKiosk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHIMES = """
window.chimes = 0;
const place = () => ({ value: 0, setValueAtTime() {}, exponentialRampToValueAtTime() {} });
window.AudioContext = class {
  state = "running"; currentTime = 0; destination = {};
  resume() { return Promise.resolve(); }
  createGain() { return { gain: place(), connect: (to) => to }; }
  createOscillator() { window.chimes += 0.5; return { frequency: place(), connect: (to) => to, start() {}, stop() {} }; }
};
"""
HIDDEN = "Object.defineProperty(document, 'hidden', { get: () => true })"


def opened(window, address):
    """A page of the salesperson on which every chime is counted."""
    page = window("sales")
    page.add_init_script(CHIMES)
    page.goto(address)
    return page


def switch_on(page):
    """By the menu under the name; it is heard at once."""
    page.locator(".bar summary").last.click()
    page.get_by_role("button", name="Switch the sound for new work on").click()
    expect(page.get_by_role("button", name="Switch the sound for new work off")).to_be_visible()
    assert page.evaluate("chimes") == 1
    page.keyboard.press("Escape")


def test_nothing_sounds_until_it_is_switched_on_and_then_each_ticket_that_arrives(window, cast):
    page = opened(window, "/reception/counter/")
    cast.visit_for()
    expect(page).to_have_title("(1) Counter · Hallkeeper", timeout=10_000)
    assert page.evaluate("chimes") == 0
    switch_on(page)
    cast.visit_for()
    expect(page).to_have_title("(2) Counter · Hallkeeper", timeout=10_000)
    page.wait_for_function("() => chimes === 2")
    page.reload()  # what waits already is not new, and the choice is kept
    cast.visit_for()
    page.wait_for_function("() => chimes === 1", timeout=10_000)


def test_the_silent_hours_of_the_hall_hold_here_too(window, cast):
    page = opened(window, "/reception/counter/")
    switch_on(page)
    HallKiosk.objects.update_or_create(hall=cast.hall, defaults={"mute_from": "00:00", "mute_until": "23:59:59"})
    with page.expect_response("**/reception/sound/") as asked:
        cast.visit_for()
    assert asked.value.json() == {"allowed": False}
    page.wait_for_timeout(500)
    assert page.evaluate("chimes") == 1


def test_a_visitor_for_this_very_person_sounds_on_my_day_in_a_hidden_tab_too_and_another_one_does_not(window, cast):
    page = opened(window, "/")
    switch_on(page)
    page.evaluate(HIDDEN)
    with page.expect_response("**/reception/my-visits/"):
        cast.visit_for()
    with page.expect_response("**/reception/my-visits/"):
        cast.visit_for(adviser="sales")
    expect(page).to_have_title("(1) My day · Hallkeeper", timeout=10_000)
    page.wait_for_function("() => chimes === 2")
