"""Which lists the API reads: those that may be exported, since reading by a program is an export by another way."""
from functools import cache

from django.urls import get_resolver

from config.accounts.access import SIGNED_IN, may
from config.privacy import classes
from config.web.lists import ListPage


@cache
def listed():
    """{name: class of the list page} of every list without keys that has columns, a kind and a right to export."""
    found = {}
    for entry in walk(get_resolver()):
        page = getattr(entry.callback, "view_class", None)
        if page and issubclass(page, ListPage) and page.export_capability and page.kind and page.columns and not entry.pattern.converters:
            found[entry.name] = page
    return dict(sorted(found.items()))


def walk(resolver):
    """Every line below a resolver."""
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from walk(entry)
        else:
            yield entry


def may_read(user, page):
    """Whether this person may open the list and export it, by right and by the class of what it shows."""
    opened = page.capability == SIGNED_IN or may(user, page.capability)
    return opened and may(user, page.export_capability) and classes.opens(user, page.kind) and classes.exports(user, page.kind)


def readable_by(user, scope=None):
    """{name: page} of the lists this person may read, with `scope` those of its kinds alone."""
    return {name: page for name, page in listed().items() if (scope is None or page.kind in scope) and may_read(user, page)}
