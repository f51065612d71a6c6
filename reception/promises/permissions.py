"""Capabilities of the promises room: its own row of the matrix, for everybody who speaks with customers."""
from enum import StrEnum


class Can(StrEnum):
    """Seeing promises and making them; taking the list away goes with the row 'Customer export' of roles.md."""

    READ = "promises.read"
    EDIT = "promises.edit"
    LEAD = "conduct.edit"  # know of what one's people broke: the row that only the superiors of the people at work hold
    EXPORT = "customer_export.approve"
