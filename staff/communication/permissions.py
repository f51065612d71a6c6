"""Capabilities of the communication room."""
from enum import StrEnum


class Can(StrEnum):
    """Row 'Notices, bulletins, meetings' of roles.md: everybody reads what stands in their hall, superiors write it."""

    READ = "notices.read"
    EDIT = "notices.edit"


class Board(StrEnum):
    """The row 'Information board' of the matrix: everybody reads and posts, superiors take down what should not stand there."""

    READ = "board.read"
    EDIT = "board.edit"
    APPROVE = "board.approve"


class Agreement(StrEnum):
    """The row 'Confidentiality, breaches': each person signs for themselves, superiors and HR see who has."""

    READ = "confidentiality.read"
    EXPORT = "confidential.approve"  # what the class of the list asks


class Sheet(StrEnum):
    """The row 'Notices' holds duty sheets too (roles.md, "Duties, notices"): one's own, and those of one's people. The
    texts themselves are read and kept like the regulation."""

    READ = "notices.read"
    TEXT = "regulation.read"
    EDIT = "regulation.edit"
