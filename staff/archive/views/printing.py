"""The archive on paper: the request for access with its log (FRM-30), and the stocktaking with two signatures (FRM-31)."""
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from config.privacy import log
from config.web.pages import Page
from staff.archive import queries
from staff.archive.permissions import Can
from staff.archive.services import requests, stocktakes
from staff.archive.views.stocktakes import lines_of
from staff.duties.decisions.queries import deciders
from staff.organisation.queries import employee_of
from staff.regulation import values


def sheet(request, hall, number, back):
    """What stands at the head and the foot of a printed sheet (GEN-14)."""
    now = timezone.now()
    return {"company": values.value("organization_name", timezone.localtime(now).date()), "hall_name": str(hall), "number": number,
            "author": str(employee_of(request.user) or request.user), "printed_at": now, "back_url": back}


class PrintedRequest(Page):
    """What is asked, the decision, the log of reading, and lines to sign."""

    capability, record_kind = Can.READ, requests.KIND

    def get(self, request, pk):
        """The sheet."""
        asked = get_object_or_404(queries.requests_for_list(request.user), pk=pk)
        log.note(request, "print", kind=requests.KIND, record_id=asked.pk, hall_id=asked.hall_id)
        return self.show("staff/archive/request_form.html", {
            "asked": asked, "items": queries.items_of(asked, request.user), "decider": deciders(requests.KIND, pk),
            "openings": asked.openings.select_related("item", "reader"),
            "form_number": "FRM-30", "clause": "6.2.3", **sheet(request, asked.hall, asked.number, reverse("archive_request", args=[pk]))})


class PrintedStocktaking(Page):
    """Each item with what was found and done, and lines for two to sign."""

    capability, record_kind = Can.READ, stocktakes.KIND

    def get(self, request, pk):
        """The sheet."""
        taking = get_object_or_404(queries.stocktakings_for_list(request.user), pk=pk)
        log.note(request, "print", kind=stocktakes.KIND, record_id=taking.pk, hall_id=taking.hall_id)
        return self.show("staff/archive/stocktaking_form.html", {
            **lines_of(taking, request.user), "form_number": "FRM-31", "clause": "6.2.2",
            **sheet(request, taking.hall, "", reverse("stocktaking", args=[pk]))})
