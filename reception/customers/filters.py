"""What a person narrows the list of customers by."""
from django import forms
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from config import prepared
from config.web.filters import FilterForm
from reception.customers import queries
from reception.customers.models import ContactPoint, Customer, CustomerHall
from staff.organisation.access import workplaces
from staff.organisation.models import Employee
from staff.organisation.queries import postings_on

EITHER = [("", _("either")), ("with", _("with")), ("without", _("without"))]


class CustomerFilters(FilterForm):
    """Words, hall, choice, owner, with or without phone and name."""

    q = forms.CharField(label=_("Name, last digits, company or number"), max_length=60, widget=forms.TextInput({"autocomplete": "off", "class": "w-m"}),
                        help_text=_("Phone from its start or its end, name, pinyin, initials, company, number"))
    hall = forms.TypedChoiceField(label=_("Hall"), coerce=int, empty_value=None, widget=forms.Select({"class": "w-m"}))
    choice = forms.ChoiceField(label=_("Choice"), choices=[("", _("all")), *Customer.Choice.choices], widget=forms.Select({"class": "w-m"}))
    owner = forms.TypedChoiceField(label=_("Owner"), coerce=int, empty_value=None, widget=forms.Select({"class": "w-m"}))
    phone = forms.ChoiceField(label=_("Telephone"), choices=EITHER, widget=forms.Select({"class": "w-s"}))
    named = forms.ChoiceField(label=_("Name"), choices=EITHER, widget=forms.Select({"class": "w-s"}))

    def __init__(self, data, *, viewer, **kwargs):
        super().__init__(data, viewer=viewer, **kwargs)
        self.halls = [(hall.pk, str(hall)) for hall in workplaces(viewer, timezone.localdate())]
        self.fields["hall"].choices = [("", _("all")), *self.halls]
        self.fields["owner"].choices = lambda: [("", _("all")), *self.owners]

    @cached_property
    def owners(self):
        """The people who work in these halls as (id, name), asked for when the form is drawn or one of them was chosen."""
        day, halls = timezone.localdate(), tuple(pk for pk, _name in self.halls)
        return prepared.values(("owners of files", day, halls), lambda: Employee.objects.filter(
            pk__in=postings_on(day).filter(hall__in=halls).values("employee")).values_list("pk", "name"))

    def look(self):
        """What was chosen, the halls and the people."""
        return [(name, self.data.get(name)) for name in self.fields if name != "q"], self.halls, self.owners

    def narrow(self, rows):
        """The files that pass."""
        chosen = self.cleaned_data
        if chosen["q"]:
            rows = queries.matching(rows, self.viewer, chosen["q"])
        if chosen["hall"]:
            rows = rows.filter(Exists(CustomerHall.objects.filter(customer=OuterRef("pk"), hall=chosen["hall"])))
        for field in ("choice", "owner"):
            if chosen[field]:
                rows = rows.filter(**{field: chosen[field]})
        if chosen["phone"]:
            numbers = Exists(ContactPoint.objects.filter(customer=OuterRef("pk")).exclude(digits=""))
            rows = rows.filter(numbers if chosen["phone"] == "with" else ~numbers)
        if chosen["named"]:
            rows = rows.exclude(name="") if chosen["named"] == "with" else rows.filter(name="")
        return rows
