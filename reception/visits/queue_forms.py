"""How a hall calls and when it warns, as its manager sets it."""
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import HallkeeperForm, VersionedForm
from reception.visits.models import ServiceLeg


def number(label, *, least, most, help_text, required=True):
    """A small whole number."""
    return forms.IntegerField(label=label, required=required, min_value=least, max_value=most, help_text=help_text,
                              widget=forms.NumberInput({"class": "w-xs", "inputmode": "numeric"}))


class QueueForm(VersionedForm):
    """The rules of one hall's queue (FIELD 2.1 15, 16, 29)."""

    NAMES = ("priority_share", "overdue_minutes", "alert_minutes", "idle_seconds", "early_minutes", "closes_left_open", "host_minutes", "remind_minutes")

    priority_share = number(_("Calls with priority in a row"), least=0, most=9, help_text=_(
        "After so many calls with priority one other is called, if somebody waits. 0: nobody has priority, the longest wait is called."))
    overdue_minutes = number(_("Called first after (minutes)"), least=1, most=240, required=False, help_text=_(
        "Who waits longer is called first, whatever their class. Empty: never."))
    alert_minutes = number(_("Longest wait without an alert (minutes)"), least=1, most=240, required=False, help_text=_(
        "Past it the shift leader is told. Empty: the waiting target of the regulation."))
    idle_seconds = number(_("Alert when somebody waits at a free counter (seconds)"), least=10, most=3600, help_text=_(
        "How long somebody may wait while a person who could serve is free."))
    early_minutes = number(_("Arrival by the own phone (minutes before)"), least=0, most=240, help_text=_(
        "How long before an appointment its visitor may say “I am here”."))
    remind_minutes = number(_("Reminder of the adviser (minutes before)"), least=5, most=240, help_text=_(
        "How long before an appointment its adviser is reminded of it."))
    host_minutes = number(_("Answer of a host (minutes)"), least=1, most=60, help_text=_(
        "Whoever a visitor came for is told at once. Without an answer in this time the deputy is asked, then the shift leader."))
    closes_left_open = forms.BooleanField(label=_("Close visits left open when the day ends"), required=False, help_text=_(
        "They are closed as assumed at closing time and listed the next morning. Without it they stay open until somebody closes them."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("version", "priority_share", "overdue_minutes", Fieldset(_("Alerts to the shift leader"), "alert_minutes", "idle_seconds"),
                                    Fieldset(_("Visitors for somebody"), "host_minutes"),
                                    Fieldset(_("Appointments"), "early_minutes", "remind_minutes"), Fieldset(_("End of the day"), "closes_left_open"))


class PriorityForm(HallkeeperForm):
    """In which class a ticket is called, and why."""

    priority = forms.ChoiceField(label=_("Priority"), required=False, choices=[("", _("none")), *ServiceLeg.Priority.choices],
                                 widget=forms.RadioSelect({"class": "stacked"}), error_messages={"invalid_choice": _("Choose one of the classes.")})
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput({"class": "w-l"}),
                             error_messages={"required": _("Write the reason; the record keeps it.")})
