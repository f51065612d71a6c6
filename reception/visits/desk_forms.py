"""What the desk asks about a visitor: hall and purpose are enough (REC-02); the need's fields are the hall's template's (REC-04)."""
from datetime import UTC
from types import MappingProxyType

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from config.web.forms import HallkeeperForm, RecordField
from facilities.areas.models import Area
from reception.customers.phones import Kind, read_phones
from reception.visits.hall_now import HallNow, hall_now
from reception.visits.models import ServiceLeg, Visit
from reception.visits.permissions import Can
from reception.visits.story import text_of
from staff.organisation.access import halls_within

MORE = ("name", "phone", "company", "priority", "source", "interest", "intention", "service", "arrived_at", "note")


class Fold(Div):
    """The part of the form that is folded away, open where something in it was typed or refused."""

    def render(self, form, context, **kwargs):
        """The fields within a `details`."""
        return render_to_string("reception/visits/_more.html", {
            "open": form.more_is_open, "fields": self.get_rendered_fields(form, context, **kwargs)})


class HallPart:
    """The fields of a desk form that follow the hall, as far as it matters how they look (config/web/templatetags/drawn.py)."""

    prefix = None

    def __init__(self, form):
        self.form, self.is_bound, self.errors = form, form.is_bound, form.errors

    def __iter__(self):
        return (self.form[name] for name in self.form.hall_fields)


