"""The phone path of a customer in a real browser: complain, code, tracking, answer a question, rate; at 360 px, in under 90 seconds."""
import time

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from complaints.handling import states
from complaints.handling.models import Complaint
from complaints.handling.services import timing
from tests.complaints.acts import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def complain(page, cast):
    """Answer the questions and send them; returns the complaint."""
    page.goto(reverse("complain"))
    assert not page.evaluate(WIDE)
    page.get_by_label("What happened?").fill("I waited fifty minutes for the contract.")
    page.locator(f"input[name=hall][value='{cast.hall.pk}']").check()
    page.locator("[name=contact]").fill("138 0013 8123")
    page.wait_for_timeout(3000)  # a person takes longer
    page.get_by_role("button", name="Send").tap()
    expect(page.locator(".pub-code")).to_be_visible()
    assert not page.evaluate(WIDE)
    return Complaint.objects.get()


def test_a_customer_complains_follows_answers_and_rates_on_a_phone(window, cast):
    began, page = time.monotonic(), window(**PHONE)
    row = complain(page, cast)
    page.goto(reverse("track"))
    page.locator("[name=code]").fill(row.public_code.lower())
    page.locator("[name=digits]").fill("8123")
    page.get_by_role("button", name="Show how it stands").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have received it.")
    assert not page.evaluate(WIDE)
    spent = time.monotonic() - began

    walk = Walk(cast, row)
    walk.to(states.INVESTIGATING)
    timing.ask_customer(cast.actor("agent"), row, text="At which counter?", method="page", now=walk.tick())
    began = time.monotonic()
    page.reload()
    page.get_by_label("Your words").fill("At the second")
    page.get_by_role("button", name="Send").tap()
    expect(page.locator(".pub-lines")).to_contain_text("At the second")
    spent += time.monotonic() - began

    walk.to(states.IMPLEMENTED)
    began = time.monotonic()
    page.reload()
    page.locator("input[name=stars][value='4']").check()
    page.get_by_role("button", name="Rate", exact=True).tap()
    expect(page.locator("main")).to_contain_text("4 / 5")
    spent += time.monotonic() - began
    assert spent < 90 and row.ratings.get().stars == 4 and row.registered_at <= timezone.now()


def test_it_works_without_scripts(window, cast):
    page = window(**PHONE, java_script_enabled=False)
    page.goto(reverse("complain"))
    page.locator("[name=matter]").fill("I waited fifty minutes for the contract.")
    page.locator(f"input[name=hall][value='{cast.hall.pk}']").check()
    page.wait_for_timeout(3000)
    page.get_by_role("button", name="Send").tap()
    expect(page.locator(".pub-code")).to_be_visible()
    page.get_by_role("link", name="Open my page").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have received it.")
