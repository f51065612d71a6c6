"""What is asked about duty sheets, and how their list is narrowed."""
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.filters import FilterForm
from config.web.forms import VersionedForm
from config.web.texts import TextsField
from staff.communication.sheets import queries
from staff.communication.sheets.models import DutyLine
from staff.organisation.models import Position
from staff.organisation.names import asked

READ, UNREAD, OVERDUE = "read", "unread", "overdue"


class LineForm(VersionedForm):
    """A duty or a right, where it stands in the regulation, and the page that carries it out."""

    kind = forms.ChoiceField(label=_("Kind"), choices=DutyLine.Kind.choices, widget=forms.RadioSelect)
    text = TextsField(label=_("Text"), longest=300)
    clause = forms.CharField(label=_("Clause"), max_length=40, required=False, widget=forms.TextInput({"class": "w-m"}))
    page = forms.ChoiceField(label=_("Carried out on"), required=False, widget=forms.Select({"class": "w-l"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["page"].choices = [("", _("no page")), *queries.pages()]


class SheetFilters(FilterForm):
    """Person, position, whether it was read."""

    q = forms.CharField(label=_("Name"), max_length=60)
    position = forms.ModelChoiceField(Position.objects.none(), label=_("Position"), empty_label=_("all"))
    reading = forms.ChoiceField(label=_("Reading"), choices=[("", _("any")), (READ, _("confirmed")), (UNREAD, _("not confirmed")), (OVERDUE, _("overdue"))])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["position"].queryset = Position.objects.filter(duty_sheet__isnull=False)

    def narrow(self, rows):
        """The readings that pass."""
        chosen = self.cleaned_data
        if words := asked(chosen["q"].replace("\0", "")):
            rows = rows.filter(employee__sort_key__contains=words)
        if chosen["position"]:
            rows = rows.filter(sheet__position=chosen["position"])
        if chosen["reading"] == READ:
            return rows.exclude(confirmed_at=None)
        if chosen["reading"]:
            rows = rows.filter(confirmed_at=None)
        return rows.filter(due_at__lt=timezone.now()) if chosen["reading"] == OVERDUE else rows
