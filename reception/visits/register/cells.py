"""Times of day and numbers of people as they stand in the cells of a register."""

import re
from datetime import datetime, time, timedelta

from reception.visits.register.dates import Unreadable
from reception.visits.register.numerals import arabic, plain, text_of
from reception.visits.register.problems import Code

LONGEST_TIME = LONGEST_COUNT = 40  # characters
MOST_PEOPLE = 500  # a larger party in one row is a mistake of the pen


def read_times(value):
    """(arrival, leaving) of one cell, each None where it says none; a stretch like 14:00-15:30 gives both."""
    text = plain(text_of(value)) if isinstance(value, str) else ""
    stretch = _STRETCH.fullmatch(text)
    if stretch:
        try:
            first, second = read_time(stretch.group(1)), read_time(stretch.group(2))
        except Unreadable:
            pass  # no stretch after all: judged as one time below
        else:
            return first, second
    return read_time(value), None


def read_time(value):
    """The time of day that a cell says, to the second, None for a blank cell; raises Unreadable."""
    if isinstance(value, datetime):
        return _to_the_second(value)
    if isinstance(value, time):
        return _to_the_second(datetime.combine(datetime(2000, 1, 1), value.replace(tzinfo=None)))
    if isinstance(value, timedelta):
        return _from_fraction(value / timedelta(days=1))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value)
    text = re.sub(r"\s+|^大?约|^大?約|(?<=[0-9])[\-~—]+$", "", plain(text_of(value)))
    if not text:
        return None
    if re.search("[点點时時]", text):
        text = arabic(text)
    found = len(text) <= LONGEST_TIME and (_TIME.fullmatch(text) or _FIGURES_ONLY.fullmatch(text))
    if not found:
        raise Unreadable(Code.TIME_UNREADABLE)
    return _time_said(found.groupdict())


def has_time(value):
    """Whether a cell that holds a date says a time of day beside it."""
    if isinstance(value, datetime):
        return value.time() != time()
    return isinstance(value, str) and bool(_CLOCK.search(plain(value)))


def time_beside_date(value):
    """The time of day that stands in the same cell as a date; raises Unreadable."""
    if isinstance(value, datetime):
        return read_time(value)
    return read_time(_CLOCK.search(plain(value)).group())


def read_party(value):
    """How many people came, None for a blank cell; raises Unreadable. 3+1小孩 is 4, 一家三口 is 3."""
    if isinstance(value, float) and value != value:
        raise Unreadable(Code.PARTY_UNREADABLE)
    text = re.sub(r"\s+", "", plain(text_of(value)))
    if not text:
        return None
    if len(text) > LONGEST_COUNT:
        raise Unreadable(Code.PARTY_UNREADABLE)
    if text in _PAIRS:
        return 2
    if text in _ALONE:
        return 1
    vague = re.search("[一二两三四五六七八九]{2}", text)  # 二三人: two or three
    count = 0 if vague else _people(arabic(re.sub(r"\.0+$", "", text)))
    if not 1 <= count <= MOST_PEOPLE:
        raise Unreadable(Code.PARTY_UNREADABLE)
    return count


_HALF = "上午|下午|中午|正午|凌晨|早上|早晨|清晨|晚上|傍晚|午后|午前|am|a\\.m\\.|pm|p\\.m\\.|早|晚"
_TIME = re.compile(
    rf"(?P<half>{_HALF})?(?P<hour>[0-9]{{1,2}})"
    r"(?:[:;.,点點时時h](?:(?P<minute>[0-9]{1,2})(?:分钟?|[:.](?P<second>[0-9]{2})(?:\.[0-9]+)?秒?)?|(?P<part>半|[13]刻|整|钟)?)|(?=[ap]))"
    r"(?P<after>am|pm|a\.m\.|p\.m\.|上午|下午|左右|许|前后)?")
