"""Telephone numbers: every spelling people use read once, shown the local way, masked, found again.

Pure: text or a spreadsheet's number in, E.164 out. What cannot be read stays as it was written (DESIGN section 5).
The mainland's numbers are judged by its numbering plan (eleven digits from 13 to 19 are a mobile), not by the list
of ranges in use: the operators open ranges faster than any list follows. Other countries need their `+`.
"""

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

LONGEST_TEXT = 500  # characters of one cell or field that are searched for numbers


class Kind(StrEnum):
    """What a number is, as far as its digits tell."""

    MOBILE = "mobile"
    LANDLINE = "landline"  # with an area code, or a 400/800 service number
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Phone:
    """One number: `e164` is None exactly when it is unreadable; `raw` is what was written, `remark` the words beside it."""

    e164: str | None
    raw: str
    kind: Kind
    extension: str = ""
    remark: str = ""


def read_phones(written, *, area_code=None):
    """Read all numbers of one cell or field, in the order written; nothing written (or "none") gives an empty list.

    `written` is text, or the number a spreadsheet made of it. `area_code` ("021") completes local numbers of seven or
    eight digits. Never raises: what is no number comes back as an unreadable Phone with the text in `raw`.
    """
    if written is None:
        return []
    if isinstance(written, (int, float)):
        return _from_number(written, area_code)
    text = _plain(str(written))[:LONGEST_TEXT]
    if _NOTHING.fullmatch(text):
        return []
    found = [phone for part in _BETWEEN.split(text) if part.strip(_PUNCTUATION)
             for phone in _from_part(part.strip(), area_code)]
    if not any(phone.e164 for phone in found):
        return [Phone(None, str(written).strip(), Kind.UNREADABLE)]
    if len(found) == 1:
        return [replace(found[0], raw=str(written).strip())]
    return _once_each(found)


def show_local(e164):
    """Write a number the way people at the desk read it: 138 0000 8000, 021-5888 1234, +49 1512 3456789."""
    national = _mainland(e164)
    if national is None:
        return _library_format(e164) if e164.startswith("+") else e164
    if _MOBILE.fullmatch(national):
        return f"{national[:3]} {national[3:7]} {national[7:]}"
    area, rest = _area_and_rest(national)
    if _SERVICE.fullmatch(national):
        return f"{area}-{rest[:3]}-{rest[3:]}"
    return f"{area}-{rest[:4]} {rest[4:]}" if len(rest) > 7 else f"{area}-{rest[:3]} {rest[3:]}"


def mask(e164):
    """Hide the middle of a number: 138****8000, 021-****1234, +49 ****8000; of unreadable text all but two digits."""
    national = _mainland(e164)
    if national is not None and _MOBILE.fullmatch(national):
        return f"{national[:3]}****{national[-4:]}"
    if national is not None:
        return f"{_area_and_rest(national)[0]}-****{national[-4:]}"
    number = _library_number(e164)
    if number is not None:
        return f"+{number.country_code} ****{tail(e164)}"
    return f"****{tail(e164, 2)}"


def tail(e164, n=4):
    """The last `n` digits, as a visitor says them at the desk; fewer when the number has fewer."""
    digits_only = re.sub("[^0-9]", "", _plain(e164))
    return digits_only[-n:] if n > 0 else ""


def digits(text):
    """Bring any spelling, whole or half typed, to the digits that search compares.

    Mainland numbers come out as dialled at home (13800008000, 02158881234), others with their country code.
    `digits(e164)` and `digits(what somebody types)` agree for the same number.
    """
    first = next(iter(read_phones(str(text))), None)
    text = first.e164 if first and first.e164 else _EXTENSION.sub("", _plain(str(text))[:LONGEST_TEXT])
    only = re.sub("[^0-9]", "", text)
    if not text.lstrip(" (").startswith("+"):
        only, international = re.subn("^00", "", only, count=1)
        if not international:
            return re.sub(r"^(?:86|0)(?=1[3-9][0-9]{9}$)", "", only)
    if not only.startswith("86"):
        return only
    national = only[2:].removeprefix("0")
    return "0" + national if _HAS_AREA_CODE.match(national) else national


