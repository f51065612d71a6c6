"""Fields that several verbs ask, and the few rows of a table as fields of a form."""
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.handling.models import Method
from config.web.forms import HallkeeperForm

LONG_LINE = {"class": "w-l"}
TO_CUSTOMER = gettext_lazy("The customer reads or hears these words. A semicolon and the initials of a snippet write a sentence that is often needed.")
TOLD, HOW = gettext_lazy("What the customer is told"), gettext_lazy("How")
IN_THE_HOUSE = gettext_lazy("Stays in the house; the customer never sees it.")


def line(label, most=300, **facts):
    """One line of text."""
    return forms.CharField(label=label, max_length=most, widget=forms.TextInput(LONG_LINE), **facts)


def text(label, most=2000, rows=4, **facts):
    """Several lines of text."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea({"rows": rows}), **facts)


def said(label=TOLD, most=2000, **facts):
    """Words that go to the customer, in which snippets write sentences."""
    return text(label, most, help_text=TO_CUSTOMER, **facts)


def method(label=HOW, **facts):
    """By which way the customer is told."""
    return forms.ChoiceField(label=label, choices=Method.choices, **facts)


def yes_or_no(label, yes, no):
    """A decision that nobody makes by leaving a field as it was."""
    return forms.TypedChoiceField(label=label, choices=[("yes", yes), ("no", no)], coerce=lambda value: value == "yes",
                                  widget=forms.RadioSelect({"class": "stacked"}))


def in_pairs(names):
    """The fields of one row of a table: the first alone, the others two beside each other."""
    first, *others = names
    return [first, *(Row(*others[place:place + 2]) if others[place + 1:] else others[place] for place in range(0, len(others), 2))]


class RowsForm(HallkeeperForm):
    """A form with rows of the same fields. `tables` are (name, heading of one row, how many, {field: maker}, the fields that a row needs); what
    was typed comes back as a list of dicts under the name of the table, empty rows left out."""

    tables = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain = list(self.fields)
        groups = []
        for name, heading, count, makers, _needed in self.all_tables():
            for place in range(count):
                for field, make in makers.items():
                    self.fields[f"{name}_{place}_{field}"] = make()
                groups.append(Fieldset(heading % {"n": place + 1}, *in_pairs([f"{name}_{place}_{field}" for field in makers])))
        self.helper.layout = Layout(*self.before(plain), *groups, *self.after(plain))

    def all_tables(self):
        """The tables of this form; a form whose number of rows follows the record says so here."""
        return self.tables

    def before(self, plain):
        """The plain fields above the rows."""
        return plain

    def after(self, plain):
        """The plain fields under the rows."""
        return ()

    def clean(self):
        """Gather the rows; a row that was begun has to be whole."""
        cleaned = super().clean()
        for name, _heading, count, makers, needed in self.all_tables():
            cleaned[name] = rows = []
            for place in range(count):
                row = {field: cleaned.get(f"{name}_{place}_{field}") for field in makers}
                if not any(row[field] not in (None, "") for field in self.begun_by(name, needed)):
                    continue
                for field in needed:
                    key = f"{name}_{place}_{field}"
                    if row[field] in (None, "") and key not in self.errors:
                        self.add_error(key, _("Fill this in too, or empty the whole row."))
                rows.append(row)
        return cleaned

    @staticmethod
    def begun_by(name, needed):
        """The fields by which one sees that a row was begun; others have something chosen from the start."""
        return needed
