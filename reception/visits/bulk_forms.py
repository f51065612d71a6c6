"""What an act on many visits asks once for all of them."""
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.forms import HallkeeperForm
from reception.visits import queries
from reception.visits.desk_forms import adviser_words
from reception.visits.forms import OFF_SHIFT, outcome_field
from reception.visits.models import Visit
from reception.visits.permissions import Can
from staff.organisation.access import halls_within
from staff.organisation.models import Employee


class BulkForm(HallkeeperForm):
    """The base: who asks decides what is offered."""

    def __init__(self, *args, viewer, **kwargs):
        self.viewer = viewer
        super().__init__(*args, **kwargs)


class AssignForm(BulkForm):
    """Who is on shift in the halls one receives in; a visit of another hall than theirs is refused by itself."""

    adviser = forms.ModelChoiceField(Employee.objects.none(), label=_("Adviser"), empty_label=None, widget=forms.RadioSelect({"class": "stacked"}),
                                     error_messages={"required": _("Choose somebody who is on shift."), "invalid_choice": OFF_SHIFT})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        now = timezone.now()
        rows = [row for hall in halls_within(self.viewer, Can.EDIT, timezone.localdate(now)) for row in queries.advisers_of(hall, now)]
        busy = {row["employee"].pk: row["visits"] for row in rows}
        self.fields["adviser"].queryset = Employee.objects.filter(pk__in=list(busy))
        self.fields["adviser"].choices = [(row["employee"].pk, adviser_words(row["employee"], busy)) for row in rows]
        if not rows:
            self.fields["adviser"].help_text = _("Nobody who serves customers is on shift here now.")


class CloseForm(BulkForm):
    """How they ended."""

    outcome = outcome_field([choice for choice in Visit.Outcome.choices if choice[0] != Visit.Outcome.LEFT])
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=300, widget=forms.TextInput({"class": "w-l"}))


class LeaveForm(BulkForm):
    """Why they left, if it is known."""

    reason = forms.CharField(label=_("Reason, if known"), required=False, max_length=300, widget=forms.TextInput({"class": "w-l"}))


class SettleForm(CloseForm):
    """What really became of visits that the end of a day closed."""

    outcome = outcome_field(Visit.Outcome.choices)
