"""Pure rules of the board: what a text must not hold, since everybody in the house reads it."""
import re

PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(?:1[3-9]\d(?:[- ]?\d{4}){2}|0\d{2,3}[- ]?\d{7,8})(?!\d)")
MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


def holds_contact(text):
    """Whether a text holds a telephone number, a mail address or the number of an identity card."""
    return any(pattern.search(text) for pattern in (PHONE, MAIL, IDENTITY))
