"""Pure rules of clauses: how one is cited, how its tree is numbered, and what changed between two wordings, word by word."""
import re
from datetime import timedelta
from difflib import SequenceMatcher

CITATION = re.compile(r"\s*(?P<source>[A-Z][A-Za-z0-9]{0,7})\s*§\s*(?P<number>[0-9A-Za-z][0-9A-Za-z.]{0,18}[0-9A-Za-z]|[0-9A-Za-z])\s*")
NUMBER = re.compile("[0-9A-Za-z]+([.][0-9A-Za-z]+)*", re.ASCII)
SOURCE = re.compile("[A-Z][A-Za-z0-9]{0,7}", re.ASCII)
WORD = re.compile(r"[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*|\s+|.", re.DOTALL)  # a Latin word, a run of blanks, or one sign such as a Han character
SAME, GONE, NEW = "same", "gone", "new"


def cite(source, number):
    """The citation of a clause as people write it: 'S0 §3.3.1.1'."""
    return f"{source} §{number}"


def read_citation(text):
    """(source, number) of one citation, or None where it is none."""
    found = CITATION.fullmatch(text or "")
    return (found["source"], found["number"]) if found else None


def read_citations(text):
    """[(source, number)] of citations separated by commas or semicolons; what is none, such as the number of a row, is left out."""
    return [found for part in re.split("[,;，；、]", text or "") if (found := read_citation(part))]


def depth_of(parents, number):
    """How deep a node stands, from 0, by {number: number of the parent or ''} of one source."""
    depth = 0
    while number := parents.get(number, ""):
        depth += 1
    return depth


def difference(before, after):
    """[(SAME | GONE | NEW, text)] from one wording to another, word by word; in Chinese sign by sign."""
    old, new = WORD.findall(before), WORD.findall(after)
    told = []
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            told.append((SAME, "".join(old[first:last])))
            continue
        if last > first:
            told.append((GONE, "".join(old[first:last])))
        if end > start:
            told.append((NEW, "".join(new[start:end])))
    return told


def days_to_read(read_until, published_on):
    """How many days people had to read a version: from its publication to the day by which it was to be read."""
    return max(0, (read_until - published_on).days) if read_until and published_on else 0


def due_day(read_until, published_on, began_on):
    """The last day on which somebody who began on `began_on` reads a version in time: who came later has as many days as the others had.
    None where no day was set."""
    return read_until and max(read_until, began_on + timedelta(days=days_to_read(read_until, published_on)))


def covers(hall_kinds, positions, hall_kind, position):
    """Whether a version that names these kinds of hall (none: every one) and positions (codes) is for somebody in a position at a hall of
    this kind; somebody without a hall is covered by the position alone."""
    return position in positions and (not hall_kinds or hall_kind is None or hall_kind in hall_kinds)
