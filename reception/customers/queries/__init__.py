"""Reads over customer files, each for a viewer."""
from reception.customers.queries.files import (
    access_of,
    callable_customers,
    communications_of,
    contact_changes,
    customer_for_page,
    edits,
    family_of,
    hall_choices,
    hall_words,
    in_full,
    may_see,
    proofs_for,
    reaches,
    with_cells,
)
from reception.customers.queries.lookup import ids_matching, is_meant, matching, suggest
from reception.customers.queries.pairs import duplicate_pairs, duplicates_of, merges_to_undo

__all__ = ["access_of", "callable_customers", "communications_of", "contact_changes", "customer_for_page", "duplicate_pairs", "duplicates_of",
           "edits", "family_of", "hall_choices", "hall_words", "ids_matching", "in_full", "is_meant", "matching", "may_see", "merges_to_undo",
           "proofs_for", "reaches", "suggest", "with_cells"]
