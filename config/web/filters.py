"""The base of filter forms: GET, all optional, `narrow(rows)` applies what was chosen."""
import re
from datetime import timedelta

from crispy_forms.layout import Layout
from django.utils import timezone

from config.web.day_fields import DayField, DayInput
from config.web.days import said_day
from config.web.forms import HallkeeperForm

RELATIVE = re.compile(r"today(?:-([0-9]{1,3}))?", re.ASCII)


def relative_day(text):
    """The day that "today" or "today-6" means now; None for any other text."""
    found = RELATIVE.fullmatch(text or "")
    return timezone.localdate() - timedelta(days=int(found[1] or 0)) if found else None


class FilterDayInput(DayInput):
    """Shows the day that a word means."""

    def format_value(self, value):
        """A day as the browser's field takes it."""
        day = (relative_day(value) or said_day(value, timezone.localdate())) if isinstance(value, str) else None
        return day.isoformat() if day else super().format_value(value)


class FilterDay(DayField):
    """A day of the calendar, or "today" and "today-6": words that a saved view keeps, so that it moves along."""

    widget = FilterDayInput

    def to_python(self, value):
        """The day."""
        return (relative_day(value) if isinstance(value, str) else None) or super().to_python(value)


def moving(days):
    """{name: text} of days, written as words where the span they bound ends today; a fixed span stays as it is."""
    today = timezone.localdate()
    read = {name: relative_day(text) or said_day(text, today) for name, text in days.items()}
    if None in read.values():
        return days
    if not read or max(read.values()) != today or min(read.values()) < today - timedelta(days=366):
        return {name: text if relative_day(text) else read[name].isoformat() for name, text in days.items()}
    return {name: "today" if day == today else f"today-{(today - day).days}" for name, day in read.items()}


class FilterForm(HallkeeperForm):
    """Filters of a list. Unreadable values are shown as errors and narrow nothing. A field `q` stands as search line above the others."""

    def __init__(self, data, *, viewer, **kwargs):
        self.viewer = viewer
        super().__init__(data, **kwargs)
        for field in self.fields.values():
            field.required = False
        self.lay_out()

    def lay_out(self):
        """Place the fields; a field `q` stands elsewhere. To be said again by a form that takes fields away."""
        self.helper.layout = Layout(*(name for name in self.fields if name != "q"))

    def look(self):
        """What was chosen and all there is to choose from, where that can be told without putting the choices into words; else None."""

    @property
    def laid_out(self):
        """The bound fields of the form itself, without the search line."""
        return [self[name] for name in self.fields if name != "q"]

    @property
    def search(self):
        """The search line as a bound field, or None."""
        return self["q"] if "q" in self.fields else None

    @property
    def has_more(self):
        """Whether there is anything beside the search line."""
        return len(self.fields) > (1 if "q" in self.fields else 0)

    @property
    def is_open(self):
        """Whether something beside the search line was chosen, so that one sees by what the list is narrowed."""
        return any(self.data.get(name) for name in self.fields if name != "q")

    def narrow(self, rows):
        """The rows that pass."""
        raise NotImplementedError

    def is_narrowed(self):
        """Whether anything was chosen, which decides the words of an empty list."""
        return any(self.data.get(name) for name in self.fields)
