"""Fields of a form for a day and for a moment, typed the way people write them or picked from the calendar (UX 41)."""
from django import forms
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.days import day_limits, said_day, said_moment

DAY, MOMENT = "%Y-%m-%d", "%Y-%m-%d %H:%M"
WAS_DAY, WAS_MOMENT = {"placeholder": "1.14"}, {"placeholder": _("yesterday 14:05")}  # for a field that looks back
UNREADABLE_DAY = _("Enter the day as year, month and day, such as 2026-01-14.")
UNREADABLE_MOMENT = _("Enter the day and the time, such as 2026-01-14 14:05.")


class DayInput(forms.DateInput):
    """A line to type into, with a button for the calendar beside it."""

    def __init__(self, attrs=None):
        super().__init__({"class": "w-m", "data-pick": "date", "autocomplete": "off", "spellcheck": "false", "placeholder": _("1.14 or tomorrow")}
                         | (attrs or {}), format=DAY)


class DayField(forms.DateField):
    """A day that the calendars of halls hold. `attrs` are the widget's."""

    widget = DayInput

    def __init__(self, *, attrs=None, error_messages=None, **kwargs):
        sentence = (error_messages or {}).get("invalid", UNREADABLE_DAY)
        super().__init__(widget=self.widget(attrs), validators=day_limits(sentence), error_messages={"invalid": sentence} | (error_messages or {}), **kwargs)

    def to_python(self, value):
        """The day."""
        return (said_day(value, timezone.localdate()) if isinstance(value, str) else None) or super().to_python(value)


class MomentInput(forms.DateTimeInput):
    """A line for day and time, with a button for the calendar beside it."""

    def __init__(self, attrs=None):
        super().__init__({"class": "w-m", "data-pick": "datetime-local", "autocomplete": "off", "spellcheck": "false",
                          "placeholder": _("tomorrow 14:05")} | (attrs or {}), format=MOMENT)


class MomentField(forms.DateTimeField):
    """A day with a time, in the zone of the hall one works in. `attrs` are the widget's."""

    widget = MomentInput

    def __init__(self, *, attrs=None, error_messages=None, **kwargs):
        super().__init__(widget=self.widget(attrs), error_messages={"invalid": UNREADABLE_MOMENT} | (error_messages or {}), **kwargs)

    def to_python(self, value):
        """The moment."""
        said = said_moment(value, timezone.localdate()) if isinstance(value, str) else None
        return from_current_timezone(said) if said else super().to_python(value)
