"""What is printed of a visit: the registration form (FRM-01), the log of a day (FRM-02) and the slip with the ticket."""
from datetime import timedelta

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from config.contributions.reports import BLANK_FORMS
from config.privacy import log
from config.web.days import read_day
from config.web.pages import Page
from reception.visits import queries, story
from reception.visits.permissions import Can
from reception.visits.stations import keys, qr
from staff.organisation.queries import employee_of, hall_of
from staff.regulation import values


def sheet(request, hall, number, back, now):
    """What stands at the head and the foot of every printed sheet (GEN-14)."""
    return {"company": values.value("organization_name", timezone.localtime(now).date(), hall), "hall_name": str(hall), "number": number,
            "author": str(employee_of(request.user) or request.user), "printed_at": now, "back_url": back}


class RegistrationForm(Page):
    """The customer registration form of a visit, with the numbers in full; printing it is on record (REC-07)."""

    capability, record_kind = Can.READ, "visit"

    def get(self, request, pk):
        """The sheet."""
        now = timezone.now()
        visit = get_object_or_404(queries.visits_in_full(request.user).select_related("customer__confirmed_by").prefetch_related("customer__contacts"), pk=pk)
        log.note(request, "print", kind="visit", record_id=visit.pk, fields=["name", "phone", "need"], hall_id=visit.hall_id)
        contacts = visit.customer.contacts.all() if visit.customer_id else ()
        if visit.customer_id:
            log.note(request, "print", kind="customer", record_id=visit.customer_id, fields=[contact.kind for contact in contacts],
                     hall_id=visit.hall_id)
        return self.show("reception/visits/registration_form.html", {
            **sheet(request, visit.hall, visit.number, reverse("visit", args=[visit.pk]), now), "visit": visit, "form_number": "FRM-01",
            "contacts": [contact.shown for contact in contacts], "details": story.details(visit),
            "may_confirm": visit.may_edit and visit.customer_id})


class TicketSlip(Page):
    """The slip a visitor takes along: ticket, service, how many wait before it; no name and no number of a phone."""

    capability = Can.READ

    def get(self, request, pk):
        """The slip of the visit's open tickets."""
        now = timezone.now()
        visit = get_object_or_404(queries.visits_for_list(request.user), pk=pk)
        legs = [leg for leg in visit.legs.all() if not leg.ended_at] or list(visit.legs.all())
        if not legs:
            raise Http404
        ahead = queries.people_ahead(legs, now)
        for leg in legs:
            leg.ahead = ahead.get(leg.pk)
        waiting_page = request.build_absolute_uri(reverse("wait", args=[keys.wait_key(visit.public_code)]))
        log.note(request, "print", kind="visit", record_id=visit.pk, fields=["ticket"], hall_id=visit.hall_id)
        return self.show("reception/visits/ticket_slip.html", {
            **sheet(request, visit.hall, legs[0].ticket, reverse("visit", args=[visit.pk]), now), "visit": visit, "legs": legs, "first": legs[0],
            "code": qr.drawn(waiting_page)})


class DayLog(Page):
    """The visit log of one day of the hall (FRM-02), without numbers of phones."""

    capability, record_kind = Can.READ, "visit"

    def get(self, request):
        """The sheet of the day asked for, else of today."""
        now, hall = timezone.now(), hall_of(request)
        asked = request.GET.get("day")
        day = read_day(asked) if asked else timezone.localdate()
        if hall is None or day is None:
            raise Http404
        start, end = queries.day_bounds(hall, day)
        visits = list(queries.visits_for_list(request.user).filter(hall=hall, arrived_at__gte=start, arrived_at__lt=end).order_by("arrived_at", "pk")[:500])
        log.note(request, "print", kind="visit", fields=["name", "purpose", "outcome"], hall_id=hall.pk)
        return self.show("reception/visits/day_log.html", {
            **sheet(request, hall, day.isoformat(), reverse("visits"), now), "day": day, "visits": visits, "form_number": "FRM-02",
            "people": sum(visit.party_size for visit in visits), "before": day - timedelta(days=1),
            "after": day + timedelta(days=1) if day < timezone.localdate() else None})


class BlankForm(Page):
    """A form of the paper pack, empty, with the fields of the hall one works in; for a day without power."""

    capability = Can.READ

    def get(self, request, key):
        """The sheet."""
        form = BLANK_FORMS.get(key)
        if form is None:
            raise Http404
        return self.show(form.template, {**form.context(hall_of(request)), "back_url": reverse("visits")})
