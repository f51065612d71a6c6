"""Capabilities of the duties room: one's own day is everybody's; excusing goes with planning the people's time (roles.md, Roster)."""
from enum import StrEnum


class Can(StrEnum):
    """Reading one's own duties, excusing those of the people whose roster one plans, seeing what the clock did."""

    READ = "roster.read"
    EXCUSE = "roster.edit"
    JOBS = "accounts.read"
