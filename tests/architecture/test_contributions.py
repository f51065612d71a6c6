"""What the rooms hand to the house arrives, points at something that is there, and is counted."""
import ast
from importlib import import_module

import pytest
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse

from config.accounts.access import SIGNED_IN
from config.celery import app
from config.contributions import FILES, demo, gather, rooms
from config.contributions.navigation import ENTRIES
from config.contributions.panels import PANELS
from config.contributions.records import KINDS
from config.contributions.registry import ALL, Registry
from config.contributions.schedules import SCHEDULES
from config.embedded.places import CHECKOUT
from staff.organisation.matrix import capabilities

SHOWN = ("record kinds", "navigation", "search", "panels", "timeline entries", "holdings", "approvals", "shift handover", "guards", "schedules",
         "personal data", "demo data", "indicators", "targets", "controls", "recounts")


def files_on_disk():
    """The contribution files of every room, as dotted names."""
    return {f"{room}.{name}" for room in rooms() for name in FILES if (CHECKOUT / room.replace(".", "/") / f"{name}.py").exists()}


def test_every_contribution_file_is_read_at_the_start():
    assert set(gather()) == files_on_disk()


def calls_of_register(name):
    """How many members a contribution file adds, by its source; None where it adds them in a loop."""
    tree = ast.parse((CHECKOUT / (name.replace(".", "/") + ".py")).read_text(encoding="utf-8"))
    if any(isinstance(node, ast.For) and any(map(is_register, ast.walk(node))) for node in ast.walk(tree)):
        return None
    return sum(map(is_register, ast.walk(tree)))


def is_register(node):
    """Whether a node of the source is a call of some `register…` function."""
    called = getattr(node, "func", None)
    return isinstance(node, ast.Call) and (getattr(called, "attr", "") or getattr(called, "id", "")).startswith("register")


@pytest.mark.parametrize(("file", "registry"), [("records", "record kinds"), ("navigation", "navigation"), ("search", "search"),
                                                ("schedules", "schedules"), ("holdings", "holdings"), ("personal", "personal data"),
                                                ("guards", "guards"), ("demo", "demo data"), ("approvals", "approvals"), ("handovers", "shift handover"),
                                                ("recounts", "recounts")])
def test_as_many_members_arrive_as_the_files_add(file, registry):
    counts = [calls_of_register(name) for name in sorted(files_on_disk()) if name.endswith(f".{file}")]
    if None not in counts:
        assert len(ALL[registry].all()) == sum(counts)


def test_a_second_member_of_the_same_key_is_refused():
    members = Registry("numbers")
    members.add(SCHEDULES.all()[0])
    with pytest.raises(ValueError, match="registered twice"):
        members.add(SCHEDULES.all()[0])


def test_entries_of_the_navigation_lead_to_pages_that_ask_the_same():
    for entry in ENTRIES.all():
        assert reverse(entry.page)
        assert entry.capability == SIGNED_IN or str(entry.capability) in capabilities(), entry.key


def test_record_kinds_have_a_model_that_knows_its_viewers_and_a_page():
    for kind in KINDS.all():
        assert hasattr(kind.model_class.objects, "visible_to"), kind.key
        assert kind.confidentiality in {"public", "internal", "confidential", "secret"}
        if kind.page:
            try:
                reverse(kind.page, args=[1])
            except NoReverseMatch:
                pytest.fail(f"The record kind {kind.key} names the page {kind.page}, which takes no id.")


def test_schedules_name_tasks_that_exist():
    for room in rooms():
        if f"{room}.tasks" in files_on_disk():
            import_module(f"{room}.tasks")
    assert {schedule.task for schedule in SCHEDULES.all()} <= set(app.tasks)


def test_the_timetable_has_one_entry_a_schedule():
    assert len(app.conf.beat_schedule) >= len(SCHEDULES.all()) > 0
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} >= {schedule.task for schedule in SCHEDULES.all()}


def test_panels_have_a_template():
    for panel in PANELS.all():
        get_template(panel.template)


def test_parts_of_the_demo_are_loaded_in_an_order_of_their_own():
    orders = [part.order for part in demo.PARTS.all()]
    assert orders
    assert len(orders) == len(set(orders))


@pytest.fixture
def registries_page(as_role):
    """Opens the page of the registries and gives its text."""
    client = as_role("admin")
    return lambda: client.get(reverse("registries")).content.decode()


@pytest.mark.parametrize("name", SHOWN)
def test_a_registry_shows_its_members_and_misses_one_that_is_taken_away(registries_page, name):
    registry = ALL[name]
    if not registry.all():
        assert registries_page()
        return
    member = registry.all()[-1]
    before = registries_page()
    assert member.key in before
    registry.without(member.key)
    try:
        after = registries_page()
    finally:
        registry.add(member)
    assert after.count(member.key) < before.count(member.key)
