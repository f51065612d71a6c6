"""Names of people: tidied once, ordered as Chinese readers expect, found by characters, pinyin and initials.

Pure; pypinyin is imported on first use. Any text is a name: one character, forty, rare Han, a middle dot, an emoji.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from reception.customers.surnames import COMPOUND, SURNAMES

LONGEST_KEY = 200  # characters of a stored sort or search key
MOST_READINGS = 16  # spellings kept of one name with many-voiced characters


class Honorific(NamedTuple):
    """张先生: what is left of the name, the title said after (or before) it, and whether only the surname is known."""

    name: str
    title: str
    surname_only: bool


def tidy_name(text):
    """The name as it is stored: composed, without invisible signs, single spaces; characters are not exchanged."""
    composed = unicodedata.normalize("NFC", str(text))
    kept = "".join(" " if sign.isspace() else sign for sign in composed
                   if sign.isspace() or sign == _JOINER or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Cn"))
    return " ".join(kept.split())


def sort_key(name):
    """A key whose byte order is the order of a Chinese list of names: surname's reading and tone, then the rest.

    Same characters stand together (all 李 before or after all 黎). Latin names go by their letters, signs without a
    reading after both. At most LONGEST_KEY characters.
    """
    words = []
    for word in _words(tidy_name(name)):
        readings = _readings(word, spoken_first=True)
        words += [f"{choices[0]}{sign}" if choices else _fold(sign) for sign, choices in readings]
    return " ".join(word for word in words if word)[:LONGEST_KEY]


def search_keys(name):
    """Everything somebody may type the start of to find this name, folded as `normalise_query` folds what they type.

    The name, its words, the given name; full pinyin and initials of each, in every reading of surname and characters.
    """
    name = tidy_name(name)
    words = [word for word in _words(name) if _fold(word)]
    spelt = [_spellings(word) for word in words]
    keys = [_fold(name)]
    for word, (full, initials) in zip(words, spelt, strict=True):
        keys += [_fold(word), *full, *initials]
    if len(words) > 1:
        keys += [_fold(word) + _fold("".join(words[:place] + words[place + 1:])) for place, word in enumerate(words)]
        keys += _combine([full or [_fold(word)] for word, (full, _initials) in zip(words, spelt, strict=True)])
        keys += _combine([initials or [_fold(word)] for word, (_full, initials) in zip(words, spelt, strict=True)])
    elif given := _given_name(name):
        full, initials = _spellings(given, is_given=True)
        keys += [given, *full, *initials]
    return list(dict.fromkeys(key[:LONGEST_KEY] for key in keys if key))


def normalise_query(text):
    """Fold what somebody typed to look for a name: width, case, accents, spaces, dots and apostrophes do not matter."""
    return _fold(str(text))[:LONGEST_KEY]


def honorific_stripped(name):
    """Take the title off a name: 张先生 is a surname with a title, 张伟先生 a whole name; no title gives ""."""
    name = tidy_name(name)
    latin = _LATIN_TITLE.match(name)
    if latin:
        rest = name[latin.end():].strip()
        return Honorific(rest, latin.group(1), " " not in rest)
    title = _TITLE.search(name)
    if title and _may_be_name(name[:title.start()].strip()):
        rest = name[:title.start()].strip()
        return Honorific(rest, title.group(), _is_surname(rest))
    short = _SHORT_TITLE.search(name)
    if short and _is_surname(name[:short.start()].strip()):
        return Honorific(name[:short.start()].strip(), short.group(), True)
    return Honorific(name, "", False)


_JOINER = "\u200d"  # holds an emoji of several signs together
_DOTS = "·・•‧∙⋅･᛫﹒"
_TITLE = re.compile("(?:先生|女士|小姐|太太|老师|老師|夫人|师傅|師傅|阿姨|叔叔|大哥|大姐|大爷|大爺|大妈|大媽|同志|同学|同學|"
                    "经理|經理|总监|總監|"
                    "主任|主管|老板|老闆|医生|醫生|教授|律师|律師|工程师|設計師|设计师|会计|會計|"
                    "院长|院長|校长|校長|局长|局長|科长|科長|处长|處長|"
                    "部长|部長|店长|店長|队长|隊長|董事长|董事長|总经理|總經理)$")
_SHORT_TITLE = re.compile("[总總工董局处處科哥姐叔姨嫂爷爺]$")
_LATIN_TITLE = re.compile(r"(mrs|mr|ms|miss|mx|dr|prof|sir|madam)(?:\.\s*|\s+)(?=\S)", re.IGNORECASE)


def _is_han(text):
    return bool(text) and all(unicodedata.name(sign, "").startswith(("CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH"))
                              or sign == "〇" for sign in text)


def _is_surname(text):
    return text in COMPOUND or (len(text) == 1 and _is_han(text))


def _may_be_name(text):
    return bool(text) and text not in "小大老"


def _words(name):
    """Parts divided by a space or a middle dot, and where Han and other writing meet."""
    words = []
    for word in re.split(f"[\\s{_DOTS}]+", name):
        start = 0
        for place in range(1, len(word)):
            if _is_han(word[place]) != _is_han(word[place - 1]):
                words.append(word[start:place])
                start = place
        words.append(word[start:])
    return [word for word in words if word]


def _fold(text):
    """NFKC, no case, no accents on Latin letters (ü is typed v), nothing between the letters."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ü", "v").replace("u\u0308", "v")
    apart = re.sub("(?<=[a-z])[\u0300-\u036f]+", "", unicodedata.normalize("NFD", folded))
    kept = "".join(sign for sign in apart if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Cn"))
    return re.sub(f"[\\s{_DOTS}.'’‘`,，、\\-_]+", "", unicodedata.normalize("NFC", kept))


def _given_name(name):
    """What follows the surname in a Chinese name of three characters and more (people ask for 小红); else ""."""
    name = honorific_stripped(name).name
    surname = 2 if name[:2] in COMPOUND else 1
    return name[surname:] if len(name) > surname + 1 and _is_han(name) else ""


def _readings(word, *, spoken_first=False, is_given=False):
    """[(sign, readings with tone)] of a word, the surname's own readings first; no readings for what is not Han."""
    if not _is_han(word[0]):
        return [(word, [])]
    surname = "" if is_given else word[:2] if word[:2] in SURNAMES else word[:1]
    pairs = []
    for place, sign in enumerate(word):
        known = [reading[place] for reading in SURNAMES.get(surname, [])] if place < len(surname) else []
        pairs.append((sign, known if spoken_first and known else list(dict.fromkeys(known + list(_dictionary(sign))))))
    return pairs


@lru_cache(maxsize=8192)
def _dictionary(sign):
    """The readings of one character with tone number, the commonest first; none for a sign that has no reading."""
    from pypinyin import Style, pinyin

    found = pinyin(sign, style=Style.TONE3, heteronym=True, neutral_tone_with_five=True)
    return tuple(reading for reading in found[0] if re.fullmatch("[a-zê]+[1-5]", reading)) if found else ()


def _spellings(word, *, is_given=False):
    """(full pinyin, initials) of a word in all its readings; of Latin and other writing ([], [])."""
    pairs = _readings(word, is_given=is_given)
    if not any(choices for _sign, choices in pairs):
        return [], []
    toneless = [list(dict.fromkeys(choice.rstrip("12345") for choice in choices)) or [_fold(sign)]
                for sign, choices in pairs]
    full = _combine(toneless)
    full += [spelling.replace("v", other) for spelling in full if "v" in spelling for other in ("yu", "u")]
    return full, _combine([list(dict.fromkeys(choice[:1] for choice in choices)) for choices in toneless])


def _combine(choices):
    """Every joining of one choice each while they are few; else the commonest, and those that differ from it once."""
    count = 1
    for options in choices:
        count *= len(options)
        if count > MOST_READINGS:
            break
    if count <= MOST_READINGS:
        return ["".join(parts) for parts in product(*choices)]
    usual = [options[0] for options in choices]
    changed = ["".join(usual[:place] + [option] + usual[place + 1:])
               for place, options in enumerate(choices) for option in options[1:]]
    return ["".join(usual), *changed[:MOST_READINGS - 1]]
