"""Capabilities of the archive: the row 'Archive items' of roles.md."""
from enum import StrEnum


class Can(StrEnum):
    """Finding items and asking to read them, filing and keeping them, deciding on access."""

    READ = "archive.read"
    EDIT = "archive.edit"
    DECIDE = "archive.approve"
