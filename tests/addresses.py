"""The table of addresses as tests walk it."""
from dataclasses import dataclass

from django.urls import URLResolver, get_resolver

from config.web.pages import Page


@dataclass(frozen=True)
class Address:
    """One line of the table: the full name ('visits:detail'), the route as written, the keys it takes, and what answers."""

    name: str
    route: str
    keys: tuple
    view: object

    @property
    def page(self):
        """The page class behind the address; None for a plain view."""
        kind = getattr(self.view, "view_class", None)
        return kind if kind and issubclass(kind, Page) else None


def walk(resolver, prefix="", spaces=()):
    """Every line below a resolver."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, route, (*spaces, entry.namespace) if entry.namespace else spaces)
        else:
            yield Address(":".join([*spaces, entry.name or ""]), route, tuple(entry.pattern.converters), entry.callback)


def addresses():
    """The whole table."""
    return list(walk(get_resolver()))
