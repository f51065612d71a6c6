"""What is asked about parameters: other values at a place from a day, and the word of the second person."""
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.day_fields import DayField
from config.web.forms import HallkeeperForm
from staff.organisation.models import Hall, Position
from staff.regulation import values
from staff.regulation.parameters import kinds
from staff.regulation.parameters.fields import compose, fields_of, spread
from staff.regulation.parameters.proposing import halls_to_propose

REASON = 300


def reason(label):
    """A line for a reason that is kept whole."""
    return forms.CharField(label=label, max_length=REASON, widget=forms.TextInput({"class": "w-l"}))


class ChangeForm(HallkeeperForm):
    """Where, from when, which values, and why. All values that only make sense together are asked at once."""

    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), required=False, empty_label=_("Whole company"))
    position = forms.ModelChoiceField(Position.objects.order_by("order", "pk"), label=_("Position"), required=False, empty_label=_("All positions"))
    valid_from = DayField(label=_("Holds from"), help_text=_("Today or a later day. What happened before keeps the value of its day."))
    ends = forms.BooleanField(label=_("No value of its own any more"), required=False, help_text=_("What stands above it holds there again."))
    reason = reason(_("Reason"))

    quiet_optional = True

    def __init__(self, *args, key, halls, for_company, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = kinds.together(key)
        self.fields["hall"].queryset = halls
        if not for_company:
            self.fields["hall"].empty_label, self.fields["hall"].required = None, True
        if not all(kinds.of(one).get("position") for one in self.keys):
            del self.fields["position"]
        asked = {name: field for one in self.keys for name, field in fields_of(one).items()}
        if self.data.get("ends"):
            for field in asked.values():
                field.required = False
        self.fields = {name: self.fields[name] for name in ("hall", "position") if name in self.fields} | asked | {
            name: self.fields[name] for name in ("valid_from", "ends", "reason")}
        self.helper.layout = Layout(*self.fields)

    def clean(self):
        """The values as they are kept, under `asked`."""
        cleaned = super().clean()
        if not self.errors:
            cleaned["asked"] = dict.fromkeys(self.keys) if cleaned["ends"] else {key: compose(key, cleaned) for key in self.keys}
        return cleaned


def form_facts(key, user, may_edit):
    """What ChangeForm is made with for this person: HR chooses among all halls and the company, others among the halls they propose for."""
    halls = Hall.objects.order_by("pk")
    return {"key": key, "halls": halls if may_edit else halls.filter(pk__in=halls_to_propose(user)), "for_company": may_edit}


def initial_values(key, day, hall, position):
    """The values that hold at a place on a day, spread over the fields of ChangeForm."""
    held = values.several(kinds.together(key), day, hall, position)
    return {name: part for one, value in held.items() for name, part in spread(one, value).items()}


class ConfirmForm(HallkeeperForm):
    """Nothing is asked: the page says what will hold."""


class DeclineForm(HallkeeperForm):
    """Why not."""

    answer = reason(_("Why not"))


class WithdrawForm(HallkeeperForm):
    """Why it is taken back."""

    reason = reason(_("Reason"))
