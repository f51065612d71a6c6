"""How a hall calls and when it warns, and the alerts that the shift leader sees (FIELD 2.1 15, 16, 29)."""
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.accounts.access import reach
from config.web.pages import Page, VerbPage
from reception.visits import appointments, panels, watch
from reception.visits.permissions import Can
from reception.visits.queue_forms import QueueForm
from reception.visits.stations.queries import silent
from staff.organisation.models import Hall
from staff.organisation.queries import hall_of


class QueueSettings(VerbPage):
    """The rules by which one hall calls its visitors."""

    capability, form, done = Can.QUEUE, QueueForm, _("The hall calls by these rules from now on.")

    def target(self, pk):
        """The hall, if it is in reach."""
        far = reach(self.request.user, Can.QUEUE)
        halls = Hall.objects.all() if far.everything else Hall.objects.filter(pk__in=far.halls)
        return get_object_or_404(halls.select_related("queue"), pk=pk)

    def initial(self, hall):
        """What holds now."""
        settings = appointments.settings_of(hall)
        return {name: getattr(settings, name) for name in ("version", *QueueForm.NAMES)}

    def act(self, hall, answers):
        """Change it."""
        return appointments.set_queue(self.actor, hall, now=timezone.now(), **answers)

    def next_address(self, hall, result):
        """The hall's board, where the rules work."""
        return reverse("board")

    def context(self, hall, form):
        """The words around the form."""
        return {"heading": _("How the hall calls"), "sub_text": str(hall), "submit_label": _("Save"), "cancel_url": reverse("board"),
                "back_label": _("Day board")}


class Alerts(Page):
    """What the shift leader has to know now, of every hall in reach; refreshes by itself."""

    capability = Can.REOPEN

    def get(self, request):
        """The page, or the part that refreshes."""
        context = {"halls": watch.alerts_for(request.user, timezone.now()), "live_url": reverse("alerts") + "?part=1"}
        return self.show("reception/visits/_alerts.html" if request.GET.get("part") else "reception/visits/alerts.html", context)


class MyVisits(Page):
    """The visits of My day alone, with who waits for an answer, for their own refresh."""

    capability = Can.EDIT

    def get(self, request):
        """The box; there is none for somebody who is employed nowhere."""
        shown = panels.my_day(None, request.user)
        if shown is None:
            raise Http404
        return self.show("reception/visits/_my_visits_now.html", shown | panels.host_calls(None, request.user))


class SoundAllowed(Page):
    """Whether new work may sound now: asked by the page before it does."""

    capability = Can.EDIT

    def get(self, request):
        """{"allowed": …}, false in the silent hours of the chosen hall."""
        hall = hall_of(request)
        return JsonResponse({"allowed": not (hall and silent(hall, timezone.now()))})
