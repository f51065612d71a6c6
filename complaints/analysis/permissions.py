"""The capability of the row 'Complaint dashboard' of roles.md."""
from enum import StrEnum


class Can(StrEnum):
    """Seeing the figures of complaints: one's own, of one's people, of halls, of all; of some roles without names."""

    ANALYSE = "complaint_dashboard.read"
