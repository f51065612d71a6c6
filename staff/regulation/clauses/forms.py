"""What is asked about versions, clauses, questions, rules of halls and laws."""
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.web.day_fields import DayField
from config.web.filters import FilterForm
from config.web.forms import HallkeeperForm, RecordField, VersionedForm
from config.web.spelling import fits, folded
from config.web.texts import TextsField
from staff.organisation.forms.structure import CodeField
from staff.organisation.models import Employee, Hall, Position
from staff.regulation import values
from staff.regulation.clauses import links, rules
from staff.regulation.clauses.models import Clause, LegalNote

REASON = forms.TextInput({"class": "w-l"})


class RegulationForm(HallkeeperForm):
    """A regulation of the company's own."""

    title = TextsField(label=_("Title"), longest=200)
    key = CodeField()
    source = forms.CharField(label=_("Sign"), max_length=8, widget=forms.TextInput({"class": "w-xs", "autocomplete": "off"}),
                             help_text=_("By which its clauses are cited, such as S5."))
    office = TextsField(label=_("Interpreting and revising office"), longest=120)


class VersionForm(VersionedForm):
    """The facts of a version in work."""

    title = TextsField(label=_("Title"), longest=200)
    office = TextsField(label=_("Interpreting and revising office"), longest=120)
    change_log = TextsField(label=_("What is new"), longest=1000, rows=3, required=False)
    hall_kinds = forms.MultipleChoiceField(label=_("Kinds of hall"), choices=Hall.Kind.choices, required=False,
                                           widget=forms.CheckboxSelectMultiple({"class": "cells"}), help_text=_("None ticked means every hall."))
    positions = forms.MultipleChoiceField(label=_("Positions"), widget=forms.CheckboxSelectMultiple({"class": "cells"}),
                                          error_messages={"required": _("Tick the positions for which it holds.")})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["positions"].choices = [(row.code, str(row)) for row in Position.objects.all()]


class Words(forms.CharField):
    """Several keys with commas between them, each of which has to be known."""

    def __init__(self, *, kind, **kwargs):
        self.kind = kind
        super().__init__(required=False, max_length=1000, widget=forms.TextInput({"spellcheck": "false", "autocomplete": "off"}), **kwargs)

    def to_python(self, value):
        """The keys, each once."""
        parts = [part.strip() for part in (super().to_python(value) or "").replace("，", ",").split(",")]
        return list(dict.fromkeys(filter(None, parts)))

    def prepare_value(self, value):
        """As they are typed."""
        return ", ".join(value) if isinstance(value, list) else value

    def validate(self, value):
        """Each has a name in the house."""
        super().validate(value)
        for key in value:
            known = key in values.definitions() if self.kind == "parameters" else links.named(self.kind, key) != key or key in links.names()[self.kind]
            if not known:
                raise forms.ValidationError(_("Nothing is called %(key)s here. Write it as other clauses have it."), params={"key": key})


class ClauseForm(VersionedForm):
    """The wording of a clause, and what it names."""

    title = TextsField(label=_("Title"), longest=200)
    text = TextsField(label=_("Text"), longest=4000, rows=5)
    evidence = TextsField(label=_("Evidence"), longest=300, required=False, rows=2)
    parameters = Words(kind="parameters", label=_("Parameters"))
    schedules = Words(kind="schedules", label=_("Schedules"))
    checklists = Words(kind="checklists", label=_("Checklists"))
    indicators = Words(kind="indicators", label=_("Indicators"))

    def __init__(self, *args, clause, **kwargs):
        super().__init__(*args, **kwargs)
        if clause.kind == Clause.Kind.CHAPTER:
            for name in ("text", "evidence", "parameters", "schedules", "checklists", "indicators"):
                del self.fields[name]

    def clean(self):
        """A chapter is a heading alone."""
        answers = super().clean()
        for name, empty in (("text", {}), ("evidence", {}), ("parameters", []), ("schedules", []), ("checklists", []), ("indicators", [])):
            if name not in self.fields:
                answers[name] = empty
        return answers


