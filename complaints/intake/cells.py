"""The cells of the lists of channels, checks and mails; drawn without a template."""
from django.utils import timezone
from django.utils.html import format_html

from complaints.intake.models import BoxCheck, IncomingMail
from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk

CHECKS = {BoxCheck.State.OPEN: "wait", BoxCheck.State.DONE: "done", BoxCheck.State.MISSED: "late", BoxCheck.State.DROPPED: "none"}
MAILS = {IncomingMail.State.TAKEN: "done", IncomingMail.State.THREADED: "done", IncomingMail.State.IGNORED: "none", IncomingMail.State.PARKED: "soon"}


def channel(row):
    """What customers use, as a link."""
    return format_html('<a class="name" href="{}">{}</a>', addresses.of("complaint_channel", row.pk), row.value)


def check_tone(row):
    """How a check stands; late once its moment has passed."""
    return "late" if row.state == BoxCheck.State.OPEN and row.due_at < timezone.now() else CHECKS[row.state]


def check_day(row):
    """The day, as a link."""
    return format_html('<a href="{}">{}</a>', addresses.of("box_check", row.pk), hk.week_day(row.day))


def check_state(row):
    """The state with its sign."""
    return hk.status(check_tone(row), word(row, "state"))


def mail(row):
    """What it is about, as a link."""
    return format_html('<a class="name" href="{}">{}</a>', addresses.of("incoming_mail", row.pk), str(row) or "—")


def mail_state(row):
    """The state with its sign."""
    return hk.status(MAILS[row.state], word(row, "state"))
