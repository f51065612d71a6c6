"""Capabilities of conformity: the row 'Conformity report' of roles.md, and one of its own for evidence and judging."""
from enum import StrEnum


class Can(StrEnum):
    """Seeing how clauses are kept; seeing and adding evidence; judging what was computed."""

    READ = "conformity.read"
    LOOK = "clause_evidence.read"
    EDIT = "clause_evidence.edit"
    JUDGE = "clause_evidence.approve"
