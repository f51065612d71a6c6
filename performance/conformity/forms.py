"""What is asked about conformity, and how its lists are narrowed."""
from urllib.parse import urlsplit

from django import forms
from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.contributions.records import KINDS
from config.errors import Refused
from config.privacy import classes
from config.web.day_fields import DayField
from config.web.filters import FilterForm
from config.web.forms import HallkeeperForm
from config.web.periods import MONTH, Period
from performance.conformity.models import Result
from staff.organisation.fields import PersonField
from staff.regulation.clauses.models import Clause, RegulationVersion
from staff.regulation.clauses.services.readers import cited

LONG_LINE = {"class": "w-l"}
ALL = "all"
ASSESSED = {Result.COMPLIANT, Result.PARTIAL, Result.NOT}  # what the list begins with, and what has evidence
MONTHS = 13  # that one may look back, and the one that runs


class PlaceForm(FilterForm):
    """Which hall, which month."""

    hall = forms.TypedChoiceField(label=_("Hall"), coerce=int, empty_value=None)
    month = forms.ChoiceField(label=_("Month"))

    def __init__(self, *args, halls, months, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hall"].choices = halls
        self.fields["month"].choices = months

    def narrow(self, rows):
        """Nothing: the page asks by hall and month itself."""
        return rows


class ClausesForm(PlaceForm):
    """Also which regulation or chapter, and which result."""

    source = forms.ChoiceField(label=_("Regulation or chapter"), widget=forms.Select(LONG_LINE))
    result = forms.ChoiceField(label=_("Result"), choices=[("", _("assessed")), (ALL, _("all")), *Result.choices])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = parts_of_regulations()

    def narrow(self, rows):
        """The lines that pass; without a choice those that say something."""
        chosen = self.cleaned_data
        wanted = {"": ASSESSED, ALL: set(Result)}.get(chosen["result"], {chosen["result"]})
        return [line for line in rows if within(chosen["source"], line.clause.source, line.clause.number)
                and (line.result in wanted or chosen["result"] == "" and line.evidence)]


def parts_of_regulations():
    """The choices of the regulations in force and their chapters: S0, S0 §3 with its title."""
    heads = Clause.objects.filter(edition__in=RegulationVersion.objects.in_force(timezone.localdate()), kind=Clause.Kind.CHAPTER, parent="")
    found, last = [("", _("all"))], ""
    for row in heads.order_by("source", "order"):
        if row.source != last:
            found.append((row.source, row.source))
        last = row.source
        found.append((row.citation, f"{row.citation} {row.title}"))
    return found


def within(part, source, number):
    """Whether a clause lies in a part of the regulations: all of them '', one S0, a chapter or clause of it S0 §3."""
    sign, _space, head = part.partition(" §")
    return sign in ("", source) and (not head or number == head or number.startswith(f"{head}."))


class ObligationsForm(FilterForm):
    """Words or clause, which part of which regulation, how it is known."""

    q = forms.CharField(label=_("Words or clause"), max_length=60)
    source = forms.ChoiceField(label=_("Regulation or chapter"), widget=forms.Select(LONG_LINE))
    sort_of = forms.ChoiceField(label=_("How it is known"))

    def __init__(self, *args, sorts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = parts_of_regulations()
        self.fields["sort_of"].choices = [("", _("any")), *sorts.items()]

    def narrow(self, rows):
        """The obligations that pass."""
        chosen = self.cleaned_data
        words = chosen["q"].casefold().strip()
        return [one for one in rows if chosen["sort_of"] in ("", one.sort)
                and any(within(chosen["source"], *citation.split(" §", 1)) for citation in one.clauses)
                and (words in str(one.label).casefold() or any(citation.casefold().startswith(words) for citation in one.clauses))]


def months_until(day):
    """[(key, Period)] of the month of a day and those before, the newest first."""
    found, one = [], Period.of(MONTH, day)
    for _step in range(MONTHS):
        found.append((one.key, one))
        one = one.before()
    return found


class JudgeForm(HallkeeperForm):
    """The result and the score that a person gives, with the reason."""

    result = forms.ChoiceField(label=_("Result"), choices=[one for one in Result.choices if one[0] != Result.NOT_ASSESSED], widget=forms.RadioSelect)
    score = forms.IntegerField(label=_("Score"), min_value=0, max_value=100, required=False, widget=forms.NumberInput({"class": "w-s"}), help_text=_(
        "From 0 to 100; empty takes what was computed."))
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}), help_text=_(
        "What you saw. It must be given where you judge otherwise than what was computed."))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


