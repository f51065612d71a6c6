"""A mailbox with real servers before it."""
from types import SimpleNamespace

import pytest

from tests.complaints.intake.servers import MAILBOX_USER, PASSWORD, Delivering, ImapServer, Mailbox, running


@pytest.fixture
def post():
    """`where` (settings of the mailbox), `box`, `smtp` and `imap`, running."""
    box = Mailbox()
    imap, smtp = ImapServer(box), Delivering(box)
    with running(imap, smtp):
        yield SimpleNamespace(box=box, smtp=smtp, imap=imap, where={
            "host": "127.0.0.1", "port": imap.port, "security": "none", "user": MAILBOX_USER, "password": PASSWORD, "folder": "INBOX"})
