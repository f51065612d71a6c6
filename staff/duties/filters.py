"""How the list of duties is narrowed."""
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.filters import FilterDay, FilterForm
from staff.duties import queries, states
from staff.duties.models import Duty
from staff.duties.plans import PLANS

NOW_LATE = "overdue"


class DutyFilters(FilterForm):
    """Words of what is to be done or the name of who has to, what, how it stands, by when it was due, whose."""

    q = forms.CharField(label=_("Task or person"), max_length=60)
    schedule = forms.ChoiceField(label=_("Task"))
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), (NOW_LATE, _("open and late")), *Duty.State.choices])
    since = FilterDay(label=_("Due from"))
    until = FilterDay(label=_("Due until"))
    mine = forms.BooleanField(label=_("Only mine"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["schedule"].choices = [("", _("any")), *((plan.key, plan.label) for plan in PLANS.all())]

    def narrow(self, rows):
        """The duties that pass."""
        chosen = self.cleaned_data
        if chosen["q"]:
            rows = rows.filter(queries.meant(chosen["q"].replace("\0", "")))
        if chosen["schedule"]:
            rows = rows.filter(schedule=chosen["schedule"])
        if chosen["state"] == NOW_LATE:
            rows = rows.filter(state=states.OPEN, due_at__lt=timezone.now())
        elif chosen["state"]:
            rows = rows.filter(state=chosen["state"])
        if chosen["since"]:
            rows = rows.filter(due_at__date__gte=chosen["since"])
        if chosen["until"]:
            rows = rows.filter(due_at__date__lte=chosen["until"])
        return rows.for_user(self.viewer) if chosen["mine"] else rows
