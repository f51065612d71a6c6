"""One complaint: where it stands, the clock, the customer's own words, what was found out and agreed, and what may be done now."""
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.handling import acts, cells, queries, story
from complaints.handling.models import Complaint
from complaints.handling.permissions import Can
from complaints.handling.services import clock
from complaints.handling.services.common import KIND
from config.accounts.access import may
from config.privacy import log
from config.web import presence
from config.web.choices import word
from config.web.history import in_words
from config.web.newest import newest
from config.web.pages import Page
from reception.customers.phones import show_local
from reception.promises import sources
from reception.promises.permissions import Can as Promises
from staff.archive.permissions import Can as Archive
from staff.regulation import values

STARTS = {clock.ACK: "registered_at", clock.UPDATE: "reported_at", clock.SOLVE: "turn_began_at"}


class ComplaintPage(Page):
    """The page; opening it is on record."""

    capability = Can.READ

    def get(self, request, pk):
        """All of it that this person may see."""
        row, now = queries.detail(request.user, pk), timezone.now()
        if row is None:
            raise Http404
        log.note(request, "view", kind=KIND, record_id=row.pk, hall_id=row.hall_id)
        groups, expected, at = acts.groups(row, request.user)
        only = story.CUSTOMER_ONLY if request.GET.get("story") == story.CUSTOMER_ONLY else ""
        entries, all_entries = newest(story.story(row, only=only), request, "story")
        limits = clock.clocks_of(row, now)
        earlier = queries.earlier_of(row, request.user)
        return self.show("complaints/handling/detail.html", {
            "row": row, "now": now, "groups": groups, "expected": expected, "at": at, "way": story.way(row), "tone": cells.tone(row),
            "gravity": cells.severity(row), "limits": [shown(row, one, now) for one in limits], "entries": entries, "all_entries": all_entries, "only": only,
            "facts": facts(row), "people": list(row.people.all()), "tasks": tasks(row, at, now), "evidence": list(row.evidence.all()),
            "liabilities": [one for one in row.liabilities.all() if one.turn == row.turn] or list(row.liabilities.all()),
            "demands": list(row.demands.all()), "rounds": rounds(row, at, now), "ratings": list(row.ratings.all()),
            "routes": [one for one in row.routes.all() if one.department_id or one.answered_at], "notes": notes(row), "earlier": earlier,
            "twins": queries.twins_of(row, request.user, but=earlier) if at.handles else [],
            "may_open_file": queries.may_open_file(row, request.user), "phone": cells.phone(row), "email": cells.email(row),
            "history": in_words(row, limit=20, hide=("contact_phone", "contact_email")), "archive": may(request.user, Archive.READ),
            "promises": KIND in sources.kinds() and may(request.user, Promises.READ), "here": presence.token_of(row, request.user)})


def shown(row, limit, now):
    """One limit with its words, and how much of its time has passed in per cent."""
    began = getattr(row, STARTS[limit.key]) or row.acknowledged_at or row.registered_at
    whole = (limit.due_at - began).total_seconds()
    passed = 100 if limit.is_late or whole <= 0 else max(0, min(100, round(100 * (now - began).total_seconds() / whole)))
    minutes = None if limit.left is None else abs(int(limit.left.total_seconds() // 60))
    return {"limit": limit, "countdown": cells.countdown(limit), "passed": passed, "minutes": minutes, "said": cells.left(limit)}


def facts(row):
    """The plain facts in words."""
    rows = [(_("Channel"), word(row, "channel"), ""), (_("Received"), row.received_at, "num"), (_("Product or case"), row.product, ""),
            (_("Cause as told"), row.cause_told, "text"), (_("Demand"), row.demand, "text"), (_("Promised until"), row.promised_until, "num"),
            (_("Told how it is handled"), row.promised_manner, "text"), (_("On behalf of the customer by"), row.reported_by, "name"),
            (_("Impact"), word(row, "impact"), ""), (_("Urgency"), word(row, "urgency"), "")]
    needed = {_("Channel"), _("Received"), _("Demand"), _("Promised until")}
    return [{"label": label, "value": cells.fact(value), "kind": kind} for label, value, kind in rows if value or label in needed]


def tasks(row, at, now):
    """What is to be found out, with whether this person may say that it is done."""
    found, day = list(row.tasks.all()), row.hall.day_of(now)
    for one in found:
        one.may_finish = one.done_at is None and row.is_open and (one.owner_id == at.me or at.handles)
        one.late = one.done_at is None and one.due_on < day
    return found


def rounds(row, at, now):
    """The rounds, the newest first, each with its measures."""
    day, measures = row.hall.day_of(now), list(row.measures.all())
    found = sorted(row.rounds.all(), key=lambda one: (one.turn, one.number), reverse=True)
    for one in found:
        one.steps = [measure for measure in measures if measure.round_id == one.pk]
        for measure in one.steps:
            measure.may_finish = measure.done_at is None and row.is_open and bool(at.round and at.round.pk == one.pk) and (
                measure.owner_id == at.me or at.handles)
            measure.late = measure.done_at is None and measure.due_on < day
    return found


def notes(row):
    """What stays in the house, the newest first."""
    return sorted((one for one in row.entries.all() if one.kind in story.HOUSE), key=lambda one: (one.at, one.pk), reverse=True)


class ShowContact(Page, abstract=True):
    """Telephone or e-mail in full, for the reason that one calls or writes; each look is on record (GEN-09)."""

    capability = Can.READ
    http_method_names = ["post"]
    field = ""

    def post(self, request, pk):
        """The value alone for htmx, else a page with it."""
        row = get_object_or_404(Complaint.objects.visible_to(request.user).select_related("hall"), pk=pk)
        value = getattr(row, self.field)
        if not value:
            raise Http404
        log.note(request, "unmask", kind=KIND, record_id=row.pk, fields=[self.field], hall_id=row.hall_id)
        template = "complaints/handling/_contact.html" if "HX-Request" in request.headers else "complaints/handling/contact.html"
        return self.show(template, {"row": row, "shown": self.written(value), "link": f"{self.scheme}:{value}"})


class ShowPhone(ShowContact):
    """The telephone."""

    field, scheme, written = "contact_phone", "tel", staticmethod(show_local)


class ShowEmail(ShowContact):
    """The e-mail address."""

    field, scheme, written = "contact_email", "mailto", staticmethod(str)


class PrintedFile(Page):
    """The whole complaint as one document: registration, investigation, responsibility, solution, follow-up, root cause (FRM-34, CMP-25)."""

    capability, record_kind = Can.READ, KIND

    def get(self, request, pk):
        """The sheets."""
        row, now = queries.detail(request.user, pk), timezone.now()
        if row is None:
            raise Http404
        log.note(request, "print", kind=KIND, record_id=row.pk, hall_id=row.hall_id)
        return self.show("complaints/handling/file.html", {
            "row": row, "facts": facts(row), "entries": list(row.entries.all()), "evidence": list(row.evidence.all()),
            "rounds": list(reversed(rounds(row, acts.Standing(row, request.user), now))), "phone": cells.phone(row), "form_number": "FRM-34",
            "clause": "4.2", "number": row.number, "printed_at": now, "hall_name": str(row.hall), "author": str(request.user),
            "company": values.value("organization_name", row.hall.day_of(now), row.hall), "back_url": reverse("complaint", args=[pk])})
