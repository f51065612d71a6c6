"""Pure rules of confidentiality agreements: until when one holds, when it may be signed again, whether a signature is the person's name."""
import calendar
import datetime

RENEWAL_DAYS = 30  # so long before its end an agreement may be renewed, and is asked for


def months_later(day, months):
    """The day `months` later; the last day of a shorter month where there is no such day."""
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def ends_on(day, months):
    """The last day on which an agreement signed on `day` holds (confidentiality_renewal_months)."""
    return months_later(day, months) - datetime.timedelta(days=1)


def is_due(until, day):
    """Whether somebody whose agreement holds until `until` (None: none) signs anew on `day`."""
    return until is None or until < day + datetime.timedelta(days=RENEWAL_DAYS)


def standing(until, day):
    """'missing', 'expired', 'ending' or 'holds' on `day`."""
    if until is None:
        return "missing"
    if until < day:
        return "expired"
    return "ending" if is_due(until, day) else "holds"


def is_name(typed, name):
    """Whether `typed` is the person's name, whatever the case and the blanks."""
    return "".join(typed.split()).casefold() == "".join(name.split()).casefold()
