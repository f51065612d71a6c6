"""When what is told may leave the house: quiet hours and the mail of the day. Pure: moments of a person's own clock in, moments out."""
from datetime import datetime, time, timedelta


def is_quiet(clock, start, end):
    """Whether a time of day lies in the quiet hours, which may go over midnight; without both ends, or with two equal ones, there are none."""
    if start is None or end is None or start == end:
        return False
    return start <= clock < end if start < end else clock >= start or clock < end


def leaves_at(local, start, end):
    """When something told at `local` (aware, by the person's clock) may leave: at once, or when the quiet hours end."""
    if not is_quiet(local.time(), start, end):
        return local
    day = local.date() if local.time() < end else local.date() + timedelta(days=1)
    return datetime.combine(day, end, local.tzinfo)


def digest_is_due(local, hour, last):
    """Whether the mail of the day may go now: once a day, from its hour on. After days without a clock there is one, not several."""
    return local.time() >= time(hour) and (last is None or last < local.date())