class DeskForm(HallkeeperForm):
    """The visit form of one hall for one person at the desk."""

    customer = RecordField(required=False, widget=forms.HiddenInput, error_messages={
        "invalid_choice": _("This customer is not known in your hall. Choose one from the list, or log the visitor as new.")})
    who = forms.CharField(label=_("Customer"), required=False, max_length=80, widget=forms.TextInput({
        "data-combobox-url": reverse_lazy("suggest_customers"), "data-combobox-target": "id_customer", "data-combobox-aside": "customer-hits",
        "data-combobox-method": "post", "data-combobox-auto": True,
        "autocomplete": "off", "autofocus": True, "data-key": "n", "spellcheck": "false", "inputmode": "text", "enterkeyhint": "next",
        "placeholder": _("Phone, name or initials")}))
    name = forms.CharField(label=_("Name"), required=False, max_length=80, widget=forms.TextInput({"autocomplete": "off", "class": "w-m"}))
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=60,
                            widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off", "class": "w-m"}))
    company = forms.CharField(label=_("Company"), required=False, max_length=120, widget=forms.TextInput({"autocomplete": "off", "class": "w-l"}))
    hall = forms.TypedChoiceField(label=_("Hall"), error_messages={
        "invalid_choice": _("This hall is not open today or not one of yours. Choose another.")})
    purpose = RecordField(label=_("Purpose"), widget=forms.RadioSelect({"class": "digits"}),
                                     error_messages={"required": _("Choose why the visitor came.")})
    party_size = forms.IntegerField(label=_("Party"), required=False, min_value=1, max_value=200, initial=1,
                                    widget=forms.NumberInput({"class": "w-xs", "inputmode": "numeric"}),
                                    error_messages={"invalid": _("Enter the number of people as a figure."),
                                                    "min_value": _("At least one person came. Enter 1 or more."),
                                                    "max_value": _("More than 200 people are logged as several visits. Enter 200 or fewer.")})
    need = forms.CharField(label=_("Need"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))
    source = RecordField(label=_("How they heard of us"), required=False, empty_label=_("not asked"),
                                    widget=forms.Select({"class": "w-l"}))
    interest = forms.CharField(label=_("Interested in"), required=False, max_length=200)
    intention = forms.ChoiceField(label=_("Intention level"), required=False, choices=[("", _("not asked")), *Visit.Intention.choices],
                                  widget=forms.RadioSelect)
    service = RecordField(label=_("Service wanted"), required=False, empty_label=_("as the purpose says"),
                                     widget=forms.Select({"class": "w-l"}))
    priority = forms.ChoiceField(label=_("Priority"), required=False, widget=forms.RadioSelect, error_messages={
        "invalid_choice": _("Choose one of the classes.")}, choices=[("", _("none")), *(
            choice for choice in ServiceLeg.Priority.choices if choice[0] != ServiceLeg.Priority.APPOINTMENT)])
    adviser = RecordField(label=_("Adviser"), required=False, empty_label=_("Queue"), widget=forms.RadioSelect,
                                     error_messages={"invalid_choice": _("This person is not on shift in this hall now. Choose somebody who is.")})
    area = RecordField(label=_("Area"), required=False, empty_label=_("not yet"), widget=forms.RadioSelect,
                                  error_messages={"invalid_choice": _("This area does not belong to the hall. Choose one of its own areas.")})
    steps = forms.MultipleChoiceField(label=_("Reception steps"), required=False, widget=forms.CheckboxSelectMultiple)
    arrived_at = forms.TimeField(label=_("Arrived at"), required=False, input_formats=["%H:%M", "%H%M", "%H.%M"],
                                 widget=forms.TextInput({"class": "w-xs", "placeholder": "14:05", "inputmode": "numeric"}),
                                 help_text=_("Empty means now."), error_messages={"invalid": _("Enter the time as hours and minutes, such as 14:05.")})
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))

    field_order = ("customer", "who", "hall", "purpose", "party_size", "need", "adviser", "area", "steps", *MORE)  # as they stand on the page
    quiet_optional = True
    why = MappingProxyType({"purpose": "S0 §3.3.1.1", "need": "S0 §2.2.3.2", "adviser": "S0 §3.2.3", "area": "S0 §3.3.1.1", "steps": "S3 §3.1.1"})

    def __init__(self, *args, viewer, hall, now, sent=False, **kwargs):
        """A form that was `sent` reads only what it needs to be checked, and `for_page` reads the rest where it is refused."""
        self.viewer, self.now = viewer, now
        super().__init__(*args, **kwargs)
        halls = {str(one.pk): one for one in halls_within(viewer, Can.EDIT, timezone.localtime(now).date())}
        self.chosen_hall = hall = halls.get(self.data.get("hall"), hall)
        self.fields["hall"].choices = [(key, str(one)) for key, one in halls.items()]
        self.fields["hall"].coerce = halls.__getitem__
        self.fields["hall"].initial = hall and hall.pk
        if len(halls) == 1:
            self.fields["hall"].widget = forms.HiddenInput()
        else:
            self.fields["hall"].widget.attrs |= {"hx-post": reverse_lazy("desk_hall_fields"), "hx-target": "#hall-fields",
                                                 "hx-trigger": "change", "class": "w-l"}
        self.read(places=not sent or bool(self.data.get("adviser") or self.data.get("area")), queue=not sent)
        self.helper.layout = self.layout()

    def read(self, **parts):
        """Read of the hall what the form offers, and these parts."""
        hall, customer = self.chosen_hall, self.data.get("customer", "")
        self.beside = hall_now(hall, self.viewer, self.now, customer=int(customer) if is_id(customer) else None, **parts) if hall else HallNow(hall, self.now)
        self.offer_hall()

    def afresh(self):
        """The same form, empty again, with who and what is free in the hall now: for the next visitor on a page that stands already."""
        self.is_bound, self.data, self.now = False, {}, timezone.now()
        self._errors, self._bound_fields_cache = None, {}
        known, self.beside = self.beside, hall_now(self.chosen_hall, self.viewer, self.now, form=False)
        self.beside.version = known.version
        self.offer_places()
        return self

    def for_page(self):
        """Read all that the page of the form shows, unless that was done."""
        if self.chosen_hall and self.beside.visits is None:
            self.read()
        return self.beside

    def offer_hall(self):
        """Fill what depends on the hall: purposes, advisers on shift, areas, steps, the template's fields."""
        beside, self.version = self.beside, self.beside.version
        self.fields["customer"].offer({one.pk: one for one in [beside.customer] if one})
        self.fields["purpose"].offer(beside.purposes)
        self.fields["source"].offer(beside.sources)
        self.fields["service"].offer(beside.services)
        self.fields["steps"].choices = [(step["key"], str(text_of(step["label"]))) for step in (self.version.steps if self.version else [])]
        self.details = []
        for field in self.version.fields if self.version else []:
            self.fields[f"detail_{field['key']}"] = detail_field(field)
            self.details.append(f"detail_{field['key']}")
        self.offer_places()

    def offer_places(self):
        """Fill what changes with every visit: advisers on shift and areas."""
        beside = self.beside
        busy = {row["employee"].pk: row["visits"] for row in beside.advisers}
        people = {row["employee"].pk: row["employee"] for row in beside.advisers}
        self.fields["adviser"].offer(people, [(pk, adviser_words(one, busy)) for pk, one in people.items()])
        self.fields["area"].offer({row["area"].pk: row["area"] for row in beside.areas}, self.area_choices())

    def area_choices(self):
        """The free areas for visitors, and the one that was chosen."""
        offered = [row for row in self.beside.areas if row["area"].kind in Area.FOR_VISITORS]
        return [(row["area"].pk, area_words(row)) for row in offered if row["free"] or str(row["area"].pk) == self.data.get("area")]

    def layout(self):
        """Who, why, what; the hall's own fields; the rest folded away."""
        return Layout("customer", "who", "hall", "purpose", "party_size", "need", Div(*self.hall_fields, css_id="hall-fields"), Fold(*MORE))

    @property
    def hall_fields(self):
        """The names of the fields that follow the hall."""
        return [*self.details, "adviser", "area", *(["steps"] if self.fields["steps"].choices else [])]

    @property
    def hall_part(self):
        """Only these fields, for looking at and for drawing them."""
        return HallPart(self)

    @property
    def hall_helper(self):
        """The part of the layout that follows the hall, for the swap when another hall is chosen."""
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf, helper.form_show_errors = False, True, False
        helper.layout = Layout(*self.hall_fields)
        return helper

    @property
    def more_is_open(self):
        """Whether something in the folded part was typed or refused, so that it must be seen."""
        return any(self.data.get(name) for name in MORE) or any(name in self.errors for name in MORE if self.is_bound)

    def clean_party_size(self):
        """An empty party is one person."""
        return self.cleaned_data["party_size"] or 1

    def clean(self):
        """Read who came: a chosen customer, a new one by phone or name, or nobody named; and when."""
        answers = super().clean()
        if answers.get("customer"):
            answers["new_customer"] = None
        else:
            answers["new_customer"] = self.new_customer(answers)
        if answers.get("arrived_at"):
            answers["arrived_at"] = today_at(answers["arrived_at"], self.now)
        answers["version"] = None if answers.get("arrived_at") else self.version
        answers["details"] = {name.removeprefix("detail_"): answers.pop(name) for name in self.details if name in answers}
        return answers

    def new_customer(self, answers):
        """What was typed about somebody new, or None for an unnamed visitor. Digits in the first field are a phone, letters a name."""
        who, name, phone, company = (answers.get(key, "") or "" for key in ("who", "name", "phone", "company"))
        phones = [one for one in read_phones(phone) if one.raw]
        if who and not name and not phone:
            found = [one for one in read_phones(who) if one.kind != Kind.UNREADABLE]
            phones, name = (found, name) if found else (phones, who)
        elif who and not phone:
            phones = [one for one in read_phones(who) if one.kind != Kind.UNREADABLE] or phones
        elif who and not name and not any(sign.isdigit() for sign in who):
            name = who
        if phone and any(one.kind == Kind.UNREADABLE for one in phones):
            self.add_error("phone", _("This is not a complete telephone number. Enter all its digits, or leave it empty and write it in the note."))
        if not (name or phones or company):
            return None
        return {"name": name, "phones": phones, "company": company, "source": str(answers.get("source") or "")}


