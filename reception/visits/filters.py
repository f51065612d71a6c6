"""How the list of visits is narrowed; every filter stands in the address (GEN-16)."""
from functools import partial

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from config.web.filters import FilterDay, FilterForm
from reception.visits import measures, queries, states
from reception.visits.models import Visit
from reception.visits.permissions import Can

QUEUE = "queue"  # who is here and not served yet, whether greeted or not
HOUR_ERROR = _("An hour of the day is a number from 0 to 23.")


class VisitFilters(FilterForm):
    """Words, days, state, purpose, adviser, area, hall, and what was left open."""

    q = forms.CharField(label=_("Name, number, ticket or phone"), max_length=80, widget=forms.TextInput({"class": "w-m", "type": "search"}))
    since = FilterDay(label=_("From"))
    until = FilterDay(label=_("To"))
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), (QUEUE, _("waiting or greeted")), *Visit.State.choices])
    purpose = forms.TypedChoiceField(label=_("Purpose"), coerce=int, empty_value=None)
    hall = forms.TypedChoiceField(label=_("Hall"), coerce=int, empty_value=None)
    adviser = forms.TypedChoiceField(label=_("Adviser"), coerce=int, empty_value=None)
    team = forms.TypedChoiceField(label=_("Team of the adviser"), coerce=int, empty_value=None)
    area = forms.TypedChoiceField(label=_("Area"), coerce=int, empty_value=None)
    greeting = forms.ChoiceField(label=_("Greeting"), choices=[("", _("any")), ("measured", _("greeted")), ("in_time", _("in time")), ("late", _("late"))])
    wait = forms.ChoiceField(label=_("Wait"), choices=[("", _("any")), ("measured", _("served")), ("within", _("within the target")),
                                                       ("over", _("longer than the target"))])
    hour = forms.IntegerField(label=_("Hour of arrival"), widget=forms.NumberInput({"class": "w-xs", "inputmode": "numeric", "min": 0, "max": 23}),
                              validators=[MinValueValidator(0, HOUR_ERROR), MaxValueValidator(23, HOUR_ERROR)])
    left_open = forms.BooleanField(label=_("Left open, not settled"))
    counted = forms.BooleanField(label=_("Only what my figures count"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.data.get("counted"):
            del self.fields["counted"]  # a link of the figures brings it along; nobody misses it otherwise
            self.lay_out()
        for name in ("purpose", "hall", "adviser", "team", "area"):
            self.fields[name].choices = partial(self.choices_of, name)

    @cached_property
    def found(self):
        """What the choices are made of, asked for when the form is drawn or one of them was chosen: the people of the days looked at."""
        return queries.choices_found(self.viewer, self.day_of("since"), self.day_of("until"))

    def look(self):
        """The choices as they were found; not where an adviser was chosen, who may stand beside them."""
        return None if self.data.get("adviser") else ([(name, self.data.get(name)) for name in self.fields if name != "q"], self.found)

    def day_of(self, name):
        """The day that stands in a field, or None where none does that can be read."""
        try:
            return self.fields[name].clean(self.data.get(name, ""))
        except forms.ValidationError:
            return None

    def choices_of(self, name):
        """The choices of one field, the empty one first. Whoever was chosen and served once stays, posted there or not."""
        chosen = self.data.get("adviser", "") if name == "adviser" else ""
        known = queries.choices_in_words(self.found, name)
        if chosen.isdecimal() and len(chosen) < 18 and int(chosen) not in dict(known):
            known = [*known, *queries.who_served(self.viewer, int(chosen))]
        return [("", _("any")), *known]

    def narrow(self, rows):
        """The visits that pass."""
        chosen = self.cleaned_data
        if chosen["state"] == QUEUE:
            rows = rows.filter(state__in=[states.WAITING, states.GREETED])
        elif chosen["state"]:
            rows = rows.filter(state=chosen["state"])
        for name in ("purpose", "adviser", "area", "hall"):
            if chosen[name]:
                rows = rows.filter(**{name: chosen[name]})
        if chosen["team"]:
            rows = measures.in_team(rows, chosen["team"])
        if chosen["hall"] and (chosen["since"] or chosen["until"]):  # two moments, between which an index leads
            rows = rows.filter(measures.arrived_within(chosen["since"], chosen["until"], queries.hall_among(self.found, chosen["hall"])))
        elif chosen["since"] or chosen["until"]:
            rows = measures.on_days(rows, chosen["since"], chosen["until"])
        if chosen["hour"] is not None:
            rows = measures.by_own_clock(rows).filter(local_hour=chosen["hour"])
        if chosen["greeting"] or chosen["wait"]:
            rows = measures.judged(rows).filter(measures.greeting(chosen["greeting"]), measures.wait(chosen["wait"]))
        if chosen.get("counted"):
            rows = rows.visible_to(self.viewer, Can.ANALYSE)
        if chosen["left_open"]:
            rows = rows.filter(assumed=True, outcome="")
        return queries.narrowed(rows, self.viewer, chosen["q"]) if chosen["q"] else rows
