"""The way out to chat groups: one HTTP request, bounded in time and size, to the service's own address and nowhere else."""
import http.client
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.outbox.gateway import SECONDS, NotTaken, Unknown, register
from staff.notifications import robots
from staff.notifications.models import Robot

MOST = 64 * 1024  # bytes of an answer that are read
FAILED = {500, 501, 503}  # the service says itself that it did nothing; 502 and 504 come from a proxy that does not know
NO_ANSWER, UNREADABLE, GONE, FAILS, REFUSED = ("robot: no answer", "robot: unreadable", "robot: gone", "robot: failed", "robot: refused")
seconds = SECONDS


def send(message):
    """Say one message in its group. The robot is found by the message's address, so that a key that was changed meanwhile is the one used."""
    robot = Robot.objects.filter(pk=int(message.address), is_active=True).first()
    if robot is None:
        raise NotTaken(GONE)
    url = robots.address(robot.service, settings.ROBOTS[robot.service], robot.token, robot.secret, timezone.now())
    status, answer = post(url, robots.body(robot.service, message.body))
    judge(status, answer)


def judge(status, answer):
    """Nothing where the service took the message; else whether it surely did not."""
    if status in FAILED:
        raise NotTaken(FAILS)
    if 300 <= status < 500:
        raise NotTaken(REFUSED)
    if status != 200:
        raise Unknown(UNREADABLE)
    try:
        robots.read(answer)
    except robots.Refusal as refusal:
        raise NotTaken(REFUSED) from refusal
    except robots.Unreadable as wrong:
        raise Unknown(UNREADABLE) from wrong


def post(url, body):
    """(status, bytes of the answer). `NotTaken` while nobody was reached, `Unknown` once the message was on its way. No redirect is followed."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    line, until = kind(parts.hostname, parts.port, timeout=seconds), time.monotonic() + seconds
    try:
        line.connect()
    except OSError as problem:
        line.close()
        raise NotTaken(NO_ANSWER) from problem
    try:
        line.request("POST", f"{parts.path}?{parts.query}", body, {"Content-Type": "application/json; charset=utf-8"})
        answer = line.getresponse()
        return answer.status, read(answer, until)
    except (OSError, http.client.HTTPException) as problem:
        raise Unknown(NO_ANSWER) from problem
    finally:
        line.close()


def read(answer, until):
    """The answer's bytes, up to MOST; one that drips for longer than it may is no answer."""
    found = b""
    while len(found) < MOST and (part := answer.read1(MOST - len(found))):
        found += part
        if time.monotonic() > until:
            raise TimeoutError
    return found


register(key="robot", label=_("Chat group"), send=send)
