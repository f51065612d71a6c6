"""The cells of the lists of deliveries and robots; drawn without a template."""
from django.utils.html import format_html
from django.utils.translation import gettext as _

from config.outbox.models import Message
from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from staff.notifications.delivery import DIGEST

TONES = {Message.State.WAITING: "wait", Message.State.SENDING: "run", Message.State.SENT: "done", Message.State.UNCERTAIN: "soon", Message.State.PARKED: "late"}


def what(message):
    """What it told, or by which group."""
    if message.kind == DIGEST:
        return _("Mail of the day")
    if message.robot:
        return format_html('<a href="{}">{}</a>', addresses.of("robot", message.robot.pk), message.robot)
    return message.notification or "—"


def state(message):
    """How it ended."""
    return hk.status(TONES[message.state], word(message, "state"))


def left(message):
    """When it was left."""
    return hk.when(message.created_at)


def robot(row):
    """The group, as a link."""
    return format_html('<a href="{}">{}</a>', addresses.of("robot", row.pk), row.name)


def in_use(row):
    """Whether it speaks."""
    return hk.status("ok", _("in use")) if row.is_active else hk.status("none", _("out of use"))
