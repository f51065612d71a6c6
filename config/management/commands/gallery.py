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

    `open`: the link is found as that person, and the page looked at signed out, as by whoever holds its key. `query`: what its address asks
    where a page without keys is empty by itself.
    """

    name: str
    user: str
    at: str = ""
    open: bool = False
    query: str = ""


def pictures(user, *names, at="", open=False, query=""):
    """Several pages of one person."""
    return [Picture(name, user, at, open, query) for name in names]


PICTURES = [
    *pictures("", "login"),
    *pictures("", "complain", "track"),
    *pictures("agent", "complaints", "new_complaint"),
    *pictures("agent", "box_checks", "incoming_mails"),
    *pictures("agent", "box_check", at="box_checks"),
    *pictures("agent", "record_box_check", at="box_check"),
    *pictures("agent", "incoming_mail", at="incoming_mails"),
    *pictures("agent", "take_incoming_mail", "join_incoming_mail", "ignore_incoming_mail", at="incoming_mail"),
    *pictures("manager", "complaint_channels", "add_complaint_channel"),
    *pictures("manager", "complaint_channel", "complaint_poster", at="complaint_channels"),
    *pictures("manager", "change_complaint_channel", at="complaint_channel"),
    *pictures("manager", "complaint_dashboard", "complaint_analyses", "goodwill_ledger"),
    *pictures("manager", "complaint_analysis", at="complaint_analyses"),
    Picture("complaint_figure_records", "manager", query="figure=open"),
    *pictures("agent", "complaint", at="complaints"),
    *pictures("agent", "complaint_file", "note_complaint", "note_customer_word", "report_complaint_up", at="complaint"),
    *pictures("reception", "home", "desk", "board", "visits", "day_log", "left_open", "registers", "register_upload", "customers",
              "register_customer", "help", "drafts", "my_settings", "change_password", "jobs", "command_bar", "competences",
              "saved_views", "snippets"),
    *pictures("manager", "api_tokens"),
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
    *pictures("reception", "customer_wishes", "customer_consents", at="customer"),
    *pictures("reception", "give_consent", "disclose", "withdraw_consent", at="customer_consents"),
    *pictures("reception", "blank_form", at="visits"),
    *pictures("sales", "counter", "pause_post", "close_post"),
    *pictures("reception", "appointments", "new_appointment"),
    *pictures("reception", "appointment", at="appointments"),
    *pictures("reception", "change_appointment", "cancel_appointment", at="appointment"),
    *pictures("reception", "arrive", at="appointment"),
    *pictures("manager", "alerts", "robots", "new_robot"),
    *pictures("manager", "robot", at="robots"),
    *pictures("manager", "change_robot", at="robot"),
    *pictures("sales", "notifications", "notification_choices", "deliveries"),
    *pictures("sales", "host_call", at="home"),
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
    *pictures("sales", "notices"),
    *pictures("manager", "new_notice"),
    *pictures("manager", "notice", at="notices"),
    *pictures("manager", "change_notice", "end_notice", at="notice"),
    *pictures("manager", "info_board", "new_board_entry", "board_topics"),
    *pictures("manager", "board_entry", at="info_board"),
    *pictures("manager", "take_down_board_entry", at="board_entry"),
    *pictures("sales", "change_board_entry", at="board_entry"),
    *pictures("sales5", "sign_agreement"),
    *pictures("hr", "agreements"),
    *pictures("hr", "agreement", at="agreements"),
    *pictures("hr", "agreement_paper", at="agreement"),
    *pictures("manager", "duty_sheets"),
    *pictures("sales", "duty_sheet", at="duty_sheets"),
    *pictures("sales", "duty_sheet_paper", at="duty_sheet"),
    *pictures("hr", "position_sheet", at="position"),
    *pictures("hr", "new_duty_line", "issue_duty_sheet", "change_duty_line", at="position_sheet"),
    *pictures("hr", "remove_duty_line", at="change_duty_line"),
    *pictures("logistics", "requests", "new_request", "new_support"),
    *pictures("logistics", "work_request", at="requests"),
    *pictures("logistics", "accept_request", "decline_request", "divide_request", "deliver_request", at="work_request"),
    *pictures("manager", "rate_request", at="work_request"),
    *pictures("manager", "improvements", "new_improvement"),
    *pictures("manager", "improvement", at="improvements"),
    *pictures("manager", "agree_improvement", "recheck_improvement", "send_improvement_back", "check_effect", "finish_improvement", at="improvement"),
    *pictures("manager", "improvement_of_record", at="work_request"),
    *pictures("sales", "suggestions", "new_suggestion"),
    *pictures("department", "suggestion", at="suggestions"),
    *pictures("department", "answer_suggestion", "assign_suggestion", at="suggestion"),
    *pictures("manager", "work_plans", "new_plan"),
    *pictures("manager", "work_plan", at="work_plans"),
    *pictures("manager", "plan_goals", "new_plan_task", "review_plan", "plan_task", at="work_plan"),
    *pictures("manager", "finish_plan_task", "drop_plan_task", at="plan_task"),
    *pictures("manager", "conformity", "obligations", "evidence_of_clauses", "add_clause_evidence"),
    *pictures("department", "clause_results"),
    *pictures("department", "clause_result", at="clause_results"),
    *pictures("department", "judge_clause", at="clause_result"),
    *pictures("manager", "conformity_records", at="conformity"),
    *pictures("manager", "clause_evidence", at="evidence_of_clauses"),
    *pictures("manager", "revise_evidence", "take_back_evidence", at="clause_evidence"),
    *pictures("manager", "duplicates", "visit_figures", "shifts", "new_shift", "areas", "new_area", "team_locked_names"),
    *pictures("manager", "merge_customers", "undo_merge", at="duplicates"),
    *pictures("supervisor", "incomplete_files"),
    *pictures("hr", "file_templates"),
    *pictures("hr", "edit_file_template", at="file_templates"),
    *pictures("supervisor", "mark_field", at="customer"),
    *pictures("manager", "data_requests", "retention"),
    *pictures("manager", "customer_data", at="data_requests"),
    *pictures("department", "release_hold", at="customer_data"),
    *pictures("manager", "stations", "new_station"),
    *pictures("manager", "station", "station_settings", at="stations"),
    *pictures("manager", "station_key", "revoke_station", at="station"),
    *pictures("manager", "kiosk", "display", at="stations", open=True),
    *pictures("manager", "visit_reopen", at="visit"),
    *pictures("manager", "visit_settle", at="left_open"),
    *pictures("manager", "end_shift", at="shifts"),
    *pictures("manager", "area", at="areas"),
    *pictures("manager", "change_area", at="area"),
    *pictures("manager", "duties"),
    *pictures("manager", "excuse_duty", at="duties"),
    *pictures("department", "decisions"),
    *pictures("department", "decision", at="decisions"),
    *pictures("reception", "shift_handovers", "new_shift_handover"),
    *pictures("reception", "shift_handover", at="shift_handovers"),
    *pictures("reception", "shift_handover_paper", at="shift_handover"),
    *pictures("sales", "take_shift_handover", at="shift_handover"),
    *pictures("logistics", "rounds"),
    *pictures("logistics", "round", at="rounds"),
    *pictures("manager", "check_round", "send_round_back", at="round"),
    *pictures("logistics", "explain_round", at="round"),
    *pictures("manager", "search"),
    *pictures("sales", "incidents", "report_incident"),
    *pictures("manager", "incident", at="incidents"),
    *pictures("manager", "incident_report", "confirm_incident", "dismiss_incident", "note_incident", "end_incident", "set_incident_measure",
              "file_incident", at="incident"),
    *pictures("agent", "follow_ups"),
    *pictures("agent", "follow_up", at="follow_ups"),
    *pictures("agent", "record_follow_up", "not_reached", "answer_issue", at="follow_up"),
    *pictures("manager", "indicators", "controls"),
    *pictures("manager", "indicator", "indicator_records", at="indicators"),
    *pictures("manager", "control", at="controls"),
    *pictures("manager", "what_if", query="?greeting_target_seconds=30&visit_wait_target_minutes=5"),
    *pictures("manager", "what_if_records", at="what_if"),
    *pictures("supervisor", "promises"),
    *pictures("supervisor", "promise", at="promises"),
    *pictures("supervisor", "keep_promise", "withdraw_promise", "hand_over_promise", at="promise"),
    *pictures("sales", "make_promise", at="customer"),
    *pictures("hr", "appraisals"),
    *pictures("supervisor", "appraisal", at="appraisals"),
    *pictures("sales", "self_review", "sign_appraisal", "object_to_appraisal", at="appraisal"),
    *pictures("supervisor", "score_appraisal", "interview", at="appraisal"),
    *pictures("department", "send_appraisal_back", "decide_objection", at="appraisal"),
    *pictures("department", "archive", "archive_requests", "archive_keepers", "stocktakings"),
    *pictures("department", "name_keeper", at="archive_keepers"),
    *pictures("department", "archive_request", at="archive_requests"),
    *pictures("department", "archive_request_form", "decline_access", at="archive_request"),
    *pictures("reception", "file_in_archive"),
    *pictures("reception", "archive_item", at="archive"),
    *pictures("reception", "ask_access", "put_away_item", at="archive_item"),
    *pictures("reception", "stocktaking", at="stocktakings"),
    *pictures("reception", "stocktaking_form", "item_wrong", at="stocktaking"),
    *pictures("hr", "people", "new_person", "organisation", "new_department", "new_team", "positions", "new_position", "services",
              "new_service", "halls", "new_hall", "competence_kinds", "new_competence"),
    *pictures("hr", "reception_templates", "visit_choices", "new_purpose", "new_source"),
    *pictures("hr", "reception_template", at="reception_templates"),
    *pictures("hr", "reception_template_version", "reception_template_halls", at="reception_template"),
    *pictures("hr", "purpose", "source", at="visit_choices"),
    *pictures("hr", "deputies"),
    *pictures("hr", "person", at="people"),
    *pictures("hr", "person_holdings", at="person"),
    *pictures("hr", "hand_over_holdings", at="person_holdings"),
    *pictures("hr", "change_person", "post_person", "put_on_duty", "name_deputy", "leave", "end_deputy", "enter_competence",
              "end_competence", at="person"),
    *pictures("hr", "change_department", "change_team", at="organisation"),
    *pictures("hr", "position", at="positions"),
    *pictures("hr", "change_position", at="position"),
    *pictures("hr", "change_service", at="services"),
    *pictures("hr", "hall", at="halls"),
    *pictures("hr", "change_hall", "new_post", "change_post", at="hall"),
    *pictures("hr", "change_competence", at="competence_kinds"),
    *pictures("manager", "working_calendar", "calendar_paper", "try_calendar"),
    *pictures("manager", "hall_calendar", at="working_calendar"),
    *pictures("manager", "hall_calendar_paper", at="hall_calendar"),
    *pictures("manager", "hall_hours", "new_hall_day", "change_hall_day", at="hall_calendar"),
    *pictures("manager", "remove_hall_day", at="change_hall_day"),
    *pictures("admin", "fill_calendar", "new_national_day"),
    *pictures("admin", "national_day", at="working_calendar"),
    *pictures("admin", "give_back_day", at="national_day"),
    *pictures("hr", "parameters", "parameter_changes"),
    *pictures("hr", "parameter", at="parameters"),
    *pictures("hr", "change_parameter", at="parameter"),
    *pictures("hr", "parameter_change", at="parameter_changes"),
    *pictures("hr", "confirm_parameter_change", "decline_parameter_change", "withdraw_parameter_change", at="parameter_change"),
    *pictures("reception", "regulations", "questions", "ask_hr", "laws", "hall_rules"),
    *pictures("reception", "regulation_version", at="regulations"),
    *pictures("reception", "print_regulation", "clause", "confirm_reading", at="regulation_version"),
    *pictures("reception", "question", at="questions"),
    *pictures("reception", "law", at="laws"),
    *pictures("reception", "hall_rule", at="hall_rules"),
    *pictures("sales2", "withdraw_question", at="question"),
    *pictures("manager", "propose_rule"),
    *pictures("department2", "review_version", "send_back_version", at="regulation_version"),
    *pictures("hr", "new_regulation", "new_law"),
    *pictures("hr", "readers", "begin_version", "regulation_changes", "edit_version", "new_clause", "ask_review", "publish_version", "drop_version",
              "edit_clause", at="regulation_version"),
    *pictures("hr", "remove_clause", at="edit_clause"),
    *pictures("hr", "answer_question", at="question"),
    *pictures("hr", "edit_law", "announce_change", "remove_law", at="law"),
    *pictures("hr", "decide_rule", "end_rule", at="hall_rule"),
    *pictures("admin", "clock", "rights", "registries", "audit_log", "access_log", "classes", "outbox", "locked_names"),
    *pictures("auditor", "evidence_log"),
    *pictures("admin", "classify", at="classes"),
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
            return [reverse(name) + picture.query]
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
