"""What pages do for people who print, who want no motion, who choose the colours themselves, who go by keys (UX 34, 43)."""
import pytest
from django.urls import reverse

from reception.visits.presence import services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STOPS = 16
SHOWN = "(names) => names.filter((name) => [...document.querySelectorAll(name)].some((e) => e.getClientRects().length))"
KEPT = {"visit_figures": ["h1", ".tile", "svg.ch rect"], "present": ["h1", ".tbl tbody tr"], "visits": ["h1", ".tbl tbody tr"],
        "evacuation": ["h1", ".roll__r", ".roll__sum"]}
LONGEST = """Math.max(...[...document.querySelectorAll('*')].flatMap((e) => [getComputedStyle(e).transitionDuration, getComputedStyle(e).animationDuration])
    .map((one) => Math.max(...one.split(',').map(parseFloat))))"""
STOP = """(forced) => {
  const e = document.activeElement, box = e.getBoundingClientRect();
  const label = `${e.tagName} ${e.textContent.trim().slice(0, 20) || e.name || ''}`;
  const ringed = [e, e.closest('label, .dlg__h, .pick')].filter(Boolean).some((one) => {
    const s = getComputedStyle(one);
    return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1) || (!forced && s.boxShadow !== 'none');
  });
  const points = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].map(([x, y]) => [box.x + box.width * x, box.y + box.height * y]);
  const seen = points.some(([x, y]) => { const hit = document.elementFromPoint(x, y); return hit && (e.contains(hit) || hit.contains(e)); });
  return [label, ringed, seen, e === document.body];
}"""


@pytest.fixture
def addresses_of(cast, visit_for):
    """The addresses of the pages, with something on each."""
    for day in range(5):
        visit_for(minutes_ago=30 + 1440 * day, state="closed")
    for _party in range(8):
        visit_for(party_size=3)
    running = services.start(cast.actor("manager"), cast.hall, kind="drill", now=cast.now)
    return {name: reverse(name, args=[running.pk] if name == "evacuation" else None) for name in KEPT}


def test_on_paper_there_is_the_page_and_no_shell(addresses_of, window):
    page = window("manager")
    page.emulate_media(media="print")
    for name, url in addresses_of.items():
        page.goto(url)
        assert page.evaluate(SHOWN, [".side", ".bar", ".foot", ".phonebar", ".head__act", ".pager", ".flt", ".pbar", ".skip", ".roll__some"]) == [], name
        assert page.evaluate(SHOWN, KEPT[name]) == KEPT[name], (name, page.locator("main").inner_html())
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)", name


def test_who_wants_no_motion_gets_none(addresses_of, window):
    page = window("manager", reduced_motion="reduce")
    for url in addresses_of.values():
        page.goto(url)
        assert page.evaluate(LONGEST) <= 0.0001, url


@pytest.mark.parametrize("forced", ["none", "active"])
def test_every_stop_of_the_keyboard_shows_a_ring_and_no_bar_covers_it(addresses_of, window, forced):
    page = window("manager", forced_colors=forced, viewport={"width": 1024, "height": 480})
    for name, url in addresses_of.items():
        page.goto(url)
        page.locator("#main").focus()
        for key in ["Tab"] * STOPS + ["Shift+Tab"] * (STOPS // 2):
            page.keyboard.press(key)
            label, ringed, seen, past = page.evaluate(STOP, forced == "active")
            if past:
                break
            assert ringed and seen, (name, key, label, ringed, seen)


def test_with_colours_of_their_own_bars_and_ticks_still_stand_out(addresses_of, window):
    page = window("manager", forced_colors="active")
    page.goto(addresses_of["visit_figures"])
    fill, ground = page.evaluate("[getComputedStyle(document.querySelector('svg.ch rect')).fill, getComputedStyle(document.body).backgroundColor]")
    assert fill != ground
    page.goto(addresses_of["evacuation"])
    page.locator(".roll__b").first.click()
    page.locator(".roll__r.is-safe").first.wait_for()
    box, ground = page.evaluate("[getComputedStyle(document.querySelector('.is-safe .roll__t')).backgroundColor, "
                                "getComputedStyle(document.body).backgroundColor]")
    assert box != ground
