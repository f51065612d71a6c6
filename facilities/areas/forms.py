"""What is asked about areas."""
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.web.filters import FilterForm
from config.web.forms import VersionedForm
from config.web.texts import TextsField
from facilities.areas.models import Area
from facilities.areas.queries import halls_kept
from staff.organisation.fields import PersonField
from staff.organisation.models import Hall


class AreaForm(VersionedForm):
    """An area of a hall."""

    name = TextsField(label=pgettext_lazy("thing", "Name"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *Area.Kind.choices])
    floor = forms.CharField(label=_("Floor"), max_length=10, required=False, widget=forms.TextInput({"class": "w-xs"}))
    capacity = forms.IntegerField(label=_("Parties at once"), min_value=1, max_value=999, initial=1, widget=forms.NumberInput({"class": "w-xs"}),
                                  help_text=_("How many visiting parties it takes at once."))
    responsible = PersonField(label=_("Responsible person"), required=False)
    order = forms.IntegerField(label=_("Place in lists"), min_value=0, max_value=999, initial=50, widget=forms.NumberInput({"class": "w-xs"}))
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)


class NewAreaForm(AreaForm):
    """A new area; its hall is asked once, since what happens in an area happens in its hall."""

    hall = forms.ModelChoiceField(None, label=_("Hall"), empty_label="—")
    field_order = ["hall"]

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset = halls_kept(viewer).order_by("pk")


class AreaFilters(FilterForm):
    """How the list of areas is narrowed; areas out of use are shown when asked for."""

    hall = forms.ModelChoiceField(None, label=_("Hall"), empty_label=_("all"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all")), *Area.Kind.choices])
    unused = forms.BooleanField(label=_("Also areas out of use"))

    def __init__(self, data, *, viewer, **kwargs):
        super().__init__(data, viewer=viewer, **kwargs)
        self.fields["hall"].queryset = Hall.objects.filter(pk__in=Area.objects.visible_to(viewer).values("hall")).order_by("pk")

    def narrow(self, rows):
        """The areas that pass."""
        asked = self.cleaned_data
        rows = rows.filter(**{name: asked[name] for name in ("hall", "kind") if asked[name]})
        return rows if asked["unused"] else rows.filter(is_active=True)
