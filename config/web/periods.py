"""A period: a day, a week, a month, a quarter, a year, or from one day to another. A value: no clock, no database (DESIGN 5, GEN-17).

Periods of one kind lie side by side without gap or overlap, in every time zone. Weeks begin on Monday and bear the number of ISO 8601.
"""
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.web.days import FIRST, LAST

DAY, WEEK, MONTH, QUARTER, YEAR, CUSTOM = KINDS = ("day", "week", "month", "quarter", "year", "custom")
LONGEST = 366 * 5  # days that one may choose freely
ONE = timedelta(days=1)
WRITTEN = {  # how a period stands in an address
    DAY: re.compile(r"(\d{4})-(\d{2})-(\d{2})"), WEEK: re.compile(r"(\d{4})-W(\d{2})"), MONTH: re.compile(r"(\d{4})-(\d{2})"),
    QUARTER: re.compile(r"(\d{4})-Q([1-4])"), YEAR: re.compile(r"(\d{4})"), CUSTOM: re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})"),
}


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both days included; `kind` says which of the calendar's periods it is."""

    kind: str
    first: date
    last: date

    def __post_init__(self):
        if self.kind not in KINDS or self.last < self.first:
            raise ValueError(f"No period: {self.kind} from {self.first} to {self.last}.")

    @classmethod
    def of(cls, kind, day):
        """The day, week, month, quarter or year in which `day` lies."""
        if kind == DAY:
            return cls(DAY, day, day)
        if kind == WEEK:
            monday = day - timedelta(days=day.weekday())
            return cls(WEEK, monday, monday + timedelta(days=6))
        months = {MONTH: 1, QUARTER: 3, YEAR: 12}[kind]
        begin = (day.month - 1) // months * months + 1
        end = begin + months - 1
        return cls(kind, date(day.year, begin, 1), date(day.year, end, monthrange(day.year, end)[1]))

    @classmethod
    def between(cls, first, last):
        """From one day to another, chosen freely."""
        return cls(CUSTOM, first, last)

    @classmethod
    def read(cls, text):
        """The period that `key` wrote: 2026-01-14, 2026-W03, 2026-01, 2026-Q1, 2026, 2026-01-14..2026-02-03; None for anything else."""
        for kind, pattern in WRITTEN.items():
            found = pattern.fullmatch(text) if text.isascii() else None
            if found:
                try:
                    period = cls._read(kind, *found.groups())
                except ValueError:
                    return None
                return period if FIRST + timedelta(days=400) <= period.first and period.last <= LAST - timedelta(days=400) else None
        return None

    @classmethod
    def _read(cls, kind, *parts):
        if kind == CUSTOM:
            period = cls.between(*map(date.fromisoformat, parts))
            if len(period) > LONGEST:
                raise ValueError("Longer than anybody looks at in one piece.")
            return period
        numbers = [int(part) for part in parts]
        if kind == WEEK:
            return cls.of(WEEK, date.fromisocalendar(*numbers, 1))
        if kind == QUARTER:
            return cls.of(QUARTER, date(numbers[0], numbers[1] * 3, 1))
        return cls.of(kind, date(*numbers, *(1,) * (3 - len(numbers))))

    @property
    def key(self):
        """How the period stands in an address."""
        if self.kind == WEEK:
            year, week, _day = self.first.isocalendar()
            return f"{year:04d}-W{week:02d}"
        year, month = f"{self.first.year:04d}", f"{self.first.month:02d}"
        return {DAY: self.first.isoformat(), MONTH: f"{year}-{month}", QUARTER: f"{year}-Q{(self.first.month + 2) // 3}", YEAR: year,
                CUSTOM: f"{self.first.isoformat()}..{self.last.isoformat()}"}[self.kind]

    def __len__(self):
        """How many days."""
        return (self.last - self.first).days + 1

    def __contains__(self, day):
        return self.first <= day <= self.last

    def __iter__(self):
        return (self.first + timedelta(days=number) for number in range(len(self)))

    def bounds(self, zone):
        """(begin, end) as aware moments in a time zone (a name); the end belongs to the next period."""
        clock = ZoneInfo(zone)
        return datetime.combine(self.first, time.min, clock), datetime.combine(self.last + ONE, time.min, clock)

    def next(self):
        """The period of this kind that begins when this one ends; of a free one, as many days."""
        begin = self.last + ONE
        return Period(CUSTOM, begin, self.last + timedelta(days=len(self))) if self.kind == CUSTOM else Period.of(self.kind, begin)

    def before(self):
        """The period of this kind that ends when this one begins; of a free one, as many days."""
        end = self.first - ONE
        return Period(CUSTOM, self.first - timedelta(days=len(self)), end) if self.kind == CUSTOM else Period.of(self.kind, end)

    def year_ago(self):
        """The same period a year earlier; of a week the one of the same number, of a 53rd week the last; of 29 February the 28th."""
        if self.kind == WEEK:
            year, week, _day = self.first.isocalendar()
            weeks = date(year - 1, 12, 28).isocalendar().week  # the 28th of December lies in the last week of its year
            return Period.of(WEEK, date.fromisocalendar(year - 1, min(week, weeks), 1))
        if self.kind == CUSTOM:
            return Period(CUSTOM, a_year_before(self.first), a_year_before(self.last))
        return Period.of(self.kind, a_year_before(self.first))

    def until(self, day):
        """What of the period has passed on `day`: the first days up to and with it; the whole once it is over or before it begins."""
        return Period(self.kind, self.first, day) if day in self else self

    def first_days(self, number):
        """The first days of the period, at most all of them."""
        return Period(self.kind, self.first, min(self.last, self.first + timedelta(days=number - 1)))

    def comparison(self, today):
        """(this period as far as it has come, as many days of the one before, and of the one a year ago): like is compared with like."""
        now = self.until(today)
        if len(now) == len(self):
            return now, self.before(), self.year_ago()
        return now, self.before().first_days(len(now)), self.year_ago().first_days(len(now))

    @property
    def is_whole(self):
        """Whether it is a whole period of the calendar and not the beginning of one."""
        return self.kind == CUSTOM or self == Period.of(self.kind, self.first)

    def parts(self):
        """The periods that a chart of this one has as bars: days up to a month, weeks up to half a year, else months. Cut at the ends, so
        that together they are the whole."""
        kind = DAY if len(self) <= 31 else WEEK if len(self) <= 184 else MONTH
        found, begin = [], self.first
        while begin <= self.last:
            whole = Period.of(kind, begin)
            end = min(whole.last, self.last)
            found.append(whole if (begin, end) == (whole.first, whole.last) else Period(CUSTOM, begin, end))
            begin = end + ONE
        return found


def a_year_before(day):
    """The same day of the year before; the 28th for 29 February."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
