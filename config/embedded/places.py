"""Where an instance keeps its state, and where its sockets are: worked out from the checkout alone.

Every command of a checkout therefore finds the running servers without an environment. An instance is one set
of servers: `main` for the demo and for `./run manage`, one of its own for each test run.
"""
import hashlib
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
INSTANCE = "HALLKEEPER_INSTANCE"  # the environment variable that names another instance than `main`
OWNER, APPLICATION = "hallkeeper", "hallkeeper_app"  # the two roles in the database
DATABASE = "hallkeeper"
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def checkout_hash():
    """Eight characters that tell this checkout from another on the same machine."""
    return hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]


def state_folder():
    """The folder that outlives a run. As root it lies outside the checkout, which `nobody` may be unable to enter."""
    folder = Path(f"/var/tmp/hallkeeper-{checkout_hash()}") if AS_ROOT else CHECKOUT / ".state"
    folder.mkdir(mode=0o755 if AS_ROOT else 0o700, parents=True, exist_ok=True)
    return folder


def private_folder(path, owner=None):
    """Make `path` a folder that its owner alone may enter, and refuse one that somebody else put there before."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    allowed = {os.geteuid(), owner} if owner is not None else {os.geteuid()}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in allowed:
        raise SystemExit(f"{path} belongs to somebody else. Remove it and start again.")
    if owner is not None and found.st_uid != owner:
        os.chown(path, owner, -1)
    path.chmod(0o700)
    return path


@dataclass(frozen=True)
class Instance:
    """One set of servers with its data; paths only, nothing is made by asking."""

    name: str

    @property
    def folder(self):
        """Holds the data of this instance."""
        return state_folder() / "instances" / self.name

    @property
    def data(self):
        """PostgreSQL's data folder."""
        return self.folder / "postgres"

    @property
    def valkey_data(self):
        """Valkey's folder, with its append-only file."""
        return self.folder / "valkey"

    @property
    def sockets(self):
        """The folder of both sockets; short, since a socket's path holds 107 bytes."""
        return Path(f"/tmp/hallkeeper-{os.getuid()}-{checkout_hash()}-{self.name}")

    @property
    def valkey_socket(self):
        """Valkey's socket."""
        return self.sockets / "valkey.sock"


def current():
    """The instance that this process belongs to."""
    return Instance(os.environ.get(INSTANCE, "main"))


def secret_key():
    """The key that signs sessions of this checkout, made by whoever needs it first."""
    path = state_folder() / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_when_written(path)
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(64)
        file.write(key)
    return key


def _read_when_written(path):
    """The key of a file that another process may be writing at this moment."""
    import time

    for _attempt in range(100):
        key = path.read_text()
        if len(key) >= 40:
            return key
        time.sleep(0.02)
    raise SystemExit(f"{path} holds no key. Remove it and start again.")
