"""The fields of a form in which one parameter is entered: one for a number, one each for the parts of a list or the places of a table.

`spread` takes a value apart into them, `compose` puts it together again.
"""
from datetime import date

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from config.web.day_fields import DayField
from staff.regulation.parameters import kinds, words

CLOCK = "%H:%M"


class ClockInput(forms.TimeInput):
    """A time of day, picked or typed."""

    input_type = "time"

    def __init__(self):
        super().__init__({"class": "w-s num"}, format=CLOCK)


class YearlyDayField(DayField):
    """A day of every year; the year that is typed or picked with it counts for nothing."""

    def to_python(self, value):
        """The day as 01-15."""
        day = super().to_python(value)
        return day and f"{day:%m-%d}"

    def run_validators(self, value):
        """Any day of a calendar may be meant."""


def number(label, row, *, whole):
    """A figure between the bounds of the parameter."""
    low, high = row["range"]
    facts = {"label": label, "min_value": low, "max_value": high, "help_text": hint(row["key"])}
    if whole:
        return forms.IntegerField(widget=forms.NumberInput({"class": "w-s", "inputmode": "numeric"}), **facts)
    return forms.DecimalField(max_digits=12, decimal_places=2, widget=forms.NumberInput({"class": "w-s", "inputmode": "decimal", "step": "any"}), **facts)


def hint(key):
    """The bounds with their unit, in words; of a list the unit alone."""
    return words.limits(key) or words.UNITS.get(kinds.of(key).get("unit"), "")


def fields_of(key):
    """{name: field} in which the parameter is entered."""
    row, label = kinds.of(key), words.meaning(key)
    return {f"{key}{ending}": field for ending, field in MAKERS[row["type"]](row, label)}


def _one_number(row, label):
    return [("", number(label, row, whole=row["type"] == "integer"))]


def _numbers(row, label):
    return [(f"__{place}", number(f"{label} – {part}", row, whole=row["type"] == "numbers")) for place, part in enumerate(words.named(row["parts"]))]


def _text(row, label):
    low, high = row["range"]
    return [("", forms.CharField(label=label, min_length=low, max_length=high, widget=forms.TextInput({"class": "w-l"})))]


def _time(_row, label):
    return [("", forms.TimeField(label=label, widget=ClockInput()))]


def _span(_row, label):
    return [("__0", forms.TimeField(label=format_lazy("{what} – {end}", what=label, end=_("from")), widget=ClockInput())),
            ("__1", forms.TimeField(label=format_lazy("{what} – {end}", what=label, end=_("until")), widget=ClockInput()))]


def _weekday(_row, label):
    return [("", forms.TypedChoiceField(label=label, choices=list(WEEKDAYS.items()), coerce=int))]


def _date(_row, label):
    return [("", YearlyDayField(label=label, help_text=_("The same day every year; the year counts for nothing.")))]


def _table(row, _label):
    choices = [(one["key"], text) for one, text in zip(row["choices"], words.named(row["choices"]), strict=True)]
    found = []
    for one, name in zip(row["rows"], words.named(row["rows"]), strict=True):
        if row.get("many"):
            found.append((f"__{one['key']}", forms.MultipleChoiceField(label=name, choices=choices, required=False,
                                                                       widget=forms.CheckboxSelectMultiple({"class": "cells"}))))
        else:
            found += [(f"__{one['key']}__{column['key']}", forms.ChoiceField(label=f"{name} · {other}", choices=choices))
                      for column, other in zip(row["columns"], words.named(row["columns"]), strict=True)]
    return found


MAKERS = {**dict.fromkeys(("integer", "decimal", "percent", "money"), _one_number), **dict.fromkeys(("numbers", "shares"), _numbers),
          "text": _text, "time": _time, "span": _span, "weekday": _weekday, "date": _date, "table": _table}


def spread(key, value):
    """{name of the field: its part} of a value."""
    row = kinds.of(key)
    if row["type"] in ("numbers", "shares", "span"):
        return {f"{key}__{place}": part for place, part in enumerate(value)}
    if row["type"] == "date":
        return {key: date.fromisoformat(f"{words.YEAR}-{value}")}
    if row["type"] == "table":
        if row.get("many"):
            return {f"{key}__{name}": cell for name, cell in value.items()}
        return {f"{key}__{name}__{column}": choice for name, line in value.items() for column, choice in line.items()}
    return {key: value}


def compose(key, cleaned):
    """The value that stands in the fields of a form that was checked."""
    row = kinds.of(key)
    if row["type"] in ("numbers", "shares", "span"):
        parts = [cleaned[f"{key}__{place}"] for place in range(2 if row["type"] == "span" else len(row["parts"]))]
        return [f"{part:{CLOCK}}" for part in parts] if row["type"] == "span" else parts
    if row["type"] == "time":
        return f"{cleaned[key]:{CLOCK}}"
    if row["type"] == "table":
        names = [one["key"] for one in row["rows"]]
        if row.get("many"):
            return {name: cleaned[f"{key}__{name}"] for name in names}
        return {name: {one["key"]: cleaned[f"{key}__{name}__{one['key']}"] for one in row["columns"]} for name in names}
    return cleaned[key]
