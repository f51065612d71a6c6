"""The cells of the list of duty sheets; drawn without a template."""
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from config.web import addresses
from config.web.templatetags import hk


def person(row):
    """Whose, as a link."""
    return format_html('<a class="name" href="{}">{}</a>', addresses.of("duty_sheet", row.pk), row.employee.name)


def tone(row):
    """(tone, words) of a reading."""
    if row.confirmed_at:
        return "done", _("confirmed on %(day)s") % {"day": hk.day(row.confirmed_at)}
    return ("late", _("not confirmed, overdue")) if row.due_at < timezone.now() else ("wait", _("to be confirmed"))


def reading(row):
    """How it stands."""
    return hk.status(*tone(row))


def due(row):
    """By when."""
    return hk.when(hk.deadline(row.due_at), "day")
