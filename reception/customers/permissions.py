"""Capabilities of the customers room."""
from enum import StrEnum


class Can(StrEnum):
    """Rows 'Customer file', 'Customer export' and 'Classification, consent' of roles.md."""

    READ = "customers.read"
    EDIT = "customers.edit"
    EXPORT = "customer_export.approve"
    CHOICE = "consent.edit"
    SHARE = "conduct.edit"  # show a saved view to others: the row of roles.md that only the superiors of the people at work hold
