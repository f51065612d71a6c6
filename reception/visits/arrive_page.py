"""The page behind the link of an appointment: on the visitor's own phone, without a log-in. A look shows, a press arrives (FIELD 2.1 5)."""
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts.actor import Actor
from config.errors import Refused
from config.web.limits import used_up
from config.web.pages import Page
from reception.visits import appointments, states
from reception.visits.queue_models import Appointment
from reception.visits.stations.keys import wait_key
from reception.visits.stations.rules import hidden

LOOKS, PRESSES, SECONDS = 60, 6, 60  # a minute, by address and by appointment


class Arrive(Page):
    """Masked name, hall and hour; "I am here"; afterwards the waiting page."""

    public = True

    def dispatch(self, request, *args, **kwargs):
        """Who tries many links from one place waits a minute."""
        if used_up("arrive", request.META.get("REMOTE_ADDR", ""), limit=LOOKS, seconds=SECONDS):
            return self.told(None, _("This was asked too often. Wait a minute, or go to the reception desk."), status=429)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, token):
        """Show the appointment; nothing is changed."""
        return self.told(self.appointment(token))

    def post(self, request, token):
        """Arrive, once however often it is pressed."""
        appointment, now = self.appointment(token), timezone.now()
        if used_up("arrive-press", appointment.pk, limit=PRESSES, seconds=SECONDS):
            return self.told(appointment, _("This was asked too often. Wait a minute, or go to the reception desk."), status=429)
        try:
            appointments.refuse_early(appointment, now)
            appointments.arrive(Actor.customer(f"appointment {appointment.pk}"), appointment, now=now)
        except Refused as refusal:
            return self.told(appointment, str(refusal), status=422)
        return HttpResponseRedirect(reverse("arrive", args=[token]))

    @staticmethod
    def appointment(token):
        """The appointment of this link; an unknown one is not there."""
        found = Appointment.objects.select_related("hall__queue", "customer", "purpose", "visit").filter(token=token).first()
        if found is None:
            raise Http404
        return found

    def told(self, appointment, objection="", status=200):
        """The page: what is expected. Who has arrived is led to the page on which one waits."""
        if appointment and appointment.visit:
            return HttpResponseRedirect(reverse("wait", args=[wait_key(appointment.visit.public_code)]))
        context = {"appointment": appointment, "objection": objection}
        if appointment:
            today = appointment.hall.day_of(appointment.at) == appointment.hall.day_of(timezone.now())
            context |= {"name": hidden(appointment.shown_name), "open": appointment.state == states.PLANNED and today}
        response = self.show("reception/visits/arrive.html", context, status=status)
        response.headers["Cache-Control"] = "no-store"
        return response
