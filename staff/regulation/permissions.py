"""Capabilities of the regulation room (roles.md, rows 'Regulation, parameters' and 'Notices, meetings')."""
from enum import StrEnum


class Can(StrEnum):
    """Everybody reads the regulation and the working calendar; HR alone writes and publishes it; who writes notices to people sees which of
    them have read it. The country's days are the administrator's, the hours of a hall its manager's."""

    READ = "regulation.read"
    EDIT = "regulation.edit"
    READERS = "notices.edit"
    CALENDAR = "holidays.read"
    HOLIDAYS = "holidays.edit"
    HOURS = "hours.edit"
