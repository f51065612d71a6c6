"""Capabilities of the visits room."""
from enum import StrEnum


class Can(StrEnum):
    """Row 'Visits' of roles.md; exports of visits follow the row 'Customer export'."""

    READ = "visits.read"
    EDIT = "visits.edit"
    EXPORT = "customer_export.approve"
    ANALYSE = "traffic.read"
