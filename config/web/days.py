"""Days that people type or that stand in an address: what no calendar of a hall holds is no day."""
import re
import unicodedata
from datetime import date, datetime, time, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)  # a day around them stays within what dates and the database can hold
WORDS = {"今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "後天": 2, "昨天": -1, "昨日": -1, "yesterday": -1, "前天": -2}
WHOLE = re.compile(r"(\d{4}) ?[-./年] ?(\d{1,2}) ?[-./月] ?(\d{1,2})日?|(\d{4})(\d{2})(\d{2})", re.ASCII)
SHORT = re.compile(r"(\d{1,2}) ?[-./月] ?(\d{1,2})[日号號]?|(\d{2})(\d{2})", re.ASCII)
MOMENT = re.compile(r"(?P<day>.*?)[ t]?(?:(\d{1,2})[:点點时時](\d{2})?分?(?::\d{2})?|(\d{1,2})(\d{2}))", re.ASCII)


def day_limits(sentence):
    """The validators of a form's day, which say `sentence` of one outside FIRST to LAST."""
    return [MinValueValidator(FIRST, sentence), MaxValueValidator(LAST, sentence)]


def read_day(text):
    """The day written as 2026-01-14, or None for what is no day or lies outside FIRST to LAST."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None


def said_day(text, today):
    """The day that people mean by 2026-1-14, 20260114, 1.14, 1-14, 0114, 1月14日, 明天 or "tomorrow" (UX 41); None for any other text.

    Without a year it is the one nearest to `today`, so that in December 1-3 is ahead and in January 12-28 lies behind.
    """
    text = tidy(text)
    if text in WORDS:
        return today + timedelta(days=WORDS[text])
    if found := WHOLE.fullmatch(text):
        return calendar_day(*(int(part) for part in found.groups() if part))
    if found := SHORT.fullmatch(text):
        month, day = (int(part) for part in found.groups() if part)
        near = [one for year in (today.year - 1, today.year, today.year + 1) if (one := calendar_day(year, month, day))]
        return min(near, key=lambda one: abs(one - today), default=None)
    return None


def said_moment(text, today):
    """The naive datetime that people mean by a day as above with 14:05, 1405, 14点 or 14点05分, or by a time alone, which is today's; else None."""
    found = MOMENT.fullmatch(tidy(text))
    day = found and (said_day(found["day"], today) if found["day"] else today)
    if not day:
        return None
    hour, minute = int(found[2] or found[4]), int(found[3] or found[5] or 0)
    return datetime.combine(day, time(hour, minute)) if hour < 24 and minute < 60 else None


def tidy(text):
    """Fullwidth signs as plain ones, one blank for many, small letters."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def calendar_day(year, month, day):
    """That day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
