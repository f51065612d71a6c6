"""Reads over customer files, each for a viewer."""
from reception.customers.queries.lookup import matching, suggest

__all__ = ["matching", "suggest"]