_FILLING = r"[\s\-/\\.,，。、?？*#_~]*"
_NOTHING = re.compile(
    rf"{_FILLING}(?:无|無|没有|沒有|未留|不留|没留|未提供|不详|不詳|未知|保密|拒留|拒绝|拒絕|空|none|no|nil|n/?a)?{_FILLING}",
    re.IGNORECASE)
_PUNCTUATION = " \t-–—_.,:：()（）[]【】"
_EXTENSION = re.compile(r"(?:转|轉|分机|分機|内线|內線|extension|ext\.?|x|#|\*)(?:分机|分機)?\s*[:：\-]?\s*([0-9]{1,6})(?![0-9])",
                        re.IGNORECASE)
_BETWEEN = re.compile(r"[/\\、;；,，|\r\n\t]+|或者?|和|及|以及|\bor\b|\band\b|[转轉]\s*(?=\+?[0-9]{3}[0-9\-\s]{4,})",
                      re.IGNORECASE)
_CANDIDATE = re.compile(r"\+?[0-9(][0-9\s().\-]*[0-9]|[0-9]")
_LABEL = re.compile(r"联系电话|聯絡電話|手机号?码?|手機|电话号?码?|電話|座机|固话|telephone|tel|mobile|phone|cell|mob", re.IGNORECASE)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILES_IN_A_ROW = re.compile(r"(?:(?:\+|00)?86[\-\s]*)?1[3-9][0-9][\-\s]?[0-9]{4}[\-\s]?[0-9]{4}")
_HAS_AREA_CODE = re.compile(r"10|2[0-9]|[3-9](?!00)[0-9]{2}")
_LANDLINE = re.compile(r"(?:10|2[0-9])[2-8][0-9]{7}|[3-9][0-9]{2}[2-8][0-9]{6,7}")
_SERVICE = re.compile(r"[48]00[0-9]{7}")


def _plain(text):
    """Full-width and other writings of digits, plus signs and dashes brought to the keyboard's."""
    text = unicodedata.normalize("NFKC", text).replace("\u00a0", " ")
    text = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    return re.sub("[\u2010-\u2015\u2212\u30fc\u4e00](?=[0-9])", "-", text).strip()


def _from_number(number, area_code):
    """A spreadsheet's number: exact, but its leading zero is lost."""
    raw = str(number)
    if isinstance(number, bool) or not math.isfinite(number) or number != int(number) or number <= 0:
        return [Phone(None, raw, Kind.UNREADABLE)]
    raw = str(int(number))[:LONGEST_TEXT]
    e164, kind = _judge(raw, area_code)
    if e164 is None and _LANDLINE.fullmatch(raw):
        e164, kind = "+86" + raw, Kind.LANDLINE
    return [Phone(e164, raw, kind)]


def _from_part(part, area_code):
    """The numbers of one stretch of text without a separator in it."""
    extension = _EXTENSION.search(part)
    bare = part[:extension.start()] + " " + part[extension.end():] if extension else part
    bare = _undo_exponent(bare)
    runs = [run.group() for run in _CANDIDATE.finditer(bare)]
    remark = _LABEL.sub("", _CANDIDATE.sub(" ", bare)).strip(_PUNCTUATION + "+")
    found = [phone for run in runs for phone in _from_run(run.strip(" .-"), area_code)]
    readable = [phone for phone in found if phone.e164]
    if not readable:
        return [Phone(None, part, Kind.UNREADABLE)]
    first = readable[0]
    readable[0] = Phone(first.e164, part if len(found) == 1 else first.raw, first.kind,
                        extension.group(1) if extension else first.extension, " ".join(remark.split()))
    return readable + [phone for phone in found if not phone.e164]


