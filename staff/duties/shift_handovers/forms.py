"""What is asked at a handover, and how their list is narrowed."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.filters import FilterDay, FilterForm
from config.web.forms import HallkeeperForm
from staff.organisation.models import Hall, Post

WAITS, TAKEN = "waits", "taken"


class GiveForm(HallkeeperForm):
    """What no screen knows: cash, keys, what the colleague has to know."""

    post = forms.ModelChoiceField(Post.objects.none(), label=_("Post"), required=False, empty_label=_("the hall as a whole"))
    cash = forms.CharField(label=_("Cash"), max_length=200, required=False, widget=forms.TextInput({"class": "w-l"}),
                           help_text=_("How much was counted, and where it lies."))
    things = forms.CharField(label=_("Keys and devices"), max_length=200, required=False, widget=forms.TextInput({"class": "w-l"}))
    notes = forms.CharField(label=_("Forms and notes"), max_length=1000, required=False, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args, hall, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = Post.objects.filter(hall=hall, is_active=True)


class TakeForm(HallkeeperForm):
    """What the one who takes over has to say."""

    remark = forms.CharField(label=_("Remark on taking over"), max_length=300, required=False, widget=forms.TextInput({"class": "w-l"}),
                             help_text=_("What you counted otherwise, or what was missing."))


class HandoverFilters(FilterForm):
    """Which hall, whether it was taken over, when."""

    hall = forms.ModelChoiceField(Hall.objects.order_by("pk"), label=_("Hall"), empty_label=_("all"))
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), (WAITS, _("waits to be taken over")), (TAKEN, _("taken over"))])
    since = FilterDay(label=_("From day"))
    until = FilterDay(label=_("To day"))

    def narrow(self, rows):
        """The handovers that pass."""
        chosen = self.cleaned_data
        if chosen["state"]:
            rows = rows.filter(taken_at__isnull=chosen["state"] == WAITS)
        for name, path in (("hall", "hall"), ("since", "given_at__date__gte"), ("until", "given_at__date__lte")):
            if chosen[name]:
                rows = rows.filter(**{path: chosen[name]})
        return rows
