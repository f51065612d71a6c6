"""Days that people type or that stand in an address: what no calendar of a hall holds is no day."""
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)  # a day around them stays within what dates and the database can hold


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
