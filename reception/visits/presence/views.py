"""Pages of who is present, and of an evacuation from its start to the record."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.accounts.access import may, reach
from config.errors import Refused
from config.privacy import log
from config.web.pages import FormPage, Page, VerbPage
from reception.visits.permissions import Can
from reception.visits.presence import forms, queries, services
from reception.visits.presence.models import Evacuation, EvacuationPerson
from reception.visits.printing import sheet
from staff.organisation.queries import hall_of


def hall_in_reach(request):
    """The hall of the switcher, if this person may know who is in it; else None."""
    hall, far = hall_of(request), reach(request.user, Can.PRESENT)
    return hall if hall and (far.everything or hall.pk in far.halls) else None


class PresentNow(Page):
    """Everybody on site in the hall one works in: visitors and staff, and what is to be done when it has to be left."""

    capability = Can.PRESENT

    def get(self, request):
        """The page, or the part that refreshes."""
        hall = hall_in_reach(request)
        context = {"hall": hall, "live_url": reverse("present") + "?part=1"}
        if hall:
            context |= {"present": queries.present(hall, request.user, timezone.now()), "may_open": may(request.user, Can.READ)}
        return self.show("reception/visits/presence/_present.html" if request.GET.get("part") else "reception/visits/presence/present.html", context)


class PresentSheet(Page):
    """The people present on paper, with a box to tick each (INF-17); printing it is on record."""

    capability, record_kind = Can.PRESENT, "evacuation"

    def get(self, request):
        """The sheet of this moment."""
        hall, now = hall_in_reach(request), timezone.now()
        present = queries.present(hall, request.user, now) if hall else None
        if hall:
            log.note(request, "print", kind="visit", fields=["name", "area"], hall_id=hall.pk)
        lines = [services.line_of_visit(visit) for visit in present.visits] if present else []
        for line in lines:
            line.name = line.name if line.visit.told else ""
        lines += [services.line_of_shift(shift) for shift in present.shifts] if present else []
        return self.show("reception/visits/presence/sheet.html", {
            **sheet(request, hall or "", "", reverse("present"), now), "roll": queries.Roll(None, lines), "at": now, "form_number": ""})


class StartEvacuation(FormPage):
    """People leave the hall: the list is written down and everybody who works there can count."""

    capability = Can.PRESENT_EDIT
    form, once, template = forms.StartForm, True, "reception/visits/presence/start.html"

    def act(self, target, answers):
        """Begin it."""
        hall = hall_in_reach(self.request)
        if hall is None:
            raise Refused(_("An evacuation is of a hall, and none is yours today. Ask your superior for an assignment."))
        return services.start(self.actor, hall, kind=answers["kind"], now=timezone.now())

    def next_address(self, target, evacuation):
        """Its list."""
        return reverse("evacuation", args=[evacuation.pk])

    def context(self, target, form):
        """Who would be on the list."""
        hall = hall_in_reach(self.request)
        return {"hall": hall, "running": queries.running(hall.pk) if hall else None, "cancel_url": reverse("present"), "back_label": _("Present now"),
                "heading": _("Start an evacuation"), "submit_label": _("Start and list everybody")}


class EvacuationRoll(Page):
    """The list of an evacuation: big rows to tick while it runs, the record afterwards."""

    capability = Can.PRESENT

    def get(self, request, pk):
        """The page, or the list alone."""
        evacuation = get_object_or_404(Evacuation.objects.visible_to(request.user).select_related("hall", "started_by", "ended_by"), pk=pk)
        if request.GET.get("part"):
            return roll_part(self, evacuation)
        log.note(request, "view", kind="evacuation", record_id=evacuation.pk, hall_id=evacuation.hall_id)
        return self.show("reception/visits/presence/evacuation.html", roll_context(request.user, evacuation))


def roll_context(user, evacuation):
    """What the list shows."""
    may_count = evacuation.ended_at is None and may(user, Can.PRESENT_EDIT)
    return {"evacuation": evacuation, "roll": queries.roll(evacuation), "now": timezone.now(), "may_count": may_count,
            "may_end": may_count and may_end(user, evacuation)}


def roll_part(page, evacuation):
    """The list alone, as htmx and the refresh want it."""
    return page.show("reception/visits/presence/_roll.html", roll_context(page.request.user, evacuation))


def may_end(user, evacuation):
    """Who began it, or who leads the hall."""
    leads = reach(user, Can.PRESENT_LEAD)
    return evacuation.started_by_id == user.pk or leads.everything or evacuation.hall_id in leads.halls


class CountPerson(Page):
    """One tap: the people of a line are outside, or not yet."""

    capability = Can.PRESENT_EDIT
    http_method_names = ["post"]

    def post(self, request, pk, person):
        """Note it; htmx gets the list, everybody else the page."""
        evacuation = get_object_or_404(Evacuation.objects.visible_to(request.user, Can.PRESENT_EDIT).select_related("hall", "started_by", "ended_by"), pk=pk)
        line = get_object_or_404(EvacuationPerson.objects.select_related("evacuation"), evacuation=evacuation, pk=person)
        found = request.POST.get("found", "")
        try:
            services.count(self.actor, line, found=int(found) if found.isdecimal() and len(found) < 4 else -1, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        if "HX-Request" in request.headers:
            return roll_part(self, evacuation)
        return HttpResponseRedirect(f"{reverse('evacuation', args=[pk])}#p{line.pk}")


class EvacuationVerb(VerbPage, abstract=True):
    """A verb on an evacuation of a hall one works in."""

    capability = Can.PRESENT_EDIT

    def target(self, pk):
        """The evacuation, if this person sees it."""
        return get_object_or_404(Evacuation.objects.visible_to(self.request.user, Can.PRESENT_EDIT).select_related("hall"), pk=pk)

    def next_address(self, evacuation, result):
        """Its list."""
        return reverse("evacuation", args=[evacuation.pk])


class AddPerson(EvacuationVerb):
    """Somebody was in the hall and stands on no list."""

    form, once, done = forms.AddForm, True, gettext_lazy("Added to the list.")

    def act(self, evacuation, answers):
        """Add the line."""
        return services.add(self.actor, evacuation, now=timezone.now(), **answers)

    def context(self, evacuation, form):
        """The words around the form."""
        return {"heading": _("Add a person to the list"), "sub_text": str(evacuation.hall), "submit_label": _("Add to the list"),
                "cancel_url": self.next_address(evacuation, None), "back_label": _("Evacuation")}


class EndEvacuation(EvacuationVerb):
    """The evacuation is over; the list stays as its record."""

    form, done = forms.EndForm, gettext_lazy("The evacuation is over. Its list is kept.")

    def target(self, pk):
        """The evacuation, if this person began it or leads the hall."""
        leads = reach(self.request.user, Can.PRESENT_LEAD)
        rows = Evacuation.objects.visible_to(self.request.user, Can.PRESENT_EDIT).select_related("hall")
        if not leads.everything:
            rows = rows.filter(hall_id__in=leads.halls) | rows.filter(started_by=self.request.user)
        return get_object_or_404(rows, pk=pk)

    def act(self, evacuation, answers):
        """End it."""
        return services.end(self.actor, evacuation, now=timezone.now(), **answers)

    def next_address(self, evacuation, result):
        """The record, for who may still open it."""
        seen = Evacuation.objects.visible_to(self.request.user).filter(pk=evacuation.pk).exists()
        return reverse("evacuation", args=[evacuation.pk]) if seen else reverse("present")

    def context(self, evacuation, form):
        """The words around the form, and who is missing."""
        roll = queries.roll(evacuation)
        missing = ngettext("%(n)s person is not counted yet.", "%(n)s people are not counted yet.", roll.missing) % {"n": roll.missing}
        missing = missing if roll.missing else _("Everybody is outside.")
        return {"heading": _("End the evacuation"), "sub_text": f"{evacuation.hall} · {missing}", "submit_label": _("End it"),
                "cancel_url": self.next_address(evacuation, None), "back_label": _("Evacuation")}


class EvacuationSheet(Page):
    """The list of an evacuation on paper; printing it is on record."""

    capability, record_kind = Can.PRESENT, "evacuation"

    def get(self, request, pk):
        """The sheet."""
        evacuation = get_object_or_404(Evacuation.objects.visible_to(request.user).select_related("hall", "started_by", "ended_by"), pk=pk)
        log.note(request, "print", kind="evacuation", record_id=evacuation.pk, fields=["name", "area"], hall_id=evacuation.hall_id)
        return self.show("reception/visits/presence/sheet.html", {
            **sheet(request, evacuation.hall, "", reverse("evacuation", args=[pk]), timezone.now()), "roll": queries.roll(evacuation),
            "evacuation": evacuation, "at": evacuation.started_at, "form_number": ""})
