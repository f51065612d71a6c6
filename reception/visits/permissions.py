"""Capabilities of the visits room."""
from enum import StrEnum


class Can(StrEnum):
    """Row 'Visits' of roles.md; exports follow the row 'Customer export', reception templates the row 'Regulation'."""

    READ = "visits.read"
    EDIT = "visits.edit"
    EXPORT = "customer_export.approve"
    ANALYSE = "traffic.read"
    REOPEN = "conduct.edit"  # "by the supervisor": the row of roles.md that only the superiors of the people at work hold, team or hall
    PRESENT = "presence.read"  # an own addition to the matrix: whoever works in a hall counts its people when it has to be left
    PRESENT_EDIT = "presence.edit"
    PRESENT_LEAD = "presence.approve"
    TEMPLATES = "regulation.read"
    TEMPLATES_EDIT = "regulation.edit"  # a template tells every hall that uses it how to receive: it changes like a clause
    STATIONS = "stations.read"
    STATIONS_EDIT = "stations.edit"
    QUEUE = "roster.approve"  # who approves how the hall is staffed sets how it calls
