"""Capabilities of the incidents room: the row 'Incident report / lead' of roles.md."""
from enum import StrEnum


class Can(StrEnum):
    """Seeing incidents, reporting them and noting what is done, leading them."""

    READ = "incidents.read"
    EDIT = "incidents.edit"
    LEAD = "incidents.approve"
