"""Capabilities of the communication room."""
from enum import StrEnum


class Can(StrEnum):
    """Row 'Notices, bulletins, meetings' of roles.md: everybody reads what stands in their hall, superiors write it."""

    READ = "notices.read"
    EDIT = "notices.edit"
