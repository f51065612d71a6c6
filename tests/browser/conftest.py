"""A real Chromium in front of a live server: `window("reception")` is a signed-in page of that person of the cast."""
import os
import shutil

import pytest
from django.conf import settings
from django.test import Client

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
DESKTOP, PHONE, WALL = ({"width": 1440, "height": 900}, {"width": 390, "height": 844}, {"width": 1920, "height": 1080})


@pytest.fixture(scope="session")
def chromium():
    """The browser; a test without one is skipped, or fails where HALLKEEPER_REQUIRE_BROWSER says that there must be one."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        if os.environ.get("HALLKEEPER_REQUIRE_BROWSER"):
            pytest.fail("There is no Chromium here, and HALLKEEPER_REQUIRE_BROWSER asks for one.")
        pytest.skip("No Chromium is installed: apt-get install chromium fonts-noto-cjk")
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's driver keeps an event loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium, live_server, request):
    """Opens pages: `window("manager", viewport=PHONE, locale="zh-CN")`; without a name, signed out.

    At the end of the test no page may have met an error of a script, a broken rule of the security policy, an
    answer of 500 and more, or an address outside the live server.
    """
    contexts, faults = [], []

    def open_window(name=None, *, viewport=DESKTOP, locale="en", **options):
        context = chromium.new_context(base_url=live_server.url, viewport=viewport, locale=locale, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        if name is not None:
            context.add_cookies([session_cookie(request.getfixturevalue("cast").user(name), live_server.url)])
        page = context.new_page()
        watch(page, live_server.url, faults)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not faults, faults


def session_cookie(user, url):
    """The cookie of a session that `user` signed in with."""
    from tests.cast import signed_in

    client = signed_in(user, Client())
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": url}


def watch(page, home, faults):
    """Write down what must never happen on a page."""
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("console", lambda message: faults.append(f"policy: {message.text}") if "Content Security Policy" in message.text else None)
    page.on("response", lambda answer: faults.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None)
    page.on("request", lambda asked: None if asked.url.startswith((home, "data:", "about:", "blob:"))
            else faults.append(f"outside: {asked.url}"))
