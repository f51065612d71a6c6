"""Finding out: tasks, evidence, the facts established."""
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.handling.facts import Evidence
from complaints.handling.forms.fields import line, text
from config.web.day_fields import WAS_DAY, DayField
from config.web.forms import HallkeeperForm
from staff.organisation.fields import PersonField

STATEMENTS = (Evidence.Kind.STAFF,)


class TaskForm(HallkeeperForm):
    """What somebody finds out by when."""

    what = line(gettext_lazy("What to find out"), 200)
    owner = PersonField(label=gettext_lazy("Responsible"))
    due_on = DayField(label=gettext_lazy("Done by"))


class TaskResultForm(HallkeeperForm):
    """What was found."""

    result = text(gettext_lazy("What was found"))


class EvidenceForm(HallkeeperForm):
    """One piece of evidence; the day it shows is not the day it is kept."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Evidence.Kind.choices, widget=forms.RadioSelect({"class": "stacked"}))
    text = text(gettext_lazy("What it says or shows"))
    shows_on = DayField(label=gettext_lazy("Date it shows"), attrs=WAS_DAY, help_text=gettext_lazy(
        "The day of what happened, not the day on which it is kept."))
    person = PersonField(label=gettext_lazy("Whose statement"), required=False, help_text=gettext_lazy("For the statement of a person of the house."))
    witness = line(gettext_lazy("Witnessed by"), 120, required=False)
    file = forms.FileField(label=gettext_lazy("Photo or document"), required=False, max_length=200, help_text=gettext_lazy(
        "A photo (JPEG, PNG, WebP) or a PDF, at most 10 MB. It is kept with a checksum."), error_messages={
        "empty": gettext_lazy("The file is empty. Choose another."),
        "max_length": gettext_lazy("The name of the file is too long. Give it a shorter one.")})

    def clean(self):
        """A statement of one of us names who made it; nothing shows a day to come."""
        cleaned = super().clean()
        if cleaned.get("kind") in STATEMENTS and not cleaned.get("person") and "person" not in self.errors:
            self.add_error("person", _("Say whose statement it is."))
        if cleaned.get("shows_on") and cleaned["shows_on"] > timezone.localdate():
            self.add_error("shows_on", _("That day is still to come. Enter the day that it shows."))
        return cleaned


class StrikeForm(HallkeeperForm):
    """Why it does not count."""

    reason = line(gettext_lazy("Why it is struck out"), help_text=gettext_lazy("It stays readable, struck through."))


class VerifyForm(HallkeeperForm):
    """What is established."""

    facts = text(gettext_lazy("Facts established"), 4000, 8, help_text=gettext_lazy("The course of events, by both sides and the evidence."))
    no_evidence = line(gettext_lazy("Why there is no evidence"), required=False, help_text=gettext_lazy("Only where none was added."))
