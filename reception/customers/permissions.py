"""Capabilities of the customers room."""
from enum import StrEnum


class Can(StrEnum):
    """Rows 'Customer file', 'Customer export', 'Classification, consent' and 'Archive items' of roles.md."""

    READ = "customers.read"
    EDIT = "customers.edit"
    EXPORT = "customer_export.approve"  # copies, erasures and legal holds of a person's data too
    CHOICE = "consent.edit"
    CONSENTS = "consent.read"
    RELEASE = "archive.approve"  # end a legal hold: who decides on access to what is kept, never who set it
    RULES = "regulation.read"
    TEMPLATES = "regulation.edit"  # which fields a file must have: the row 'Regulation, parameters'
    SHARE = "conduct.edit"  # show a saved view to others: the row of roles.md that only the superiors of the people at work hold
