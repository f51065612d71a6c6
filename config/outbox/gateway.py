"""The edge of the house: hands one message to its channel, bounded in time."""
import smtplib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from config.contributions.registry import registry

SECONDS = 20  # that a server may take for one answer
CHANNELS = registry("channels")


class NotTaken(Exception):
    """The channel surely did not take the message; it may go again."""


class Unknown(Exception):
    """Nobody knows whether the channel took the message; a person settles it."""


@dataclass(frozen=True)
class Channel:
    """A way out of the house: `send(message)` hands one message over and raises `NotTaken` or `Unknown` where it did not surely go."""

    key: str
    label: str
    send: Callable


def register(**facts):
    """Add a channel; called from a room's `gateways.py`."""
    return CHANNELS.add(Channel(**facts))


def send(message):
    """Hand `message` over by its channel. `NotTaken` when it surely did not go; any other error leaves its end unknown."""
    channel = CHANNELS.get(message.channel)
    if channel is None:
        raise NotTaken(f"No gateway for {message.channel}.")
    channel.send(message)


def send_mail(message):
    """Hand one mail to the mail server. Once its text is on the way, a line that breaks leaves its end unknown."""
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
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as problem:
        raise NotTaken(type(problem).__name__) from problem
    except OSError as problem:  # smtplib's own errors among them
        raise Unknown(type(problem).__name__) from problem
    finally:
        mail.connection.close()
