"""One JSON line an event on standard output: when, what, which request; never a personal value (RELIABILITY A13).

Messages of exceptions may quote a row (a phone number in a broken constraint), so they are left out: a line
names the kind of error, the broken constraint and the places in the code. Long digits and mail addresses are
struck out of everything else.
"""
import json
import logging
import re
import sys
import time
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

from django.utils.functional import SimpleLazyObject

reference = ContextVar("reference", default="")  # of the request that this thread answers now
DIGITS = re.compile(r"(?<![\w.-])\+?\d(?:[\s().-]?\d){6,}(?!\w)")
ADDRESS = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
NOT_EXTRA = set(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {
    "message", "asctime", "taskName", "request", "response", "data", "server_time", "sql", "params"}
log = logging.getLogger("hallkeeper.request")


def struck_out(text):
    """The text without anything that looks like a phone number or a mail address."""
    return ADDRESS.sub("…", DIGITS.sub("…", text))


class JsonLine(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record):
        """The line; exceptions as their kind and places, without their text."""
        line = {"at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
                "level": record.levelname.lower(), "logger": record.name, "event": self.event(record)}
        if reference.get():
            line["reference"] = reference.get()
        line |= {key: value for key, value in record.__dict__.items()
                 if key not in NOT_EXTRA and isinstance(value, str | int | float | bool | None)}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = error_facts(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)

    @staticmethod
    def event(record):
        """The message with its arguments, or with none of them where it quotes an exception."""
        if record.exc_info and record.name.startswith("celery"):
            task = getattr(record, "data", None) or {}
            return f"task {task.get('name', '')} [{task.get('id', '')}] failed"
        if record.name in {"django.request", "django.security.csrf"} and record.args:
            return str(record.args[0]).partition(" - ")[0]  # "Not Found"; the second is the address, and so may be what follows the dash
        return struck_out(record.getMessage())


def error_facts(error):
    """Kind, constraint and places of an exception and of what caused it."""
    facts = {"kind": type(error).__qualname__,
             "places": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)[-12:]]}
    diagnosis = getattr(error.__cause__ or error, "diag", None)
    if diagnosis is not None:
        facts |= {"sqlstate": diagnosis.sqlstate, "constraint": diagnosis.constraint_name}
    return facts


def known_user(request):
    """Who asked, as far as the answering of the request found out; None else. It never asks the database, which may be what is away."""
    user = request.__dict__.get("user")
    return getattr(request, "_cached_user", None) if isinstance(user, SimpleLazyObject) else user


class RequestLog:
    """A line an answered page: route (never the address, which may hold a key), status, time, who, reference."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = reference.set(getattr(request, "reference", ""))
        start = time.perf_counter()
        try:
            response = self.get_response(request)
            self.write(request, response, start)
        finally:
            reference.reset(token)
        return response

    @staticmethod
    def write(request, response, start):
        """Write the line; the machines' own questions and plain files are not worth one."""
        match = request.resolver_match
        if match is None and response.status_code < 400 or match is not None and match.url_name in ("healthz", "readyz"):
            return
        log.info("answered", extra={
            "method": request.method, "route": match.view_name if match else "", "status": response.status_code,
            "ms": round(1000 * (time.perf_counter() - start), 1), "user_id": getattr(known_user(request), "pk", None)})


def configure(settings):
    """Set logging up; `settings` holds the level."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLine())
    handler.addFilter(lambda record: "config.celery.heartbeat" not in str(record.__dict__.get("data", "")))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings["level"])
    for quiet in ("django.server", "kombu", "amqp", "asyncio", "PIL", "celery.beat", "celery.worker.strategy"):
        logging.getLogger(quiet).setLevel(logging.WARNING)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)  # Celery's advice to programmers, no event of the house
