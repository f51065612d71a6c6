"""manage.py axe: every page of a demo under the rules of axe (WCAG 2.2 A and AA, and its best practice), in the ways people look at it."""
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.test.utils import override_settings
from django.urls import reverse

from config.embedded import places, throwaway
from config.management.commands.gallery import BY_NAME, LANGUAGES, PICTURES, Studio, browser

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # belongs to 2.2, and rests unless it is named
    "resultTypes": ["violations"],
}
ROLES = ("reception", "sales", "agent", "telesales", "designer", "technician", "logistics", "supervisor", "manager", "department", "orders",
         "research", "hr", "general", "admin", "trainer", "auditor", "trainee")
WITH_LAYERS = ("reception", "manager")  # the roles whose menus and dialogs are opened too; the others have the same
ERRORS = ("400", "403", "404", "413", "429", "500", "503", "csrf")
PIECES = {"command_bar"}  # answers a part of a page, which is looked at where it stands
START_SECONDS = 300  # for a demo of our own, data included

BREAK = """() => {
  const asks = 'input:not([type=hidden], [type=submit], [type=file], [type=checkbox], [type=search]), select, textarea';
  const form = [...document.querySelectorAll('main form')].find((one) => one.method === 'post' && !one.closest('dialog') && one.querySelector(asks));
  for (const field of form?.querySelectorAll(asks) ?? []) {
    if (field.tagName === 'SELECT') field.add(new Option('?', 'no-such', true, true));
    else if (field.type === 'radio') { field.value = 'no-such'; field.checked = true; }
    else { if (field.tagName === 'INPUT') field.type = 'text'; field.value = '\\0'; }
  }
  form?.setAttribute('data-broken', '');
  return !!form;
}"""
SEND = "HTMLFormElement.prototype.submit.call(document.querySelector('[data-broken]'))"


@dataclass(frozen=True)
class Way:
    """How a page is looked at; `text` is the size of letters that the person's browser is set to, in per cent."""

    name: str
    width: int = 1440
    height: int = 900
    theme: str = "light"
    language: str = "en"
    text: int = 100
    media: str = "screen"

    @property
    def options(self):
        """What Playwright asks for a window of this kind."""
        return {"viewport": {"width": self.width, "height": self.height}, "color_scheme": self.theme, "locale": LANGUAGES[self.language]}


WAYS = {way.name: way for way in (
    Way("desktop"), Way("dark", theme="dark"), Way("phone", width=390, height=844), Way("narrow", width=320, height=640), Way("large", text=200),
    Way("chinese", language="zh-hans"), Way("paper", media="print"))}
EVERY_PAGE = ("desktop", "dark", "phone", "chinese", "paper")
EVERY_START = ("desktop", "phone", "dark", "narrow", "large")
EVERY_FORM, EVERY_ERROR = ("desktop",), ("desktop", "dark", "narrow")


def violations(page, part="html"):
    """What axe finds wrong with the page as it stands, or with a part of it: one line a place, with the rule, how grave it is, the
    element and what to do."""
    from axe_playwright_python.base import AXE_SCRIPT

    page.evaluate(AXE_SCRIPT)
    answer = page.evaluate(f"axe.run({json.dumps(part)}, {json.dumps(RULES)}).then((found) => found.violations)")
    return [f"{found['id']} ({node['impact']}): {' '.join(map(str, node['target']))}: {' '.join(node['failureSummary'].split())}"
            for found in answer for node in found["nodes"]]


def wider(page):
    """A line when the page must be moved sideways to be read; one pixel is what rounding up a part of one makes."""
    needed, there = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"{needed} px wide, the window has {there}"] if needed > there + 1 else []


PLAIN_FILES = settings.STORAGES | {  # the demo collected its files for itself: here only their plain names are known, which it serves too
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


class Command(BaseCommand):
    """Prints what is wrong, page by page, and ends with 1 when anything is."""

    help = "Look for barriers on every page of a demo: its own, or a running one."
    requires_system_checks = []

    def add_arguments(self, parser):
        """Which demo, and which part of the pages and ways."""
        parser.add_argument("--address", help="a running demo, as http://127.0.0.1:8000 (without it one of its own is started)")
        parser.add_argument("--only", action="append", choices=sorted(BY_NAME), metavar="NAME", help="one page by its URL name; may be repeated")
        parser.add_argument("--ways", nargs="+", choices=WAYS, help=f"({', '.join(EVERY_PAGE)} for pages; {', '.join(EVERY_START)} for start pages)")
        parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), help="(all of them)")

    def handle(self, *, address, only, ways, parts, **options):
        """Every wanted page in every wanted way."""
        wanted = [picture for picture in PICTURES if picture.name not in PIECES and (not only or picture.name in only)]
        with demo_at(address) as home, browser() as chromium:
            walk = Walk(chromium, home, self.stdout)
            for part in parts:
                PARTS[part](walk, wanted, ways)
        self.stdout.write(f"{walk.looked} looks at pages: {walk.found} places with something wrong on {len(walk.bad)} of them.")
        if walk.bad:
            sys.exit(1)


