"""Capabilities of the improvement room."""
from enum import StrEnum


class Can(StrEnum):
    """The row 'Improvement register' of the matrix: everybody reports and does what is theirs, superiors lead; suggestions have the row
    'Market information, suggestion'."""

    READ = "improvement.read"
    EDIT = "improvement.edit"
    READ_SUGGESTIONS = "market.read"
    SUGGEST = "market.edit"
