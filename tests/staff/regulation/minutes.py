"""A second answer to the cases of working_time_cases.csv, which shares nothing with the clock: it walks through every minute of the hall's own
time, over tables that are written out here."""
from datetime import date, datetime, timedelta

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
OFFICE = "09:00-12:00 13:00-18:00"
WEEKS = {  # from Monday
    "office": [OFFICE] * 5 + ["", ""],
    "shop": ["08:30-21:00"] * 7,
    "counter": ["09:00-17:30"] * 6 + [""],
    "night": ["00:00-02:00 20:00-24:00"] * 7,
    "own days": [OFFICE] * 5 + ["", ""],
    "new week": ["09:00-18:00"] * 5 + ["", ""],
}
LATER = {"new week": (date(2026, 7, 1), ["10:00-16:00"] * 5 + ["10:00-12:00", ""])}
OWN = {"own days": {"2026-02-14": "", "2026-03-10": "", "2026-03-13": "09:00-12:00", "2026-03-14": "10:00-15:00", "2026-10-03": "10:00-14:00"}}
KEEPS = {"office", "counter", "own days", "new week"}
FREE = ("2025-01-01 2025-01-01", "2025-01-28 2025-02-04", "2025-04-04 2025-04-06", "2025-05-01 2025-05-05", "2025-05-31 2025-06-02",
        "2025-10-01 2025-10-08", "2026-01-01 2026-01-03", "2026-02-15 2026-02-23", "2026-04-04 2026-04-06", "2026-05-01 2026-05-05",
        "2026-06-19 2026-06-21", "2026-09-25 2026-09-27", "2026-10-01 2026-10-07")
WORKED = {"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20",
          "2026-10-10"}
FARTHEST = 60 * 1440


def hours(hall, day):
    """The hours of a hall on a day, as they are written above."""
    text = str(day)
    if text in OWN.get(hall, {}):
        return OWN[hall][text]
    week = LATER[hall][1] if hall in LATER and day >= LATER[hall][0] else WEEKS[hall]
    if hall in KEEPS and text in WORKED:
        return week[day.weekday()] or week[0]
    if hall in KEEPS and any(span[:10] <= text <= span[11:] for span in FREE):
        return ""
    return week[day.weekday()]


def works(hall, now):
    """Whether the hall works in the minute that begins now."""
    clock = f"{now:%H:%M}"
    return any(span[:5] <= clock < span[6:] for span in hours(hall, now.date()).split())


def rests(pauses, now):
    """Whether a pause covers the minute that begins now."""
    return any(begins <= now and (ends is None or now < ends) for begins, ends in pauses)


def after(hall, start, length, pauses):
    """When so many minutes have passed; None where a pause goes on before that."""
    now, left = start, length
    for _ in range(FARTHEST):
        counts = works(hall, now) and not rests(pauses, now)
        if left == 0 and (length > 0 or counts):
            return now
        if any(ends is None and begins <= now for begins, ends in pauses):
            return None
        left -= counts
        now += MINUTE
    raise AssertionError("the limit never comes")


def between(hall, start, end, pauses):
    """How many minutes count up to `end`."""
    now, count = start, 0
    while now < end:
        count += works(hall, now) and not rests(pauses, now)
        now += MINUTE
    return count


def days(hall, start, count):
    """The last minute's end of the so-maniest day on which it works, after the first on which it still works after `start`."""
    now, found = start, []
    while len(found) <= count:
        if works(hall, now) and now.date() not in found:
            found.append(now.date())
        now += MINUTE
    last = datetime.combine(found[-1], datetime.min.time()) + DAY - MINUTE
    while not works(hall, last):
        last -= MINUTE
    return last + MINUTE
