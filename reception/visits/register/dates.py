"""The date of a visit as people write it in a register, and what a title says about the month.

Whatever does not say all of a date is completed from the row above or from the title, never guessed.
"""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from reception.visits.register.numerals import arabic, plain, text_of
from reception.visits.register.problems import Code

EXCEL_FIRST_DAY = date(1899, 12, 30)
LONGEST_DATE = 60  # characters
YEARS = range(1990, 2100)  # years a register of visits can be from


class Unreadable(Exception):
    """A cell that says something else than what its column asks for; `code` says in which way."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Around(NamedTuple):
    """What the place of a date says about it: the title's year and month, the date above, the sheet's day zero."""

    year: int | None = None
    month: int | None = None
    above: date | None = None
    day_first: bool | None = None
    first_day: date = EXCEL_FIRST_DAY


NOTHING_AROUND = Around()


def read_date(value, around=NOTHING_AROUND):
    """The date that a cell says, None for a blank cell; raises Unreadable with a date code."""
    if isinstance(value, datetime):
        return _checked(value.date())
    if isinstance(value, date):
        return _checked(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value, around)
    text = text_of(value)
    if len(text) > LONGEST_DATE:
        raise Unreadable(Code.DATE_UNREADABLE)
    text = _bare(text)
    if not text:
        return None
    for pattern, read in _WRITINGS:
        found = pattern.fullmatch(text)
        if found:
            return _checked(read(found, around))
    raise Unreadable(Code.DATE_UNREADABLE)


def title_month(*texts):
    """(year, month, day) as far as titles say them, the first text first; what none of them says is None.

    A month is taken from a later text only where an earlier one does not name another.
    """
    year = month = day = None
    for text in texts:
        found = _title_date(text)
        if found is None:
            continue
        if month is None and (year is None or found[0] in (None, year)):
            month, day = found[1], found[2]
        year = year or found[0]
    return year, month, day


_WEEKDAY = re.compile(r"\(?(?:星期|周|週|礼拜|禮拜)[1-6一二三四五六日天]\)?|"
                      r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?")
_TIME_AFTER = re.compile(r"(?<=[0-9日号])(?:\s+|t|(?=[上下]午))(?:[上下]午)?\s*"
                         r"[0-9]{1,2}[:点时][0-9]{1,2}分?(?::[0-9]{2})?(?:\.[0-9]+)?z?$")
_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)}


def _bare(text):
    """The text of a date without weekday, time and spaces; numerals as figures."""
    text = _WEEKDAY.sub(" ", plain(text)).strip(" ,.()")
    text = _TIME_AFTER.sub("", text)
    return arabic(re.sub(r"\s*([年月日号號./\-])\s*", r"\1", text)).strip()


def _checked(found):
    if found.year not in YEARS:
        raise Unreadable(Code.DATE_UNREADABLE)
    return found


def _make(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(Code.DATE_UNREADABLE) from None


def _from_number(number, around):
    """A bare number: a spreadsheet's day count, 20250302, or the day of the month that the title names."""
    if not 1 <= number < 21_000_000:  # also false for what is not a number at all
        raise Unreadable(Code.DATE_UNREADABLE)
    if 20_000 <= number < 80_000:
        return _checked(around.first_day + timedelta(days=int(number)))
    if number != int(number):
        raise Unreadable(Code.DATE_UNREADABLE)
    if number >= 19_900_101:
        return _checked(_make(int(number) // 10_000, int(number) // 100 % 100, int(number) % 100))
    return _day_only(int(number), around)


def _day_only(day, around):
    if day > 31:
        raise Unreadable(Code.DATE_UNREADABLE)
    if around.year and around.month:
        return _make(around.year, around.month, day)
    if around.above and day >= around.above.day:
        return _make(around.above.year, around.above.month, day)
    raise Unreadable(Code.DATE_YEAR_UNKNOWN)


def _month_and_day(month, day, around):
    """The year is the title's where it names a month too; else the one nearest to the row above; else the title's."""
    if around.year and (around.month or not around.above):
        return _make(around.year, month, day)
    if around.above:
        near = []
        for year in (around.above.year, around.above.year - 1, around.above.year + 1):
            try:
                near.append(date(year, month, day))
            except ValueError:
                continue  # 29 February of another year
        if near:
            return min(near, key=lambda found: abs(found - around.above))
        raise Unreadable(Code.DATE_UNREADABLE)
    _make(2024, month, day)  # a day that no year has is unreadable rather than incomplete
    raise Unreadable(Code.DATE_YEAR_UNKNOWN)


def _year(text):
    return int(text) + 2000 if len(text) == 2 else int(text)


def _three_figures(found, around):
    """1/2/2025 or 25/3/2: every order that gives a date, narrowed by what the mapping and the title say."""
    first, second, third = found.groups()
    orders = [(third, second, first), (third, first, second)]
    if around.day_first is not None:
        orders = orders[:1] if around.day_first else orders[1:]
    if len(third) < 3:
        orders.append((first, second, third))
    dates = []
    for year, month, day in orders:
        if len(year) == 1:
            continue  # nobody writes a year with one figure
        try:
            dates.append(date(_year(year), int(month), int(day)))
        except ValueError:
            continue  # this order gives no date
    dates = [found for found in dict.fromkeys(dates) if found.year in YEARS]
    fitting = ([found for found in dates if (found.year, found.month) == (around.year, around.month)]
               or [found for found in dates if around.above and abs((found - around.above).days) <= 7] or dates)
    if not fitting:
        raise Unreadable(Code.DATE_UNREADABLE)
    if len(fitting) > 1:
        raise Unreadable(Code.DATE_AMBIGUOUS)
    return fitting[0]


def _named_month(year, month, day, around):
    number = _MONTHS[month[:3]]
    return _make(_year(year), number, int(day)) if year else _month_and_day(number, int(day), around)


_NAME = "(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
_WRITINGS = [(re.compile(pattern), read) for pattern, read in (
    (r"((?:19|20)[0-9]{2}|[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})[日号號]?",
     lambda found, around: _make(_year(found[1]), int(found[2]), int(found[3]))),
    (r"((?:19|20)[0-9]{2})[./\-、,]([0-9]{1,2})[./\-、,]([0-9]{1,2})[日号號]?",
     lambda found, around: _make(int(found[1]), int(found[2]), int(found[3]))),
    (r"([0-9]{1,2})[./\-]([0-9]{1,2})[./\-]((?:19|20)[0-9]{2}|[0-9]{1,2})", _three_figures),
    (r"([0-9]{1,2})月([0-9]{1,2})[日号號]?", lambda found, around: _month_and_day(int(found[1]), int(found[2]), around)),
    (r"([0-9]{1,2})[./\-]([0-9]{1,2})", lambda found, around: _month_and_day(int(found[1]), int(found[2]), around)),
    (r"([0-9]{1,2})[日号號]?", lambda found, around: _day_only(int(found[1]), around)),
    (r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})", lambda found, around: _make(*map(int, found.groups()))),
    (r"([2-7][0-9]{4})(?:\.[0-9]+)?", lambda found, around: _from_number(int(found[1]), around)),
    (rf"{_NAME}\.?[\s\-]*([0-9]{{1,2}})(?:st|nd|rd|th)?(?:[\s,\-]+((?:19|20)[0-9]{{2}}))?",
     lambda found, around: _named_month(found[3], found[1], found[2], around)),
    (rf"([0-9]{{1,2}})(?:st|nd|rd|th)?[\s\-]*{_NAME}\.?(?:[\s,\-]+((?:19|20)[0-9]{{2}}))?",
     lambda found, around: _named_month(found[3], found[2], found[1], around)),
)]

_TITLE = [re.compile(pattern) for pattern in (
    r"(?P<year>20[0-9]{2}|19[0-9]{2})\s*[年./\-]\s*(?P<month>1[0-2]|0?[1-9])(?![0-9])"
    r"(?:\s*[月./\-]\s*(?P<day>[0-9]{1,2})(?![0-9])[日号號]?(?![日号號]?\s*[-~—至到]))?",
    r"(?<![0-9])(?P<year>20[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3][0-9])?(?![0-9])",
    rf"(?P<name>{_NAME})[\s,\-]+(?P<year>20[0-9]{{2}}|19[0-9]{{2}})(?![0-9])",
    r"(?<![0-9])(?P<year>20[0-9]{2})(?![0-9])\s*(?:年|年度)?(?!.*[0-9]\s*月)",
    r"(?:(?P<year>20[0-9]{2}).*?)?(?<![0-9])(?P<month>1[0-2]|0?[1-9])\s*月(?:\s*(?P<day>[0-9]{1,2})\s*[日号號](?!\s*[-~—至到]))?",
)]


def _title_date(text):
    """(year, month, day) of one title, each None where it is silent; None when it says nothing at all."""
    text = arabic(plain(text[:200]))
    for pattern in _TITLE:
        found = pattern.search(text)
        if found:
            said = found.groupdict()
            month = _MONTHS[said["name"][:3]] if said.get("name") else said.get("month") and int(said["month"])
            day = said.get("day") and int(said["day"])
            return said.get("year") and int(said["year"]), month, day if day and 1 <= day <= 31 else None
    return None
