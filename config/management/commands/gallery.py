"""manage.py gallery: pictures of every page of a running demo, to be looked at by people."""
import contextlib
import itertools
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html, format_html_join

from config.embedded.places import CHECKOUT

PASSWORD = "hallkeeper-demo"  # of everybody in the demo
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
LANGUAGES = {"en": "en-GB", "zh-hans": "zh-CN", "zh-hant": "zh-TW"}  # ours, and as a browser asks for it
SIZES = {"desktop": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
THEMES = ("light", "dark")
TALLEST = 8_000  # px of a page that are shown
PAGE_MS = 20_000  # how long one page may take
TRIED = 8  # records of a list that are opened in search of a link that not every record has
LINK = re.compile(r'(?:href|action|hx-get)="(/[^"]*)"')


@dataclass(frozen=True)
class Picture:
    """A page by its URL name, the person who mostly uses it ('' = signed out), and the page that holds a link to it when it has keys.

    `open`: the link is found as that person, and the page looked at signed out, as by whoever holds its key.
    """

    name: str
    user: str
    at: str = ""
    open: bool = False


def pictures(user, *names, at="", open=False):
    """Several pages of one person."""
    return [Picture(name, user, at, open) for name in names]


PICTURES = [
    *pictures("", "login"),
    *pictures("reception", "home", "desk", "board", "visits", "day_log", "left_open", "registers", "register_upload", "customers",
              "register_customer", "help", "drafts", "my_settings", "change_password", "jobs", "command_bar", "competences",
              "saved_views", "snippets"),
    *pictures("reception", "present", "present_sheet", "start_evacuation"),
    *pictures("manager", "evacuation", at="present"),
    *pictures("manager", "evacuation_sheet", at="evacuation"),
    *pictures("reception", "visit", at="visits"),
    *pictures("reception", "visit_edit", "registration_form", "ticket_slip", "visit_area", "visit_assign", "visit_serve", "visit_hand_over",
              "visit_close", "visit_leave", "visit_add_service", "visit_attach", at="visit"),
    *pictures("reception", "register", "register_columns", "register_check", at="registers"),
    *pictures("reception", "undo_register", at="register"),
    *pictures("reception", "job", at="jobs"),
    *pictures("reception", "customer", at="customers"),
    *pictures("reception", "edit_customer", "add_contact", "customer_choice", "customer_attention", "correct_contact", "remove_contact",
              at="customer"),
    *pictures("reception", "blank_form", at="visits"),
    *pictures("sales", "counter", "pause_post", "close_post"),
    *pictures("reception", "appointments", "new_appointment"),
    *pictures("reception", "appointment", at="appointments"),
    *pictures("reception", "change_appointment", "cancel_appointment", at="appointment"),
    *pictures("reception", "arrive", at="appointment"),
    *pictures("manager", "alerts"),
    *pictures("manager", "queue_settings", at="board"),
    *pictures("reception", "leg_priority", at="visit"),
    *pictures("manager", "customer_history", "customer_access", "add_communication", "correct_communication", at="customer"),
    *pictures("reception", "leg_call", at="visit"),
    *pictures("sales", "leg_finish", "leg_park", "leg_transfer", "leg_put_back", at="counter"),
    *pictures("supervisor", "save_view"),
    *pictures("supervisor", "change_view", at="saved_views"),
    *pictures("manager", "new_snippet"),
    *pictures("manager", "change_snippet", at="snippets"),
    *pictures("manager", "remove_snippet", at="change_snippet"),
    *pictures("manager", "duplicates", "visit_figures", "shifts", "new_shift", "areas", "new_area", "team_locked_names"),
    *pictures("manager", "merge_customers", "undo_merge", at="duplicates"),
    *pictures("manager", "stations", "new_station"),
    *pictures("manager", "station", "station_settings", at="stations"),
    *pictures("manager", "station_key", "revoke_station", at="station"),
    *pictures("manager", "kiosk", "display", at="stations", open=True),
    *pictures("manager", "visit_reopen", at="visit"),
    *pictures("manager", "visit_settle", at="left_open"),
    *pictures("manager", "end_shift", at="shifts"),
    *pictures("manager", "area", at="areas"),
    *pictures("manager", "change_area", at="area"),
    *pictures("hr", "people", "new_person", "organisation", "new_department", "new_team", "positions", "new_position", "services",
              "new_service", "halls", "new_hall", "competence_kinds", "new_competence"),
    *pictures("hr", "reception_templates", "visit_choices", "new_purpose", "new_source"),
    *pictures("hr", "reception_template", at="reception_templates"),
    *pictures("hr", "reception_template_version", "reception_template_halls", at="reception_template"),
    *pictures("hr", "purpose", "source", at="visit_choices"),
    *pictures("hr", "person", at="people"),
    *pictures("hr", "change_person", "post_person", "put_on_duty", "name_deputy", "leave", "end_deputy", "enter_competence",
              "end_competence", at="person"),
    *pictures("hr", "change_department", "change_team", at="organisation"),
    *pictures("hr", "position", at="positions"),
    *pictures("hr", "change_position", at="position"),
    *pictures("hr", "change_service", at="services"),
    *pictures("hr", "hall", at="halls"),
    *pictures("hr", "change_hall", "new_post", "change_post", at="hall"),
    *pictures("hr", "change_competence", at="competence_kinds"),
    *pictures("admin", "rights", "registries", "access_log", "outbox", "locked_names"),
    *pictures("admin", "settle_message", at="outbox"),
    *pictures("admin", "assign_role", "give_account", "reset_password", "end_sessions", "reset_second_factor", "release_person", "end_role",
              at="person"),
]
BY_NAME = {picture.name: picture for picture in PICTURES}


class Command(BaseCommand):
    """Takes the pictures and writes .gallery/index.html beside them."""

    help = "Take a picture of every page of a running demo, in three languages, light and dark, on a desk and a phone."
    requires_system_checks = []

    def add_arguments(self, parser):
        """Where the demo runs, and which part of the pictures to take."""
        parser.add_argument("--address", default="http://127.0.0.1:8000", help="where the demo runs (http://127.0.0.1:8000)")
        parser.add_argument("--only", action="append", choices=sorted(BY_NAME), metavar="NAME", help="one page by its URL name; may be repeated")
        parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
        parser.add_argument("--themes", nargs="+", choices=THEMES, default=list(THEMES))
        parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
        parser.add_argument("--folder", default=str(CHECKOUT / ".gallery"), help="where the pictures go (.gallery)")

    def handle(self, *, address, only, languages, themes, sizes, folder, **options):
        """Every wanted page in every wanted way; what a page did wrong is named at the end."""
        wanted = [picture for picture in PICTURES if not only or picture.name in only]
        ways = list(itertools.product(languages, themes, sizes))
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        with browser() as chromium:
            studio = Studio(chromium, address, folder, ways)
            for picture in wanted:
                self.stdout.write(f"{picture.name}: {studio.take(picture)}")
        (folder / "index.html").write_text(index(wanted, ways, folder, studio.faults), encoding="utf-8")
        self.stdout.write(f"{folder / 'index.html'} shows {studio.taken} pictures.")
        for fault in studio.faults:
            self.stdout.write(self.style.WARNING(fault))


def browser():
    """A context manager around Chromium; without one, or without Playwright, a sentence says what to install."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise CommandError("Playwright is not installed. Start this with ./run gallery, which installs the list of the tests.") from None
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise CommandError("There is no Chromium here. Install it: apt-get install chromium fonts-noto-cjk")

    @contextlib.contextmanager
    def opened():
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
            yield chromium
            chromium.close()

    return opened()


class Studio:
    """Signs people in once, finds the addresses of pages with keys by following links, and takes the pictures."""

    def __init__(self, chromium, address, folder, ways):
        self.chromium, self.folder, self.ways = chromium, folder, ways
        self.address = address.rstrip("/")
        self.taken, self.faults = 0, []
        self._states, self._found, self._links = {}, {}, {}

    def take(self, picture):
        """All pictures of a page; answers what to print about it."""
        path = next(iter(self.paths(picture.name, picture.user)), None)
        if path is None:
            return f"no link to it on the page {picture.at} of {picture.user}, so no picture"
        for way in self.ways:
            self.shoot(picture, path, *way)
        return path

    def shoot(self, picture, path, language, theme, size):
        """One picture; a page that fails or is wider than the window is written down."""
        context = self.context("" if picture.open else picture.user, locale=LANGUAGES[language], color_scheme=theme, viewport=SIZES[size])
        page = context.new_page()
        answer = page.goto(path, wait_until="load")
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({**SIZES[size], "height": min(max(height, SIZES[size]["height"]), TALLEST)})  # bars that stick stand at the end
        name = file_name(picture, language, theme, size)
        page.screenshot(path=self.folder / name, full_page=True, animations="disabled")
        width = page.evaluate("document.documentElement.scrollWidth")
        if answer.status >= 400:
            self.faults.append(f"{name}: the page answered {answer.status}")
        if width > SIZES[size]["width"]:
            self.faults.append(f"{name}: {width} px wide, the window has {SIZES[size]['width']}")
        self.taken += 1
        context.close()

    def context(self, user, **options):
        """A browser window of a signed-in person, or signed out for ''."""
        context = self.chromium.new_context(base_url=self.address, storage_state=self.state(user) if user else None, **options)
        context.set_default_timeout(PAGE_MS)
        return context

    def state(self, user):
        """The cookies of a person; signed in on first use."""
        if user not in self._states:
            context = self.chromium.new_context(base_url=self.address)
            context.set_default_timeout(PAGE_MS)
            page = context.new_page()
            page.goto(reverse("login"))
            page.fill("[name=username]", user)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_url(lambda url: urlsplit(url).path != reverse("login"))
            self._states[user] = context.storage_state()
            context.close()
        return self._states[user]

    def paths(self, name, user):
        """Addresses under a URL name that this person is shown, at most TRIED; empty when no page links to one."""
        picture = BY_NAME[name]
        if not picture.at:
            return [reverse(name)]
        if (name, user) not in self._found:
            found = []
            for path in self.paths(picture.at, user):
                found += [link for link in self.links(path, user) if named(link) == name and link not in found]
                if found:
                    break
            self._found[name, user] = found[:TRIED]
        return self._found[name, user]

    def links(self, path, user):
        """The addresses of our own that a page links to, in their order."""
        if (path, user) not in self._links:
            context = self.context(user)
            text = context.request.get(path).text()
            context.close()
            self._links[path, user] = [link.replace("&amp;", "&") for link in LINK.findall(text)]
        return self._links[path, user]


def named(link):
    """The URL name that a link leads to; None for one that leads nowhere of ours."""
    try:
        return resolve(urlsplit(link).path).url_name
    except Resolver404:
        return None


def file_name(picture, language, theme, size):
    """The file of one picture."""
    return f"{picture.name}-{language}-{theme}-{size}.png"


def index(wanted, ways, folder, faults):
    """The page that shows all pictures, page by page, with what went wrong on top."""
    sections = []
    for picture in wanted:
        names = [name for name in (file_name(picture, *way) for way in ways) if (folder / name).exists()]
        shown = format_html_join("", '<a href="{0}"><img src="{0}" alt="{0}" loading="lazy" height="320"></a> ', ((name,) for name in names))
        sections.append((picture.name, picture.user or "signed out", shown))
    return format_html(
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Hallkeeper, page by page</title>'
        "<h1>Hallkeeper, page by page</h1><ul>{}</ul>{}</html>",
        format_html_join("", "<li>{}</li>", ((fault,) for fault in faults)),
        format_html_join("", "<h2>{} <small>({})</small></h2><p>{}</p>", sections))
