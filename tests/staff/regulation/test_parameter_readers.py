"""Which rooms read which parameters: the file that the page of parameters shows is what the source says."""
import ast

import yaml
from django.urls import reverse

from config.embedded.places import CHECKOUT
from staff.regulation import values
from staff.regulation.parameters.queries import READERS, readers

PRODUCT = ("config", "staff", "facilities", "reception", "complaints", "performance")
NO_READING = {"demo.py", "personal.py"}  # one writes values, the other names a key for whoever erases
OWN = CHECKOUT / "staff/regulation/data"  # where the parameters and the clauses name them


def found():
    """{key: [rooms]} of every place in the source that names a parameter by a literal of its own."""
    keys, rooms = set(values.definitions()), {}
    for top in PRODUCT:
        for path in sorted((CHECKOUT / top).rglob("*")):
            if path.suffix not in (".py", ".yaml") or "migrations" in path.parts or path.name in NO_READING or OWN in path.parents:
                continue
            named = literals_of_source(path) if path.suffix == ".py" else literals_of_data(path)
            for key in named & keys:
                rooms.setdefault(key, set()).add(".".join(path.relative_to(CHECKOUT).parts[:2]))
    return {key: sorted(rooms[key]) for key in values.definitions() if key in rooms}


def literals_of_source(path):
    """The string constants of a source file."""
    return {node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def literals_of_data(path):
    """The scalars of a data file."""
    return {token.value for token in yaml.scan(path.read_text(encoding="utf-8")) if isinstance(token, yaml.ScalarToken)}


def written(rooms):
    """The file as it should be."""
    head = ("# Which rooms read which parameters, as tests/staff/regulation/test_parameter_readers.py finds them in the source.\n"
            "# The page of parameters lists those that are not here as read by no code yet.\n")
    return head + "".join(f"{key}: [{', '.join(names)}]\n" for key, names in rooms.items())


def test_the_file_names_the_rooms_that_read_each_parameter():
    right = written(found())
    assert READERS.read_text(encoding="utf-8") == right, f"Write this into {READERS.relative_to(CHECKOUT)}:\n\n{right}"


def test_a_parameter_that_code_reads_is_found_and_one_that_nobody_reads_is_not():
    rooms = found()
    assert rooms["no_show_rejoin_minutes"] == ["reception.visits"]
    assert set(rooms) < set(values.definitions())


def test_the_page_lists_what_no_code_reads_yet_with_the_chapter_that_will(as_role):
    page = as_role("hr").get(reverse("parameters"), {"stands": "unused"}).content.decode()
    for key in values.definitions():
        assert (f'href="{reverse("parameter", args=[key])}"' in page) == (key not in readers()), key
    unread = next(key for key in values.definitions() if key not in readers())
    alone = as_role("hr").get(reverse("parameter", args=[unread])).content.decode()
    assert "no page yet; it belongs to" in alone
