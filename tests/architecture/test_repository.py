"""What lies in the repository: locks that agree, data that reads, nothing left over."""
import re
import subprocess
import sys
import tomllib

import pytest
import yaml
from django.core.management import call_command

from config.embedded.places import CHECKOUT
from staff.organisation.matrix import ROLES
from staff.regulation.values import FILE as PARAMETERS

TOP = {"manage.py", "pyproject.toml", "config", "reception", "complaints", "staff", "performance", "facilities", "templates",
       "static", "tests", "docker-compose.yml", "README.md", "run", "Dockerfile", "uv.lock", "requirements.txt", "requirements-test.txt", "README.zh-Hans.md",
       "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE"}
WRITTEN = {".py", ".html", ".css", ".js", ".md", ".toml", ".yml", ".yaml", ".txt", ".po"}
PINNED = re.compile(r"^([A-Za-z0-9_.\-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", re.M)
HASH = re.compile(r"sha256:[0-9a-f]{64}")


@pytest.fixture(scope="module")
def lock():
    """uv.lock, as data."""
    return tomllib.loads((CHECKOUT / "uv.lock").read_text(encoding="utf-8"))


def committed():
    """The files that belong to the repository; all files, without the usual leftovers, where there is no git."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True)
    names = done.stdout.split("\0") if not done.returncode else [str(path.relative_to(CHECKOUT)) for path in CHECKOUT.rglob("*.*")]
    return [CHECKOUT / name for name in names if name and (CHECKOUT / name).is_file() and not name.startswith((".venv", ".git/"))]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_the_lists_that_are_installed_agree_with_the_lock(lock, name):
    locked = {package["name"]: package for package in lock["package"]}
    listed = (CHECKOUT / name).read_text(encoding="utf-8")
    pinned = dict(PINNED.findall(listed))
    assert pinned
    assert {package: locked[package]["version"] for package in pinned} == pinned
    known = {found for package in lock["package"] for file in [*package.get("wheels", []), *filter(None, [package.get("sdist")])]
             for found in HASH.findall(file["hash"])}
    assert set(HASH.findall(listed)) <= known


def test_the_lists_hold_everything_that_the_product_asks_for(lock):
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    own = next(package for package in lock["package"] if package["name"] == project["project"]["name"])
    runtime, testing = (set(dict(PINNED.findall((CHECKOUT / name).read_text(encoding="utf-8"))))
                        for name in ("requirements.txt", "requirements-test.txt"))
    assert {found["name"] for found in own["dependencies"]} <= runtime
    assert {found["name"] for found in own["dev-dependencies"]["test"]} | runtime <= testing
    asked = {re.match(r"[A-Za-z0-9_.\-]+", line).group(0).lower() for line in project["project"]["dependencies"]}
    assert asked == {found["name"] for found in own["metadata"]["requires-dist"]}


def test_the_lock_names_the_public_index_only(lock):
    assert {package["source"]["registry"] for package in lock["package"] if "registry" in package["source"]} == {"https://pypi.org/simple"}


def test_the_top_level_holds_what_the_design_names():
    assert {name for path in committed() if not (name := path.relative_to(CHECKOUT).parts[0]).startswith(".")} <= TOP


def test_parameters_of_the_regulation_are_whole():
    rows = yaml.safe_load(PARAMETERS.read_text(encoding="utf-8"))
    keys = [row["key"] for row in rows]
    assert len(keys) == len(set(keys)) > 5
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", key) for key in keys)
    assert not [row["key"] for row in rows if "default" not in row or not row.get("meaning")]


def test_positions_are_whole():
    rows = yaml.safe_load((CHECKOUT / "staff/organisation/data/positions.yaml").read_text(encoding="utf-8"))
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes)) >= 13
    assert {row["role"] for row in rows} <= set(ROLES)
    assert not [row["code"] for row in rows if not all(row.get(code) for code in ("en", "zh-hans", "zh-hant"))]


def test_nothing_is_left_to_do_and_no_file_knows_where_it_was_written():
    signs = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", str(CHECKOUT)]
    guilty = []
    for path in committed():
        if path.suffix in WRITTEN or path.name in {"run", "Dockerfile"}:
            text = path.read_text(encoding="utf-8")
            guilty += [f"{path.relative_to(CHECKOUT)}: {sign}" for sign in signs if sign in text]
    assert not guilty


def test_the_checks_of_django_find_nothing(db):
    call_command("check", fail_level="WARNING")


def test_the_linter_finds_nothing():
    done = subprocess.run([sys.executable, "-m", "ruff", "check", "--output-format=concise", "."], cwd=CHECKOUT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]
