"""The list of visits, one visit, and what was left open (REC-08, GEN-16)."""

from django.http import Http404
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.accounts.access import may, reach
from config.contributions.panels import panels_of
from config.privacy import log
from config.web import presence
from config.web.bulk_pages import BulkListPage
from config.web.choices import word
from config.web.history import in_words
from config.web.lists import Column
from config.web.newest import newest
from config.web.pages import Page, VerbPage
from reception.customers.models import ContactPoint
from reception.customers.phones import mask
from reception.promises.permissions import Can as Promises
from reception.visits import bulk_acts, cells, forms, leg_rows, offers, queries, services, states, story
from reception.visits.filters import VisitFilters
from reception.visits.models import Visit, ticket
from reception.visits.permissions import Can
from reception.visits.whole import visit_in_full
from staff.archive.permissions import Can as Archive
from staff.organisation.queries import hall_of

LEFT_OPEN_SHOWN = 200


def phone_of(visit):
    """The customer's first number as a contact, or None; an e-mail address is no number."""
    return ContactPoint(**visit.numbers[0]) if visit.numbers else None


def masked_phone(visit):
    """The customer's first number, masked, or nothing."""
    return mask(visit.numbers[0]["value"]) if visit.numbers else ""


def tickets(visit):
    """The tickets of a visit in one line."""
    return " ".join(ticket(**row) for row in visit.tickets)


class VisitList(BulkListPage):
    """Every visit in reach."""

    capability, export_capability, kind, title = Can.READ, Can.EXPORT, "visit", _("Visits")
    filters, default_sort, template = VisitFilters, "-arrived_at", "reception/visits/list.html"
    share_capability = Can.REOPEN
    usual_views = ((_("All"), ""), (_("Today"), "since=today&until=today"), (_("Waiting"), "state=queue"), (_("In service"), "state=in_service"),
                   (_("Left open"), "left_open=on"))
    bulk = bulk_acts.ACTS
    empty = _("No visits yet. Log the first one at the desk.")
    columns = (
        Column("visitor", _("Visitor"), lambda v: v.shown_name, draw=cells.visitor),
        Column("state", _("State"), lambda v: word(v, "state"), draw=cells.state, css="beside bare"),
        Column("arrived", _("Arrived"), lambda v: v.arrived_at, sort="arrived_at", draw=cells.arrived, css="num bare"),
        Column("tickets", _("Tickets"), tickets, css="num bare"),
        Column("purpose", _("Purpose"), lambda v: str(v.purpose), css="bare"),
        Column("party", _("Party"), lambda v: v.party_size, css="r"),
        Column("phone", _("Telephone"), masked_phone, css="num bare"),
        Column("adviser", _("Adviser"), lambda v: str(v.adviser or ""), css="name"),
        Column("area", _("Area"), lambda v: str(v.area or "")),
        Column("hall", _("Hall"), lambda v: str(v.hall)),
        Column("outcome", _("Outcome"), lambda v: word(v, "outcome")),
        Column("number", _("Number"), lambda v: v.number, sort="number", css="num mut bare"),
    )

    @staticmethod
    def readable(user):
        """The visits in reach."""
        return Visit.objects.visible_to(user)

    def rows(self):
        """In reach."""
        return self.readable(self.request.user)

    @staticmethod
    def joined(rows):
        """With what the columns show."""
        return queries.visits_for_list_page(rows)

    def context(self):
        """The ways on from the list; whoever sees one hall is not told its name in every row."""
        far = reach(self.request.user, Can.READ)
        one_hall = not far.everything and len(far.halls | far.own_halls) == 1
        shown = {"columns": [column for column in self.columns if column.key != "hall" or not one_hall]}
        return shown | ({"add_url": reverse("desk"), "add_label": _("New visit")} if may(self.request.user, Can.EDIT) else {})


