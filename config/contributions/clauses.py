"""Which pages and records carry out which clauses of the regulation. Each room says so in its `screens.py`; the page of a clause shows it."""
from dataclasses import dataclass

from django.urls import reverse

from config.contributions.registry import registry

SCREENS = registry("screens of clauses")
PAGE, CAPABILITY = "clause", "regulation.read"  # the page of one clause, by its sign and number, and who may open it


@dataclass(frozen=True)
class Screen:
    """A page without keys in its address, or a kind of record, that carries out what clauses ask.

    `page` is a url name and `capability` what it asks; `kind` the key of a record kind; `rows` are rows of the requirements, which
    clauses name too, `clauses` citations such as 'S0 §3.3.1.1' beside them.
    """

    key: str
    label: str
    rows: tuple = ()
    clauses: tuple = ()
    page: str = ""
    capability: str = ""
    kind: str = ""

    def carries(self, citation, rows):
        """Whether this carries out the clause of this citation, which names these rows."""
        return citation in self.clauses or not set(self.rows).isdisjoint(rows)


def register(**facts):
    """Add a screen; called from a room's `screens.py`."""
    return SCREENS.add(Screen(**facts))


def screens_of(citation, rows):
    """The screens that carry out a clause, in the order of the rooms."""
    return [screen for screen in SCREENS.all() if screen.carries(citation, rows)]


def address_of(source, number):
    """The page of a clause."""
    return reverse(PAGE, args=[source, number])
