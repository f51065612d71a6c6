"""The working calendar of halls: their week, the country's holidays with moved working days, and what a hall says of single days (GEN-21)."""
import json
from collections import defaultdict
from datetime import date, timedelta

import holidays
from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import BigIntegerField, F, Func, JSONField, OuterRef, Subquery, Value
from django.db.models.functions import JSONObject

from config import prepared
from config.accounts import trace
from config.accounts.access import array_text, one_of_text
from staff.organisation.models import Hall, OpeningHours
from staff.regulation import values
from staff.regulation.models import HallCalendar, HallDay, NationalDay
from staff.regulation.working_time import Calendar, NoWorkingTime, after, after_days, moved_hours, special_days

COUNTRY = "CN"
OWN, KEPT = "day of a hall", "holidays of a hall"
LANGUAGES = {"en": "en_US", "zh-hans": "zh_CN", "zh-hant": "zh_TW"}
MOVED = {"en": "Moved working day", "zh-hans": "调休上班日", "zh-hant": "調休上班日"}
IN_RETURN = {"en": "Day off for a moved working day", "zh-hans": "调休放假", "zh-hant": "調休放假"}
SUBSTITUTED = "Day off (substituted"  # how the library names such a day in English
WEEKEND = {"en": "Weekend within the holiday", "zh-hans": "假期内的周末", "zh-hant": "假期內的週末"}
DAY = timedelta(days=1)
SPANS = {"working_minutes": "minutes", "working_hours": "hours"}  # unit of a parameter -> of a timedelta


class NotWorkingTime(LookupError):
    """The parameter is no limit in working time: a bug in the caller."""


def of(hall):
    """The Calendar of one hall; two statements."""
    return of_halls([hall])[hall.pk]


def of_halls(halls):
    """{hall id: Calendar} of several halls; two statements whatever their number."""
    ids, rows, special, kept, national = [hall.pk for hall in halls], defaultdict(list), defaultdict(dict), defaultdict(list), {}
    asked = array_text(ids)
    for row in prepared.rows("hours of halls", hours, text=asked):
        rows[row.hall_id].append(row)
    for kind, hall, day, text in prepared.values("days of halls", days_said, text=asked):
        said = json.loads(text)
        if kind == OWN:
            special[hall][day] = tuple(tuple(span) for span in said)
        elif kind == KEPT:
            kept[hall].append((day or date.min, said))
        else:
            national[day] = said
    found = {}
    for hall in halls:
        week, later = weeks_of(rows[hall.pk])
        newest = sorted(kept[hall.pk], reverse=True)
        mine = {day: works for day, works in national.items() if first_by(newest, day)}
        days = {"holidays": [day for day, works in mine.items() if not works], "moved": [day for day, works in mine.items() if works]}
        found[hall.pk] = Calendar(hall.timezone, week, special_days(week, **days, exceptions=special[hall.pk], later=later), later)
    return found


def hours():
    """The opening hours of the halls whose ids are given as a text."""
    return OpeningHours.objects.filter(one_of_text(prepared.TEXT, "hall")).order_by("weekday", "opens")


def days_said():
    """(OWN, hall id, day, spans), (KEPT, hall id, day or None, whether it keeps holidays), (COUNTRY, None, day, whether it is worked) of these halls;
    what is said is JSON."""
    def said(rows, kind, hall, day, what):
        return rows.order_by().annotate(kind=Value(kind), of=hall, on=F(day), said=Func(F(what), function="to_jsonb", output_field=JSONField())).values_list(
            "kind", "of", "on", "said")

    halls, nowhere = one_of_text(prepared.TEXT, "hall"), Value(None, output_field=BigIntegerField())
    return said(HallDay.objects.filter(halls), OWN, F("hall_id"), "day", "spans").union(
        said(HallCalendar.objects.filter(halls), KEPT, F("hall_id"), "valid_from", "keeps_holidays"),
        said(NationalDay.objects.exclude(works=None), COUNTRY, nowhere, "day", "works"), all=True)


def end_of_working_day(hall, since, count=1):
    """The end of the `count`-th working day after `since` in a hall; so many days later where there is no hall, or one that never works."""
    try:
        return after_days(of(hall), since, count) if hall else since + count * DAY
    except NoWorkingTime:
        return since + count * DAY


def weeks_of(rows):
    """(the first week, ((first day, week), …) of those that follow) out of the opening hours of one hall."""
    edges = sorted({row.valid_from for row in rows if row.valid_from} | {row.valid_until + DAY for row in rows if row.valid_until})
    before = edges[0] - DAY if edges else date.min
    return week_of(rows, before), tuple((edge, week_of(rows, edge)) for edge in edges)


