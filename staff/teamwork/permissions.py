"""Capabilities of the teamwork room."""
from enum import StrEnum


class Can(StrEnum):
    """The row 'Requests between departments' of the matrix: everybody asks and answers, superiors see those of their people; work plans have
    the row 'Goals'."""

    READ = "teamwork.read"
    EDIT = "teamwork.edit"
    READ_PLANS = "goals.read"
    PLAN = "goals.edit"
