"""Pure rules of stations: estimates, what a screen shows of a name and of a post, spans of the day that may pass midnight."""
import math
import re

ENOUGH = 5  # visitors of a service that must have been served before an estimate says anything
NUMBER = re.compile(r"[0-9]{1,3}")


def estimate(ahead, seconds_each, served, counters):
    """Minutes until a visitor with `ahead` people before them is called, rounded up; None while too little is known to say.

    `seconds_each` is the average time with a visitor, out of `served` of them; `counters` serve them side by side, at least one.
    The visitor who is being served now counts half.
    """
    if served < ENOUGH or not seconds_each:
        return None
    minutes = (ahead + 0.5) * seconds_each / 60 / max(1, counters)
    return max(1, math.ceil(minutes)) if minutes <= 10 else 5 * math.ceil(minutes / 5)


def in_span(moment, begins, ends):
    """Whether a time of day lies in a span that may pass midnight (21:00 to 06:00); no span holds nothing."""
    if begins is None or ends is None or begins == ends:
        return False
    return begins <= moment < ends if begins < ends else moment >= begins or moment < ends


def apart(post):
    """A post's name as a screen shows it: (its words, its number): 'Counter 3' and '3 号柜台' are told by the figure."""
    found = NUMBER.search(post)
    if not found:
        return post, ""
    words = (post[:found.start()] + post[found.end():]).strip(" -–·号號")
    return words, found[0]


def hidden(name):
    """A name by which only its bearer knows themselves: the first sign of each word, stars for the rest (李**, J*** S****)."""
    words = name.split()
    return " ".join(word[0] + "*" * min(4, max(1, len(word) - 1)) for word in words)


def open_now(spans, minute):
    """(open now, the minute it closes or opens next today, or None) of a day's opening hours [(opens, closes)] in minutes."""
    for opens, closes in sorted(spans):
        if minute < opens:
            return False, opens
        if minute < closes:
            return True, closes
    return False, None
