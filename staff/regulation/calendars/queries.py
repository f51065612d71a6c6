"""What the pages of the working calendar read: a year of the company or of a hall, what is unlike its weekday, and how it came about."""
import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts.access import reach
from config.web.history import act_in_words
from config.web.templatetags import hk
from staff.organisation import hours
from staff.organisation.models import Hall
from staff.regulation import calendar
from staff.regulation.models import HallCalendar, HallDay, NationalDay
from staff.regulation.permissions import Can
from staff.regulation.working_time import Calendar

WORK, SHUT, FREE, MOVED, OWN = "work", "shut", "free", "moved", "own"
COMPANY = Calendar("Asia/Shanghai", (((0, 1440),),) * 5 + ((), ()))  # the country's week: Monday to Friday
DAY = timedelta(days=1)
CHANGES = 20


@dataclass(frozen=True)
class Day:
    """One day of the year: what `kind` it is, its name where it has one, its hours in words, and where what makes it special is changed."""

    day: date
    kind: str
    name: str
    hours: str
    national: NationalDay | None = None
    own: HallDay | None = None

    @property
    def said(self):
        """All of it in one line, for who points at the day."""
        return " · ".join(part for part in (self.name, self.hours) if part)


class Year:
    """A year of one hall, or with none of the company."""

    def __init__(self, year, hall=None):
        self.year, self.hall = year, hall
        self.national = {row.day: row for row in NationalDay.objects.filter(day__year=year)}
        self.own = {row.day: row for row in HallDay.objects.filter(hall=hall, day__year=year)} if hall else {}
        self.kept = [(row.valid_from or date.min, row.keeps_holidays) for row in HallCalendar.objects.filter(hall=hall)] if hall else []
        self.calendar = calendar.of(hall) if hall else COMPANY
        self.days = {day: self._day(day) for day in days_of(year)}

    def _day(self, day):
        row, own = self.national.get(day), self.own.get(day)
        counts = row is not None and row.works is not None and (self.hall is None or calendar.keeps_on(self.kept, day))
        spans = self.calendar.spans(day) if self.hall else ()
        told = (hours.shown(spans) or _("closed")) if self.hall else ""
        if own:
            return Day(day, OWN, own.reason, told, row, own)
        if counts:
            return Day(day, MOVED if row.works else FREE, str(row.name), told, row)
        works = self.calendar.works_on(day)
        return Day(day, WORK if works else SHUT, str(row.name) if row else "", told, row)

    @property
    def months(self):
        """[(first day, weeks of seven days, None for those of other months)]."""
        found = []
        for month in range(1, 13):
            weeks = months.Calendar().monthdatescalendar(self.year, month)
            found.append((date(self.year, month, 1), [[self.days.get(day) if day.month == month else None for day in week] for week in weeks]))
        return found

    @property
    def special(self):
        """The days that are unlike their weekday, in order."""
        return [one for one in self.days.values() if one.kind in (FREE, MOVED, OWN) or (one.national and one.national.by_hand)]

    @property
    def worked(self):
        """On how many days it works."""
        return sum(one.kind in (WORK, MOVED) or (one.kind == OWN and bool(one.own.spans)) for one in self.days.values())

    @property
    def announced(self):
        """Whether the year's moved working days are known; before that the library has its feasts alone."""
        return any(row.works for row in self.national.values())


def days_of(year):
    """Every day of a year."""
    first = date(year, 1, 1)
    return [first + n * DAY for n in range(366 if months.isleap(year) else 365)]


def halls_to_edit(user):
    """The halls whose hours this person keeps."""
    far = reach(user, Can.HOURS)
    return Hall.objects.order_by("pk") if far.everything else Hall.objects.filter(pk__in=far.halls).order_by("pk")


def weeks(hall, today):
    """[(from or None, [(weekdays, hours)], keeps holidays)] of a hall: the week of today and those that begin later."""
    rows = list(hall.hours.all())
    kept = [(row.valid_from or date.min, row.keeps_holidays) for row in HallCalendar.objects.filter(hall=hall)]
    edges = {row.valid_from for row in rows if row.valid_from} | {row.valid_until + DAY for row in rows if row.valid_until} | {since for since, _k in kept}
    begun = max((edge for edge in edges if edge <= today and edge != date.min), default=None)
    found = []
    for edge in [begun, *sorted(edge for edge in edges if edge > today)]:
        held = [(row.weekday, row.opens, row.closes) for row in rows if row.holds_on(edge or date.min)]
        named = [(hours.named(first, last), hours.shown(spans) or _("closed all day")) for first, last, spans in hours.runs(held)]
        found.append((edge, named, calendar.keeps_on(kept, edge or date.min)))
    return found


def changes(hall=None):
    """The newest changes by hand, as parts/timeline.html takes them: of the country's days, or of a hall's hours and days."""
    if hall is None:
        rows = NationalDay.history.filter(history_user__isnull=False).exclude(history_change_reason="taken from the library")
        found = [_told(row, f"{long(row.day)} · {row.name}") for row in rows.select_related("history_user").order_by("-history_date")[:CHANGES]]
        return found
    days = HallDay.history.filter(hall=hall).select_related("history_user").order_by("-history_date")[:CHANGES]
    week = hall.history.filter(history_change_reason__startswith="hours changed").select_related("history_user").order_by("-history_date")[:CHANGES]
    found = [_told(row, f"{long(row.day)} · {hours.shown(row.spans) or _('closed all day')}") for row in days]
    found += [_told(row, _("Opening hours")) for row in week]
    return sorted(found, key=lambda one: one["at"], reverse=True)[:CHANGES]


def _told(row, title):
    return {"at": row.history_date, "title": title, "detail": f"{row.history_user or _('the system')} · {act_in_words(row.history_change_reason)}"}


def long(day):
    """A day in words."""
    return hk.day(day)


def why(hall, calendar_of):
    """A function that says in words what a day is for a hall: its own hours, a holiday, a moved working day, or its weekday."""
    national, own = {row.day: row for row in NationalDay.objects.exclude(works=None)}, {row.day: row for row in HallDay.objects.filter(hall=hall)}
    kept = [(row.valid_from or date.min, row.keeps_holidays) for row in HallCalendar.objects.filter(hall=hall)]

    def said(day):
        if day in own:
            return own[day].reason
        if day in national and calendar.keeps_on(kept, day):
            return str(national[day].name)
        return _("working day") if calendar_of.works_on(day) else _("closed on this weekday")
    return said


def coming(hall, count):
    """The next days on which a hall is unlike itself, as [(day, what it is, hours in words)]."""
    today = timezone.localdate()
    rows = HallDay.objects.filter(hall=hall, day__gte=today)[:count]
    return [(row.day, row.reason, hours.shown(row.spans) or _("closed all day")) for row in rows]
