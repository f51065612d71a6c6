"""After it was carried out: what the customer says, closing, handling again, appeals; and merging."""
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.handling.forms.fields import RowsForm, line, method, said, text, yes_or_no
from complaints.handling.models import Cause
from config.web.forms import HallkeeperForm, RecordField
from staff.organisation.fields import PersonField

STARS = [(n, f"{n}") for n in range(1, 6)]
WHYS = 5
PARTS = 4


def stars():
    """Satisfaction from 1 to 5."""
    return forms.TypedChoiceField(label=gettext_lazy("Satisfaction"), choices=STARS, coerce=int, widget=forms.RadioSelect, help_text=gettext_lazy(
        "1 very dissatisfied, 5 very satisfied."))


class FollowUpForm(HallkeeperForm):
    """What the customer says of it; asked by somebody other than the handler."""

    method = method()
    stars = stars()
    opinions = text(gettext_lazy("Opinions and further problems"), 1000, 4, required=False)


class RateForm(HallkeeperForm):
    """The customer's rating, taken down by one of us."""

    method = method()
    stars = stars()
    comment = text(gettext_lazy("Comment"), 1000, 3, required=False)


class CloseForm(HallkeeperForm):
    """The root cause by five whys, and what is improved."""

    cause = forms.ChoiceField(label=gettext_lazy("Root cause"), choices=Cause.choices, widget=forms.RadioSelect)
    cause_detail = line(gettext_lazy("What exactly"))
    improvement = line(gettext_lazy("Improvement"), 500, required=False)
    prevention = line(gettext_lazy("Prevention"), 500, required=False)
    owner = PersonField(label=gettext_lazy("Who carries the improvement out"), required=False)
    no_improvement = line(gettext_lazy("Why none is needed"), required=False, help_text=gettext_lazy("Only where nothing is to be improved."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for place in range(WHYS):
            self.fields[f"why_{place}"] = line(gettext_lazy("Why?"), required=False)
        self.helper.layout = Layout(
            Fieldset(gettext_lazy("Root cause"), "cause", "cause_detail"), Fieldset(gettext_lazy("Five whys"), *(f"why_{place}" for place in range(WHYS))),
            Fieldset(gettext_lazy("So that it does not happen again"), "improvement", "prevention", "owner", "no_improvement"))

    def clean(self):
        """Something is improved, or there is a reason why not."""
        cleaned = super().clean()
        cleaned["whys"] = [words for place in range(WHYS) if (words := cleaned.pop(f"why_{place}", ""))]
        if not (cleaned.get("improvement") or cleaned.get("no_improvement")):
            self.add_error("improvement", _("Say what is improved, or below why nothing needs to be."))
        return cleaned


class AgainForm(HallkeeperForm):
    """Why it goes back."""

    reason = text(gettext_lazy("Reason"), 1000, 3)


class NotAgreedForm(HallkeeperForm):
    """Why no agreement was found, and where the customer may turn."""

    reason = text(gettext_lazy("Reason"), 1000, 3)
    advice = said(gettext_lazy("Further ways told to the customer"), 1000)


class ClosePublishedForm(HallkeeperForm):
    """What the tracking page says of the end, and why it ends so."""

    reason = text(gettext_lazy("Reason"), 1000, 3)
    text = said(gettext_lazy("What the tracking page says"))
    field_order = ("text", "reason")


class WithdrawForm(HallkeeperForm):
    """Why and how the customer took it back."""

    method = method(gettext_lazy("How the customer said so"))
    reason = text(gettext_lazy("What the customer said"), 1000, 3)


class ReopenForm(HallkeeperForm):
    """Why it is opened again, and who handles it now."""

    reason = text(gettext_lazy("Reason"), 1000, 3)
    handler = PersonField(label=gettext_lazy("Handler"), required=False, help_text=gettext_lazy("Left empty: who handled it before."))


class AnswerLightForm(HallkeeperForm):
    """The answer to a suggestion or praise."""

    method = method()
    text = said()


class AppealForm(HallkeeperForm):
    """Why a rating is mistaken."""

    reason = text(gettext_lazy("Grounds of the appeal"), 500, 3)


class DecideAppealForm(HallkeeperForm):
    """A third person's word."""

    lifted = yes_or_no(gettext_lazy("Decision"), gettext_lazy("the rating does not count"), gettext_lazy("the rating stands"))
    decision = text(gettext_lazy("Grounds"), 500, 3)


class MergeForm(HallkeeperForm):
    """Into which it goes; only likely ones are offered."""

    into = RecordField(label=gettext_lazy("Same matter as"), widget=forms.RadioSelect({"class": "stacked"}))
    reason = line(gettext_lazy("Reason"))

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        if not offered:
            self.fields["into"].widget = forms.Select()  # there is nothing to choose among
            self.fields["into"].empty_label = "—"
        self.fields["into"].offer({row.pk: row for row in offered}, [(row.pk, f"{row.number} · {' '.join(row.matter.split())[:60]}") for row in offered])
        if not offered:
            self.fields["into"].help_text = gettext_lazy("No open complaint of this hall has the same customer, telephone or words.")


class SplitForm(RowsForm):
    """The matters that become complaints of their own."""

    reason = line(gettext_lazy("Reason"))
    tables = (("matters", gettext_lazy("Matter %(n)s"), PARTS, {"text": lambda: text(gettext_lazy("Matter"), 2000, 3, required=False)}, ("text",)),)

    def clean(self):
        """At least one."""
        cleaned = super().clean()
        if not cleaned.get("matters"):
            self.add_error("matters_0_text", _("Write the matter that becomes a complaint of its own."))
        return cleaned