def is_id(text):
    """Whether this may be the id of a record."""
    return text.isdecimal() and len(text) < 18


def today_at(clock, now):
    """The moment of today at which a clock in the hall showed `clock`; in the hour that an autumn night has twice, the later one that
    has come."""
    local = timezone.localtime(now).replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    moments = [local.replace(fold=fold).astimezone(UTC) for fold in (1, 0)]
    return next((moment for moment in moments if moment <= now), moments[-1])


def adviser_words(employee, busy):
    """A name with how many visits are in the person's hands."""
    count = busy.get(employee.pk, 0)
    return f"{employee.name} · {ngettext('%(n)s visit', '%(n)s visits', count) % {'n': count}}" if count else employee.name


def area_words(row):
    """An area with how full it is, where several parties fit."""
    area = row["area"]
    return f"{area} {row['taken']}/{area.capacity}" if area.capacity > 1 else str(area)


def detail_field(field):
    """A form field for one field of a reception template."""
    label = str(text_of(field["label"]))
    unit = text_of(field.get("unit") or "")
    if field["kind"] == "choice":
        choices = [("", _("not asked")), *[(choice["key"], str(text_of(choice["label"]))) for choice in field["choices"]]]
        return forms.ChoiceField(label=label, required=False, choices=choices, widget=forms.RadioSelect,
                                 error_messages={"invalid_choice": _("Choose one of the offered answers.")})
    if field["kind"] == "number":
        return forms.DecimalField(label=label, required=False, min_value=0, max_value=10**9, help_text=str(unit),
                                  widget=forms.NumberInput({"class": "w-s", "inputmode": "decimal", "step": "any"}),
                                  error_messages={"invalid": _("Enter a number."), "min_value": _("Enter a number of 0 or more."),
                                                  "max_value": _("This number is too large. Check it.")})
    return forms.CharField(label=label, required=False, max_length=200)
