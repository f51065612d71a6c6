"""Appointments: the list, one of them, planning, changing, cancelling, and the key that says "arrived" (FIELD 2.1 4)."""
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from config.accounts.access import may
from config.privacy import log
from config.web.context import current_hall
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from reception.visits import appointments, states
from reception.visits.acts import Press
from reception.visits.appointment_forms import AppointmentFilters, AppointmentForm, CancelForm
from reception.visits.permissions import Can
from reception.visits.queue_models import Appointment
from reception.visits.stations import qr
from staff.organisation.queries import employee_of

JOINS = ("hall", "customer", "purpose", "service", "employee", "visit")


def masked_phone(row):
    """The first number, masked: the appointment's own, else the customer's."""
    contacts = row.customer.contacts.all() if row.customer_id else ()
    return row.masked or next((contact.masked for contact in contacts if contact.is_phone), "")


class AppointmentList(ListPage):
    """Who is expected, in reach of the viewer."""

    capability, export_capability, kind, title = Can.READ, Can.EXPORT, "appointment", _("Appointments")
    filters, default_sort, template = AppointmentFilters, "-at", "reception/visits/appointments.html"
    empty = _("Nobody is expected. Plan a visit when somebody announces it.")
    columns = (
        Column("visitor", _("Visitor"), lambda row: row.shown_name or gettext("unnamed visitor"), cell="reception/visits/cells/expected.html"),
        Column("state", _("State"), lambda row: row.get_state_display(), sort="state", cell="reception/visits/cells/expected_state.html", css="beside bare"),
        Column("at", _("Expected at"), lambda row: row.at, sort="at", cell="reception/visits/cells/expected_at.html", css="num bare"),
        Column("purpose", _("Purpose"), lambda row: str(row.purpose), css="bare"),
        Column("service", _("Service wanted"), lambda row: str(row.service or "")),
        Column("employee", _("Adviser"), lambda row: str(row.employee or ""), css="name"),
        Column("party", _("Party"), lambda row: row.party_size, sort="party_size", css="r"),
        Column("phone", _("Telephone"), masked_phone, css="num bare"),
        Column("hall", _("Hall"), lambda row: str(row.hall), several_halls=True),
    )

    def rows(self):
        """In reach, with what the columns show."""
        return Appointment.objects.visible_to(self.request.user).select_related(*JOINS).prefetch_related("customer__contacts")

    def context(self):
        """The usual views, and the way to a new one."""
        today = timezone.localdate().isoformat()
        views = [(_("All"), ""), (_("Today"), f"since={today}&until={today}&sort=at"), (_("To come"), f"since={today}&state=planned&sort=at"),
                 (pgettext("appointment", "Did not come"), "state=missed")]
        asked = self.request.GET.urlencode()
        tabs = [{"label": label, "url": f"?{query}" if query else self.request.path, "active": asked == query} for label, query in views]
        shown = {"tabs": tabs, "usual": any(tab["active"] for tab in tabs)}
        return shown | ({"add_url": reverse("new_appointment"), "add_label": _("Plan a visit")} if may(self.request.user, Can.EDIT) else {})


class NewAppointment(FormPage):
    """Somebody announces a visit."""

    capability, form, once, done = Can.EDIT, AppointmentForm, True, _("Planned.")

    def form_kwargs(self, target):
        """Halls, people and customers in reach."""
        return {"viewer": self.request.user}

    def initial(self, target):
        """The hall one works in."""
        chosen = current_hall(self.request)
        return {"hall": chosen and chosen["id"]}

    def act(self, target, answers):
        """Plan it."""
        answers.pop("version")
        return appointments.plan(self.actor, now=timezone.now(), **answers)

    def next_address(self, target, appointment):
        """What was planned, with the link to send."""
        return reverse("appointment", args=[appointment.pk])

    def context(self, target, form):
        """The words around the form."""
        return {"heading": _("Plan a visit"), "submit_label": _("Plan"), "cancel_url": reverse("appointments"), "back_label": _("Appointments")}


class AppointmentDetail(Page):
    """One appointment: who, when, the link by which the visitor says "I am here", what may be done."""

    capability = Can.READ

    def get(self, request, pk):
        """Show it; what may be done follows its state."""
        rows = Appointment.objects.visible_to(request.user).select_related(*JOINS, "created_by").prefetch_related("customer__contacts")
        appointment = get_object_or_404(rows, pk=pk)
        log.note(request, "view", kind="appointment", record_id=appointment.pk, hall_id=appointment.hall_id)
        editable = Appointment.objects.visible_to(request.user, Can.EDIT).filter(pk=pk).exists()
        planned = appointment.state == states.PLANNED
        link = request.build_absolute_uri(reverse("arrive", args=[appointment.token]))
        return self.show("reception/visits/appointment.html", {
            "appointment": appointment, "facts": facts(appointment), "may_edit": editable and planned, "planned": planned,
            "actions": actions(appointment, timezone.now()) if editable and planned else [], "history": in_words(appointment, limit=20),
            "link": link, "code": qr.drawn(link) if planned else None})