class Walk:
    """Opens pages and counts what is wrong; the studio signs in and finds the addresses."""

    def __init__(self, chromium, address, out):
        self.studio, self.out = Studio(chromium, address, None, []), out
        self.looked, self.found, self.bad = 0, 0, []

    def pages(self, wanted, ways):
        """Every page of the gallery as its main user."""
        for user in dict.fromkeys((picture.user, picture.open) for picture in reversed(wanted)):  # the last one's locked log-in is soon free again
            mine = [picture for picture in wanted if (picture.user, picture.open) == user]
            for way in ways or EVERY_PAGE:
                with self.window("" if user[1] else user[0], WAYS[way]) as page:
                    for picture in mine:
                        self.visit(page, picture, way)

    def starts(self, wanted, ways):
        """Where each role lands after the log-in."""
        for role in ROLES:
            for way in ways or EVERY_START:
                with self.window(role, WAYS[way]) as page:
                    page.goto(reverse("home"))
                    self.look(page, f"start of {role}, {way}")
                    if role in WITH_LAYERS:
                        self.layers(page, f"start of {role}, {way}")

    def layers(self, page, where):
        """What opens over every page: menus, the list of keys, the command bar."""
        for place in range(page.locator(".menu > summary:visible").count()):
            page.locator(".menu > summary:visible").nth(place).click()
            self.look(page, f"{where}, menu {place + 1}", ".menu[open]")  # what it covers for a moment is no target
            page.keyboard.press("Escape")
        for keys, what in (("?", "key list"), ("Control+k", "command bar")):
            page.keyboard.press(keys)
            page.locator("dialog[open]").wait_for()
            if what == "command bar":
                page.keyboard.type("a")
                page.locator("dialog [role=option]").first.wait_for()
            self.look(page, f"{where}, {what}")
            page.keyboard.press("Escape")

    def forms(self, wanted, ways):
        """Every form with a wrong answer to each of its questions, so that nothing is ever saved by it."""
        for picture in wanted:
            for way in ways or EVERY_FORM:
                with self.window("" if picture.open else picture.user, WAYS[way]) as page:
                    path = next(iter(self.studio.paths(picture.name, picture.user)), None)
                    if path is None or page.goto(path).status >= 400 or not page.evaluate(BREAK):
                        continue
                    with page.expect_navigation():
                        page.evaluate(SEND)
                    self.look(page, f"{picture.name} with errors, {way}")

    def errors(self, wanted, ways):
        """The pages that say what went wrong."""
        for way in ways or EVERY_ERROR:
            with self.window("", WAYS[way]) as page:
                for name in ERRORS:
                    with override_settings(STORAGES=PLAIN_FILES):
                        body = render_to_string(f"errors/{name}.html", {"reference": "7f3a-0c21"})
                    page.route(f"**/errors/{name}", lambda route, *, body=body: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
                    page.goto(f"/errors/{name}")
                    self.look(page, f"error {name}, {way}")

    def visit(self, page, picture, way):
        """One page as it opens; one that cannot be opened is wrong too."""
        path = next(iter(self.studio.paths(picture.name, picture.user)), None)
        if path is None:
            self.tell(f"{picture.name}, {way}", [f"no link to it on the page {picture.at} of {picture.user}"])
            return
        answer = page.goto(path)
        if answer.status >= 400:
            self.tell(f"{picture.name}, {way}", [f"the page answered {answer.status}"])
        else:
            self.look(page, f"{picture.name}, {way}")

    def look(self, page, what, part="html"):
        """Let axe look at the page, or a part of it, as it stands now."""
        self.tell(what, violations(page, part) + wider(page))

    def tell(self, what, lines):
        """Print what is wrong there, and count."""
        self.looked += 1
        if lines:
            self.bad.append(what)
            self.found += len(lines)
            self.out.write("\n    ".join([what, *lines]))

    @contextmanager
    def window(self, user, way):
        """A page of a signed-in person ('' = signed out), looked at in this way."""
        context = self.studio.context(user, **way.options)
        page = context.new_page()
        if way.text != 100:
            context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": round(16 * way.text / 100)}})
        page.emulate_media(media=way.media)
        yield page
        context.close()


PARTS = {"pages": Walk.pages, "starts": Walk.starts, "forms": Walk.forms, "errors": Walk.errors}


@contextmanager
def demo_at(address):
    """Where the demo runs: the one that was named, or one of our own that is gone afterwards."""
    if address:
        yield address
        return
    throwaway.remove_leftovers()
    instance = places.Instance(f"test-{os.getpid()}-axe")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = subprocess.Popen([sys.executable, "-m", "config.embedded", "demo", "--port", str(port)], cwd=places.CHECKOUT,
                               env=os.environ | {places.INSTANCE: instance.name}, stdout=sys.stderr, start_new_session=True)
    try:
        with throwaway.ended_by_term():
            wait_for(running, f"http://127.0.0.1:{port}/readyz")
            yield f"http://127.0.0.1:{port}"
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait()
        throwaway.remove(instance)


def wait_for(running, url):
    """Wait until the demo is filled and answers."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and running.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=10).close()
            return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.5)
    raise CommandError("The demo did not start; the lines above say why.")
