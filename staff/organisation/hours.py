"""Opening hours as people write them: '09:00-12:30 13:30-18:00'. Pure."""
import re

from django.utils.dates import WEEKDAYS_ABBR

CLOCK = re.compile(r"([01]?[0-9]|2[0-4])[:：]([0-5][0-9])")
INTERVAL = re.compile(rf"{CLOCK.pattern}\s*[-–—~～至]\s*{CLOCK.pattern}")
DAY = 1440  # minutes


def read(text):
    """[(opens, closes)] in minutes of the day, in order; None when the text cannot be read, intervals overlap or one ends before it begins."""
    found = [tuple(int(part) for part in match) for match in INTERVAL.findall(text)]
    rest = re.sub(r"[\s,，、;；]+", "", INTERVAL.sub("", text))
    spans = sorted((h * 60 + m, to_h * 60 + to_m) for h, m, to_h, to_m in found)
    in_order = all(opens < closes <= DAY for opens, closes in spans)
    apart = all(first[1] <= second[0] for first, second in zip(spans, spans[1:], strict=False))
    return spans if not rest and in_order and apart else None


def clock(minutes):
    """540 -> '09:00'."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def written(spans):
    """[(540, 750)] -> '09:00-12:30'."""
    return " ".join(f"{clock(opens)}-{clock(closes)}" for opens, closes in spans)


def week(rows):
    """[(weekday, [(opens, closes)])] of all seven days from (weekday, opens, closes) rows."""
    return [(day, sorted((opens, closes) for weekday, opens, closes in rows if weekday == day)) for day in range(7)]


def runs(rows):
    """[(first weekday, last weekday, spans)]: neighbouring days with the same hours together, closed ones with no spans."""
    found = []
    for day, spans in week(rows):
        if found and found[-1][2] == spans:
            found[-1] = (found[-1][0], day, spans)
        else:
            found.append((day, day, spans))
    return found


def named(first, last):
    """The words for a run of weekdays, such as 'Mon–Fri'."""
    words = [str(WEEKDAYS_ABBR[day]) for day in dict.fromkeys((first, last))]
    return "–".join(words)


def shown(spans):
    """[(540, 750)] as pages show it: '09:00–12:30'."""
    return ", ".join(f"{clock(opens)}–{clock(closes)}" for opens, closes in spans)


def in_words(rows):
    """The week in short: days with the same hours together, such as 'Mon–Fri 09:00-18:00, Sat 10:00-16:00'."""
    return ", ".join(f"{named(first, last)} {written(spans)}" for first, last, spans in runs(rows) if spans)
