"""Verbs on the working calendar: holidays and moved working days by hand, the hours of a hall from a day on, its single days (GEN-21)."""
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts import trace
from config.contributions import guards
from config.errors import Refused
from config.web.versions import claim_version
from staff.organisation import hours
from staff.organisation.models import Hall
from staff.organisation.services.halls import set_hours
from staff.regulation import calendar
from staff.regulation.events import calendar_changed
from staff.regulation.models import HallCalendar, HallDay, NationalDay

ORDINARY = {"en": "Like any other day", "zh-hans": "与平日相同", "zh-hant": "與平日相同"}
FREE = {"en": "Day off", "zh-hans": "放假", "zh-hant": "放假"}
NAMES = {True: calendar.MOVED, False: FREE, None: ORDINARY}


@dataclass(frozen=True)
class OtherHours:
    """What guards are asked about: a hall works by this Calendar now, from `first` to `last` (none: from then on)."""

    hall: Hall
    calendar: object
    first: date
    last: date | None = None


def changed(actor, hall_id, now):
    """Tell the rooms above that a hall, or every one, works at other hours."""
    calendar_changed.send(sender=HallCalendar, hall_id=hall_id, actor=actor, now=now)


def refuse_past(day, today, field):
    """What was before today stays as it was."""
    if day < today:
        raise Refused(_("This day is past, and what was stays. Choose today or a later day."), field=field)


@transaction.atomic
def enter_day(actor, *, day, works, name, reason, now):
    """Say by hand that a day of the country is free, worked, or (None) like any other; the library no longer changes it."""
    refuse_past(day, timezone.localtime(now).date(), "day")
    if NationalDay.objects.filter(day=day).exists():
        raise Refused(_("This day stands in the calendar already. Change it there."), field="day")
    row = NationalDay(day=day, works=works, name=name or NAMES[works], by_hand=True, reason=reason)
    trace.save(actor, row, act="entered by hand", reason=reason)
    changed(actor, None, now)
    return row


def _locked(row, version, now):
    row = NationalDay.objects.select_for_update().get(pk=row.pk)
    claim_version(row, version)
    refuse_past(row.day, timezone.localtime(now).date(), None)
    return row


@transaction.atomic
def change_day(actor, row, *, works, name, reason, version=None, now):
    """Another word by hand for a day that stands in the table."""
    row = _locked(row, version, now)
    row.works, row.name, row.by_hand, row.reason = works, name or NAMES[works], True, reason
    trace.save(actor, row, act="entered by hand", reason=reason)
    changed(actor, None, now)
    return row


@transaction.atomic
def give_back(actor, row, *, reason, version=None, now):
    """Let the library say again what the day is; a day that it does not name goes. Returns the row, or None where it went."""
    row = _locked(row, version, now)
    if not row.by_hand:
        raise Refused(_("This day is as the library has it already. There is nothing to give back."))
    known = calendar.national_days(row.day.year).get(row.day)
    if known is None:
        trace.delete(actor, row, act="no longer in the library", reason=reason)
        changed(actor, None, now)
        return None
    (row.works, row.name), row.by_hand, row.reason = known, False, ""
    trace.save(actor, row, act="taken from the library", reason=reason)
    changed(actor, None, now)
    return row


@transaction.atomic
def change_hours(actor, hall, *, week, keeps_holidays, since, reason, version=None, now):
    """The week of a hall from `since` on, (weekday from 0, opens, closes) in minutes of the day, and whether it keeps the country's days;
    what was before stays. Refused for a past day, where nothing would change, or where a room above objects."""
    hall = Hall.objects.select_for_update().get(pk=hall.pk)
    claim_version(hall, version)
    refuse_past(since, hall.day_of(now), "since")
    told = [set_hours(hall, week, since), set_keeping(actor, hall, keeps_holidays, since, reason)]
    if not any(told):
        raise Refused(_("These are the hours that hold on that day already. Change them, or leave the page."))
    guards.ask("hall", "other_hours", OtherHours(hall, calendar.of(hall), since), actor)
    day = since.isoformat()
    changed(actor, hall.pk, now)
    return trace.save(actor, hall, "version", act="hours changed", reason=f"{reason} ({day}: {'; '.join(text for text in told if text)})")


def set_keeping(actor, hall, keeps, since, reason):
    """Let the hall keep the country's days, or not, from a day on; returns in words what changed."""
    rows = list(HallCalendar.objects.filter(hall=hall))
    if calendar.keeps_on([(row.valid_from or date.min, row.keeps_holidays) for row in rows], since) == keeps:
        return ""
    row = next((row for row in rows if row.valid_from == since), None) or HallCalendar(hall=hall, valid_from=since)
    row.keeps_holidays = keeps
    trace.save(actor, row, act="hours changed", reason=reason)
    return _("keeps public holidays") if keeps else _("open on public holidays")


@transaction.atomic
def enter_hall_day(actor, hall, *, day, spans, reason, now):
    """Other hours of a hall on one day, or none. Refused for a past day, one on which the hall does not exist, one that says nothing new or
    has its own hours already, or where a room above objects."""
    Hall.objects.select_for_update().get(pk=hall.pk)
    refuse_past(day, hall.day_of(now), "day")
    if not hall.is_open_on(day):
        raise Refused(_("%(hall)s does not exist on that day. Choose a day on which it does.") % {"hall": hall}, field="day")
    if HallDay.objects.filter(hall=hall, day=day).exists():
        raise Refused(_("The hall has its own hours on that day already. Change them there."), field="day")
    refuse_same(hall, day, spans)
    return _saved(actor, HallDay(hall=hall, day=day), spans, reason, "entered", now)


def refuse_same(hall, day, spans):
    """What the day is anyway need not be said."""
    if calendar.spans_on(hall, day) == list(spans):
        said = hours.shown(spans) or _("closed all day")
        raise Refused(_("The hall has these hours on that day anyway: %(hours)s. Enter others.") % {"hours": said}, field="spans")


def _saved(actor, row, spans, reason, act, now):
    row.spans, row.reason = [list(span) for span in spans], reason
    trace.save(actor, row, act=act, reason=reason)
    guards.ask("hall", "other_hours", OtherHours(row.hall, calendar.of(row.hall), row.day, row.day), actor)
    changed(actor, row.hall_id, now)
    return row


def _locked_day(row, version, now):
    row = HallDay.objects.select_for_update(of=("self",)).select_related("hall").get(pk=row.pk)
    claim_version(row, version)
    refuse_past(row.day, row.hall.day_of(now), None)
    return row


@transaction.atomic
def change_hall_day(actor, row, *, spans, reason, version=None, now):
    """Other hours again for a day that has its own."""
    row = _locked_day(row, version, now)
    if [tuple(span) for span in row.spans] == list(spans) and row.reason == reason:
        raise Refused(_("Nothing is changed. Enter other hours, or leave the page."))
    return _saved(actor, row, spans, reason, "changed", now)


@transaction.atomic
def remove_hall_day(actor, row, *, reason, now):
    """The day is like its weekday and the country's day again."""
    row = _locked_day(row, None, now)
    hall, day = row.hall, row.day
    trace.delete(actor, row, act="taken back", reason=reason)
    guards.ask("hall", "other_hours", OtherHours(hall, calendar.of(hall), day, day), actor)
    changed(actor, hall.pk, now)
