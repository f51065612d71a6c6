"""Where an instance keeps its state."""
import os
import stat

import pytest

from config.embedded import places


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
