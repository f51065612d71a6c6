"""No barrier that axe can find (UX 43): start pages in every way of looking, the pages without a log-in, refused forms. ./run axe looks at all."""
import pytest
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from config.management.commands.axe import BREAK, ROLES, SEND, WAYS, violations, wider
from reception.visits.stations import keys
from reception.visits.stations import services as stations
from staff.organisation.matrix import ROLES as ALL_ROLES
from tests.access.subjects import SUBJECTS
from tests.cast import PASSWORD
from tests.more import more

SOME = ["desktop", *more("phone", "dark")]


def browser(test):
    """A test in a real browser."""
    return pytest.mark.browser(pytest.mark.django_db(transaction=True)(test))


@pytest.fixture
def look(window):
    """`look("manager", "dark", "/")`: the page, after axe found nothing and nothing stands beside the window."""
    def looked(name, way, address):
        options = WAYS[way].options
        page = window(name, **options)
        if WAYS[way].text != 100:
            page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 16 * WAYS[way].text // 100}})
        page.goto(address)
        assert violations(page) + wider(page) == []
        return page
    return looked


@browser
def test_start_pages_have_no_barrier_however_they_are_looked_at(look, visit_for):
    visit_for()
    for name, way in (("reception", "desktop"), ("manager", "dark"), ("sales", "phone"), ("hr", "narrow"), ("admin", "large")):
        look(name, way, "/")


@browser
def test_the_pages_of_a_hall_have_no_barrier_nor_a_form_that_was_refused(look, visit_for):
    visit_for(), visit_for(state="closed")
    for name, way in (("desk", "desktop"), ("visits", "narrow"), ("present", "chinese")):
        look("reception", way, reverse(name))
    page = look("reception", "phone", reverse("register_customer"))
    assert page.evaluate(BREAK)
    with page.expect_navigation():
        page.evaluate(SEND)
    assert page.title().startswith("Error:")
    assert violations(page) + wider(page) == []


@browser
def test_pages_for_visitors_have_no_barrier_and_one_that_is_built_in_is_found(look, cast, visit_for):
    station = stations.set_up(cast.actor("manager"), hall=cast.hall, kind="kiosk", name="East door", now=cast.now)[0]
    look(None, "phone", reverse("wait", args=[keys.wait_key(visit_for().public_code)]))
    look(None, "narrow", reverse("checkin", args=[keys.check_in_key(station.pk, cast.now)]))
    page = look(None, "dark", "/nowhere/")
    page.evaluate("document.querySelector('main').append(document.createElement('button'), document.createElement('input'))")
    assert {line.split()[0] for line in violations(page)} == {"button-name", "label"}


@browser
@pytest.mark.parametrize("way", SOME)
def test_pages_that_a_demo_shows_at_times_alone_have_no_barrier(look, cast, way):
    """What needs a running evacuation, an act on many rows, somebody about to leave: a demo of an ordinary day has none."""
    for name, who in (("add_evacuation_person", "reception"), ("end_evacuation", "reception"), ("bulk_run", "reception"), ("stay", "hr"),
                      ("release_person", "admin")):
        look(who, way, reverse(name, kwargs=SUBJECTS[name].make(cast, "sales" if name in ("stay", "release_person") else who)))


@browser
@pytest.mark.parametrize("way", SOME)
def test_the_second_step_has_no_barrier(chromium, live_server, cast, way):
    for name, device in (("set_up_second_factor", False), ("second_factor", True)):
        if device:
            TOTPDevice.objects.create(user=cast.user("manager"), name="phone", confirmed=True)
        context = chromium.new_context(base_url=live_server.url, **WAYS[way].options)
        page = context.new_page()
        page.goto("/login/")
        page.fill("[name=username]", "manager")
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{reverse(name)}**")
        assert violations(page) + wider(page) == []
        context.close()


def test_the_command_knows_every_role():
    assert set(ROLES) == set(ALL_ROLES)
