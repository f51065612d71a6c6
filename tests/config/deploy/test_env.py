"""A wrong variable is named in one sentence, at start, without its secret."""
import os
import subprocess
import sys

import pytest

from config import env
from config.embedded.places import CHECKOUT

WRONG = [
    (lambda: env.text("X"), None, "X is not set. Add it to the environment; see .env.example."),
    (lambda: env.text("X"), "  ", "X is not set. Add it to the environment; see .env.example."),
    (lambda: env.flag("X", False), "yes", "X is 'yes'. Use on or off."),
    (lambda: env.number("X", 1, least=1, most=9), "ten", "X is 'ten'. Use a whole number from 1 to 9."),
    (lambda: env.number("X", 1, least=1, most=9), "10", "X is '10'. Use a whole number from 1 to 9."),
    (lambda: env.number("X", 1), "１２", "X is '１２'. Use a whole number from 0 to 1000000."),
    (lambda: env.folder("X"), "uploads", "X is 'uploads'. Use a path that starts with /."),
    (lambda: env.secret("X"), "hunter2", "X is too easy to guess. Use at least 50 random characters."),
    (lambda: env.secret("X"), "a" * 60, "X is too easy to guess. Use at least 50 random characters."),
    (lambda: env.database("X"), "mysql://a:b@c/d", "X does not start with postgres: or postgresql:. See .env.example for its form."),
    (lambda: env.database("X"), "postgres://a:b@c", "X names no database. Write it as postgres://user:password@host:5432/database."),
    (lambda: env.database("X"), "postgres://c/d", "X names no user. Write it as postgres://user:password@host:5432/database."),
    (lambda: env.database("X"), "postgres://a:b@/d", "X names no server. Write it as postgres://user:password@host:5432/database."),
    (lambda: env.database("X"), "postgres://a:b@c:port/d", "X cannot be read as an address. See .env.example for its form."),
    (lambda: env.redis("X"), "http://c", "X does not start with redis: or rediss: or redis+socket:. See .env.example for its form."),
    (lambda: env.redis("X"), "redis://c:1/3", "X goes on after the port. Leave the database number out: 0 is the queue, 1 the cache."),
    (lambda: env.mail("X"), "smtp://c?security=maybe", "X asks for security=maybe. Use starttls, tls or none."),
    (lambda: env.mail("X"), "smtp://", "X names no server. Write it as smtp://user:password@host:587."),
]


@pytest.mark.parametrize(("read", "value", "sentence"), WRONG, ids=[sentence[:40] for *_others, sentence in WRONG])
def test_it_names_the_variable_and_what_to_write(monkeypatch, read, value, sentence):
    monkeypatch.setenv("X", value) if value is not None else monkeypatch.delenv("X", raising=False)
    with pytest.raises(env.Misconfigured) as wrong:
        read()
    assert str(wrong.value) == sentence


def test_a_database_is_read_whole(monkeypatch):
    monkeypatch.setenv("X", "postgres://app:p%40ss@db.example:6432/hall?sslmode=require")
    facts = env.database("X")
    assert (facts["USER"], facts["PASSWORD"], facts["HOST"], facts["PORT"], facts["NAME"]) == ("app", "p@ss", "db.example", "6432", "hall")
    assert facts["OPTIONS"] == {"sslmode": "require"}
    monkeypatch.setenv("X", "postgres://app@/hall?host=/run/postgresql")
    assert env.database("X")["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(("url", "port", "starttls", "tls"), [
    ("smtp://u:p@m", 587, True, False), ("smtp://m?security=tls", 465, False, True), ("smtp://m:25?security=none", 25, False, False)])
def test_mail_is_encrypted_unless_told_otherwise(monkeypatch, url, port, starttls, tls):
    monkeypatch.setenv("X", url)
    facts = env.mail("X")
    assert (facts["EMAIL_PORT"], facts["EMAIL_USE_TLS"], facts["EMAIL_USE_SSL"]) == (port, starttls, tls)


PRODUCTION = {
    "DATABASE_URL": "postgres://app:x@127.0.0.1:1/hall", "REDIS_URL": "redis://127.0.0.1:1", "ALLOWED_HOSTS": "hall.example.com",
    "SECRET_KEY": "kY7-bvQ2_mN9wXz4RtL8pJ6hGf3dSa1cEuOi5yTqWrZ0-xB7nMvC", "UPLOADS_ROOT": "/tmp", "STATIC_ROOT": "/tmp/static",
}


def start(*command, **changes):
    """Run a program with production's environment, some of it changed (None takes a variable away)."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {name: value for name, value in (kept | PRODUCTION | changes).items() if value is not None}
    return subprocess.run([sys.executable, *command], cwd=CHECKOUT, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(("name", "value"), [
    ("SECRET_KEY", None), ("ALLOWED_HOSTS", None), ("REDIS_URL", None), ("UPLOADS_ROOT", None), ("DATABASE_URL", "mysql://x"),
    ("HTTPS", "maybe"), ("OWNER_DATABASE_URL", "x")])
def test_production_does_not_start_with_a_wrong_variable(name, value):
    command = "migrate" if name == "OWNER_DATABASE_URL" else "check"
    ended = start("manage.py", command, **{name: value})
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"{name} ")
    assert ended.stderr.count("\n") == 1


def test_neither_web_nor_worker_answers_a_wrong_variable_with_a_stack_trace():
    web = start("-m", "gunicorn", "--config", "config/deploy/gunicorn.py", "--check-config", "config.wsgi", SECRET_KEY="short")
    worker = start("-m", "celery", "--app", "config.celery", "worker", SECRET_KEY="short")
    for ended in (web, worker):
        assert ended.returncode != 0
        assert "SECRET_KEY is too easy to guess" in ended.stderr
        assert "short" not in ended.stderr.replace("too short", "")
        assert "Traceback" not in ended.stderr


def test_production_passes_djangos_own_check_without_a_warning():
    checked = start("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def test_cookies_of_production_are_bound_to_the_host_and_to_https():
    names = "SESSION_COOKIE_NAME CSRF_COOKIE_NAME LANGUAGE_COOKIE_NAME"
    told = start("-c", "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'\n"
                       "from django.conf import settings as s\n"
                       f"print([getattr(s, n).startswith('__Host-') and getattr(s, n.replace('NAME', 'SECURE'))\n"
                       f"  and getattr(s, n.replace('NAME', 'HTTPONLY')) and getattr(s, n.replace('NAME', 'SAMESITE'))\n"
                       f"  for n in '{names}'.split()])")
    assert told.stdout.strip() == "['Lax', 'Lax', 'Lax']", told.stderr
