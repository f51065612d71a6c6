"""Reads the environment; whatever is wrong there is said in one sentence that names the variable."""
import os
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ON = {"on", "1", "true"}
OFF = {"off", "0", "false"}


class Misconfigured(ImproperlyConfigured):
    """A variable is missing or cannot be read; the text is one sentence for whoever starts the program."""


@contextmanager
def one_sentence():
    """End the program with the sentence alone, instead of a stack trace, when a variable is wrong."""
    try:
        yield
    except Misconfigured as wrong:
        raise SystemExit(str(wrong)) from wrong


def given(name):
    """Whether the variable is set to anything but the empty text."""
    return bool(os.environ.get(name, "").strip())


def text(name, default=None):
    """The variable as text; Misconfigured when it is not set and there is no default."""
    if given(name):
        return os.environ[name].strip()
    if default is None:
        raise Misconfigured(f"{name} is not set. Add it to the environment; see .env.example.")
    return default


def flag(name, default):
    """The variable as True or False, written on or off."""
    if not given(name):
        return default
    word = os.environ[name].strip()
    if word.lower() in ON | OFF:
        return word.lower() in ON
    raise Misconfigured(f"{name} is '{word}'. Use on or off.")


def number(name, default, *, least=0, most=1_000_000):
    """The variable as a whole number between `least` and `most`."""
    if not given(name):
        return default
    word = os.environ[name].strip()
    if word.isascii() and word.isdigit() and least <= int(word) <= most:
        return int(word)
    raise Misconfigured(f"{name} is '{word}'. Use a whole number from {least} to {most}.")


def words(name, default=None):
    """The variable as a list, written with commas between its members."""
    if not given(name) and default is not None:
        return list(default)
    return [word.strip() for word in text(name).split(",") if word.strip()]


def folder(name, default=None):
    """The variable as an absolute path."""
    path = Path(text(name, default=str(default) if default else None))
    if not path.is_absolute():
        raise Misconfigured(f"{name} is '{path}'. Use a path that starts with /.")
    return path


def secret(name, *, least=50):
    """A secret of at least `least` characters; its value never stands in the message."""
    value = text(name)
    if len(value) < least or len(set(value)) < 8:
        raise Misconfigured(f"{name} is too easy to guess. Use at least {least} random characters.")
    return value


def _parts(name, schemes, value=None):
    url = text(name) if value is None else value
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise Misconfigured(f"{name} cannot be read as an address. See .env.example for its form.") from error
    if parts.scheme not in schemes:
        raise Misconfigured(f"{name} does not start with {' or '.join(s + ':' for s in schemes)}. See .env.example for its form.")
    return parts


def database(name):
    """The variable as Django's settings of a PostgreSQL database: postgres://user:password@host:port/name?sslmode=require."""
    parts = _parts(name, ("postgres", "postgresql"))
    options = dict(parse_qsl(parts.query))
    settings = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }
    for key, what in (("NAME", "database"), ("USER", "user"), ("HOST", "server")):
        if not settings[key]:
            raise Misconfigured(f"{name} names no {what}. Write it as postgres://user:password@host:5432/database.")
    return settings


def redis(name):
    """The variable as the address of a Redis or Valkey server, without a database number: redis://:password@host:6379."""
    parts = _parts(name, ("redis", "rediss", "redis+socket"))
    if parts.scheme == "redis+socket":
        if not parts.path.startswith("/"):
            raise Misconfigured(f"{name} names no socket. Write it as redis+socket:///path/to/the.sock.")
    elif not parts.hostname:
        raise Misconfigured(f"{name} names no server. Write it as redis://:password@host:6379.")
    elif parts.path not in ("", "/") or parts.query:
        raise Misconfigured(f"{name} goes on after the port. Leave the database number out: 0 is the queue, 1 the cache.")
    return text(name).rstrip("/")


def mail(name):
    """The variable as Django's mail settings: smtp://user:password@host:587?security=starttls, or =tls, or =none."""
    parts = _parts(name, ("smtp",))
    options = dict(parse_qsl(parts.query))
    security = options.get("security", "starttls")
    if security not in ("starttls", "tls", "none"):
        raise Misconfigured(f"{name} asks for security={security}. Use starttls, tls or none.")
    if not parts.hostname:
        raise Misconfigured(f"{name} names no server. Write it as smtp://user:password@host:587.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"starttls": 587, "tls": 465, "none": 25}[security],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": security == "starttls",
        "EMAIL_USE_SSL": security == "tls",
    }


def mailbox(name):
    """The variable as a mailbox that is read: imaps://user:password@host:993/INBOX, or imap:// with ?security=starttls (the default there) or
    =none. None when it is not set."""
    if not given(name):
        return None
    parts = _parts(name, ("imap", "imaps"))
    security = "tls" if parts.scheme == "imaps" else dict(parse_qsl(parts.query)).get("security", "starttls")
    if security not in ("starttls", "tls", "none"):
        raise Misconfigured(f"{name} asks for security={security}. Use starttls or none, or write imaps: for tls.")
    if not parts.hostname or not parts.username:
        raise Misconfigured(f"{name} names no {'user' if parts.hostname else 'server'}. Write it as imaps://user:password@host/INBOX.")
    return {"host": parts.hostname, "port": parts.port or {"tls": 993}.get(security, 143), "security": security, "user": unquote(parts.username),
            "password": unquote(parts.password or ""), "folder": unquote(parts.path.strip("/")) or "INBOX"}
