"""Where an instance keeps its state."""
import os
import signal
import stat
import subprocess
import sys

import pytest

from config.embedded import places
from config.management.commands import axe


@pytest.fixture
def state(tmp_path, monkeypatch):
    """A state folder of the test's own."""
    monkeypatch.setattr(places, "state_folder", lambda: tmp_path)
    return tmp_path


def test_the_secret_key_is_made_once_and_read_by_its_owner_alone(state):
    key = places.secret_key()
    assert len(key) >= 80
    assert places.secret_key() == key
    assert stat.S_IMODE((state / "secret_key").stat().st_mode) == 0o600


def test_the_path_of_a_socket_stays_under_the_systems_limit():
    longest = places.Instance("test-4194304")
    assert len(str(longest.sockets / ".s.PGSQL.5432.lock")) < 107


def test_a_folder_that_is_a_link_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "mine").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SystemExit, match="belongs to somebody else"):
        places.private_folder(tmp_path / "mine")


def test_a_folder_is_closed_to_everybody_else(tmp_path):
    folder = tmp_path / "open"
    folder.mkdir(mode=0o777)
    places.private_folder(folder, owner=os.getuid())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_two_systems_of_one_checkout_keep_their_static_files_apart():
    said = {subprocess.run([sys.executable, "-c", "from config import settings; print(settings.STATIC_ROOT)"], cwd=places.CHECKOUT, check=True,
                           capture_output=True, text=True, env=os.environ | {places.INSTANCE: name, "DJANGO_SETTINGS_MODULE": "config.settings"}).stdout
            for name in ("test-1-one", "test-1-two")}
    assert len(said) == 2 and all("test-1-" in one for one in said)


def test_a_demo_of_axes_own_is_stopped_and_gone_when_axe_is_told_to_end(monkeypatch):
    class Demo:
        told = []

        def __init__(self, *_words, **_more):
            """Nothing is started."""

        def send_signal(self, number):
            self.told.append(number)

        def wait(self):
            self.told.append("waited for")
    monkeypatch.setattr(axe.subprocess, "Popen", Demo)
    monkeypatch.setattr(axe, "wait_for", lambda *_asked: None)
    monkeypatch.setattr(axe.throwaway, "remove", lambda instance: Demo.told.append(instance.name))
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), axe.demo_at(None):
        signal.raise_signal(signal.SIGTERM)
    assert Demo.told == [signal.SIGTERM, "waited for", f"test-{os.getpid()}-axe"]
    assert signal.getsignal(signal.SIGTERM) == before
