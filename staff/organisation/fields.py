"""A field that asks for a person by name or staff number."""
from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from staff.organisation.models import Employee
from staff.organisation.queries import named


class PersonField(forms.CharField):
    """One line with type-ahead; what is typed or chosen ('E0016 张伟') becomes an Employee who has not left."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput({
            "data-combobox-url": reverse_lazy("suggest_people"), "autocomplete": "off", "class": "w-l"}))
        kwargs.setdefault("max_length", 120)
        super().__init__(**kwargs)

    def prepare_value(self, value):
        """An employee as the line shows it."""
        if isinstance(value, Employee):
            return f"{value.number} {value.name}"
        return value

    def clean(self, value):
        """The one person meant; a sentence when nobody is, or several are."""
        text = (super().clean(value) or "").strip()
        if not text:
            return None
        people = Employee.objects.exclude(state=Employee.State.LEFT)
        number = people.filter(number__iexact=text.split()[0]).first()
        found = [number] if number else list(people.filter(named(text))[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Several people are found by “%(text)s”. Choose one from the list."), params={"text": text})
        raise forms.ValidationError(_("Nobody here is found by “%(text)s”. Enter the name or the staff number."), params={"text": text})
