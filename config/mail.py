"""Mail without a mail server: nothing is taken, so that the outbox keeps the messages and shows them as waiting."""
from django.core.mail.backends.base import BaseEmailBackend


class NoMail(BaseEmailBackend):
    """Stands in while EMAIL_URL is not set."""

    def open(self):
        """Refuse at once, the way an unreachable server does."""
        raise ConnectionRefusedError("EMAIL_URL is not set.")

    def send_messages(self, email_messages):
        """Refuse every message."""
        self.open()
