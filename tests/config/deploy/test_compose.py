"""docker-compose.yml: every service there starts with the very command and environment of that file."""
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import psycopg
import pytest
import yaml

from config.embedded import demo_mark, places, throwaway
from config.embedded.places import CHECKOUT

SECRETS = {"SECRET_KEY", "OWNER_PASSWORD", "DATABASE_PASSWORD", "REDIS_PASSWORD"}
DATABASE = f"compose_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}"
VARIABLE = re.compile(r"\$\{(\w+)(?::([?-])([^}]*))?\}")
FILE = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
PROGRAMS = {name for name, service in FILE["services"].items() if "build" in service}


def test_it_has_every_service_with_a_health_check_and_its_volumes():
    services = FILE["services"]
    assert set(services) == {"setup", "web", "worker", "worker-bulk", "beat", "postgres", "redis", "proxy"}
    assert all("healthcheck" in services[name] for name in set(services) - {"setup"})
    used = {volume.split(":")[0] for service in services.values() for volume in service.get("volumes", []) if not volume.startswith(".")}
    assert used == set(FILE["volumes"])


def test_no_secret_has_a_default_and_the_example_names_every_variable():
    text = (CHECKOUT / "docker-compose.yml").read_text()
    found = {name: sign for name, sign, _rest in VARIABLE.findall(text)}
    assert found.keys() >= SECRETS
    assert all(found[name] == "?" for name in SECRETS)
    example = dict(re.findall(r"^(\w+)=(.*)$", (CHECKOUT / ".env.example").read_text(), re.M))
    assert found.keys() - {"HALLKEEPER_VERSION"} <= example.keys()
    assert not any(example[name] for name in SECRETS)


def test_only_the_set_up_holds_the_owners_password():
    holders = {name for name in PROGRAMS if "OWNER_DATABASE_URL" in FILE["services"][name]["environment"]}
    assert holders == {"setup"}


def filled(value, values):
    """A value of the file with its variables put in, as compose does."""
    return VARIABLE.sub(lambda found: values.get(found[1], found[3] if found[2] == "-" else ""), str(value))


class House:
    """The services of the file on the embedded servers: same commands, same variables, other addresses."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.running = {}
        self.values = {"SITE_HOST": "hall.example.com", "SECRET_KEY": "kY7-bvQ2_mN9wXz4RtL8pJ6hGf3dSa1cEuOi5yTqWrZ0-xB7nMvC",
                       "OWNER_PASSWORD": "o" * 20, "DATABASE_PASSWORD": "d" * 20, "REDIS_PASSWORD": "r" * 20}

    def environment(self, name):
        """The service's environment, with the servers' addresses replaced by the sockets of this run."""
        mine = {key: filled(value, self.values) for key, value in FILE["services"][name]["environment"].items()}
        for key in ("DATABASE_URL", "OWNER_DATABASE_URL"):
            if key in mine:
                mine[key] = mine[key].replace("@postgres:5432/hallkeeper", f"@/{DATABASE}?host={places.current().sockets}")
        mine["REDIS_URL"] = f"redis+socket://{places.current().valkey_socket}"
        mine["UPLOADS_ROOT"], mine["STATIC_ROOT"] = str(self.folder / "uploads"), str(self.folder / "static")
        number = str(62 - 2 * int(DATABASE[-1]) % 16)
        return {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", "REDIS_NUMBER": number} | mine

    def command(self, name):
        """The service's command, run by this environment's Python, in the test's own places."""
        words = [word.replace("0.0.0.0:8000", f"127.0.0.1:{self.port}").replace("/tmp/beat", str(self.folder / "beat"))
                 for word in FILE["services"][name]["command"]]
        return [sys.executable, *words[1:]] if words[0] == "python" else [sys.executable, "-m", *words]

    def run(self, *command, service="web"):
        """Run a command of a service to its end."""
        return subprocess.run([sys.executable, *command], cwd=CHECKOUT, env=self.environment(service), capture_output=True, text=True)

    def start(self, name):
        """Start a service and leave it running."""
        with open(self.folder / f"{name}.log", "w") as log:
            self.running[name] = subprocess.Popen(self.command(name), cwd=CHECKOUT, env=self.environment(name), stdout=log, stderr=log,
                                                  start_new_session=True)

    def check(self, name):
        """Whether the service's own health check passes."""
        words = [word.replace("localhost:8000", f"127.0.0.1:{self.port}").replace("web:8000", f"127.0.0.1:{self.port}")
                 for word in FILE["services"][name]["healthcheck"]["test"][2:]]
        return subprocess.run([sys.executable, *words], cwd=CHECKOUT, capture_output=True).returncode == 0

    def until(self, condition, seconds=60):
        """Wait until the condition holds; every started service must live meanwhile."""
        end = time.monotonic() + seconds
        while not condition():
            for name, process in self.running.items():
                assert process.poll() is None, f"{name} ended: {(self.folder / f'{name}.log').read_text()[-3000:]}"
            assert time.monotonic() < end, [(self.folder / f"{name}.log").read_text()[-2000:] for name in self.running]
            time.sleep(0.2)

    def ready(self):
        """What /readyz says."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/readyz", headers={"Host": "localhost"})
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.load(answer)

    def end(self):
        """Stop every service in good order."""
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        return {name: process.wait(30) for name, process in self.running.items()}


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def server(statement):
    """One statement outside any transaction, in the servers' own database."""
    with psycopg.connect(host=str(places.current().sockets), user=places.OWNER, dbname="postgres", autocommit=True) as session:
        session.execute(statement)