def record_at(address, viewer):
    """(kind, id) of the record whose page stands at an address of the house, for who may open it; None for any other address."""
    try:
        place = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        return None
    kind, pk = KINDS.get(classes.kind_at(place.url_name)), place.kwargs.get("pk")
    return (kind.key, pk) if kind and pk and kind.visible_to(viewer).filter(pk=pk).exists() else None


class EvidenceForm(HallkeeperForm):
    """One piece of evidence."""

    title = forms.CharField(label=_("Title"), max_length=160, widget=forms.TextInput(LONG_LINE))
    note = forms.CharField(label=_("What it shows"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}))
    owner = PersonField(label=_("Who answers for it"))
    effective_on = DayField(label=_("Holds from"))
    expires_on = DayField(label=_("Holds until"), required=False, help_text=_("Empty where it has no end. It is to be renewed before this day."))
    file = forms.FileField(label=_("File"), required=False, help_text=_("A photo (JPEG, PNG, WebP) or a PDF, at most 10 MB."))
    record = forms.CharField(label=_("Record of the house"), max_length=300, required=False, widget=forms.TextInput(LONG_LINE), help_text=_(
        "The address of the page of a record that shows it, such as a cleaning round or an item of the archive."))

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_record(self):
        """(kind, id) of the record at the address, or None."""
        address = self.cleaned_data["record"].strip()
        if not address:
            return None
        found = record_at(address, self.viewer)
        if found is None:
            raise forms.ValidationError(_("This is not the page of a record that you may open. Copy its address from the browser."))
        return found


class NewEvidenceForm(EvidenceForm):
    """Also which hall and clause."""

    hall = forms.ModelChoiceField(None, label=_("Hall"), empty_label=None, error_messages={"invalid_choice": _("Choose one of the halls in the list.")})
    clause = forms.CharField(label=_("Clause"), max_length=30, help_text=_("As it is cited, such as S0 §3.3.1.1."))
    field_order = ["hall", "clause", "title", "note", "owner", "effective_on", "expires_on", "file", "record"]

    def __init__(self, *args, halls, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset = halls

    def clean_clause(self):
        """The clause as it is cited."""
        try:
            return cited(self.cleaned_data["clause"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class ImproveForm(HallkeeperForm):
    """What has to get better after a line of the report went wrong."""

    problem = forms.CharField(label=_("Problem"), max_length=300, widget=forms.Textarea({"rows": 3, "data-count": 300}))
    cause = forms.CharField(label=_("Cause, if known"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}))
    owner = PersonField(label=_("Responsible"), required=False, help_text=_("Left empty: the manager of the hall."))


class ReasonForm(HallkeeperForm):
    """Why it proves nothing any more."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput(LONG_LINE))


class EvidenceFilters(FilterForm):
    """Words or clause, how it stands."""

    q = forms.CharField(label=_("Title or clause"), max_length=60)
    stands = forms.ChoiceField(label=_("State"), choices=[("", _("any")), ("valid", _("holds")), ("expired", _("expired")), ("ended", _("taken back"))])

    def narrow(self, rows):
        """The evidence that passes."""
        chosen, today = self.cleaned_data, timezone.localdate()
        if words := chosen["q"].replace("\0", ""):
            sign, _part, number = words.partition("§")
            found = Q(title__icontains=words) | Q(number__startswith=number.strip() or words)
            rows = rows.filter(found & Q(source=sign.strip()) if number else found)
        if chosen["stands"] == "ended":
            return rows.exclude(ended_at=None)
        if chosen["stands"] == "valid":
            return rows.newest().in_force(today)
        return rows.newest().filter(expires_on__lt=today) if chosen["stands"] else rows
