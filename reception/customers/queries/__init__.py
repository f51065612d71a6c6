"""Reads over customer files, each for a viewer."""
from reception.customers.queries.files import (
    access_of,
    callable_customers,
    communications_of,
    contact_changes,
    customers_for_list,
    family_of,
    hall_choices,
    may_see,
)
from reception.customers.queries.lookup import matching, suggest
from reception.customers.queries.pairs import duplicate_pairs, duplicates_of

__all__ = ["access_of", "callable_customers", "communications_of", "contact_changes", "customers_for_list", "duplicate_pairs", "duplicates_of",
           "family_of", "hall_choices", "matching", "may_see", "suggest"]
