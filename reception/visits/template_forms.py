"""A new version of a reception template: its steps and the fields of its need, one a line, in three languages (REC-03, REC-04)."""
import re

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from config.accounts.trace import REASON_LENGTH
from config.web.day_fields import DayField
from config.web.forms import HallkeeperForm
from config.web.texts import CODES, TextsField
from staff.organisation.models import Hall, Service

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
KINDS = ("text", "number", "choice")
MOST = 30  # lines


def written(texts):
    """A text in three languages as people write it in one line: English / 简体 / 繁體."""
    return " / ".join((texts if isinstance(texts, dict) else {"en": texts}).get(code, "") for code in CODES)


def read_texts(text):
    """What `written` wrote; one text alone stands for all languages."""
    parts = [part.strip() for part in text.split(" / ")]
    found = {code: part for code, part in zip(CODES, parts, strict=False) if part}
    if not found or len(parts) > len(CODES) or any(len(part) > 80 for part in parts):
        raise ValueError(text)
    return found


def lines_of(rows):
    """Steps or fields as lines of the form: key | texts | kind | choices or unit."""
    lines = []
    for row in rows:
        cells = [row["key"], written(row["label"])]
        if "kind" in row:
            cells.append(row["kind"])
            if row["kind"] == "choice":
                cells.append("; ".join(f"{choice['key']} = {written(choice['label'])}" for choice in row["choices"]))
            elif row.get("unit"):
                cells.append(written(row["unit"]))
        lines.append(" | ".join(cells))
    return "\n".join(lines)


class TemplateVersionForm(HallkeeperForm):
    """The next version, in force from a day that has not begun: visits keep the version they were received by."""

    opened_on = forms.IntegerField(widget=forms.HiddenInput)
    valid_from = DayField(label=_("In force from"), error_messages={"required": _("Enter the day from which the halls receive by it.")})
    steps = forms.CharField(label=_("Reception steps"), required=False, max_length=6000, widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
                            help_text=_("One step a line, in the order in which they are taken."))
    fields_text = forms.CharField(label=_("Fields of the need"), required=False, max_length=12000, widget=forms.Textarea({"rows": 12, "spellcheck": "false"}),
                                  help_text=_("One field a line: a text, a number or a choice."))
    reason = forms.CharField(label=_("Reason"), max_length=REASON_LENGTH, widget=forms.TextInput({"class": "w-l"}),
                             error_messages={"required": _("Write why it changes; the history keeps it.")})

    def clean_valid_from(self):
        """A version cannot begin in the past."""
        day = self.cleaned_data["valid_from"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("The day has begun already. Choose a later one: today's visits keep the version they were received by."))
        return day

    def clean_steps(self):
        """The steps as data."""
        return self.read("steps", self.step)

    def clean_fields_text(self):
        """The fields as data."""
        return self.read("fields_text", self.field)

    def read(self, name, one):
        """Every line read by `one`; the sentence names the first line that cannot be read."""
        lines = [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
        if len(lines) > MOST:
            raise forms.ValidationError(_("There are more than %(most)s lines. Keep the ones people really ask."), params={"most": MOST})
        rows, seen = [], set()
        for number, line in enumerate(lines, start=1):
            try:
                row = one([cell.strip() for cell in line.split("|")])
            except ValueError:
                raise forms.ValidationError(gettext("Line %(number)s cannot be read. Write it as shown beside the form.") % {"number": number}) from None
            if row["key"] in seen:
                raise forms.ValidationError(gettext("The key of line %(number)s stands twice. Give each line a key of its own.") % {"number": number})
            seen.add(row["key"])
            rows.append(row)
        return rows

    @staticmethod
    def step(cells):
        """One step: key and texts."""
        if len(cells) != 2 or not KEY.fullmatch(cells[0]):
            raise ValueError(cells)
        return {"key": cells[0], "label": read_texts(cells[1])}

    @classmethod
    def field(cls, cells):
        """One field: key, texts, kind, and what the kind needs."""
        key, texts, kind = cells[:3]
        if not KEY.fullmatch(key) or kind not in KINDS or len(cells) > 4 or (kind == "choice" and len(cells) < 4):
            raise ValueError(cells)
        row = {"key": key, "label": read_texts(texts), "kind": kind}
        if kind == "choice":
            row["choices"] = [cls.choice(part) for part in cells[3].split(";") if part.strip()]
        elif kind == "number" and len(cells) == 4:
            row["unit"] = read_texts(cells[3])
        return row

    @staticmethod
    def choice(part):
        """One choice: key = texts."""
        key, _equals, texts = (piece.strip() for piece in part.partition("="))
        if not KEY.fullmatch(key):
            raise ValueError(part)
        return {"key": key, "label": read_texts(texts)}


class HallsForm(HallkeeperForm):
    """Which halls receive by a template; a hall has one."""

    halls = forms.ModelMultipleChoiceField(Hall.objects.all(), label=_("Halls"), required=False, widget=forms.CheckboxSelectMultiple({"class": "stacked"}),
                                           error_messages={"invalid_choice": _("This hall is gone. Choose from the list.")},
                                           help_text=_("A hall ticked here leaves the template it had; today's visits keep theirs."))


class SourceForm(HallkeeperForm):
    """One answer that people choose from when they log a visit."""

    name = TextsField(label=pgettext_lazy("thing", "Name"), error_messages={"required": _("Enter the name in at least one language.")})
    order = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=999, initial=50, widget=forms.NumberInput({"class": "w-xs"}),
                               error_messages={"required": _("Enter a figure; small ones come first."), "invalid": _("Enter a figure; small ones come first."),
                                               "min_value": _("Enter 1 or more."), "max_value": _("Enter 999 or less.")})
    is_active = forms.BooleanField(label=_("Offered at the desk"), required=False, initial=True)


class PurposeForm(SourceForm):
    """Why visitors come, with the service they usually want."""

    service = forms.ModelChoiceField(Service.objects.all(), label=_("Usual service"), required=False, empty_label=_("none, no ticket"),
                                     help_text=_("Its ticket is given out where the hall offers it."))