class NewClauseForm(HallkeeperForm):
    """Where a new clause stands, and what it says."""

    after = RecordField(label=_("Behind"), required=False, empty_label=_("at the beginning"), widget=forms.Select({"class": "w-l"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=Clause.Kind.choices, initial=Clause.Kind.CLAUSE, widget=forms.RadioSelect)
    source = forms.ChoiceField(label=_("Sign"))
    number = forms.CharField(label=_("Number"), max_length=20, widget=forms.TextInput({"class": "w-s", "autocomplete": "off"}))
    parent = forms.ChoiceField(label=_("Part of"), required=False, widget=forms.Select({"class": "w-l"}))
    title = TextsField(label=_("Title"), longest=200)
    text = TextsField(label=_("Text"), longest=4000, rows=5, required=False)
    evidence = TextsField(label=_("Evidence"), longest=300, required=False, rows=2)

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        rows = list(edition.clauses.order_by("order"))
        sources = edition.regulation.sources
        self.fields["after"].offer({row.pk: row for row in rows})
        self.fields["after"].initial = rows[-1].pk if rows else None
        self.fields["source"].choices = [(sign, sign) for sign in sources]
        if len(sources) == 1:
            self.fields["source"].widget, self.fields["source"].initial = forms.HiddenInput(), sources[0]
        chapters = [row for row in rows if row.kind == Clause.Kind.CHAPTER]
        self.fields["parent"].choices = [("", _("no chapter")), *[(rules.cite(row.source, row.number), str(row)) for row in chapters]]

    def clean(self):
        """A clause says something; a chapter is a heading; what it is part of has the same sign."""
        answers = super().clean()
        source, parent = answers.get("source"), rules.read_citation(answers.get("parent"))
        if parent and parent[0] != source:
            self.add_error("parent", _("This chapter has another sign. Choose one of %(source)s.") % {"source": source})
        answers["parent"] = parent[1] if parent else ""
        if answers.get("kind") == Clause.Kind.CLAUSE and not answers.get("text"):
            self.add_error("text", _("A clause says what holds. Enter its text in at least one language."))
        if answers.get("kind") == Clause.Kind.CHAPTER:
            answers["text"], answers["evidence"] = {}, {}
        return answers


class ReviewerForm(HallkeeperForm):
    """Who reviews a draft."""

    reviewer = forms.ModelChoiceField(Employee.objects.none(), label=_("Reviewer"), widget=forms.Select({"class": "w-l"}), error_messages={
        "required": _("Choose who reviews the draft."), "invalid_choice": _("Choose a colleague who works here and has an account.")})

    def __init__(self, *args, writer, **kwargs):
        super().__init__(*args, **kwargs)
        people = Employee.objects.filter(state=Employee.State.ON_DUTY, user__isnull=False).exclude(user_id=writer)
        self.fields["reviewer"].queryset = people.order_by("sort_key", "pk")


class ReviewForm(VersionedForm):
    """What the reviewer says."""

    note = forms.CharField(label=_("Remark"), required=False, max_length=500, widget=forms.Textarea({"rows": 3}))


class SendBackForm(HallkeeperForm):
    """Why the reviewer does not agree."""

    note = forms.CharField(label=_("What has to change"), max_length=500, widget=forms.Textarea({"rows": 4}))


class PublishForm(HallkeeperForm):
    """From when it holds, by when it is to be read, what is new."""

    effective_on = DayField(label=_("Effective date"))
    read_until = DayField(label=_("To be read by"), help_text=_("Who has not confirmed it by then stands on the list of those who are overdue."))
    change_log = TextsField(label=_("What is new"), longest=1000, rows=3)


class ReasonForm(HallkeeperForm):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=80, widget=REASON)


class QuestionForm(HallkeeperForm):
    """A question to HR."""

    citation = forms.CharField(label=_("Clause"), required=False, max_length=30, widget=forms.TextInput({"class": "w-m", "placeholder": "S0 §3.3.1.1"}))
    text = forms.CharField(label=_("Question"), max_length=1000, widget=forms.Textarea({"rows": 4, "data-count": "1000"}),
                           help_text=_("The question and its answer are public to all staff. Leave names of customers out."))


class AnswerForm(VersionedForm):
    """HR's answer."""

    answer = forms.CharField(label=_("Answer"), max_length=4000, widget=forms.Textarea({"rows": 6}))


class QuestionFilters(FilterForm):
    """Words of the question or its answer, and whether it is answered."""

    q = forms.CharField(label=_("Words or clause"), max_length=60)
    state = forms.ChoiceField(label=_("State"), choices=[
        ("", _("all")), ("open", _("waiting for an answer")), ("answered", pgettext_lazy("question", "answered"))])

    def narrow(self, rows):
        """The questions that pass."""
        chosen = self.cleaned_data
        if chosen["state"]:
            rows = rows.filter(answered_at__isnull=chosen["state"] == "open")
        if cited := rules.read_citation(chosen["q"]):
            return rows.filter(source=cited[0], number=cited[1])
        return rows.filter(text__icontains=chosen["q"]) | rows.filter(answer__icontains=chosen["q"]) if chosen["q"] else rows


class RuleForm(HallkeeperForm):
    """A rule that a hall adds."""

    hall = RecordField(label=_("Hall"), error_messages={"invalid_choice": _("Choose a hall that you lead.")})
    citation = forms.CharField(label=_("Clause"), max_length=30, widget=forms.TextInput({"class": "w-m", "placeholder": "S0 §3.3.1.1"}))
    text = TextsField(label=_("Rule"), longest=1000, rows=4)
    valid_from = DayField(label=_("Valid from"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, halls, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hall"].offer({hall.pk: hall for hall in halls})


class DecisionForm(HallkeeperForm):
    """What HR says to a proposal."""

    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect, choices=[("agree", _("put it in force")), ("decline", _("decline it"))],
                                error_messages={"required": _("Choose what becomes of the proposal.")})
    answer = forms.CharField(label=_("Answer"), required=False, max_length=300, widget=forms.Textarea({"rows": 3}))


class LawForm(VersionedForm):
    """A law or policy."""

    kind = forms.ChoiceField(label=_("Kind"), choices=LegalNote.Kind.choices, widget=forms.RadioSelect, initial=LegalNote.Kind.LAW)
    title = TextsField(label=_("Title"), longest=200)
    text = TextsField(label=_("What it asks of us"), longest=3000, rows=4)
    issued_by = forms.CharField(label=_("Issued by"), required=False, max_length=120, widget=forms.TextInput({"class": "w-l"}))
    in_force_from = DayField(label=_("In force from"), required=False)
    link = forms.URLField(label=_("Where it can be read"), required=False, assume_scheme="https", max_length=200,
                          error_messages={"invalid": _("Enter the whole address, such as https://www.gov.cn/.")})
    clauses = forms.CharField(label=_("Clauses"), required=False, max_length=300, help_text=_("With commas between them, such as S0 §6.2.2, S1a §3."))
    for_contracts = forms.BooleanField(label=_("Contracts are checked against it"), required=False)


class ChangeForm(HallkeeperForm):
    """A change of a law."""

    text = TextsField(label=_("What changes"), longest=1000, rows=3)
    holds_from = DayField(label=_("Holds from"))


class LawFilters(FilterForm):
    """Words of the title, and the kind."""

    q = forms.CharField(label=_("Title"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all")), *LegalNote.Kind.choices])

    def narrow(self, rows):
        """The laws that pass; a company keeps few, so titles are compared here, as people spell them."""
        if self.cleaned_data["kind"]:
            rows = rows.filter(kind=self.cleaned_data["kind"])
        if words := folded(self.cleaned_data["q"]):
            rows = rows.filter(pk__in=[row.pk for row in rows if fits(words, list(row.title.values())) is not None])
        return rows
