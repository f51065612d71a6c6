"""What the verbs on appraisals ask, and how their list is narrowed."""
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.web.filters import FilterForm
from config.web.forms import VersionedForm
from performance.appraisals.models import Appraisal
from performance.appraisals.queries import narrowed
from performance.appraisals.schemes import indicators, schemes
from staff.regulation import values

TEXT = {"rows": 3}


class AppraisalFilters(FilterForm):
    """Month, stage, grade."""

    q = forms.CharField(label=gettext_lazy("Name or month"), max_length=60)
    period = forms.RegexField(r"^[0-9]{4}-(0[1-9]|1[0-2])$", label=gettext_lazy("Month"), widget=forms.TextInput({"class": "w-s", "placeholder": "2026-11"}),
                              error_messages={"invalid": gettext_lazy("A month is written like 2026-11.")})
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=[("", gettext_lazy("any")), *Appraisal.State.choices])
    grade = forms.ChoiceField(label=gettext_lazy("Grade"), choices=[("", gettext_lazy("any")), *Appraisal.Grade.choices])

    def narrow(self, rows):
        """The sheets that pass."""
        chosen = self.cleaned_data
        for name in ("period", "state", "grade"):
            if chosen[name]:
                rows = rows.filter(**{name: chosen[name]})
        return narrowed(rows, chosen["q"]) if chosen["q"] else rows


def level_choices(levels):
    """Five anchored levels as choices."""
    return [(place, f"{place} {text}") for place, text in enumerate(levels, start=1)]


def level_field(label, levels, **more):
    """A choice among five anchored levels, with the words of each."""
    return forms.TypedChoiceField(label=label, choices=level_choices(levels), coerce=int, required=False, empty_value=None, widget=forms.RadioSelect, **more)


class SelfReviewForm(VersionedForm):
    """FRM-52: facts, difficulties, next month, and a level for each anchored indicator."""

    facts = forms.CharField(label=gettext_lazy("What I did this month"), max_length=1000, widget=forms.Textarea({"rows": 5}))
    difficulties = forms.CharField(label=gettext_lazy("Difficulties"), required=False, max_length=500, widget=forms.Textarea(TEXT))
    next_month = forms.CharField(label=gettext_lazy("Next month"), required=False, max_length=500, widget=forms.Textarea(TEXT))

    def __init__(self, *args, sheet, **kwargs):
        super().__init__(*args, **kwargs)
        names = []
        for row in sheet.scores.all():
            one = indicators()[row.indicator]
            if one["levels"]:
                names.append(f"level_{row.pk}")
                self.fields[names[-1]] = level_field(str(one["name"]), one["levels"])
        self.helper.layout = Layout("version", "facts", "difficulties", "next_month", *([Fieldset(_("How I see myself"), *names)] if names else []))

    @property
    def levels(self):
        """{score id: level} of those that were chosen."""
        return {int(name.removeprefix("level_")): level for name, level in self.cleaned_data.items() if name.startswith("level_") and level}


class ScoreForm(VersionedForm):
    """FRM-53: a level or points for each indicator, with the ground; may be saved in parts."""

    quiet_optional = True

    def __init__(self, *args, sheet, cap=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows, cap, groups = list(sheet.scores.all()), cap or values.value("score_cap_percent", sheet.due_at.date(), sheet.hall), {}
        for row in self.rows:
            score, ground = self.ask(row, cap), f"ground_{row.pk}"
            self.fields[ground] = forms.CharField(label=_("Ground, example"), required=False, max_length=300, initial=row.ground,
                                                  widget=forms.TextInput({"class": "w-l"}))
            groups.setdefault(row.group, []).extend((score, ground))
        names = {group["key"]: str(group["name"]) for group in schemes()[sheet.scheme]["groups"]}
        self.helper.layout = Layout("version", *(Fieldset(names[key], *fields) for key, fields in groups.items()), *self.declared)

    @property
    def declared(self):
        """The names of the fields below the scores."""
        return [name for name in self.base_fields if name != "version"]

    def ask(self, row, cap):
        """Add the field of an indicator's level or points; returns its name."""
        one = indicators()[row.indicator]
        label = _("%(name)s (%(weight)s %%)") % {"name": one["name"], "weight": f"{row.weight.normalize():f}"}
        name = f"level_{row.pk}" if one["levels"] else f"points_{row.pk}"
        if one["levels"]:
            self.fields[name] = level_field(label, one["levels"], initial=row.level)
            self.fields[name].help_text = _("The person says %(level)s.") % {"level": row.own_level} if row.own_level else ""
        else:
            self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=cap, required=False, initial=row.points,
                                                   widget=forms.NumberInput({"class": "w-xs", "inputmode": "numeric"}),
                                                   help_text=_("0 to %(n)s points") % {"n": cap})
        return name

    def clean(self):
        """The lowest and the highest level need an example."""
        answers = super().clean()
        for row in self.rows:
            if answers.get(f"level_{row.pk}") in (1, 5) and not answers.get(f"ground_{row.pk}"):
                self.add_error(f"ground_{row.pk}", _("Write an example: the lowest and the highest level need one."))
        return answers

    @property
    def scores(self):
        """{score id: (level, points, ground)} as the service takes it."""
        said = self.cleaned_data
        return {row.pk: (said.get(f"level_{row.pk}"), said.get(f"points_{row.pk}"), said[f"ground_{row.pk}"]) for row in self.rows}


class InterviewForm(VersionedForm):
    """FRM-56: what was said in the interview."""

    strengths = forms.CharField(label=gettext_lazy("Strengths"), max_length=500, widget=forms.Textarea(TEXT))
    weaknesses = forms.CharField(label=gettext_lazy("Weaknesses"), max_length=500, widget=forms.Textarea(TEXT))
    advice = forms.CharField(label=gettext_lazy("Advice"), max_length=500, widget=forms.Textarea(TEXT))
    plan = forms.CharField(label=gettext_lazy("Next plan and goals"), max_length=500, widget=forms.Textarea(TEXT))


class SignForm(VersionedForm):
    """The person's comment; sending it signs."""

    comment = forms.CharField(label=gettext_lazy("Comment"), required=False, max_length=500, widget=forms.Textarea(TEXT))


class ReasonForm(VersionedForm):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.TextInput({"class": "w-l"}))


class DecideForm(ScoreForm):
    """The decision on an objection: the scores as they stand from now on, and why."""

    reason = forms.CharField(label=gettext_lazy("Decision and reason"), max_length=300, widget=forms.TextInput({"class": "w-l"}))