_FIGURES_ONLY = re.compile(rf"(?P<half>{_HALF})?(?P<hour>[0-9]{{1,2}})(?P<minute>[0-9]{{2}})")
_CLOCK = re.compile(rf"(?:(?:{_HALF})\s*)?[0-9]{{1,2}}\s*[:点點时時]\s*[0-9]{{1,2}}(?:\s*(?:am|pm))?")
_STRETCH = re.compile(r"([^\-~—–至到]{3,12})(?:-+|~|—+|–|至|到)([^\-~—–至到]{3,12})")
_PARTS = {"半": 30, "1刻": 15, "3刻": 45, "整": 0, "钟": 0}
_AFTERNOON = ("下午", "午后", "傍晚", "晚上", "晚", "pm", "p.m.")


def _to_the_second(moment):
    return (moment + timedelta(microseconds=500_000)).time().replace(microsecond=0)


def _from_fraction(fraction):
    if not 0 <= fraction < 1:
        raise Unreadable(Code.TIME_UNREADABLE)
    return _to_the_second(datetime(2000, 1, 1) + timedelta(days=fraction))


def _from_number(number):
    """A spreadsheet's fraction of a day, alone or after a day count; 1416 as typed without a colon."""
    if 0 < number < 1:
        return _from_fraction(number)
    if isinstance(number, float) and 20_000 < number < 80_000:
        return _from_fraction(number % 1)
    if 100 <= number < 2400 and number == int(number):
        return _time_said({"hour": str(int(number) // 100), "minute": str(int(number) % 100)})
    raise Unreadable(Code.TIME_UNREADABLE)


def _time_said(said):
    """Hours of the half of the day that is named; 下午12:05 is five past noon."""
    hour, half = int(said["hour"]), said.get("half") or said.get("after") or ""
    minute = _PARTS[said["part"]] if said.get("part") else int(said.get("minute") or 0)
    if hour < (12 if half in _AFTERNOON else 3 if half in ("中午", "正午") else 0):
        hour += 12
    elif half in ("am", "a.m.", "凌晨") and hour == 12:
        hour = 0
    contradicts = (half in ("上午", "早上", "早", "am", "a.m.", "凌晨") and hour > 12) or (half in ("晚上", "晚") and hour == 12)
    if contradicts or hour > 23 or minute > 59:
        raise Unreadable(Code.TIME_UNREADABLE)
    return time(hour, minute, min(int(said.get("second") or 0), 59))


_PAIRS = {"夫妻", "夫妇", "夫婦", "两口子", "小两口", "老两口", "情侣", "情侶", "母女", "母子", "父子", "父女", "夫妻俩", "couple"}
_ALONE = {"本人", "自己", "独自", "一个人", "alone"}
_PEOPLE_WORDS = re.compile(
    r"大人|小孩子?|孩子|儿童|兒童|老人|宝宝|寶寶|成人|朋友|同事|家人|之家|客户|客人|左右|人|位|名|个|個|大|小|口|男|女|老|约|約|共|带|帶|"
    r"adults?|child(?:ren)?|kids?|people|persons?|pax|guests?|and|[+＋&、,，和.]")


def _people(text):
    """The sum of the people that a text counts; 0 when it counts them in a way that is not sure."""
    family = re.fullmatch(r"(?:1|全|我|他|她)?家([0-9]{1,2})口人?(.*)", text)
    if family:
        text = family.group(1) + family.group(2)
    total = re.search(r"[共计計]([0-9]{1,3})[人位名口]", text)
    if total:
        return int(total.group(1))
    text = re.sub(r"(?<=[0-9人位])\([^()]*\)", "", text)
    if re.search(r"[0-9][\-~—至到/][0-9]|[0-9][.][0-9]|[多余餘几幾]|[0-9]{4}", text):
        return 0
    counts = re.findall("[0-9]+", text)
    if _PEOPLE_WORDS.sub("", re.sub("[0-9]+", "", text)) or not counts:
        return 0
    return sum(map(int, counts))
