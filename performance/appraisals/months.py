"""Months as sheets write them: "2026-11". Pure."""
from calendar import monthrange
from datetime import date, datetime, time, timedelta


def period_of(day):
    """The month of a day."""
    return f"{day:%Y-%m}"


def first_day(period):
    """The first day of a month."""
    return date.fromisoformat(f"{period}-01")


def last_day(period):
    """The last day of a month."""
    first = first_day(period)
    return first.replace(day=monthrange(first.year, first.month)[1])


def next_period(period):
    """The month after."""
    return period_of(last_day(period) + timedelta(days=1))


def self_review_opens(period, days_before):
    """The day on which the self-review of a month opens."""
    return last_day(period) - timedelta(days=days_before)


def ends_at(period, day, zone):
    """The end of a day of the month after `period`, or of that month's last day where it is shorter: what the appraisal is due by."""
    after = next_period(period)
    last = min(first_day(after) + timedelta(days=day - 1), last_day(after))
    return datetime.combine(last + timedelta(days=1), time(), zone)
