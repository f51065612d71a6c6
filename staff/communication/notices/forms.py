"""What is asked about notices, and how their list is narrowed."""
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.web.day_fields import DayField
from config.web.filters import FilterForm
from config.web.forms import HallkeeperForm, VersionedForm
from staff.communication.notices import queries, states
from staff.communication.notices.models import Notice
from staff.organisation.models import Hall, Position, Team

MODELS = {"hall": Hall, "team": Team}
TO_READ, UNREAD_LATE = "to_read", "unread"


class NoticeForm(VersionedForm):
    """What it says, to whom, and by when it has to be read."""

    title = forms.CharField(label=pgettext_lazy("of a text", "Title"), max_length=120, widget=forms.TextInput({"class": "w-l"}))
    text = forms.CharField(label=_("Text"), max_length=4000, widget=forms.Textarea({"rows": 8}))
    place = forms.ChoiceField(label=_("Addressed to"), widget=forms.Select({"class": "w-l"}), error_messages={
        "invalid_choice": _("Choose one of the halls and teams that you may address.")})
    position = forms.ModelChoiceField(Position.objects.none(), label=_("Position"), required=False, empty_label=_("everybody there"),
                                      widget=forms.Select({"class": "w-l"}), help_text=_("Narrows it to those who hold this position."))
    read_by = DayField(label=_("To be read by"), help_text=_("Each reader confirms the reading by the end of this day."))

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        everybody = [(queries.EVERYBODY, _("Everybody in the house"))] if queries.may_address_all(viewer) else []
        self.fields["place"].choices = [*everybody, *queries.places(viewer)]
        self.fields["position"].queryset = Position.objects.all()

    def clean(self):
        """The place as a hall or a team."""
        cleaned = super().clean()
        kind, _colon, pk = cleaned.pop("place", "").partition(":")
        chosen = MODELS[kind].objects.get(pk=pk) if kind in MODELS else None
        return cleaned | {"hall": chosen if kind == "hall" else None, "team": chosen if kind == "team" else None}


class EndForm(HallkeeperForm):
    """Why it holds no longer."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput({"class": "w-l"}))


class DropForm(HallkeeperForm):
    """Nothing to ask: the button is the question."""


class NoticeFilters(FilterForm):
    """Words of the notice, how it stands, and what is left to read."""

    q = forms.CharField(label=_("Words of the notice"), max_length=60)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), *Notice.State.choices])
    reading = forms.ChoiceField(label=_("Reading"), choices=[("", _("any")), (TO_READ, _("I have to read it")), (UNREAD_LATE, _("somebody is late"))])
    mine = forms.BooleanField(label=_("Only what I wrote"))

    def narrow(self, rows):
        """The notices that pass."""
        chosen, now = self.cleaned_data, timezone.now()
        if chosen["q"]:
            rows = rows.filter(Q(title__icontains=chosen["q"]) | Q(text__icontains=chosen["q"]))
        if chosen["state"]:
            rows = rows.filter(state=chosen["state"])
        if chosen["reading"] == TO_READ:
            rows = rows.filter(state=states.PUBLISHED, my_due__isnull=False, my_reading=None)
        if chosen["reading"] == UNREAD_LATE:
            rows = rows.filter(state=states.PUBLISHED, pk__in=queries.NoticeReader.objects.filter(confirmed_at=None, due_at__lt=now).values("notice"))
        return rows.filter(author__user=self.viewer) if chosen["mine"] else rows
