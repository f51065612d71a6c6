"""What is asked about snippets."""
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.web.filters import FilterForm
from config.web.forms import VersionedForm
from config.web.spelling import fits, folded
from config.web.texts import TextsField
from staff.communication import queries
from staff.communication.models import Snippet
from staff.organisation.models import Hall


class SnippetForm(VersionedForm):
    """A sentence with its initials."""

    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), empty_label=None, widget=forms.Select({"class": "w-l"}), error_messages={
        "required": _("Choose the hall that uses it."), "invalid_choice": _("Choose one of the halls whose snippets you keep.")})
    code = forms.CharField(label=_("Initials"), max_length=12, widget=forms.TextInput({"class": "w-s", "autocomplete": "off", "spellcheck": "false"}),
                           help_text=_("What one types after a semicolon, such as hy for 欢迎."))
    name = TextsField(label=pgettext_lazy("thing", "Name"))
    text = TextsField(label=_("Text"), longest=1000, rows=3, help_text=_(
        "{name} becomes the visitor's name, {hall} the hall, {date} and {time} the present moment, {me} who writes."))

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset = queries.halls_kept(viewer)


class SnippetFilters(FilterForm):
    """Words of the snippet, and its hall."""

    q = forms.CharField(label=_("Initials or name"), max_length=60)
    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), empty_label=_("all"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset = Hall.objects.filter(pk__in=Snippet.objects.visible_to(self.viewer).values("hall")).order_by("pk")

    def narrow(self, rows):
        """The snippets that pass; a hall keeps few, so names are compared here, as people spell them."""
        chosen = self.cleaned_data
        if chosen["hall"]:
            rows = rows.filter(hall=chosen["hall"])
        if words := folded(chosen["q"]):
            rows = rows.filter(pk__in=[row.pk for row in rows if row.code.startswith(words) or fits(words, list(row.name.values())) is not None])
        return rows
