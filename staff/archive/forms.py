"""What the verbs of the archive ask."""
import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from config.accounts.trace import REASON_LENGTH
from config.contributions import records
from config.web.day_fields import WAS_DAY, DayField, MomentField
from config.web.forms import HallkeeperForm
from config.web.models import Attachment
from staff.archive import kinds, queries, states
from staff.archive.models import AccessRequest, ArchiveItem, StocktakingLine
from staff.organisation.fields import PersonField

LINE, SHORT = {"class": "w-l"}, {"class": "w-m"}
FILE_ERRORS = {"required": gettext_lazy("Choose a file."), "empty": gettext_lazy("The file is empty. Choose another."),
               "max_length": gettext_lazy("The name of the file is too long. Give it a shorter one.")}


def shelf_fields():
    """Cabinet and shelf."""
    return {"cabinet": forms.CharField(label=gettext_lazy("Cabinet"), required=False, max_length=40, widget=forms.TextInput(SHORT)),
            "shelf": forms.CharField(label=gettext_lazy("Shelf"), required=False, max_length=40, widget=forms.TextInput(SHORT))}


class FileForm(HallkeeperForm):
    """Something that is filed by hand: papers that lie in a cabinet, or a file, or a file that lies beside a record already."""

    kind = forms.ChoiceField(label=pgettext_lazy("archive", "Archive"), choices=[(key, kinds.KINDS[key].label) for key in kinds.BY_HAND])
    title = forms.CharField(label=gettext_lazy("Title"), max_length=160, widget=forms.TextInput(LINE))
    of = forms.CharField(label=gettext_lazy("Number of the case"), required=False, max_length=20,
                         widget=forms.TextInput(SHORT | {"placeholder": "VS-2026-000123"}),
                         help_text=gettext_lazy("The visit, customer or other record it belongs to."))
    day = DayField(label=gettext_lazy("Date"), attrs=WAS_DAY, help_text=gettext_lazy("The day of the paper itself."))
    hall = forms.ModelChoiceField(None, label=gettext_lazy("Hall"), empty_label="—")
    confidentiality = forms.ChoiceField(label=gettext_lazy("Confidentiality"), required=False,
                                        choices=[("", gettext_lazy("as usual for this archive")), *kinds.CLASSES])
    cabinet, shelf = shelf_fields().values()
    file = forms.FileField(label=pgettext_lazy("archive", "File"), required=False, max_length=200, error_messages=FILE_ERRORS,
                           help_text=gettext_lazy("A photo (JPEG, PNG, WebP) or a PDF, at most 10 MB. Without file and cabinet it waits to be put away."))
    attachment = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.fields["hall"].queryset = queries.halls_to_file_in(viewer)
        self.beside = self.attached(self["attachment"].value())
        if self.beside:
            self.fields["file"].help_text = _("“%(name)s” is filed. Choose a file only to file another one.") % {"name": self.beside.name}

    def attached(self, pk):
        """The file beside a record that this person may see; None without one."""
        row = Attachment.objects.filter(pk=pk).first() if str(pk or "").isdecimal() and len(str(pk)) < 18 else None
        kind = row and records.KINDS.get(row.kind)
        return row if kind and kind.visible_to(self.viewer).filter(pk=row.record_id).exists() else None

    def clean(self):
        """The record behind its number; a shelf needs its cabinet."""
        cleaned = super().clean()
        cleaned["subject"] = ("", None)
        if number := cleaned.get("of"):
            found = queries.by_number(self.viewer, number)
            if found:
                cleaned["subject"] = (found[0].key, found[1].pk)
            else:
                self.add_error("of", _("No case with the number “%(number)s” is found. Look at the number again, or leave it empty.") % {"number": number})
        if cleaned.get("shelf") and not cleaned.get("cabinet"):
            self.add_error("cabinet", _("Say in which cabinet the shelf is."))
        return cleaned


class PutAwayForm(HallkeeperForm):
    """Where papers lie."""

    cabinet, shelf = shelf_fields().values()
    cabinet.required = True


class ReasonForm(HallkeeperForm):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=REASON_LENGTH, widget=forms.TextInput(LINE))


class DecisionForm(HallkeeperForm):
    """Why it is declined, or what is done about what is missing."""

    decision = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.TextInput(LINE))


class MeasureForm(HallkeeperForm):
    """What becomes of what is missing."""

    decision = forms.CharField(label=gettext_lazy("What is done"), max_length=300, widget=forms.Textarea({"rows": 3}))


class ConfirmForm(HallkeeperForm):
    """A second person confirms; there is nothing to fill in."""


class AskForm(HallkeeperForm):
    """FRM-30: what for, why, where and when; more items of the same archive by their numbers."""

    what = forms.ChoiceField(label=gettext_lazy("What for"), choices=AccessRequest.What.choices, widget=forms.RadioSelect, initial=AccessRequest.What.READ,
                             help_text=gettext_lazy("Reading is at the place below, without copying, lending or altering. "
                                                    "A copy or a loan is decided on separately."))
    reason = forms.CharField(label=gettext_lazy("Work reason"), max_length=300, widget=forms.Textarea({"rows": 3}))
    place = forms.CharField(label=gettext_lazy("Place"), max_length=80, widget=forms.TextInput(LINE), initial=gettext_lazy("Reading place of the hall"))
    wanted_at = MomentField(label=gettext_lazy("Time"))
    more = forms.CharField(label=gettext_lazy("Further items"), required=False, max_length=300, widget=forms.TextInput(LINE),
                           help_text=gettext_lazy("Their numbers, such as AR-2026-000123, with blanks between."))

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_more(self):
        """The items behind the numbers."""
        wanted = [typed for typed in dict.fromkeys(re.split(r"[\s,;，；、]+", self.cleaned_data["more"])) if typed]
        found = {item.number: item for item in ArchiveItem.objects.visible_to(self.viewer).filter(number__in=[typed.upper() for typed in wanted])}
        if unknown := [typed for typed in wanted if typed.upper() not in found]:
            raise forms.ValidationError(_("No item with the number “%(number)s” is found. Look at the number again."), params={"number": unknown[0]})
        return [found[typed.upper()] for typed in wanted]


class LineForm(HallkeeperForm):
    """What is wrong with an item, and what is done about it."""

    result = forms.ChoiceField(label=gettext_lazy("Result"), widget=forms.RadioSelect,
                               choices=[pair for pair in StocktakingLine.Result.choices if pair[0] != states.FOUND])
    action = forms.CharField(label=gettext_lazy("What is done"), max_length=200, widget=forms.TextInput(LINE))


class CloseForm(HallkeeperForm):
    """FRM-31: the second person, and whether things lie safely."""

    storage_safe = forms.TypedChoiceField(
        label=gettext_lazy("Are the papers dry, locked away and safe from fire?"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))])
    storage_note = forms.CharField(label=gettext_lazy("What is not safe"), required=False, max_length=300, widget=forms.TextInput(LINE))
    witness = PersonField(label=gettext_lazy("Second person"), help_text=gettext_lazy("Two people go through the archive and sign."))


class KeeperForm(HallkeeperForm):
    """Who keeps the archive of a hall."""

    keeper = PersonField(label=gettext_lazy("Keeper"))
