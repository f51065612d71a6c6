"""Cases worked out by hand on the calendars of 2025 and 2026, beside the clock and beside one that walks every minute (GEN-21, RELIABILITY T4)."""
import csv
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from staff.organisation import hours
from staff.organisation.models import OpeningHours
from staff.regulation import calendar, working_time
from staff.regulation.models import HallCalendar, HallDay
from tests.staff.regulation import minutes

FILE = Path(__file__).with_name("working_time_cases.csv")
SHANGHAI = ZoneInfo("Asia/Shanghai")
FEWEST = 300


def cases():
    """The rows of the file."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines))


def moment(text):
    """A moment of the hall's own clock; None for nothing."""
    return datetime.fromisoformat(text) if text else None


def pauses_of(row):
    """[(from, until)] of a case."""
    return [tuple(map(moment, one.strip().split("/"))) for one in row["pauses"].split(";") if one.strip()]


@pytest.fixture
def calendars(cast):
    """{name: Calendar} of the halls of the file as rooms get them: hours, days of their own, and the country's days out of the library."""
    for year in (2025, 2026):
        calendar.fill(cast.actor("admin"), year, now=cast.now)
    found, hall = {}, cast.hall
    for name, week in minutes.WEEKS.items():
        for kept in (hall.hours, hall.calendars, hall.special_days):
            kept.all().delete()
        first, later = minutes.LATER.get(name, (None, []))
        enter(hall, week, None, first and first - timedelta(days=1))
        enter(hall, later, first, None)
        HallCalendar.objects.create(hall=hall, keeps_holidays=name in minutes.KEEPS)
        HallDay.objects.bulk_create(HallDay(hall=hall, day=day, spans=hours.read(text), reason="as told") for day, text in minutes.OWN.get(name, {}).items())
        found[name] = calendar.of(hall)
    return found


def enter(hall, week, since, until):
    """The hours of a week."""
    OpeningHours.objects.bulk_create(OpeningHours(hall=hall, weekday=day, opens=opens, closes=closes, valid_from=since, valid_until=until)
                                     for day, text in enumerate(week) for opens, closes in hours.read(text))


def by_the_clock(days, row):
    """The answer of the clock, as the file writes it."""
    def at(one):
        return one and one.replace(tzinfo=SHANGHAI)

    start, rests = at(moment(row["start"])), [tuple(map(at, one)) for one in pauses_of(row)]
    if row["asked"] == "between":
        return str(int(working_time.between(days, start, at(moment(row["length"])), rests).total_seconds() // 60))
    if row["asked"] == "days":
        return written(working_time.after_days(days, start, int(row["length"])).astimezone(SHANGHAI))
    due = working_time.after(days, start, timedelta(minutes=int(row["length"])), rests)
    return written(due and due.astimezone(SHANGHAI))


def by_minutes(row):
    """The answer of who walks every minute."""
    hall, start = row["hall"], moment(row["start"])
    if row["asked"] == "between":
        return str(minutes.between(hall, start, moment(row["length"]), pauses_of(row)))
    if row["asked"] == "days":
        return written(minutes.days(hall, start, int(row["length"])))
    return written(minutes.after(hall, start, int(row["length"]), pauses_of(row)))


def written(due):
    """A moment as the file writes it."""
    return f"{due:%Y-%m-%d %H:%M}" if due else "never"


def test_hand_clock_and_minutes_say_the_same_of_every_case(calendars):
    rows = cases()
    told = [(row["answer"], by_the_clock(calendars[row["hall"]], row), by_minutes(row)) for row in rows]
    wrong = [(*row.values(), *answers[1:]) for row, answers in zip(rows, told, strict=True) if len(set(answers)) > 1]
    assert not wrong, "\n".join(map(str, wrong))
    assert len(rows) >= FEWEST


def test_the_cases_are_different_ones_of_every_kind():
    rows = cases()
    assert len({tuple(row.values()) for row in rows}) == len(rows)
    kinds, halls = Counter(row["asked"] for row in rows), Counter(row["hall"] for row in rows)
    assert kinds["after"] > 200 and kinds["between"] > 40 and kinds["days"] > 25 and min(halls[name] for name in minutes.WEEKS) >= 10
    assert sum(bool(row["pauses"]) for row in rows) > 20 and sum(row["length"] == "0" for row in rows) > 10


def test_the_library_says_of_both_years_what_the_state_council_announced(calendars):
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(730)]
    assert [day for day in days if calendars["office"].works_on(day) != bool(minutes.hours("office", day))] == []
