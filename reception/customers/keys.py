"""What somebody may type the start of to find a customer: pure, from the file's words to the keys that are stored.

Words are folded as `names.normalise_query` folds a query. Digits carry a sign in front that no folded word begins with: `+` reads
a number from its start, `-` reads it from its end, so that the last four digits are the start of a key too.
"""
import re
import unicodedata

from reception.customers.names import LONGEST_KEY, normalise_query, search_keys
from reception.customers.phones import digits, read_phones

FROM_START, FROM_END = "+", "-"
TAIL = 4  # digits by which visitors name their number
FEWEST_DIGITS = 3  # fewer digits are no phone yet, but may begin a number or a name

_PLACE = re.compile(r"^(?:[\u4e00-\u9fff]{2,3}(?:省|市)|北京|上海|天津|重庆|深圳|广州|杭州|南京|苏州|无锡|宁波|成都|武汉|西安|青岛|中国)+")
_FORM = re.compile(r"(?:集团|股份|有限|责任|公司|分公司|工作室|事务所|经营部|商行|门市部|厂)+$")
_NUMBER_LIKE = re.compile(r"[0-9+\-\s().（）－＋/#*]*[0-9][0-9+\-\s().（）－＋/#*]*(?:转|分机|ext\.?|x)?[\s0-9]*", re.IGNORECASE)


def words_of(*, name, company, number, addresses=()):
    """The searchable words of a file as one text, divided by spaces: name, company, number, e-mail and other addresses."""
    keys = search_keys(name) if name else []
    keys += company_keys(company) if company else []
    keys += [normalise_query(number), *(normalise_query(address) for address in addresses)]
    return " ".join(dict.fromkeys(key[:LONGEST_KEY] for key in keys if key))


def company_keys(company):
    """The company's name whole, and without its place and its legal form: 华东装饰 of 上海华东装饰有限公司, by characters and initials."""
    keys = [normalise_query(company)]
    core = _FORM.sub("", _PLACE.sub("", company.strip())).strip("（）() ")
    if core:
        keys += [key for key in search_keys(core) if len(key) > 1][:12]
    return list(dict.fromkeys(keys))


def digits_of(value):
    """(digits, digits from the end) of a phone as stored on a contact point."""
    only = digits(value)[:32]
    return only, only[::-1]


def starts_for(text):
    """The starts of keys that `text` may mean, the likeliest first; an empty list when nothing searchable was typed."""
    word = normalise_query(text)
    if not word:
        return []
    if not looks_like_phone(text):
        return [word]
    only = digits(text)
    if len(only) < FEWEST_DIGITS:
        return [FROM_START + only, word] if only else [word]
    as_typed = re.sub("[^0-9]", "", _plain(text))
    return list(dict.fromkeys([FROM_START + only, FROM_END + only[::-1], *(["cu" + as_typed] if as_typed.startswith("20") else [])]))


def tail_of(starts):
    """Of starts that mean four digits the one from the end, else None: four digits are the last ones, as people say their number, though
    many numbers begin so too."""
    return next((start for start in starts if start[0] == FROM_END and len(start) == 1 + TAIL), None)


def parts_of(text):
    """Split "张 8000", "8000 zhang" or "张伟 138 0013 8000" into (word, digits) where both mean something, else None."""
    plain = _plain(text)
    if looks_like_phone(plain) or plain.lower().startswith("cu"):
        return None
    whole = next(iter(read_phones(plain)), None)
    if whole and whole.e164:
        return normalise_query(whole.remark), digits(whole.e164)
    found = re.fullmatch(r"(?P<word>[^0-9]+?)\s*(?P<digits>[0-9]{3,11})", plain) or re.fullmatch(r"(?P<digits>[0-9]{3,11})\s*(?P<word>[^0-9]+)", plain)
    word = normalise_query(found["word"]) if found else ""
    return (word, found["digits"]) if word else None


def looks_like_phone(text):
    """Whether what was typed is a number, whole or in part, rather than a name or a name with a number."""
    plain = _plain(text)
    if _NUMBER_LIKE.fullmatch(plain):
        return True
    whole = next(iter(read_phones(plain)), None)
    return bool(whole and whole.e164 and not normalise_query(whole.remark))


def _plain(text):
    return unicodedata.normalize("NFKC", text).strip()
