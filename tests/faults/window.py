"""One person's browser window, as far as the server sees one: a session, a token, forms that are sent and sent again."""
import http.client
import secrets
import time
import uuid
from dataclasses import dataclass, replace
from urllib.parse import urlencode

AGAIN_AFTER = 0.2  # seconds until a person presses the button again


class Cut(Exception):
    """The connection ended without an answer."""


class GaveUp(AssertionError):
    """No answer came however often the button was pressed."""


@dataclass(frozen=True)
class Answer:
    """What came back, after how many seconds, at which try."""

    status: int
    location: str
    headers: dict
    body: str
    seconds: float
    tries: int = 1
    retried_for: float = 0.0  # seconds from the first try that failed to the end of the one that did not
    rude: tuple = ()  # the tries that ended in silence or in an unfriendly page

    @property
    def led_on(self):
        """Whether the act was acknowledged: the browser is sent on to the next page."""
        return self.status == 302 and not self.location.startswith("/login/")

    @property
    def friendly(self):
        """Whether this is the page for a moment without database: what to do, when to come back, a reference number."""
        reference = self.headers.get("x-request-reference", "-")
        return self.status == 503 and reference in self.body and "retry-after" in self.headers


class Window:
    """`Window(system, "reception")`; without a name, signed out. Each request has a connection of its own."""

    def __init__(self, system, name=None, *, timeout=30):
        self.port, self.timeout = system.port, timeout
        self.token = secrets.token_hex(16)
        self.cookie = f"csrftoken={self.token}; language=en" + (f"; sessionid={system.filled['sessions'][name]}" if name else "")

    def get(self, path):
        """One page."""
        return self._send("GET", path, None, {})

    def post(self, path, fields):
        """Send a form once."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields}, doseq=True)
        return self._send("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path, fields, files):
        """Send a form with files, each {name: (file name, type, bytes)}."""
        border = secrets.token_hex(16)
        parts = [f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                 for name, value in {"csrfmiddlewaretoken": self.token, **fields}.items()]
        parts += [f'--{border}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\nContent-Type: {kind}\r\n\r\n'.encode()
                  + content + b"\r\n" for name, (file, kind, content) in files.items()]
        return self._send("POST", path, b"".join(parts) + f"--{border}--\r\n".encode(),
                          {"Content-Type": f"multipart/form-data; boundary={border}"})

    def post_until_answered(self, path, fields, *, within=30):
        """Press again, with the very same form, until something else than silence or a 503 comes back."""
        return again(lambda: self.post(path, fields), within=within)

    def _send(self, method, path, body, headers):
        start = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            connection.request(method, path, body=body, headers={"Cookie": self.cookie, "Connection": "close", **headers})
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as ended:
            raise Cut(type(ended).__name__) from ended
        finally:
            connection.close()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, found.get("location", ""), found, text, time.monotonic() - start)


def again(send, *, within=30):
    """Send until something else than silence or a 503 comes back; `GaveUp` after so many seconds."""
    start, tries, failed_at, rude = time.monotonic(), 0, None, []
    while True:
        tries, tried_at, answer = tries + 1, time.monotonic(), None
        try:
            answer = send()
        except Cut as cut:
            rude.append(str(cut))
        if answer is not None and answer.status != 503:
            return replace(answer, tries=tries, rude=tuple(rude), retried_for=time.monotonic() - failed_at if failed_at else 0.0)
        if answer is not None and not answer.friendly:
            rude.append(answer.body[:200])
        failed_at = failed_at or tried_at
        if time.monotonic() > start + within:
            raise GaveUp(f"Sent {tries} times in {within} seconds, the last answer was {answer and answer.status}; {rude[-3:]}")
        time.sleep(AGAIN_AFTER)


def key():
    """A one-off key, as an empty form carries one."""
    return str(uuid.uuid4())
