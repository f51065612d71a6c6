"""The complaint mailbox over IMAP (RFC 3501): what is new in it, each mail whole and once; nothing is deleted or moved."""
import hashlib
import imaplib
import re
import ssl
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LOOKS_BACK = timedelta(days=14)  # how long a mailbox may go unread before mails are left to people
AT_ONCE, LARGEST, PATIENCE = 50, 12 * 1024 * 1024, 20  # mails of one reading; bytes of a mail that is read; seconds
HEAD = 64 * 1024  # bytes of a mail that is too large, of which only the head is read
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NAMES = "(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID DATE FROM SUBJECT)])"
UID, SIZE, SENT = re.compile(rb"UID (\d+)"), re.compile(rb"RFC822\.SIZE (\d+)"), re.compile(rb"^message-id:\s*(<[^<>]+>)", re.I | re.M)


class NotRead(Exception):
    """The server cannot be reached, or says no; the text is what it said."""


@dataclass(frozen=True)
class Found:
    """One mail of the mailbox: its number there, the key by which it is known, its bytes (only the head where `too_large`), when it arrived."""

    uid: str
    key: str
    raw: bytes
    too_large: bool
    arrived_at: datetime | None


@contextmanager
def opened(where):
    """A logged-in connection to the folder of settings.COMPLAINT_MAILBOX. Raises NotRead."""
    connection = None
    try:
        context = ssl.create_default_context()
        if where["security"] == "tls":
            connection = imaplib.IMAP4_SSL(where["host"], where["port"], ssl_context=context, timeout=PATIENCE)
        else:
            connection = imaplib.IMAP4(where["host"], where["port"], timeout=PATIENCE)
            if where["security"] == "starttls":
                connection.starttls(context)
        connection.login(where["user"], where["password"])
        said, _more = connection.select(quoted(where["folder"]))
        if said != "OK":
            raise NotRead(f"no folder {where['folder']}")
        yield connection
    except (imaplib.IMAP4.error, OSError) as problem:
        raise NotRead(str(problem)[:200]) from problem
    finally:
        if connection is not None:
            with suppress(imaplib.IMAP4.error, OSError):
                connection.logout()


def quoted(folder):
    """The name of a folder as the protocol takes it."""
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def new(connection, *, known, now):
    """Yield what arrived lately and is not `known` (a function: keys -> those known), the oldest first, some dozens at most. A mail without a
    Message-ID is known by its head."""
    day = (now - LOOKS_BACK).astimezone(UTC)
    uids = asked(connection, "SEARCH", None, "SINCE", f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year}")[0].split()
    for begin in range(0, len(uids), 500):
        some = uids[begin:begin + 500]
        heads = dict(head_of(meta, head) for meta, head in parts(asked(connection, "FETCH", b",".join(some).decode(), NAMES)))
        there = known([key for key, _size in heads.values()])
        fresh = [(uid, key, size) for uid, (key, size) in sorted(heads.items(), key=lambda one: int(one[0])) if key not in there]
        for uid, key, size in fresh[:AT_ONCE]:
            yield fetched(connection, uid, key, size)
        if fresh:
            return  # the rest at the next reading


def fetched(connection, uid, key, size):
    """One mail, whole, or its head where it is too large."""
    large = size > LARGEST
    answer = asked(connection, "FETCH", uid, f"(INTERNALDATE BODY.PEEK[]<0.{HEAD}>)" if large else "(INTERNALDATE BODY.PEEK[])")
    meta, raw = next(parts(answer), (b"", b""))
    moment = imaplib.Internaldate2tuple(meta)
    return Found(uid, key, raw, large, datetime.fromtimestamp(time.mktime(moment), UTC) if moment else None)


def mark_read(connection, uid):
    """Show to people who open the mailbox by hand that this one was read."""
    asked(connection, "STORE", uid, "+FLAGS.SILENT", "(\\Seen)")


def asked(connection, *command):
    """What the server answers to a command by UIDs. Raises NotRead where it says no."""
    said, data = connection.uid(*command)
    if said != "OK":
        raise NotRead(f"{command[0]}: {said}")
    return [one for one in data if one is not None] or [b""]


def parts(data):
    """(what stands before, bytes) of each message of an answer."""
    return (one for one in data if isinstance(one, tuple) and len(one) == 2)


def head_of(meta, head):
    """(uid, (key, size)) of a line of an answer."""
    uid, size, sent = UID.search(meta), SIZE.search(meta), SENT.search(head)
    number = uid[1] if uid else b"0"
    return number.decode(), (key_of(sent[1] if sent else b"", head if head.strip() else b"number " + number), int(size[1]) if size else 0)


def key_of(message_id, head):
    """The Message-ID, or a checksum of the head where there is none or it is too long to keep."""
    text = message_id.decode("ascii", "replace").strip()
    return text if 3 <= len(text) <= 200 and text.isprintable() else f"sha256:{hashlib.sha256(head).hexdigest()}"
