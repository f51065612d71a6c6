"""How the register of complaints is narrowed; every filter stands in the address (GEN-16, CMP-20)."""
from functools import partial

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from complaints.handling import queries, states
from complaints.handling.models import Cause, Channel, Complaint, Kind, Severity
from config.web.filters import FilterDay, FilterForm

OPEN, CLOSED, ALL = "open", "closed", "all"
DUE = [("", _("any")), ("late", _("overdue")), ("today", _("due today")), ("measure", _("a measure is overdue"))]
ANY = ("", _("any"))


class ComplaintFilters(FilterForm):
    """Words, how it stands, what is due, how grave, by which way, whose, where, why, when. Without words and state: what is still open."""

    q = forms.CharField(label=_("Words, number, code or phone"), max_length=80)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("open")), (ALL, _("all")), (CLOSED, _("over")), *Complaint.State.choices])
    due = forms.ChoiceField(label=_("Due"), choices=DUE)
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, ("light", _("suggestions and praise")), *Kind.choices])
    severity = forms.ChoiceField(label=_("Severity"), choices=[ANY, *Severity.choices])
    channel = forms.ChoiceField(label=_("Channel"), choices=[ANY, *Channel.choices])
    cause = forms.ChoiceField(label=_("Root cause"), choices=[ANY, *Cause.choices])
    hall = forms.TypedChoiceField(label=_("Hall"), coerce=int, empty_value=None)
    handler = forms.TypedChoiceField(label=_("Handler"), coerce=int, empty_value=None)
    since = FilterDay(label=_("Received from"))
    until = FilterDay(label=_("Received until"))
    mine = forms.BooleanField(label=_("Only mine"))
    unassigned = forms.BooleanField(label=_("Nobody handles it"))
    escalated = forms.BooleanField(label=_("Escalated"))
    unassessed = forms.BooleanField(label=_("Not assessed"))
    repeat = forms.BooleanField(label=_("Repeated"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("hall", "handler"):
            self.fields[name].choices = partial(self.choices_of, name)

    @cached_property
    def found(self):
        """{"hall", "handler": [(id, name)]} of the complaints in reach; one statement, asked for when the form is drawn or one of them was chosen."""
        return queries.choices(self.viewer)

    def look(self):
        """What was chosen, and the choices as they were found."""
        return [(name, self.data.get(name)) for name in self.fields if name != "q"], self.found

    def choices_of(self, name):
        """The choices of one field, the empty one first."""
        return [ANY, *self.found[name]]

    def narrow(self, rows):
        """The complaints that pass."""
        chosen, now = self.cleaned_data, timezone.now()
        rows = rows.filter(self.standing(chosen["state"], chosen["q"]))
        for name in ("severity", "channel", "cause", "hall", "handler"):
            rows = rows.filter(**{name: chosen[name]}) if chosen[name] else rows
        if chosen["kind"]:
            rows = rows.exclude(kind=Kind.COMPLAINT) if chosen["kind"] == "light" else rows.filter(kind=chosen["kind"])
        if chosen["due"]:
            due = {"late": queries.late(now), "today": Q(state__in=states.OPEN, next_due_at__lte=queries.today()), "measure": queries.measure_late(now)}
            rows = rows.filter(due[chosen["due"]])
        rows = rows.filter(received_at__date__gte=chosen["since"]) if chosen["since"] else rows
        rows = rows.filter(received_at__date__lte=chosen["until"]) if chosen["until"] else rows
        rows = rows.filter(self.ticked(chosen))
        return queries.narrowed(rows, chosen["q"].replace("\0", "")) if chosen["q"] else rows

    @staticmethod
    def standing(state, words):
        """Where they stand: whoever searches for words searches what is over too."""
        if state == ALL or not state and words:
            return Q()
        if state == CLOSED:
            return Q(state__in=states.OVER)
        return Q(state=state) if state else Q(state__in=states.OPEN)

    def ticked(self, chosen):
        """What the ticks ask."""
        asked = {"mine": queries.mine(self.viewer), "unassigned": Q(handler=None), "escalated": Q(escalated_to__isnull=False),
                 "unassessed": Q(assessed=False), "repeat": Q(repeats__isnull=False)}
        found = Q()
        for name, condition in asked.items():
            found &= condition if chosen[name] else Q()
        return found