def week_of(rows, day):
    """The week that holds on `day`, as `Calendar` takes it."""
    held = [row for row in rows if row.holds_on(day)]
    return tuple(tuple(sorted((row.opens, row.closes) for row in held if row.weekday == weekday)) for weekday in range(7))


def keeps_on(kept, day):
    """Whether the last of these (first day, keeps) that begins by `day` keeps holidays."""
    return first_by(sorted(kept, reverse=True), day)


def first_by(newest, day):
    """The same of those that stand in order, the newest first."""
    return next((keeps for since, keeps in newest if since <= day), False)


def spans_on(hall, day):
    """[(opens, closes)] of a hall on one day, in minutes of it; one statement."""
    row = prepared.rows("day of a hall", what_says_of_a_day, pk=hall.pk, day=day)[0]
    if row.said is not None:
        return [tuple(span) for span in row.said]
    week = tuple(tuple(sorted((one["opens"], one["closes"]) for one in row.week if one["weekday"] == weekday)) for weekday in range(7))
    if not row.keeps or row.works is None:
        return list(week[day.weekday()])
    return list(moved_hours(week, day)) if row.works else []


def what_says_of_a_day():
    """A hall with all that decides when it works on one day: `week`, what it `said` itself, whether it `keeps` holidays, how the country `works`."""
    day, hall = prepared.DAY, OuterRef("pk")
    week = OpeningHours.objects.on(day).filter(hall=hall).order_by().values(row=JSONObject(weekday="weekday", opens="opens", closes="closes"))
    kept = HallCalendar.objects.filter(hall=hall).exclude(valid_from__gt=day).order_by(F("valid_from").desc(nulls_last=True)).values("keeps_holidays")[:1]
    return Hall.objects.only("pk").filter(pk=prepared.PK).annotate(
        week=ArraySubquery(week), said=Subquery(HallDay.objects.filter(hall=hall, day=day).values("spans")[:1]), keeps=Subquery(kept),
        works=Subquery(NationalDay.objects.filter(day=day).values("works")[:1]))


def due(key, since, hall, calendar=None):
    """When a limit of the regulation comes that runs in working minutes, hours or days, such as `online_reply_minutes` after a message at
    `since`. Reads the value of that day, and the calendar unless it is given. Raises NotWorkingTime for a parameter of another unit."""
    calendar, unit = calendar or of(hall), values.definitions()[key].get("unit")
    length = values.value(key, calendar.day_of(since), hall)
    if unit == "working_days":
        return after_days(calendar, since, length)
    if unit not in SPANS:
        raise NotWorkingTime(key)
    return after(calendar, since, timedelta(**{SPANS[unit]: float(length)}))


@transaction.atomic
def fill(actor, year, *, now):
    """Take the country's days of a year from the library; what was entered by hand stays. Returns how many days are new or changed.

    Before the State Council has announced a year, the library knows its feasts and no moved days: fill it again afterwards.
    """
    there = {row.day: row for row in NationalDay.objects.filter(day__year=year)}
    known, changed = national_days(year), 0
    for day, (works, name) in known.items():
        row = there.get(day)
        if row is None or not row.by_hand and (row.works, dict(row.name)) != (works, name):
            row = row or NationalDay(day=day)
            row.works, row.name = works, name
            trace.save(actor, row, act="taken from the library")
            changed += 1
    for day, row in there.items():
        if day not in known and not row.by_hand:
            trace.delete(actor, row, act="no longer in the library")
            changed += 1
    return changed


def national_days(year):
    """{day: (worked, name in three languages)} of a year as the maintained library has it, with the weekends inside the holidays."""
    named = {code: holidays.country_holidays(COUNTRY, years=year, language=language) for code, language in LANGUAGES.items()}
    free = {day: (False, IN_RETURN if said.startswith(SUBSTITUTED) else {code: table[day] for code, table in named.items()})
            for day, said in named["en"].items() if day.year == year}
    moved = {day: (True, MOVED) for day in named["en"].weekend_workdays if day.year == year}
    return free | weekends_within(free, moved, year) | moved


def weekends_within(free, moved, year):
    """The Saturdays and Sundays that lie beside or between free days, which are part of the holiday for who works on weekends."""
    found, day = {}, date(year, 1, 1)
    while day.year == year:
        run = []
        while day.year == year and (day in free or (day.weekday() >= 5 and day not in moved)):
            run.append(day)
            day += DAY
        if any(one in free for one in run):
            found |= {one: (False, WEEKEND) for one in run if one not in free}
        day += DAY
    return found
