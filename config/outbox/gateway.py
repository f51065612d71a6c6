"""The edge of the house: hands one message to its channel, bounded in time."""
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

SECONDS = 20  # that a server may take for one answer


class NotTaken(Exception):
    """The channel surely did not take the message; it may go again."""


def send(message):
    """Hand `message` over by its channel. `NotTaken` when it surely did not go; any other error leaves its end unknown."""
    if message.channel != "email":
        raise NotTaken(f"No gateway for {message.channel}.")
    mail = EmailMessage(message.subject, message.body, settings.DEFAULT_FROM_EMAIL, [message.address],
                        headers={"Message-ID": f"<{message.key}@hallkeeper>"})
    try:
        mail.message()
        mail.connection = get_connection(timeout=SECONDS)
        mail.connection.open()
    except (OSError, ValueError) as problem:  # nobody answers, or what is written makes no mail, such as an address of two lines
        raise NotTaken(type(problem).__name__) from problem
    try:
        mail.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as problem:
        raise NotTaken(type(problem).__name__) from problem
    finally:
        mail.connection.close()
