"""A register brought in and taken back in a real browser: the pages refresh by themselves while the work runs."""
import threading

import pytest
from django.db import connection
from playwright.sync_api import expect

from config.jobs import services as jobs
from config.jobs.models import Job
from reception.visits.models import Visit
from tests.browser.conftest import PHONE
from tests.reception.visits.registers import REGISTER

pytestmark = pytest.mark.django_db(transaction=True)


class Worker(threading.Thread):
    """What the bulk worker does, in this process: steps every open job until it is told to go home."""

    def __init__(self):
        super().__init__(daemon=True)
        self.home = threading.Event()

    def run(self):
        while not self.home.wait(0.2):
            for pk in Job.objects.filter(state__in=["waiting", "running"]).values_list("pk", flat=True):
                jobs.take_step(pk)
        connection.close()


@pytest.fixture
def worker(transactional_db):
    """A worker beside the browser."""
    thread = Worker()
    thread.start()
    yield thread
    thread.home.set()
    thread.join(10)


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desktop", "phone"])
def test_a_receptionist_brings_the_sample_register_in_and_takes_it_back(cast, window, worker, viewport):
    page = window("reception", **({"viewport": viewport} if viewport else {}))
    page.goto("/reception/registers/")
    page.get_by_role("link", name="Bring a register in").first.click()
    page.set_input_files("input[name=file]", REGISTER)
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_label("客户姓名")).to_have_value("name")
    page.get_by_role("button", name="Try it").click()
    page.get_by_role("button", name="Bring 605 visits in").click(timeout=60_000)
    expect(page.get_by_role("link", name="Undo this import")).to_be_visible(timeout=60_000)
    assert Visit.objects.filter(imported=True, hall=cast.hall).count() == 605
    assert page.locator("#main").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text("Visits taken back")).to_be_visible(timeout=60_000)
    assert not Visit.objects.exists()
