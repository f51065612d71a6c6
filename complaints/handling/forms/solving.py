"""Responsibility, the solution and its rounds, carrying it out."""
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.handling.forms.fields import RowsForm, line, method, said, text, yes_or_no
from complaints.handling.models import Complaint, Method
from complaints.handling.solving import Liability, SolutionRound
from config.web.day_fields import DayField
from config.web.forms import HallkeeperForm
from staff.organisation.fields import PersonField
from staff.organisation.models import Department

PARTIES, MEASURES, MORE_DEMANDS = 3, 4, 1  # rows that a form shows
ANSWERS = [choice for choice in SolutionRound.Answer.choices if choice[0] != SolutionRound.Answer.WAITING]
REASONABLE = [("", "—"), ("yes", gettext_lazy("reasonable")), ("no", gettext_lazy("not reasonable"))]


def money(label):
    """An amount in CNY."""
    return forms.DecimalField(label=label, min_value=0, max_digits=10, decimal_places=2, initial=0,
                              widget=forms.NumberInput({"class": "w-s", "inputmode": "decimal"}))


class LiabilityForm(RowsForm):
    """Whether the customer is right, on which grounds, and who is responsible with which share."""

    validity = forms.ChoiceField(label=gettext_lazy("Validity"), choices=Complaint.Validity.choices, widget=forms.RadioSelect)
    grounds = text(gettext_lazy("Grounds"), help_text=gettext_lazy("In facts, and in rule or law."))
    tables = (("parties", gettext_lazy("Responsible %(n)s"), PARTIES, {
        "party": lambda: forms.ChoiceField(label=gettext_lazy("Responsible party"), required=False, choices=[("", "—"), *Liability.Party.choices]),
        "employee": lambda: PersonField(label=gettext_lazy("Person"), required=False),
        "department": lambda: forms.ModelChoiceField(Department.objects.order_by("pk"), label=gettext_lazy("Department"), empty_label="—", required=False),
        "name": lambda: line(gettext_lazy("Name of team, partner or process"), 120, required=False),
        "share": lambda: forms.IntegerField(label=gettext_lazy("Share in per cent"), required=False, min_value=0, max_value=100,
                                            widget=forms.NumberInput({"class": "w-xs", "inputmode": "numeric"}))}, ("party", "share")),)

    @staticmethod
    def begun_by(name, needed):
        """By who it is."""
        return ("party",)

    def clean(self):
        """Somebody is responsible, be it nobody, and the shares make a hundred."""
        cleaned = super().clean()
        rows = cleaned.get("parties", [])
        if not rows:
            self.add_error("parties_0_party", _("Say who is responsible; nobody is an answer too."))
        elif all(isinstance(row["share"], int) for row in rows) and sum(row["share"] for row in rows) != 100:
            self.add_error("parties_0_share", _("The shares make %(sum)s per cent together. They have to make a hundred.") % {
                "sum": sum(row["share"] for row in rows)})
        for row in rows:
            row["name"] = row["name"] or ""
        return cleaned


class OfferForm(RowsForm):
    """What is offered at which cost, the customer's demands one by one, the measures with who and until when."""

    offer = said(gettext_lazy("Solution"))
    compensation = money(gettext_lazy("Compensation"))
    goodwill = money(gettext_lazy("Goodwill"))

    def __init__(self, *args, known, **kwargs):
        self.known = known
        super().__init__(*args, **kwargs)

    @cached_property
    def tables(self):
        """The demands that were told, and one more; a few measures."""
        return (
            ("demands", gettext_lazy("Demand %(n)s"), len(self.known) + MORE_DEMANDS, {
                "text": lambda: line(gettext_lazy("Demand"), required=False),
                "reasonable": lambda: forms.ChoiceField(label=gettext_lazy("Judgement"), required=False, choices=REASONABLE),
                "reason": lambda: line(gettext_lazy("Reason"), required=False, help_text=gettext_lazy("For a demand that is not met."))},
             ("text", "reasonable")),
            ("measures", gettext_lazy("Measure %(n)s"), MEASURES, {
                "what": lambda: line(gettext_lazy("Measure"), 200, required=False),
                "owner": lambda: PersonField(label=gettext_lazy("Responsible"), required=False),
                "due_on": lambda: DayField(label=gettext_lazy("Done by"), required=False)}, ("what", "owner", "due_on")))

    @staticmethod
    def begun_by(name, needed):
        """A demand by its words."""
        return ("text",) if name == "demands" else needed

    def clean(self):
        """Lists as the service takes them; a demand that is not met has its reason."""
        cleaned = super().clean()
        for place in range(len(self.known) + MORE_DEMANDS):
            if cleaned.get(f"demands_{place}_reasonable") == "no" and not cleaned.get(f"demands_{place}_reason"):
                self.add_error(f"demands_{place}_reason", _("Say why it is not met, as the customer may be told."))
        if not cleaned.get("measures") and not any(name.startswith("measures_") for name in self.errors):
            self.add_error("measures_0_what", _("Name at least one measure, with who carries it out until when."))
        return cleaned

    @property
    def asked(self):
        """What was answered, as the service takes it."""
        cleaned = self.cleaned_data
        return {"offer": cleaned["offer"], "compensation": cleaned["compensation"], "goodwill": cleaned["goodwill"],
                "measures": [(row["what"], row["owner"], row["due_on"]) for row in cleaned["measures"]],
                "demands": [(row["text"], row["reasonable"] == "yes", row["reason"] or "") for row in cleaned["demands"]]}


class AdjustForm(OfferForm):
    """The next round: what the customer said to the last, and what is offered now."""

    opinion = text(gettext_lazy("What the customer says to the last offer"), 1000, 3)
    field_order = ("opinion", "offer", "compensation", "goodwill")


class ApproveForm(HallkeeperForm):
    """Whether the cost is borne."""

    approved = yes_or_no(gettext_lazy("Decision"), gettext_lazy("approved"), gettext_lazy("declined"))
    answer = line(gettext_lazy("Grounds"))


class AnswerRoundForm(HallkeeperForm):
    """What the customer says to the offer."""

    answer = forms.ChoiceField(label=gettext_lazy("Answer of the customer"), choices=ANSWERS, widget=forms.RadioSelect({"class": "stacked"}))
    opinion = text(gettext_lazy("Opinion of the customer"), 1000, 3, required=False)
    consent_by = forms.ChoiceField(label=gettext_lazy("How the consent was given"), required=False, choices=[("", "—"), *Method.choices],
                                   help_text=gettext_lazy("Where the customer accepts."))

    def clean(self):
        """Consent says how it was given, a refusal why."""
        cleaned = super().clean()
        accepted = cleaned.get("answer") == SolutionRound.Answer.ACCEPTED
        if accepted and not cleaned.get("consent_by"):
            self.add_error("consent_by", _("Say how the customer gave the consent."))
        if cleaned.get("answer") and not accepted and not cleaned.get("opinion"):
            self.add_error("opinion", _("Say what the customer answered, so that the next offer fits better."))
        return cleaned


class MeasureDoneForm(HallkeeperForm):
    """What came of a measure."""

    result = line(gettext_lazy("Result"))


class ImplementedForm(HallkeeperForm):
    """What the customer is told once all is carried out."""

    method = method(gettext_lazy("How the customer is told"))
    text = said()


class PublishedForm(HallkeeperForm):
    """What the tracking page says, for who left no way to be reached."""

    text = said(gettext_lazy("What the tracking page says"))
