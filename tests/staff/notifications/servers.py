"""A mail server and a chat service on loopback that speak their protocols truly, with the faults of real ones."""
import base64
import hashlib
import hmac
import json
import socketserver
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class MailServer(socketserver.ThreadingTCPServer):
    """SMTP as RFC 5321 has it, as far as a client needs it. `mails` holds (sender, recipients, text) of what it took.

    `fault`: 'refuse' says no to every recipient, 'full' to the text, 'drop' takes the text and hangs up without a word, 'mute' takes it and
    never answers, 'slow' answers late.
    """

    allow_reuse_address, daemon_threads, block_on_close = True, True, False

    def __init__(self, fault=""):
        super().__init__(("127.0.0.1", 0), MailSession)
        self.fault, self.mails, self.over = fault, [], threading.Event()

    @property
    def port(self):
        return self.server_address[1]


class MailSession(socketserver.StreamRequestHandler):
    """One connection."""

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self):
        self.sender, self.to = None, []
        self.say("220 loopback ESMTP")
        while line := self.rfile.readline():
            verb, _blank, rest = line.decode().strip().partition(" ")
            if not self.obey(verb.upper(), rest):
                return

    def obey(self, verb, rest):
        """Answer one command; False ends the session."""
        if verb == "DATA":
            return self.take()
        if verb == "QUIT":
            self.say("221 bye")
            return False
        if verb == "RCPT":
            if self.server.fault == "refuse":
                self.say("550 5.1.1 no such mailbox")
                return True
            self.to.append(address(rest))
        if verb in ("MAIL", "RSET"):
            self.sender, self.to = (address(rest) if verb == "MAIL" else None), []
        self.say("250 OK" if verb in {"EHLO", "HELO", "MAIL", "RCPT", "RSET", "NOOP"} else "502 5.5.1 what?")
        return True

    def take(self):
        """Read a text up to the lone dot."""
        if not self.sender or not self.to:
            self.say("503 5.5.1 nobody to write to")
            return True
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        if self.server.fault == "full":
            self.say("452 4.2.2 mailbox full")
            return True
        self.server.mails.append((self.sender, list(self.to), b"".join(lines)))
        if self.server.fault == "drop":
            return False
        if self.server.fault == "mute":
            self.server.over.wait(20)
            return False
        if self.server.fault == "slow":
            time.sleep(.4)
        self.say("250 2.0.0 taken")
        return True


def address(rest):
    """The address in 'FROM:<a@b> SIZE=…'."""
    return rest.partition("<")[2].partition(">")[0]


class ChatService(ThreadingHTTPServer):
    """WeCom's and DingTalk's addresses for group robots. `said` holds (path, JSON) of what was taken.

    `keys` {key: secret or ''} are the robots it knows; a signature is checked as DingTalk does. `fault`: 'late', 'garbage', 'list', 'error'
    (500), 'gateway' (502), 'never', 'refuse' (an error code of the service), 'elsewhere' (a redirect), 'drip' (an answer that never ends).
    """

    daemon_threads, block_on_close = True, False

    def __init__(self, keys, fault=""):
        super().__init__(("127.0.0.1", 0), ChatSession)
        self.keys, self.fault, self.said, self.asked, self.over = keys, fault, [], 0, threading.Event()

    @property
    def addresses(self):
        """What the settings name."""
        base = f"http://127.0.0.1:{self.server_address[1]}"
        return {"wecom": f"{base}/cgi-bin/webhook/send", "dingtalk": f"{base}/robot/send"}


class ChatSession(BaseHTTPRequestHandler):
    """One request."""

    def log_message(self, *_args):
        pass

    def do_POST(self):
        self.server.asked += 1
        body = self.rfile.read(int(self.headers["Content-Length"]))
        act = getattr(self, f"fault_{self.server.fault}", None)
        if act is None or act():
            self.answer(200, self.take(body))

    def answer(self, status, body, **headers):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def take(self, body):
        """What the service says to a message."""
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        key = query.get("key" if parts.path.startswith("/cgi-bin/") else "access_token")
        if key not in self.server.keys:
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        if (secret := self.server.keys[key]) and not signed(query, secret):
            return {"errcode": 310000, "errmsg": "sign not match"}
        message = json.loads(body)
        if message["msgtype"] != "text" or not message["text"]["content"]:
            return {"errcode": 40008, "errmsg": "invalid message type"}
        self.server.said.append((parts.path, message))
        return {"errcode": 0, "errmsg": "ok"}

    def fault_late(self):
        time.sleep(.4)
        return True

    def fault_garbage(self):
        self.answer(200, b"<html>\xff\xfe proxy says hello</html>")

    def fault_list(self):
        self.answer(200, [1, 2])

    def fault_error(self):
        self.answer(500, b"")

    def fault_gateway(self):
        self.answer(502, b"")

    def fault_refuse(self):
        self.answer(200, {"errcode": 45009, "errmsg": "api freq out of limit"})

    def fault_elsewhere(self):
        self.answer(302, b"", Location="http://127.0.0.1:1/")

    def fault_never(self):
        self.server.over.wait(20)

    def fault_drip(self):
        self.send_response(200)
        self.end_headers()
        while not self.server.over.wait(.1):
            try:
                self.wfile.write(b" ")
            except OSError:
                return


def signed(query, secret):
    """Whether the signature is the one of the secret and not older than an hour."""
    stamp = query.get("timestamp", "0")
    right = base64.b64encode(hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()).decode()
    return query.get("sign") == right and abs(time.time() * 1000 - int(stamp)) < 3_600_000


@contextmanager
def running(server):
    """The server, answering until the block ends."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": .02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
