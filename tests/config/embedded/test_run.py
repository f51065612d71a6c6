"""The launcher and the lists of packages it installs from."""
import importlib.machinery
import importlib.util
import re
import subprocess
import sys
import tomllib

import pytest

from config.embedded.places import CHECKOUT


@pytest.fixture
def run(monkeypatch, tmp_path):
    """The launcher as a module, with an empty folder for its environment."""
    loader = importlib.machinery.SourceFileLoader("launcher", str(CHECKOUT / "run"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("launcher", loader))
    loader.exec_module(module)
    monkeypatch.setattr(module, "HERE", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    (tmp_path / "requirements.txt").write_text("")
    return module


def listed(name):
    """Name and version -> hashes, as a requirements file lists them."""
    text = (CHECKOUT / name).read_text().replace("\\\n", "")
    rows = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    return {row.split()[0].split(";")[0]: set(re.findall(r"sha256:\w+", row)) for row in rows}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_the_lists_agree_with_the_lock(name):
    lock = tomllib.loads((CHECKOUT / "uv.lock").read_text())
    known = {f"{one['name']}=={one['version']}": {file["hash"] for file in [one.get("sdist"), *one.get("wheels", [])] if file}
             for one in lock["package"] if "registry" in one["source"]}
    assert listed(name).items() <= known.items()
    if name == "requirements-test.txt":
        assert listed(name).keys() == known.keys()


def test_the_lock_fits_what_the_project_asks_for():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    lock = tomllib.loads((CHECKOUT / "uv.lock").read_text())
    ours = next(one for one in lock["package"] if one["name"] == "hallkeeper")
    asked = {re.split(r"[\[><=; ]", line)[0].lower() for line in project["project"]["dependencies"]}
    assert asked == {one["name"] for one in ours["metadata"]["requires-dist"]}
    tests = {re.split(r"[\[><=; ]", line)[0].lower() for line in project["dependency-groups"]["test"]}
    assert tests == {one["name"] for one in ours["metadata"]["requires-dev"]["test"]}


def test_packages_come_from_the_public_index_alone():
    text = (CHECKOUT / "uv.lock").read_text()
    assert set(re.findall(r"https?://([^/\"]+)", text)) == {"pypi.org", "files.pythonhosted.org"}
    for name in ("requirements.txt", "requirements-test.txt"):
        assert "://" not in (CHECKOUT / name).read_text()


def test_it_says_its_commands_when_called_without_one():
    told = subprocess.run([sys.executable, str(CHECKOUT / "run")], capture_output=True, text=True)
    assert told.returncode == 2
    assert {"demo", "test", "faults", "servers", "manage"} <= set(re.findall(r"^  (\w+)", told.stdout, re.M))


def test_it_installs_once_and_again_only_when_the_list_changed(run, monkeypatch):
    installed = []
    monkeypatch.setattr(run, "install_with_uv", lambda name: installed.append(name) or True)
    run.install("requirements.txt")
    run.install("requirements.txt")
    assert installed == ["requirements.txt"]
    (run.HERE / "requirements.txt").write_text("# changed")
    run.install("requirements.txt")
    assert len(installed) == 2


def test_pip_is_tried_when_uv_fails_and_a_failure_of_both_is_said(run, monkeypatch):
    tried = []
    monkeypatch.setattr(run, "install_with_uv", lambda name: tried.append("uv") and False)
    monkeypatch.setattr(run, "install_with_pip", lambda name: tried.append("pip") or False)
    with pytest.raises(SystemExit, match="could not be installed"):
        run.install("requirements.txt")
    assert tried == ["uv", "pip"]


def test_an_old_python_goes_on_in_a_newer_one(run, monkeypatch):
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2, "final", 0))
    became = []
    monkeypatch.setattr(run.shutil, "which", lambda name: sys.executable if name == "python3.11" else None)
    monkeypatch.setattr(run.os, "execv", lambda program, words: became.append(program) or (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        run.use_a_fitting_python()
    assert became == [sys.executable]
