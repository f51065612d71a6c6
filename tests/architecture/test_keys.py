"""The help names every key: those of the templates, of the acts that rooms offer, and of the scripts (UX 7)."""
import re

from config.contributions.navigation import KEYS
from config.embedded.places import CHECKOUT
from config.web.context import CHAPTERS
from reception.visits import counter, offers
from tests.architecture.messages import PRODUCT

BY_SIGN = {"arrowup": "↑", "arrowdown": "↓", "escape": "esc"}
EVERY_FIELD = {"tab"}  # what the browser itself does; scripts only let a marked line be taken by it
IN_TEMPLATE = re.compile(r'data-key="([^"]*)"')
IN_SCRIPT = re.compile(r'\bkey(?:\.toLowerCase\(\))?\s*===?\s*"([^"]+)"')
DIGITS = re.compile(r"\[1-9\]|Number\(event\.key\)")


def sources():
    """The source files of the product."""
    return [path for top in PRODUCT for path in (CHECKOUT / top).rglob("*.py")]


def told():
    """Every key of the help, in small letters; a sequence or a chord counts as a whole and by its last key."""
    keys = set()
    for group in KEYS.all():
        for shown, _label in group.keys:
            keys |= {"1-9"} if "–" in shown else {shown.lower(), shown.lower().replace("ctrl ", "ctrl+")}
    return keys | {f"g {number}" for _key, number, _label in CHAPTERS if number}  # the help lists the chapters by themselves


def in_templates():
    """{key: where it stands} of all templates; keys that a view hands over are taken from the view's own table."""
    found = {}
    for path in (CHECKOUT / "templates").rglob("*.html"):
        for value in IN_TEMPLATE.findall(path.read_text(encoding="utf-8")):
            for key in [] if "{{" in value else value.split(","):
                found[key.strip().lower()] = path.name
    for path in sources():
        for value in re.findall(r'"data-key": "([^"]+)"', path.read_text(encoding="utf-8")):
            found[value.lower()] = path.name
    return found


def in_views():
    """The keys that views hand to templates."""
    acts = {words[3] for words in offers.VISIT_ACTS.values()} | set(counter.KEYS.values())
    source = "".join(path.read_text(encoding="utf-8") for path in sources())
    beside = set(re.findall(r'"key": "([a-z])"', source)) | set(re.findall(r'"(?:visit_\w+)", "[\w-]+", "([a-z])", "(?:get|post)"', source))
    return (acts | beside) - {""}


def in_scripts():
    """{key: where it stands} of all scripts."""
    found = {}
    for path in (CHECKOUT / "static" / "js").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        for key in IN_SCRIPT.findall(text):
            found[BY_SIGN.get(key.lower(), key.lower())] = path.name
        if DIGITS.search(text):
            found["1-9"] = path.name
    return found


def test_the_help_names_every_key_of_the_templates():
    assert not {key: place for key, place in in_templates().items() if key not in told()}


def test_the_help_names_every_key_of_the_acts_that_views_offer():
    assert len(in_views()) > 8
    assert not in_views() - told()


def test_the_help_names_every_key_of_the_scripts():
    keys = {key: place for key, place in in_scripts().items() if key not in EVERY_FIELD}
    assert {"m", "enter", "esc", "1-9"} <= set(keys)
    assert not {key: place for key, place in keys.items() if key not in told() and f"ctrl+{key}" not in told()}


def test_the_help_names_no_key_that_nothing_answers():
    chords = {f"{held} {key}" for held in ("ctrl", "alt") for key in in_scripts()}
    answered = set(in_templates()) | in_views() | set(in_scripts()) | {"shift", ";"} | chords
    assert not {key for key in told() if key not in answered and key.replace("+", " ") not in answered and not key.startswith("g ")}


def test_one_place_has_a_key_once():
    for group in KEYS.all():
        keys = [shown for shown, _label in group.keys]
        assert len(keys) == len(set(keys)), group.key
