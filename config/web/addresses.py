"""Addresses that are asked for again and again: worked out once, since a list has one in each row and a page some dozens."""
from functools import cache, lru_cache

from django.urls import reverse

HELD = 9_070_907_090  # an id that no record has: where it stands in an address, the record's comes


@cache
def to(page):
    """The address of a page without keys."""
    return reverse(page)


@lru_cache(maxsize=2048)
def _around(page, words):
    before, _held, after = reverse(page, args=[*words, HELD]).partition(str(HELD))
    return before, after


def of(page, pk, *words):
    """The address of the record `pk` at a page whose last key is the record's id; `words` are the keys before it, few and short ones."""
    before, after = _around(page, words)
    return f"{before}{pk}{after}"
