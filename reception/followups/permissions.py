"""Capabilities of the follow-ups room: the row 'Follow-up, return visit' of roles.md."""
from enum import StrEnum


class Can(StrEnum):
    """Seeing follow-ups and recording them."""

    READ = "followups.read"
    EDIT = "followups.edit"
