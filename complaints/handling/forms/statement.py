"""Asking for a statement, and giving it."""
from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.handling.facts import ComplaintPerson
from complaints.handling.forms.fields import text
from config.web.forms import HallkeeperForm


class OnePerson(forms.ModelChoiceField):
    """Somebody whom it is about, by name."""

    def label_from_instance(self, person):
        """The name."""
        return str(person.employee)


class AskStatementForm(HallkeeperForm):
    """Who is asked what."""

    person = OnePerson(ComplaintPerson.objects.none(), label=_("Who is asked"))
    question = text(_("Question"), 1000, help_text=_("Say when and what it is about, so that the person remembers. Never name the customer: the person "
                                                     "does not see the complaint."))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class StatementForm(HallkeeperForm):
    """What happened."""

    text = text(_("What happened, from your side"), 2000, 8, help_text=_("What you saw, said and did, and who else was there. It is kept as it is."))
