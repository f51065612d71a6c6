"""Capabilities of the appraisals room: the rows 'Own appraisal' and 'Appraisal scoring' of roles.md."""
from enum import StrEnum


class Can(StrEnum):
    """One's own sheet; scoring those of one's people (HR: filing them); reviewing them."""

    OWN = "own_appraisal.edit"
    READ = "own_appraisal.read"
    SCORE = "scoring.edit"
    REVIEW = "scoring.approve"
