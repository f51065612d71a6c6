"""What is asked about the working calendar."""
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.accounts.trace import REASON_LENGTH
from config.web.day_fields import DayField, MomentField
from config.web.days import FIRST, LAST
from config.web.filters import FilterForm
from config.web.forms import HallkeeperForm, VersionedForm
from config.web.texts import TextsField
from staff.organisation import hours
from staff.organisation.models import Hall
from staff.regulation import calendar, values
from staff.regulation.parameters import words

UNREADABLE = _("These hours cannot be read, overlap, or end before they begin. Write them like 09:00-12:30 13:30-18:00.")
KINDS = {"free": False, "worked": True, "ordinary": None}
MOST = {"minutes": 60 * 1000, "hours": 1000, "days": 250}  # working time that a trial may ask for


def reason():
    """Why, in so few words that they are kept whole."""
    return forms.CharField(label=_("Reason"), max_length=REASON_LENGTH, widget=forms.TextInput({"class": "w-l"}))


class NationalDayForm(VersionedForm):
    """What a day of the country is, by hand."""

    day = DayField(label=_("Day"))
    kind = forms.ChoiceField(label=_("This day is"), widget=forms.RadioSelect, choices=[
        ("free", _("free: halls that keep holidays are closed")), ("worked", _("a moved working day: they work")),
        ("ordinary", _("like any other day of its weekday"))])
    name = TextsField(label=_("What it is called"), required=False, longest=60)
    reason = reason()

    def __init__(self, *args, keep_day=False, **kwargs):
        super().__init__(*args, **kwargs)
        if keep_day:
            self.fields.pop("day")
            self.helper.layout = Layout(*self.fields)

    def clean(self):
        """`works` in place of the kind."""
        cleaned = super().clean()
        if "kind" in cleaned:
            cleaned["works"] = KINDS[cleaned.pop("kind")]
        return cleaned


class ReasonForm(VersionedForm):
    """Why."""

    reason = reason()


class FillForm(HallkeeperForm):
    """Which year is taken from the library."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, year) for year in years]


class SpansField(forms.CharField):
    """Hours of a day as people write them; empty means closed."""

    def __init__(self, **kwargs):
        super().__init__(max_length=100, required=False, widget=forms.TextInput({"class": "w-l num", "autocomplete": "off"}), **kwargs)

    def clean(self, value):
        """[(opens, closes)] in minutes of the day."""
        spans = hours.read(super().clean(value))
        if spans is None:
            raise forms.ValidationError(UNREADABLE)
        return spans


class HoursForm(VersionedForm):
    """The week of a hall from a day on."""

    since = DayField(label=_("Holds from"), help_text=_("Today or a later day. What was before keeps its hours."))
    keeps_holidays = forms.BooleanField(label=_("Closed on public holidays, open on moved working days"), required=False)
    reason = reason()
    quiet_optional = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for day, name in WEEKDAYS.items():
            self.fields[f"day_{day}"] = SpansField(label=name, help_text=_("Such as 09:00-12:30 13:30-18:00; empty means closed.") if day == 0 else "")
        self.helper.layout = Layout("version", "since", Fieldset(_("Opening hours"), *(f"day_{day}" for day in WEEKDAYS)),
                                    Fieldset(_("The country's days"), "keeps_holidays"), "reason")

    def clean(self):
        """The seven days as `week`."""
        cleaned = super().clean()
        cleaned["week"] = [(day, *span) for day in range(7) for span in cleaned.pop(f"day_{day}", None) or ()]
        return cleaned


class HallDayForm(VersionedForm):
    """The hours of one day in a hall."""

    day = DayField(label=_("Day"))
    spans = SpansField(label=_("Hours"), help_text=_("Such as 09:00-12:30 13:30-18:00; empty means closed."))
    reason = reason()
    quiet_optional = True

    def __init__(self, *args, keep_day=False, **kwargs):
        super().__init__(*args, **kwargs)
        if keep_day:
            self.fields.pop("day")
            self.helper.layout = Layout(*self.fields)


class YearFilter(forms.Form):
    """Which year; what cannot be read is left out."""

    year = forms.IntegerField(required=False, min_value=FIRST.year + 1, max_value=LAST.year - 1)


class TryForm(FilterForm):
    """A moment and a limit, to see when it comes and why then."""

    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), empty_label=None)
    since = MomentField(label=_("It begins"))
    limit = forms.ChoiceField(label=_("Limit"))
    length = forms.IntegerField(label=_("Length"), min_value=0, widget=forms.NumberInput({"class": "w-s", "inputmode": "numeric"}))
    unit = forms.ChoiceField(label=_("in"), choices=[("minutes", _("working minutes")), ("hours", _("working hours")), ("days", _("working days"))])

    def __init__(self, data, *, viewer, **kwargs):
        super().__init__(data, viewer=viewer, **kwargs)
        self.fields["hall"].queryset = Hall.objects.visible_to(viewer).order_by("pk")
        limits = [row for row in values.definitions().values() if row.get("unit") in (*calendar.SPANS, "working_days")]
        self.fields["limit"].choices = [("", pgettext_lazy("limit", "of one's own length")), *((row["key"], words.meaning(row["key"])) for row in limits)]

    def clean(self):
        """A length of one's own stays within what the clock looks ahead."""
        cleaned = super().clean()
        if cleaned.get("limit") or self.errors:
            return cleaned
        if cleaned.get("length") is None:
            self.add_error("length", _("Enter how long it is, or choose a limit."))
        elif cleaned["length"] > MOST[cleaned.get("unit") or "minutes"]:
            self.add_error("length", _("That is longer than any limit runs. Enter at most %(most)s.") % {"most": MOST[cleaned.get("unit") or "minutes"]})
        return cleaned
