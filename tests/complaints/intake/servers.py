"""A mail server on loopback as companies have one: SMTP puts a mail into a mailbox, IMAP (RFC 3501, what a reader needs of it) shows it."""
import re
import socketserver
import threading
from contextlib import contextmanager
from datetime import UTC, datetime

from tests.staff.notifications.servers import MailServer

MAILBOX_USER, PASSWORD = "complaints@hall.example", "pass word\"1"


class Mailbox:
    """The mails of one folder: number, bytes, when they arrived, flags."""

    def __init__(self):
        self.mails, self.lock, self.fault, self.last = [], threading.Lock(), "", 0

    def put(self, raw, at=None):
        """One more mail; returns its number."""
        with self.lock:
            self.last += 1
            self.mails.append({"uid": self.last, "raw": raw if isinstance(raw, bytes) else raw.encode(), "at": at or datetime.now(UTC), "flags": set()})
            return self.last


class ImapServer(socketserver.ThreadingTCPServer):
    """IMAP on a free port. `mailbox.fault`: 'hangup' ends a session at the first FETCH of a body, 'no' refuses to search."""

    allow_reuse_address, daemon_threads, block_on_close = True, True, False

    def __init__(self, mailbox):
        super().__init__(("127.0.0.1", 0), ImapSession)
        self.mailbox, self.sessions = mailbox, 0

    @property
    def port(self):
        return self.server_address[1]


class ImapSession(socketserver.StreamRequestHandler):
    """One connection: LOGIN, SELECT, UID SEARCH / FETCH / STORE, LOGOUT."""

    def say(self, line):
        self.wfile.write((line if isinstance(line, bytes) else line.encode()) + b"\r\n")

    def handle(self):
        self.user, self.folder = None, None
        self.server.sessions += 1
        self.say("* OK IMAP4rev1 loopback ready")
        while line := self.rfile.readline():
            tag, verb, rest = (line.decode().rstrip("\r\n").split(" ", 2) + ["", ""])[:3]
            if verb.upper() == "UID":
                verb, _blank, rest = rest.partition(" ")
                verb = f"UID {verb}"
            act = getattr(self, "do_" + verb.upper().replace(" ", "_"), None)
            said = act(rest) if act else "BAD what?"
            if said is None:
                return
            self.say(f"{tag} {said}")
            if verb.upper() == "LOGOUT":
                return

    def do_CAPABILITY(self, _rest):
        self.say("* CAPABILITY IMAP4rev1")
        return "OK done"

    def do_LOGIN(self, rest):
        found = re.fullmatch(r'(?:"((?:[^"\\]|\\.)*)"|(\S+)) "((?:[^"\\]|\\.)*)"', rest)
        user, password = (found[1] or found[2], re.sub(r"\\(.)", r"\1", found[3])) if found else ("", "")
        if (user, password) != (MAILBOX_USER, PASSWORD):
            return "NO [AUTHENTICATIONFAILED] wrong"
        self.user = user
        return "OK in"

    def do_SELECT(self, rest):
        if not self.user or rest.strip('"') != "INBOX":
            return "NO no such folder"
        self.folder = self.server.mailbox
        self.say(f"* {len(self.folder.mails)} EXISTS")
        self.say("* OK [UIDVALIDITY 1] fixed")
        return "OK [READ-WRITE] selected"

    def do_UID_SEARCH(self, rest):
        found = re.fullmatch(r"SINCE (\d{1,2}-[A-Z][a-z]{2}-\d{4})", rest)
        if self.folder is None or found is None or self.folder.fault == "no":
            return "NO"
        since = datetime.strptime(found[1], "%d-%b-%Y").date()
        self.say("* SEARCH " + " ".join(str(mail["uid"]) for mail in self.folder.mails if mail["at"].date() >= since))
        return "OK searched"

    def do_UID_FETCH(self, rest):
        numbers, _blank, items = rest.partition(" ")
        wanted = {int(one) for one in numbers.split(",")}
        for place, mail in enumerate(self.folder.mails, 1):
            if mail["uid"] not in wanted:
                continue
            if "BODY.PEEK[]" in items and self.folder.fault == "hangup":
                self.folder.fault = ""
                return None
            body, name, facts = mail["raw"], "BODY[]", []
            if fields := re.search(r"BODY\.PEEK\[HEADER\.FIELDS \(([^)]*)\)\]", items):
                body, name = self.head(body, fields[1].split()), f"BODY[HEADER.FIELDS ({fields[1]})]"
            if part := re.search(r"BODY\.PEEK\[\]<0\.(\d+)>", items):
                body, name = body[:int(part[1])], "BODY[]<0>"
            if "RFC822.SIZE" in items:
                facts.append(f"RFC822.SIZE {mail.get('size', len(mail['raw']))}")
            if "INTERNALDATE" in items:
                facts.append(f'INTERNALDATE "{mail["at"].strftime("%d-%b-%Y %H:%M:%S +0000")}"')
            self.say(f"* {place} FETCH (UID {mail['uid']} {' '.join(facts)} {name} {{{len(body)}}}".encode())
            self.wfile.write(body)
            self.say(")")
        return "OK fetched"

    @staticmethod
    def head(raw, names):
        """The lines of the head with these names."""
        head, found, keep = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0], [], False
        for line in head.splitlines():
            if not line[:1].isspace():
                keep = line.split(b":")[0].decode("latin-1").upper() in names
            if keep:
                found.append(line)
        return b"\r\n".join([*found, b"", b""])

    def do_UID_STORE(self, rest):
        number, _blank, what = rest.partition(" ")
        for mail in self.folder.mails:
            if mail["uid"] == int(number) and what.startswith("+FLAGS"):
                mail["flags"] |= set(re.findall(r"\\\w+", what))
        return "OK stored"

    def do_LOGOUT(self, _rest):
        self.say("* BYE")
        return "OK bye"


class Delivering(MailServer):
    """SMTP that puts what it takes into the mailbox."""

    def __init__(self, mailbox):
        super().__init__()
        self.mails = Slot(mailbox)


class Slot(list):
    """Where the SMTP server leaves a mail: in the list, and in the mailbox."""

    def __init__(self, mailbox):
        super().__init__()
        self.mailbox = mailbox

    def append(self, mail):
        super().append(mail)
        self.mailbox.put(mail[2])


@contextmanager
def running(*servers):
    """Servers in threads of their own, ended afterwards."""
    threads = [threading.Thread(target=server.serve_forever, kwargs={"poll_interval": .02}, daemon=True) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
