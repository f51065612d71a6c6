"""Capabilities of the areas room."""
from enum import StrEnum


class Can(StrEnum):
    """Areas are master data of the hall: seen by whoever sees the organisation, kept by whoever keeps its displays."""

    READ = "areas.read"
    EDIT = "areas.edit"