def _from_run(run, area_code):
    """One run of digits and the signs people put between them: a number, one with an extension, or several numbers."""
    e164, kind = _judge(run, area_code)
    if e164:
        return [Phone(e164, run, kind)]
    with_extension = re.fullmatch(r"(.*[0-9]{4})-([0-9]{1,6})", run)
    if with_extension:
        e164, kind = _judge(with_extension.group(1), area_code)
        if kind == Kind.LANDLINE:
            return [Phone(e164, run, kind, with_extension.group(2))]
    return _several_in_a_row(run, area_code) or [Phone(None, run, Kind.UNREADABLE)]


def _several_in_a_row(run, area_code):
    """Numbers with nothing but a space, a dash or nothing at all between them; an empty list when it is not that."""
    mobiles = _MOBILES_IN_A_ROW.findall(run)
    divisions = [[run[:gap.start()], run[gap.end():]] for gap in re.finditer(r"\s+", run)] + [run.split()]
    if _digits_of("".join(mobiles)) == _digits_of(run):
        divisions.insert(0, mobiles)
    for pieces in divisions[:20]:
        judged = [(piece, *_judge(piece, area_code)) for piece in pieces]
        if len(pieces) > 1 and all(e164 for _piece, e164, _kind in judged):
            return [Phone(e164, piece, kind) for piece, e164, kind in judged]
    return []


def _judge(run, area_code):
    """(E.164, kind) of one number's digits, or (None, unreadable)."""
    number = _digits_of(run)
    if "+" in run or number.startswith("00"):
        return _judge_international(number.removeprefix("00") if "+" not in run else number)
    if number.startswith("86") and _MOBILE.fullmatch(number[2:]):
        number = number[2:]
    national = number.removeprefix("0")
    if _MOBILE.fullmatch(national):
        return "+86" + national, Kind.MOBILE
    if _SERVICE.fullmatch(number) or (_LANDLINE.fullmatch(national) and (number != national or "-" in run or ")" in run)):
        return "+86" + national, Kind.LANDLINE
    if area_code and re.fullmatch("[2-8][0-9]{6,7}", number):
        return _judge("0" + _digits_of(area_code).removeprefix("0") + number, None)
    return None, Kind.UNREADABLE


def _judge_international(number):
    """A number written with its country code."""
    if number.startswith("86"):
        national = number[2:].removeprefix("0")
        return _judge(national if _MOBILE.fullmatch(national) or _SERVICE.fullmatch(national) else "0" + national, None)
    import phonenumbers

    parsed = _library_number("+" + number)
    if parsed is None:
        return None, Kind.UNREADABLE
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164), Kind.FOREIGN


def _library_number(e164):
    """The number as the phonenumbers library knows it, or None when it is none of any country."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_valid_number(parsed) else None


def _library_format(e164):
    import phonenumbers

    number = _library_number(e164)
    return e164 if number is None else phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _mainland(e164):
    """The national digits of a mainland number in E.164, else None."""
    found = re.fullmatch(r"\+86([0-9]{9,11})", e164)
    return found.group(1) if found else None


def _area_and_rest(national):
    if _SERVICE.fullmatch(national):
        return national[:3], national[3:]
    length = 2 if re.match("10|2", national) else 3
    return "0" + national[:length], national[length:]


def _digits_of(text):
    return re.sub("[^0-9]", "", text)


def _undo_exponent(text):
    """A number that a spreadsheet wrote with an exponent, where no digit was lost: 1.5196378434E+10; or with `.0`."""
    def whole(found):
        fraction, exponent = found.group(2), int(found.group(3))
        return found.group(1) + fraction if len(fraction) == exponent else "x"

    text = re.sub(r"\b([1-9])\.([0-9]+)[eE]\+?([0-9]{1,2})\b", whole, text)
    return re.sub(r"^([0-9]{10,13})\.0$", r"\1", text)


def _once_each(phones):
    """The same number written twice in a cell is one contact point."""
    seen, kept = set(), []
    for phone in phones:
        key = (phone.e164 or phone.raw, phone.extension)
        if key not in seen:
            seen.add(key)
            kept.append(phone)
    return kept
