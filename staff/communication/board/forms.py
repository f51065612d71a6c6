"""What is asked about entries of the board, and how it is narrowed."""
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.web.filters import FilterDay, FilterForm
from config.web.forms import HallkeeperForm, VersionedForm
from staff.communication.board import queries
from staff.communication.board.models import Topic

PLAIN = {"class": "w-m", "autocomplete": "off", "spellcheck": "false"}


class EntryForm(VersionedForm):
    """What others should know."""

    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=pgettext_lazy("of a text", "Title"), max_length=120, widget=forms.TextInput({"class": "w-l"}))
    text = forms.CharField(label=_("Text"), max_length=2000, widget=forms.Textarea({"rows": 6}), help_text=_(
        "Everybody in the house reads it: no names of customers and no telephone numbers."))
    number = forms.CharField(label=_("Record"), max_length=20, required=False, widget=forms.TextInput(PLAIN), help_text=_(
        "Number of what it is about, such as VS-2026-000123. Who may not open it does not see what it is."))

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_number(self):
        """The record as (kind, record), or None."""
        number = self.cleaned_data["number"]
        if not number:
            return None
        found = queries.find_record(number, self.viewer)
        if found is None:
            raise forms.ValidationError(_("No record that you may open has this number. Look the number up, or leave the field empty."))
        return found


class TopicsForm(HallkeeperForm):
    """The topics that one follows."""

    topics = forms.MultipleChoiceField(label=_("Topics"), choices=Topic.choices, required=False, widget=forms.CheckboxSelectMultiple)


class TakeDownForm(HallkeeperForm):
    """Why it goes."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput({"class": "w-l"}))


class BoardFilters(FilterForm):
    """Words, topic, days, unread ones."""

    q = forms.CharField(label=_("Words of the entry"), max_length=60)
    topic = forms.ChoiceField(label=_("Topic"), choices=[("", _("any")), *Topic.choices])
    since = FilterDay(label=_("From"))
    until = FilterDay(label=_("To"))
    unread = forms.BooleanField(label=_("Only what I have not read"))

    def narrow(self, rows):
        """The entries that pass."""
        chosen = self.cleaned_data
        if chosen["q"]:
            rows = rows.filter(Q(title__icontains=chosen["q"]) | Q(text__icontains=chosen["q"]))
        if chosen["topic"]:
            rows = rows.filter(topic=chosen["topic"])
        if chosen["since"]:
            rows = rows.filter(posted_at__date__gte=chosen["since"])
        if chosen["until"]:
            rows = rows.filter(posted_at__date__lte=chosen["until"])
        return rows.filter(pk__in=queries.unread(self.viewer).values("pk")) if chosen["unread"] else rows
