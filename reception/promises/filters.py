"""How the list of promises is narrowed."""
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.filters import FilterDay, FilterForm
from reception.promises import queries, states
from reception.promises.models import Promise
from staff.organisation.models import Employee, Hall

UNKEPT = "unkept"  # every running promise, its moment past or not
COUNTED = "counted"  # those that make the kept rate


class PromiseFilters(FilterForm):
    """How it stands, by when, whose, in which hall."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), (UNKEPT, _("still to keep")), (COUNTED, _("counted in the rate")),
                                                         *Promise.State.choices])
    since = FilterDay(label=_("Due from"))
    until = FilterDay(label=_("Due until"))
    owner = forms.ModelChoiceField(Employee.objects.none(), label=_("Who keeps it"))
    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"))
    mine = forms.BooleanField(label=_("Only mine"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        seen = Promise.objects.visible_to(self.viewer)
        self.fields["owner"].queryset = Employee.objects.filter(pk__in=seen.values("owner")).order_by("sort_key", "pk")
        self.fields["hall"].queryset = Hall.objects.filter(pk__in=seen.values("hall")).order_by("pk")

    def narrow(self, rows):
        """The promises that pass."""
        chosen, now = self.cleaned_data, timezone.now()
        if chosen["state"] == Promise.State.BROKEN:
            rows = rows.broken(now)
        elif chosen["state"] == UNKEPT:
            rows = rows.filter(state__in=states.RUNNING)
        elif chosen["state"] == COUNTED:
            rows = queries.counted(rows, now)
        elif chosen["state"] == Promise.State.OPEN:
            rows = rows.filter(state=states.OPEN, due_at__gte=now)
        elif chosen["state"]:
            rows = rows.filter(state=chosen["state"])
        since, until = (chosen[name] and queries.bounds(chosen[name], chosen[name])[place] for place, name in enumerate(("since", "until")))
        rows = rows.filter(due_at__gte=since) if since else rows
        rows = rows.filter(due_at__lt=until) if until else rows
        rows = rows.filter(owner=chosen["owner"]) if chosen["owner"] else rows
        rows = rows.filter(hall=chosen["hall"]) if chosen["hall"] else rows
        return rows.filter(owner__user=self.viewer) if chosen["mine"] else rows
