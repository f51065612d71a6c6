"""The bar above every page of figures: which period, which hall, which team or person, compared with what (GEN-17). Everything chosen
stands in the address."""
from dataclasses import dataclass, field

from django import forms
from django.http import Http404
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from config.web.day_fields import UNREADABLE_DAY, WAS_DAY, DayField
from config.web.days import FIRST
from config.web.filters import FilterForm
from config.web.periods import CUSTOM, DAY, LONGEST, MONTH, QUARTER, WEEK, YEAR, Period

NAMES = ((DAY, pgettext_lazy("period", "Day")), (WEEK, pgettext_lazy("period", "Week")), (MONTH, pgettext_lazy("period", "Month")),
         (QUARTER, pgettext_lazy("period", "Quarter")), (YEAR, pgettext_lazy("period", "Year")))
BEFORE, AGO = "before", "ago"
AGAINST = (("", _("the period before and a year ago")), (BEFORE, _("the period before")), (AGO, _("a year ago")))


class PeriodForm(FilterForm):
    """The hall, a team or a person of it, what to compare with, and days chosen freely; the usual periods are links beside it."""

    hall = forms.TypedChoiceField(label=_("Hall"), coerce=int, empty_value=None)
    who = forms.ChoiceField(label=_("Team or person"))
    against = forms.ChoiceField(label=_("Compare with"), choices=AGAINST)
    since = DayField(label=_("From"), attrs=WAS_DAY)
    until = DayField(label=_("To"), attrs=WAS_DAY)

    def __init__(self, *args, halls, who=(), **kwargs):
        super().__init__(*args, **kwargs)
        one = len(halls) == 1
        self.fields["hall"].choices = [*([] if one else [("", _("all my halls"))]), *halls]
        self.fields["who"].choices = [("", _("everybody")), *who]
        if not who:
            del self.fields["who"]
            self.lay_out()

    def clean(self):
        """From comes before to, and nobody looks at more than five years in one piece."""
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if bool(since) != bool(until):
            if not self.errors:
                self.add_error("until" if since else "since", gettext("Enter both days, or none."))
        elif since and until < since:
            self.add_error("until", gettext("The last day lies before the first. Correct one of the two."))
        elif since and (until - since).days >= LONGEST:
            self.add_error("until", gettext("Choose at most five years."))
        elif since and since.year < FIRST.year + 3:
            self.add_error("since", UNREADABLE_DAY)
        return cleaned

    def narrow(self, rows):
        """Nothing: figures ask the period themselves."""
        return rows


@dataclass
class PeriodBar:
    """What was chosen: `period`, `hall_id` (None: all), `who` ('' for everybody), `against` (BEFORE, AGO, '' for both); and what the part of
    the page shows."""

    form: PeriodForm
    period: Period
    hall_id: int | None
    today: object
    who: str = ""
    against: str = ""
    kept: list = field(default_factory=list)  # (name, value) of what else stays in the address

    @property
    def comparison(self):
        """(so far, as much of the period before, as much a year ago)."""
        return self.period.comparison(self.today)

    @property
    def now(self):
        """The period as far as it has come."""
        return self.comparison[0]

    @property
    def others(self):
        """[(BEFORE or AGO, its name, the period)] of what was chosen to compare with."""
        _now, before, ago = self.comparison
        return [row for row in ((BEFORE, _("Before"), before), (AGO, _("A year ago"), ago)) if self.against in ("", row[0])]

    @property
    def kinds(self):
        """The usual periods around the end of the present one, each as a link."""
        around = min(self.today, self.period.last) if self.today >= self.period.first else self.period.first
        return [{"label": label, "key": Period.of(kind, around).key, "active": self.period.kind == kind} for kind, label in NAMES]

    @property
    def earlier(self):
        """The period before."""
        return self.period.before()

    @property
    def later(self):
        """The period after, once it has begun; else None."""
        following = self.period.next()
        return following if following.first <= self.today else None

    @property
    def free(self):
        """Whether the days were chosen freely."""
        return self.period.kind == CUSTOM


def read(request, *, halls, hall_id, today, usual=MONTH, who=None):
    """The PeriodBar of a request. `halls` are [(id, name)] in reach; `hall_id` the one to begin with, None for all of them; `who(period)`
    gives the choices [(group, [(key, name)])] of teams and people of a period, where there is anybody to choose.

    An address that names no period raises Http404; days typed into the form get a sentence, and the usual period is shown.
    """
    asked = request.GET.get("period", "")
    period = Period.read(asked) if asked else Period.of(usual, today)
    if period is None:
        raise Http404(gettext("There is no such period."))
    known = {pk for pk, _name in halls}
    start = hall_id if hall_id in known else halls[0][0] if len(halls) == 1 else None
    data = request.GET.copy()
    data.setdefault("hall", "" if start is None else str(start))
    if period.kind == CUSTOM and not (data.get("since") or data.get("until")):
        data["since"], data["until"] = period.first.isoformat(), period.last.isoformat()
    days = PeriodForm(data, viewer=request.user, halls=halls)  # the days first: they say who can be chosen
    if days.is_valid() and days.cleaned_data["since"]:
        period = Period.between(days.cleaned_data["since"], days.cleaned_data["until"])
    form = PeriodForm(data, viewer=request.user, halls=halls, who=who(period) if who else ())
    if not form.is_valid():
        return PeriodBar(form, period, start, today)
    return PeriodBar(form, period, form.cleaned_data["hall"], today, form.cleaned_data.get("who", ""), form.cleaned_data["against"])


def key_of(one):
    """How the address names a team or a person, given as (kind, id, name)."""
    kind, pk, _name = one
    return f"{kind}-{pk}"


def choices_of(known):
    """Teams and people, given as [(kind, id, name)], as the bar offers them; whatever is no team is a person."""
    groups = ((_("Teams"), [one for one in known if one[0] == "team"]), (_("People"), [one for one in known if one[0] != "team"]))
    return [(label, [(key_of(one), one[2]) for one in chosen]) for label, chosen in groups if chosen]
