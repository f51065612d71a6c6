"""What the verbs on promises ask."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.day_fields import MomentField
from config.web.forms import HallkeeperForm
from config.web.templatetags import hk
from reception.promises import moments
from reception.promises.models import Promise
from staff.organisation.models import Employee

SAID = {moments.FRIDAY: _("on Friday"), moments.THREE_DAYS: _("in 3 working days")}


def said(choice, moment):
    """A moment as it is offered; of today and tomorrow it names its day itself."""
    return hk.moment(moment) if choice in (moments.TODAY, moments.TOMORROW) else f"{SAID[choice]} · {hk.moment(moment)}"


class PromiseForm(HallkeeperForm):
    """What, by when, who keeps it, how the customer was told. `offered` are the moments of `moments.offered`, `keepers` the people."""

    what = forms.CharField(label=_("What was promised"), max_length=300, widget=forms.TextInput({"class": "w-l", "autofocus": True}),
                           help_text=_("In the words that the customer heard."))
    when = forms.ChoiceField(label=_("By when"), widget=forms.RadioSelect({"class": "digits"}))
    due_at = MomentField(label=_("Another time"), required=False)
    owner = forms.ModelChoiceField(Employee.objects.none(), label=_("Who keeps it"), empty_label=None)
    told_by = forms.ChoiceField(label=_("How the customer was told"), choices=Promise.Method.choices, widget=forms.RadioSelect)

    def __init__(self, *args, offered, keepers, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["when"].choices = [*((choice, said(choice, moment)) for choice, moment in offered.items()),
                                       (moments.OTHER, _("another time"))]
        self.fields["owner"].queryset = keepers

    def clean(self):
        """The moment that was meant: the chosen one, or the typed one."""
        answers = super().clean()
        chosen = answers.pop("when", None)
        if chosen == moments.OTHER and "due_at" in answers and not answers["due_at"]:
            self.add_error("due_at", _("Enter the day and the time, such as tomorrow 14:05."))
        elif chosen in self.offered:
            answers["due_at"] = self.offered[chosen]
        return answers


class VerbForm(HallkeeperForm):
    """A verb on a promise as it was when the page was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class KeepForm(VerbForm):
    """What was done, and how the customer knows."""

    result = forms.CharField(label=_("What was done"), max_length=300, widget=forms.TextInput({"class": "w-l"}))
    answer_by = forms.ChoiceField(label=_("How the customer was told"), choices=Promise.Method.choices, widget=forms.RadioSelect)


class WithdrawForm(VerbForm):
    """Why, and that the customer agrees."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput({"class": "w-l"}))
    answer_by = forms.ChoiceField(label=_("How the customer was asked"), choices=Promise.Method.choices, widget=forms.RadioSelect)
    agreed = forms.BooleanField(label=_("The customer agrees to do without it"),
                                error_messages={"required": _("A promise is withdrawn only when the customer agrees. Ask the customer first.")})


class HandOverForm(VerbForm):
    """Who keeps it from now on."""

    owner = forms.ModelChoiceField(Employee.objects.none(), label=_("Who keeps it"))

    def __init__(self, *args, keepers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = keepers
