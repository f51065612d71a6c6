"""Capabilities of the indicators room: the rows 'Goals', whose figures these are, and 'Conformity report' of roles.md.

How far a figure reaches is said by the capability of each indicator: who opens the page sees the figures of their own scope.
"""
from enum import StrEnum

from config.contributions.figures import CAPABILITY


class Can(StrEnum):
    """Seeing indicators; seeing controls."""

    READ = CAPABILITY
    CONTROLS = "conformity.read"
