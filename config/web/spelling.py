"""Finding a word by how people type it: its letters, its characters, its pinyin, its initials (UX 8)."""
import re
import unicodedata
from functools import lru_cache

HAN = re.compile(r"[\u3400-\u9fff]")


def folded(text):
    """Text without case, blanks and signs; fullwidth letters made plain."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


@lru_cache(maxsize=2048)
def spellings(text):
    """Every way to type `text`: whole, from each of its words on, in pinyin and by initials of words or characters."""
    words = text.split()
    found = {folded("".join(words[start:])) for start in range(len(words))} | {folded("".join(word[0] for word in words))}
    if HAN.search(text):
        from pypinyin import Style, lazy_pinyin

        for start in [place for place, sign in enumerate(text) if HAN.match(sign)]:
            rest = text[start:]
            found |= {folded(rest), folded("".join(lazy_pinyin(rest))), folded("".join(lazy_pinyin(rest, style=Style.FIRST_LETTER)))}
    return frozenset(found - {""})


def fits(typed, texts):
    """How well `typed` (folded) begins one of the texts: 0 the whole of one, 1 its beginning, None not at all."""
    ranks = [0 if way == typed else 1 for text in texts for way in spellings(text) if way.startswith(typed)]
    return min(ranks, default=None)


@lru_cache(maxsize=8192)
def sounds(text):
    """The syllables of a title, one a character; a run of Latin letters is one."""
    from pypinyin import lazy_pinyin

    return tuple(part for part in (folded(syllable) for syllable in lazy_pinyin(text)) if part)


def said(typed, text):
    """Whether `typed` (folded Latin letters) is how a part of the title sounds, or the initials of one, from any of its characters on."""
    parts = sounds(text)
    return typed in "".join(part[0] for part in parts) or any("".join(parts[start:]).startswith(typed) for start in range(len(parts)))
