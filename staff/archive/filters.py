"""How the lists of the archive are narrowed."""
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.web.filters import FilterDay, FilterForm
from staff.archive import kinds, queries
from staff.archive.models import AccessRequest, ArchiveItem, Stocktaking

ANY = ("", _("any"))


class ItemFilters(FilterForm):
    """One search over all archives: number, title, the number of the record it is of; and archive, state, place, days."""

    q = forms.CharField(label=_("Number, title, or number of the case"), max_length=60)
    kind = forms.ChoiceField(label=pgettext_lazy("archive", "Archive"), choices=[ANY, *kinds.CHOICES])
    state = forms.ChoiceField(label=_("State"), choices=[ANY, *ArchiveItem.State.choices])
    since = FilterDay(label=_("From"))
    until = FilterDay(label=_("To"))

    def narrow(self, rows):
        """The items that pass."""
        chosen = self.cleaned_data
        rows = rows.filter(**{name: chosen[name] for name in ("kind", "state") if chosen[name]})
        if chosen["since"]:
            rows = rows.filter(day__gte=chosen["since"])
        if chosen["until"]:
            rows = rows.filter(day__lte=chosen["until"])
        return rows.filter(self.searched(chosen["q"])) if chosen["q"] else rows

    def searched(self, words):
        """The condition that an item is found by these words."""
        found = Q(number__icontains=words) | Q(title__icontains=words) | Q(cabinet__iexact=words)
        if named := queries.by_number(self.viewer, words):
            found |= Q(subject_kind=named[0].key, subject_id=named[1].pk)
        return found


class RequestFilters(FilterForm):
    """What is asked, and how it stands."""

    q = forms.CharField(label=_("Number, person or reason"), max_length=60)
    what = forms.ChoiceField(label=_("What for"), choices=[ANY, *AccessRequest.What.choices])
    state = forms.ChoiceField(label=_("State"), choices=[ANY, *AccessRequest.State.choices])
    mine = forms.BooleanField(label=_("Only mine"))

    def narrow(self, rows):
        """The requests that pass."""
        chosen = self.cleaned_data
        rows = rows.filter(**{name: chosen[name] for name in ("what", "state") if chosen[name]})
        if chosen["mine"]:
            rows = rows.filter(asked_by__user_id=self.viewer.pk)
        q = chosen["q"]
        return rows.filter(Q(number__icontains=q) | Q(asked_by__name__icontains=q) | Q(reason__icontains=q)) if q else rows


class StocktakingFilters(FilterForm):
    """How it stands."""

    state = forms.ChoiceField(label=_("State"), choices=[ANY, *Stocktaking.State.choices])

    def narrow(self, rows):
        """The stocktakings that pass."""
        return rows.filter(state=self.cleaned_data["state"]) if self.cleaned_data["state"] else rows
