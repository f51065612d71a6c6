"""Indicators, targets and controls: the numbers of the house, each of which opens its records."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry

INDICATORS = registry("indicators")
TARGETS = registry("targets")
CONTROLS = registry("controls")


@dataclass(frozen=True)
class Indicator:
    """`measure(period, subjects)` is one set-based query for all subjects; `records(subject, period)` the records behind one figure.

    `definition` is the sentence shown beside the figure; `unit` such as 'min' or '%'; `direction` 'up' or 'down' is better.
    """

    key: str
    label: str
    unit: str
    direction: str
    definition: str
    subject: str
    measure: Callable
    records: Callable


@dataclass(frozen=True)
class Target:
    """`goal(indicator, subject, period)` is the figure aimed at, from the regulation's parameters."""

    key: str
    indicator: str
    goal: Callable


@dataclass(frozen=True)
class Control:
    """`clauses` it evidences; `population(period, hall)`, `conforming(...)` and `exceptions(...)` are querysets."""

    key: str
    label: str
    clauses: tuple
    population: Callable
    conforming: Callable
    exceptions: Callable
