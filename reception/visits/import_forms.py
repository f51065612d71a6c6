"""The forms of bringing a register in: the file, and what each of its columns is."""
import re

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from config.web.forms import HallkeeperForm
from reception.visits.import_columns import in_file_order, with_choices
from reception.visits.register.columns import FIELD_LABELS, Column, Field, Mapping
from reception.visits.register.delimited import ENCODINGS
from staff.organisation.models import Hall

DAY_FIRST = {"day": True, "month": False, "": None}
ENCODING_NAMES = {"utf-8-sig": "UTF-8", "gb18030": "GB18030 (GBK, GB2312)", "big5": "Big5", "utf-16": "UTF-16", "utf-16-le": "UTF-16 LE",
                  "utf-16-be": "UTF-16 BE", "cp1252": "Windows-1252"}


class UploadForm(HallkeeperForm):
    """Which hall, which file."""

    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), empty_label=None, widget=forms.Select({"class": "w-l"}))
    file = forms.FileField(label=pgettext_lazy("paper", "Register"),
                           help_text=_("An Excel workbook (.xlsx) or a CSV table, as the hall keeps it. At most 40 MB."),
                           widget=forms.FileInput({"accept": ".xlsx,.csv,.tsv,.txt"}), allow_empty_file=False,
                           error_messages={"required": _("Choose the file with the register."),
                                           "empty": _("This file is empty. Choose the file with the visit register."),
                                           "missing": _("Choose the file with the register."), "invalid": _("Choose the file with the register.")})

    def __init__(self, *args, halls, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset = halls
        self.fields["hall"].error_messages["invalid_choice"] = _("This hall is not among those you bring registers into. Choose one of the list.")
        self.fields["file"].max_length = 255
        self.fields["file"].error_messages["max_length"] = _("The name of the file is too long. Shorten it and choose the file again.")


class ColumnsForm(HallkeeperForm):
    """What each column of the register is, and what its cells leave open."""

    quiet_optional = True

    def __init__(self, *args, look, chosen, is_workbook, **kwargs):
        super().__init__(*args, **kwargs)
        self.columns = in_file_order(with_choices(look, chosen))
        for place, (column, field, examples) in enumerate(self.columns):
            self.fields[f"column_{place}"] = column_field(column, field, examples)
        self.add_what_cells_leave_open(look, chosen, is_workbook)
        names = [f"column_{place}" for place, _column in enumerate(self.columns)]
        self.helper.layout = Layout(Fieldset(gettext("What each column is"), *names),
                                    Fieldset(gettext("What the cells leave open"), *(name for name in self.fields if name not in names)))

    def add_what_cells_leave_open(self, look, chosen, is_workbook):
        """The area code, the order in dates, a time for rows without one, the sheets, the characters of a CSV table."""
        self.fields["area_code"] = forms.CharField(
            label=_("Area code"), required=False, max_length=4, initial=chosen.area_code, widget=forms.TextInput({"class": "w-xs", "inputmode": "numeric"}),
            help_text=_("Completes landline numbers written without one, such as 021."))
        self.fields["assumed_time"] = forms.CharField(
            label=_("Time for rows without one"), required=False, max_length=5, initial=chosen.assumed_time, widget=forms.TextInput({"class": "w-xs"}),
            help_text=_("Such as 12:00. Left empty, rows without an arrival time are refused and named."))
        self.fields["day_first"] = forms.ChoiceField(
            label=_("Dates such as 1/2/2025"), required=False, initial={True: "day", False: "month", None: ""}[chosen.day_first], widget=forms.RadioSelect,
            choices=[("", _("refuse and name them")), ("day", _("1 February")), ("month", _("2 January"))])
        visible = [name for name, hidden in look.sheets if not hidden]
        if len(look.sheets) > 1:
            self.fields["sheets"] = forms.MultipleChoiceField(
                label=_("Sheets"), choices=[(name, name) for name, _hidden in look.sheets], initial=list(chosen.sheets) or visible,
                widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose at least one sheet.")})
        if not is_workbook:
            self.fields["encoding"] = forms.ChoiceField(
                label=_("Characters"), required=False, initial=chosen.encoding, widget=forms.Select({"class": "w-m"}),
                choices=[("", _("recognise by themselves")), *((name, ENCODING_NAMES[name]) for name in ENCODINGS)])

    def clean_area_code(self):
        """Three or four digits, or none."""
        text = self.cleaned_data["area_code"].strip()
        if text and not re.fullmatch("0?[0-9]{2,3}", text):
            raise forms.ValidationError(_("An area code has three or four digits, such as 021."))
        return text

    def clean_assumed_time(self):
        """A time of day, or none."""
        text = self.cleaned_data["assumed_time"].strip().replace("：", ":")
        if text and not re.fullmatch("(?:[01][0-9]|2[0-3]):[0-5][0-9]", text):
            raise forms.ValidationError(_("Write the time like 12:00."))
        return text

    @property
    def mapping(self):
        """The matching that was settled."""
        answers = self.cleaned_data
        columns = [Column(column.heading, Field(answers[f"column_{place}"]), column.letter)
                   for place, (column, _field, _examples) in enumerate(self.columns)]
        return Mapping(tuple(columns), area_code=answers["area_code"], day_first=DAY_FIRST[answers["day_first"]], assumed_time=answers["assumed_time"],
                       encoding=answers.get("encoding", ""), sheets=tuple(answers.get("sheets", ())))


def column_field(column, field, examples):
    """The question of one column, with what stands in it as the hint."""
    heading = " ".join(column.heading.split())[:60]
    label = f"{column.letter} {heading}" if heading and column.letter else heading or gettext("Column %(letter)s") % {"letter": column.letter}
    choices = [(str(each), _(label)) for each, label in FIELD_LABELS.items()]
    hint = " · ".join(without_numbers(text) for text in examples)[:120]
    return forms.ChoiceField(label=label, choices=choices, initial=str(field), widget=forms.Select({"class": "w-m"}), help_text=hint)


def without_numbers(text):
    """An example with the middle of every telephone number hidden, as everywhere; dates and times stay."""
    return re.sub(r"[0-9](?:[-\s]?[0-9]){6,}", lambda found: mask_digits(found.group()), text) if not re.match(r"\s*[0-9]{4}[-/.年]", text) else text


def mask_digits(number):
    """138****8000: four digits at the end stay, and up to three in front."""
    only = re.sub("[^0-9]", "", number)
    return f"{only[:3]}****{only[-4:]}"


class UndoForm(HallkeeperForm):
    """Undoing asks nothing: its page says what goes, and the button does it."""