@pytest.fixture
def house(django_db_setup, tmp_path):
    """An empty database and the services around it."""
    server(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    server(f"CREATE DATABASE {DATABASE}")
    one = House(tmp_path)
    yield one
    for process in one.running.values():
        if process.poll() is None:
            process.kill()
    server(f"DROP DATABASE {DATABASE} WITH (FORCE)")


@pytest.mark.slow
def test_every_service_starts_with_the_command_and_environment_of_the_file(house):
    throwaway.clone(places.current(), DATABASE)  # of the release before, as it were: the run's own database was migrated from nothing
    setup = subprocess.run(house.command("setup"), cwd=CHECKOUT, env=house.environment("setup"), capture_output=True, text=True)
    assert setup.returncode == 0, setup.stderr
    assert house.run("manage.py", "setup", "--files-only", service="setup").returncode == 0
    for name in ("web", "worker", "worker-bulk", "beat"):
        house.start(name)
    house.until(lambda: house.check("web"))
    house.until(lambda: house.ready() == {"status": "ready", "degraded": [], "database": "ok", "broker": "ok", "worker": "ok"})
    assert all(house.check(name) for name in ("worker", "worker-bulk", "beat"))
    redirected = urllib.request.Request(f"http://127.0.0.1:{house.port}/login/", headers={
        "Host": "hall.example.com", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"})
    with urllib.request.urlopen(redirected, timeout=10) as page:
        assert page.status == 200
        assert page.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert set(house.end().values()) == {0}


@pytest.mark.slow
def test_production_refuses_a_database_with_demo_data(house):
    with psycopg.connect(host=str(places.current().sockets), user=places.OWNER, dbname=DATABASE, autocommit=True) as session:
        session.execute("CREATE TABLE django_migrations (id int)")
        demo_mark.mark(session)
    sentence = "This database holds demo data."
    setup = subprocess.run(house.command("setup"), cwd=CHECKOUT, env=house.environment("setup"), capture_output=True, text=True)
    assert setup.returncode == 1
    assert sentence in setup.stderr
    assert psycopg.connect(host=str(places.current().sockets), user=places.OWNER, dbname=DATABASE).execute(
        "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (1,)
    for name in ("web", "worker", "beat"):
        ended = subprocess.run(house.command(name), cwd=CHECKOUT, env=house.environment(name), capture_output=True, text=True, timeout=60)
        assert ended.returncode != 0, name
        assert sentence in ended.stderr, name