class VisitDetail(Page):
    """One visit: facts, need, times, steps, tickets, hand-overs, what happened, and the next acts. Opening it is logged."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        now = timezone.now()
        visit = visit_in_full(request.user, pk, now)
        log.note(request, "view", kind="visit", record_id=visit.pk, hall_id=visit.hall_id)
        legs = story.legs_with_times(visit, now)
        back, entries = reverse("visit", args=[visit.pk]), story.entries(visit.told, legs)
        shown, all_entries = newest(entries, request, "happened")
        for leg in legs:
            leg.actions = offers.leg_actions(leg, back) if visit.may_edit and visit.state in states.PRESENT else []
        token = get_token(request)
        return self.show("reception/visits/detail.html", {
            "visit": visit, "now": now, "legs": legs, "leg_rows": [leg_rows.row(leg, token) for leg in legs], "may_edit": visit.may_edit,
            "masked": masked_phone(visit), "actions": offers.visit_actions(visit), "facts": story.facts(visit), "details": story.details(visit),
            "times": story.times(visit, now), "steps": story.steps(visit), "handovers": visit.handed, "hosts": visit.asked,
            "entries": shown, "all_entries": all_entries, "undo": story.undoable(visit.last_act, entries, visit.told) if visit.may_edit else None,
            "way": story.way(visit), "history": in_words(visit, limit=20),
            "files": visit.files, "open": visit.state in states.PRESENT, "archive": may(request.user, Archive.READ),
            "files_away": may(request.user, Archive.EDIT), "promises": may(request.user, Promises.READ),
            "may_promise": bool(visit.customer_id) and may(request.user, Promises.EDIT),
            "panels": panels_of("visit", visit, request.user),
            "may_open_file": offers.may_open_file(visit, request.user), "here": presence.token_of(visit, request.user)})


class ShowPhone(Page):
    """The customer's number in full, for the reason that one calls it; each look is on record (GEN-09)."""

    capability = Can.READ
    http_method_names = ["post"]

    def post(self, request, pk):
        """The number alone for htmx, else the page of the visit with it."""
        visit = get_object_or_404(queries.visits_for_table(request.user), pk=pk)
        first = phone_of(visit)
        if first is None:
            raise Http404
        log.note(request, "unmask", kind="customer", record_id=visit.customer_id, fields=[first.kind], hall_id=visit.hall_id)
        return self.show("reception/visits/phone.html" if "HX-Request" not in request.headers else "parts/show_phone.html", {
            "visit": visit, "masked": first.masked, "shown": first.shown})


class VisitEdit(VerbPage):
    """Correct what was written; refused when somebody else did so meanwhile."""

    capability, form, done = Can.EDIT, forms.VisitForm, _("Corrected.")

    def target(self, pk):
        """The visit, if this person may change it."""
        rows = Visit.objects.visible_to(self.request.user, Can.EDIT).select_related("hall", "customer", "template_version")
        return get_object_or_404(rows, pk=pk)

    def form_kwargs(self, visit):
        """The fields follow the visit's own template version."""
        return {"visit": visit, "viewer": self.request.user}

    def initial(self, visit):
        """What stands."""
        names = ("version", "visitor_name", "party_size", "need", "interest", "intention", "note")
        return {name: getattr(visit, name) for name in names} | {
            "purpose": visit.purpose_id, "source": visit.source_id, "customer": visit.customer_id,
            "who": str(visit.customer) if visit.customer_id else ""}

    def act(self, visit, answers):
        """Save it."""
        return services.change(self.actor, visit, now=timezone.now(), **answers)

    def undo_of(self, visit):
        """The visit."""
        return "visit", visit.pk

    def next_address(self, visit, result):
        """The visit."""
        return reverse("visit", args=[visit.pk])

    def context(self, visit, form):
        """The words around the form."""
        return {"heading": _("Correct the visit"), "sub_text": visit.shown_name or _("unnamed visitor"), "cancel_url": self.next_address(visit, None),
                "back_label": visit.number}


class LeftOpen(Page):
    """What the end of a day closed as assumed and nobody has settled yet: the list of the next morning (REC-08)."""

    capability = Can.EDIT

    def get(self, request):
        """The rows of the hall one works in, the oldest first; the count says how many more there are."""
        hall = hall_of(request)
        found = queries.left_open(request.user, hall, timezone.now())
        rows = list(found[:LEFT_OPEN_SHOWN])
        more = found.order_by().count() - len(rows) if len(rows) == LEFT_OPEN_SHOWN else 0
        return self.show("reception/visits/left_open.html", {"hall": hall, "rows": rows, "more": more,
                                                             "several": any(row.hall_id != (hall and hall.pk) for row in rows)})
