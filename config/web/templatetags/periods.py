"""Periods in words: "November 2026", 2026年11月, "1–22 Nov 2026", 2026年11月1日至22日."""
from django import template
from django.utils import dateformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.web import periods
from config.web.templatetags import hk

register = template.Library()


def is_chinese():
    """Whether the page is in one of the two Chinese."""
    return (get_language() or "en").lower().startswith("zh")


@register.filter
def period(value):
    """A period in full, as it stands beside a figure; the beginning of one with its days."""
    if not value:
        return ""
    if len(value) == 1:
        return hk.long_day(value.first)
    if value.is_whole and value.kind in WHOLE:
        return WHOLE[value.kind](value)
    return span(value.first, value.last)


def span(first, last):
    """From one day to another, no word said twice."""
    if is_chinese():
        pattern = "Y年n月j日" if first.year != last.year else "n月j日" if first.month != last.month else "j日"
        return f"{dateformat.format(first, 'Y年n月j日')}至{dateformat.format(last, pattern)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{dateformat.format(last, 'j M Y')}"
    return f"{dateformat.format(first, 'j M' if first.year == last.year else 'j M Y')} – {dateformat.format(last, 'j M Y')}"


def week(value):
    """The number of the week and its days."""
    return _("week %(n)s, %(days)s") % {"n": value.first.isocalendar().week, "days": span(value.first, value.last)}


def quarter(value):
    """The quarter of its year."""
    return _("Q%(n)s %(year)s") % {"n": (value.first.month + 2) // 3, "year": value.first.year}


def year(value):
    """The year."""
    return f"{value.first.year}年" if is_chinese() else str(value.first.year)


WHOLE = {periods.WEEK: week, periods.MONTH: lambda value: hk.month(value.first), periods.QUARTER: quarter, periods.YEAR: year}


@register.filter
def part(value):
    """A part of a longer period, as it stands under its bar: the day of the month, the first day of a week, the month."""
    if value.kind == periods.MONTH:
        return dateformat.format(value.first, "n月" if is_chinese() else "M")
    if len(value) == 1:
        return hk.day(value.first) if value.first.day == 1 else str(value.first.day)
    return dateformat.format(value.first, "n月j日" if is_chinese() else "j M")
