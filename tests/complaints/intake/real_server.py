"""An IMAP server of another hand (pymap) in a process of its own, over a Maildir on disk into which our SMTP server delivers."""
import mailbox
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from pysasl.hashing import BuiltinHash

from tests.complaints.intake.servers import MAILBOX_USER, PASSWORD, Delivering, running

PATIENCE = 15  # seconds until it must answer


class Delivered:
    """Where the SMTP server leaves a mail: in the Maildir, as a delivery agent does."""

    def __init__(self, folder):
        self.folder = folder

    def put(self, raw):
        """One more mail."""
        mailbox.Maildir(self.folder, create=False).add(raw)


@contextmanager
def real_post(place):
    """`where` (settings of the mailbox) and `smtp`, with real servers behind both; `place` is an empty folder."""
    folder, port = Path(place), free_port()
    (folder / "pymap-etc-passwd").write_text(f"{MAILBOX_USER}:x::::box:\n")
    (folder / "pymap-etc-shadow").write_text(f"{MAILBOX_USER}:{BuiltinHash(rounds=1000).hash(PASSWORD)}:::::::\n")
    mailbox.Maildir(folder / "box", create=True)
    smtp = Delivering(Delivered(folder / "box"))
    program = "import sys; from pymap.main import main; sys.exit(main())"
    server = subprocess.Popen([sys.executable, "-c", program, "--host", "127.0.0.1", "--port", str(port), "--no-tls", "maildir", str(folder)],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        answers(server, port)
        with running(smtp):
            yield SimpleNamespace(smtp=smtp, where={"host": "127.0.0.1", "port": port, "security": "none", "user": MAILBOX_USER, "password": PASSWORD,
                                                    "folder": "INBOX"})
    finally:
        server.terminate()
        server.wait(10)


def free_port():
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def answers(server, port):
    """Wait until the server takes connections."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, "The mail server ended."
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(.05)
        else:
            return
    raise AssertionError("The mail server does not answer.")
