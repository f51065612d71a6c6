"""How the list of decisions is narrowed."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.filters import FilterDay, FilterForm
from staff.duties.decisions.approving import APPROVALS
from staff.duties.decisions.models import Decision

WAITS, ASKED, DECIDED = "waits", "asked", "decided"


class DecisionFilters(FilterForm):
    """Whose, what, how it stands, when it was asked."""

    mine = forms.ChoiceField(label=_("By whom"), choices=[
        ("", _("anybody")), (WAITS, _("waits for me")), (ASKED, _("asked by me")), (DECIDED, _("decided by me"))])
    kind = forms.ChoiceField(label=_("What"))
    outcome = forms.ChoiceField(label=_("State"), choices=[("", _("any")), *Decision.Outcome.choices])
    since = FilterDay(label=_("From day"))
    until = FilterDay(label=_("To day"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("any")), *((one.key, one.label) for one in APPROVALS.all())]

    def narrow(self, rows):
        """The decisions that pass."""
        chosen, user = self.cleaned_data, self.viewer
        if chosen["mine"] == WAITS:
            rows = rows.waiting_for(user)
        elif chosen["mine"]:
            rows = rows.filter(**{f"{chosen['mine']}_by": user})
        for name, path in (("kind", "kind"), ("outcome", "outcome"), ("since", "asked_at__date__gte"), ("until", "asked_at__date__lte")):
            if chosen[name]:
                rows = rows.filter(**{path: chosen[name]})
        return rows
