"""The edge of the house: hands one message to its channel, bounded in time."""
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection


class NotTaken(Exception):
    """The channel surely did not take the message; it may go again."""


def send(message):
    """Hand `message` over by its channel. `NotTaken` when it surely did not go; any other error leaves its end unknown."""
    if message.channel != "email":
        raise NotTaken(f"No gateway for {message.channel}.")
    mail = EmailMessage(message.subject, message.body, settings.DEFAULT_FROM_EMAIL, [message.address],
                        headers={"Message-ID": f"<{message.key}@hallkeeper>"})
    try:
        mail.connection = get_connection(timeout=20)
        mail.connection.open()
    except OSError as problem:
        raise NotTaken(type(problem).__name__) from problem
    try:
        mail.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as problem:
        raise NotTaken(type(problem).__name__) from problem
