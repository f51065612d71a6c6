"""Pure rules of snippets: how one is asked for, and how its places are filled."""
import re

PLACES = ("name", "hall", "time", "date", "me")
PLACE = re.compile("{(" + "|".join(PLACES) + ")}")
CODE = re.compile("[a-z][a-z0-9]{0,11}", re.ASCII)


def filled(text, facts):
    """`text` with {name}, {hall}, {time}, {date} and {me} replaced by `facts`; any other bracket stays as it is written."""
    return PLACE.sub(lambda place: str(facts.get(place[1], "")), text)


def unknown_places(text):
    """The names in single braces that no snippet knows, so that a slip of the pen is told when it is written."""
    return sorted({name for name in re.findall("{([^{}]*)}", text) if name not in PLACES})
