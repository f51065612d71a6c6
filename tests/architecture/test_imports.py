"""Who may know whom: the import contracts of pyproject.toml, and the same direction for the relations between models."""
import ast
import subprocess
import sys
import tomllib

import pytest
from django.conf import settings

from config.contributions import rooms
from config.embedded.places import CHECKOUT
from tests.architecture.models import our_models

PYPROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = PYPROJECT["tool"]["importlinter"]["contracts"]
PRODUCT = ("config", *settings.CHAPTERS)


def test_the_import_contracts_hold():
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(cache_dir=None))"
    done = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr


def test_every_room_is_named_in_the_contract_about_the_inside_of_rooms():
    named = next(contract["containers"] for contract in CONTRACTS if contract["name"].startswith("Inside a room"))
    assert sorted(named) == sorted(room for room in rooms() if not room.startswith("config."))


def test_every_chapter_with_rooms_keeps_its_pages_to_itself():
    kept = {contract["allowed_importers"][0] for contract in CONTRACTS if contract["type"] == "protected"}
    assert kept == {room.partition(".")[0] for room in rooms()} - {"config"}


def order_of_rooms():
    """Every room's place in the house, the lowest first: config, then each chapter's rooms from its contract."""
    order = ["config"]
    for chapter in settings.CHAPTERS:
        contract = next(c for c in CONTRACTS if c.get("containers") == [chapter])
        order += [f"{chapter}.{layer.strip('()')}" for layer in reversed(contract["layers"]) if ":" not in layer]
    return {room: place for place, room in enumerate(order)}


def room_of(model):
    """The room that a model lies in; all of config is one."""
    parts = model.__module__.split(".")
    return "config" if parts[0] == "config" else ".".join(parts[:2])


def test_relations_between_models_follow_the_direction_of_the_imports():
    order = order_of_rooms()
    upwards = [f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
               for model in our_models() for field in [*model._meta.fields, *model._meta.many_to_many]
               if field.related_model and field.related_model._meta.app_label in PRODUCT
               and order[room_of(field.related_model)] > order[room_of(model)]]
    assert not upwards


def test_the_test_of_relations_sees_one_that_points_up():
    order = order_of_rooms()
    assert order["reception.visits"] > order["reception.customers"] > order["facilities.areas"] > order["staff.training"] > order["config"]


PURE = ("states", "deadlines", "scoring", "permissions")  # files without database and clock
IMPURE = {"django.db", "django.utils.timezone", "datetime.now", "time"}


def files_of(pattern):
    """Source files of the product that match `pattern`, as paths."""
    return sorted(path for top in PRODUCT for path in (CHECKOUT / top).glob(pattern) if "migrations" not in path.parts)


def imported_by(path):
    """The dotted names that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("name", PURE)
def test_pure_files_know_neither_database_nor_clock(name):
    guilty = [f"{path.relative_to(CHECKOUT)}: {found}" for path in files_of(f"**/{name}.py") for found in imported_by(path)
              if any(found == bad or found.startswith(bad + ".") for bad in IMPURE) or ".models" in found]
    assert not guilty


def test_files_have_the_names_that_rooms_agreed_on():
    unwanted = [str(path.relative_to(CHECKOUT)) for name in ("utils", "helpers", "admin") for path in files_of(f"**/{name}.py")]
    assert not unwanted


def test_files_stay_readable():
    """About 400 lines a file, 150 a template."""
    long = [f"{path.relative_to(CHECKOUT)}: {lines}" for path in files_of("**/*.py") if (lines := path.read_bytes().count(b"\n")) > 440]
    long += [f"{path.relative_to(CHECKOUT)}: {lines}" for path in (CHECKOUT / "templates").rglob("*.html")
             if (lines := path.read_bytes().count(b"\n")) > 165]
    assert not long


def calls_in(path, names):
    """Lines of `path` that call a method of one of these names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield node


def test_services_are_handed_the_time_and_never_read_the_clock():
    clocks = {"timezone", "datetime", "date"}
    guilty = [f"{path.relative_to(CHECKOUT)}:{call.lineno}" for path in files_of("*/services.py") if path.parts[-3] != "config"
              for call in calls_in(path, {"now", "localdate", "today"}) if getattr(call.func.value, "id", "") in clocks]
    assert not guilty
