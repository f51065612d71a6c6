"""Capabilities of the notifications room: one's own notifications are everybody's; robots of chat groups are the hall's."""
from enum import StrEnum


class Can(StrEnum):
    """Seeing and setting up the robots by which chat groups of halls and teams are told (an own row of the matrix)."""

    ROBOTS = "robots.read"
    ROBOTS_EDIT = "robots.edit"
