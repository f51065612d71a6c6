"""Capabilities of the shifts room: the row 'Roster' of roles.md."""
from enum import StrEnum


class Can(StrEnum):
    """Reading one's own, the team's or the hall's shifts, and planning them."""

    READ = "roster.read"
    EDIT = "roster.edit"
