"""Capabilities of the cleaning room: the row 'Cleaning, disinfection' of roles.md."""
from enum import StrEnum


class Can(StrEnum):
    """Seeing the rounds of the hall, doing them, checking them."""

    READ = "cleaning.read"
    EDIT = "cleaning.edit"
    CHECK = "cleaning.approve"