def facts(row):
    """The plain facts in words."""
    told = [(_("Telephone"), masked_phone(row), "num"), (_("Hall"), row.hall, ""), (_("Purpose"), row.purpose, ""), (_("Service wanted"), row.service, ""),
            (_("Adviser"), row.employee, "name"), (_("Party"), row.party_size, "num"), (_("Note"), row.note, "text"),
            (_("Reason of the cancellation"), row.reason, "text"), (_("Planned by"), row.created_by, "name")]
    return [{"label": label, "value": str(value), "kind": kind} for label, value, kind in told if value]


def actions(row, now):
    """What may be done with somebody expected; they arrive on the day itself."""
    arrived = [{"label": pgettext("appointment", "Arrived"), "url": reverse("appointment_arrive", args=[row.pk]), "icon": "check", "key": "a",
                "method": "post", "primary": True}]
    return [*(arrived if row.hall.day_of(row.at) == row.hall.day_of(now) else []),
            {"label": _("Change"), "url": reverse("change_appointment", args=[row.pk]), "icon": "pencil", "key": "e", "method": "get"},
            {"label": _("Cancel the appointment"), "url": reverse("cancel_appointment", args=[row.pk]), "icon": "x", "key": "", "method": "get"}]


class AppointmentVerb(VerbPage, abstract=True):
    """A verb on an appointment that has to ask something first."""

    capability = Can.EDIT
    heading = submit = ""

    def target(self, pk):
        """The appointment, if this person may change it."""
        return get_object_or_404(Appointment.objects.visible_to(self.request.user, Can.EDIT).select_related(*JOINS), pk=pk)

    def next_address(self, appointment, result):
        """Back to it."""
        return reverse("appointment", args=[appointment.pk])

    def context(self, appointment, form):
        """The words around the form."""
        return {"heading": self.heading, "submit_label": self.submit, "cancel_url": self.next_address(appointment, None),
                "sub_text": appointment.shown_name, "back_label": appointment.shown_name or _("Appointment")}


class ChangeAppointment(AppointmentVerb):
    """Another time, another wish."""

    heading, submit, form, done = _("Change the appointment"), _("Save"), AppointmentForm, _("Changed.")

    def form_kwargs(self, appointment):
        """Halls, people and customers in reach."""
        return {"viewer": self.request.user, "appointment": appointment}

    def initial(self, appointment):
        """What stands."""
        kept = {name: getattr(appointment, name) for name in ("version", "name", "phone", "party_size", "note")}
        return kept | {"at": timezone.localtime(appointment.at), "who": str(appointment.customer) if appointment.customer_id else "",
                       **{name: getattr(appointment, f"{name}_id") for name in ("customer", "hall", "purpose", "service", "employee")}}

    def act(self, appointment, answers):
        """Save it."""
        return appointments.change(self.actor, appointment, now=timezone.now(), **answers)


class CancelAppointment(AppointmentVerb):
    """The visitor does not come."""

    heading, submit, form, done = _("Cancel the appointment"), _("Cancel the appointment"), CancelForm, _("Cancelled.")

    def act(self, appointment, answers):
        """With the reason."""
        return appointments.cancel(self.actor, appointment, reason=answers["reason"], now=timezone.now())


class ArriveAppointment(Press):
    """Who was expected stands at the desk: one key, and the visit is there."""

    done = ""

    def target(self, pk):
        """The appointment, if this person may receive its visitor."""
        return get_object_or_404(Appointment.objects.visible_to(self.request.user, Can.EDIT), pk=pk)

    def act(self, appointment):
        """Its visit begins, or is the one that began already."""
        visit = appointments.arrive(self.actor, appointment, receptionist=employee_of(self.request.user), now=timezone.now())
        self.visit, self.done = visit, gettext("%(name)s has arrived.") % {"name": visit.shown_name or gettext("The visitor")}

    def address(self, appointment):
        """The visit at the desk, else the appointment."""
        visit = getattr(self, "visit", None)
        return f"{reverse('desk')}?saved={visit.pk}" if visit else reverse("appointment", args=[appointment.pk])
