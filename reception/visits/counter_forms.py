"""What a counter asks: with what result, why, to whom (lifecycles of a service leg)."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import HallkeeperForm
from reception.visits import queries
from reception.visits.queue_models import PostSpell
from staff.organisation.models import Employee, Post, Service


def places(hall):
    """The posts of a hall (or its id) at which visitors are served; nobody is sent to a patrol."""
    return Post.objects.filter(hall=hall, is_active=True).exclude(kind=Post.Kind.PATROL)


class PostForm(HallkeeperForm):
    """At which counter somebody stands, where the shift does not say it."""

    post = forms.ModelChoiceField(Post.objects.none(), label=_("Counter"), empty_label=None, widget=forms.RadioSelect, error_messages={
        "required": _("Choose the counter you stand at."), "invalid_choice": _("This counter is not in your hall. Choose another.")})

    def __init__(self, *args, hall, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = places(hall)


class ShutForm(HallkeeperForm):
    """Why a counter is paused or closed."""

    reason = forms.ChoiceField(label=_("Reason"), choices=PostSpell.Reason.choices, widget=forms.RadioSelect({"class": "digits"}), error_messages={
        "required": _("Choose why the counter is paused or closed."), "invalid_choice": _("Choose one of the reasons.")})
    note = forms.CharField(label=_("Note"), required=False, max_length=300, widget=forms.TextInput({"class": "w-l"}))


class FinishForm(HallkeeperForm):
    """What came of the ticket."""

    result = forms.CharField(label=_("Result"), required=False, max_length=300,
                             widget=forms.TextInput({"class": "w-l", "autocomplete": "off", "data-key": "f"}))


class CallForm(HallkeeperForm):
    """Why this visitor is called before others."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=300, widget=forms.TextInput({"class": "w-l"}),
                             help_text=_("Needed when others wait longer for this service."))


class TransferForm(HallkeeperForm):
    """To which service, counter or person a served visitor goes next."""

    service = forms.ModelChoiceField(Service.objects.none(), label=_("Service"), required=False, empty_label=_("the same"), error_messages={
        "invalid_choice": _("This hall does not offer that service. Choose one of its own.")})
    post = forms.ModelChoiceField(Post.objects.none(), label=_("Counter"), required=False, empty_label=_("any"), error_messages={
        "invalid_choice": _("This counter is not in the hall. Choose one of its own.")})
    employee = forms.ModelChoiceField(Employee.objects.none(), label=_("Person"), required=False, empty_label=_("anybody"), error_messages={
        "invalid_choice": _("This person is not on shift in this hall now. Choose somebody who is.")})
    note = forms.CharField(label=_("Note"), max_length=300, widget=forms.Textarea({"rows": 3}),
                           error_messages={"required": _("Write what the next counter has to know.")})

    def __init__(self, *args, leg, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = Service.objects.filter(offers__hall=leg.hall_id).exclude(pk=leg.service_id).order_by("offers__order", "pk")
        self.fields["post"].queryset = places(leg.hall_id).exclude(pk=leg.post_id)
        on_shift = [row["employee"].pk for row in queries.advisers_of(leg.hall, now)]
        self.fields["employee"].queryset = Employee.objects.filter(pk__in=on_shift).exclude(pk=leg.employee_id)
