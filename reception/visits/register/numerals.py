"""Figures and texts of cells brought to one writing, before anything else looks at them."""

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta

_FIGURES = {sign: value for value, signs in enumerate(("〇零", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九"))
            for sign in signs}
_RUN = re.compile("[〇零一二两兩三四五六七八九十]+")
_DITTO = re.compile(r"[\"'“”″〃＂]+|同上|同前|ditto|-?〃-?", re.IGNORECASE)


def text_of(value):
    """What a person sees in a cell, as text; "" for an empty one. Signs that no database takes are dropped."""
    if value is None:
        return ""
    if isinstance(value, str):
        if value.isprintable():  # nothing to drop, as in nearly every cell
            return value.strip()
        return "".join(sign for sign in value.replace("\r\n", "\n").replace("\r", "\n")
                       if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if math.isfinite(value) and value == int(value) else str(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
    if isinstance(value, (date, time)):
        return value.isoformat() if isinstance(value, date) else value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return str(value)
    return str(value).strip()


def is_ditto(text):
    """Whether a cell says "as above" with a sign or a word."""
    return bool(_DITTO.fullmatch(text))


def plain(text):
    """NFKC, one kind of digits, lower case, no space at either end: for reading, never for keeping."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text).strip().lower()


def arabic(text):
    """Chinese numerals up to ninety-nine, and years digit by digit, as figures: 二十三 -> 23, 二〇二五 -> 2025."""
    return _RUN.sub(_figures, text)


def _figures(found):
    run = found.group()
    if "十" not in run:
        return "".join(str(_FIGURES[sign]) for sign in run)
    tens, _, ones = run.partition("十")
    if "十" in ones or len(tens) > 1 or len(ones) > 1:
        return run
    return str(_FIGURES.get(tens, 1) * 10 + _FIGURES.get(ones, 0))
