"""Pages of evidence: the list, one piece with its revisions, adding, revising, taking back, opening its file (FIELD 2.7 row 4)."""
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import may
from config.errors import Refused
from config.privacy import log
from config.web.context import current_hall
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from config.web.templatetags import hk
from performance.conformity import cells, forms, queries, services
from performance.conformity.models import ClauseEvidence
from performance.conformity.permissions import Can
from staff.organisation.models import Hall

ON_SCREEN = "default-src 'none'; sandbox"  # nothing in a file runs
FACTS = ("title", "note", "owner", "effective_on", "expires_on", "record")


class EvidenceList(ListPage):
    """Evidence in reach, what runs out first on top."""

    capability, export_capability, kind, title = Can.LOOK, Can.JUDGE, services.EVIDENCE, gettext_lazy("Evidence")
    filters, default_sort = forms.EvidenceFilters, "-pk"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("In force"), "stands=valid"), (gettext_lazy("Expired"), "stands=expired"))
    empty = gettext_lazy("No evidence yet. Add what shows that a clause is followed: a certificate, a signed list, a photo.")
    every_column = (
        Column("title", gettext_lazy("Title"), lambda row: row.title, draw=cells.title),
        Column("clause", gettext_lazy("Clause"), lambda row: row.citation, css="num"),
        Column("state", gettext_lazy("State"), cells.stands_word, draw=cells.stands, css="bare"),
        Column("revision", gettext_lazy("Revision"), lambda row: row.revision, css="num r"),
        Column("from", gettext_lazy("Holds from"), lambda row: row.effective_on, sort="effective_on", draw=lambda row: hk.day(row.effective_on), css="num"),
        Column("until", gettext_lazy("Holds until"), lambda row: row.expires_on, draw=cells.until, css="num"),
        Column("owner", gettext_lazy("Who answers for it"), lambda row: str(row.owner), css="name"),
        Column("hall", gettext_lazy("Hall"), lambda row: str(row.hall), several_halls=True),
    )

    @property
    def columns(self):
        """Without the names of people for who reads no personal data."""
        return self.every_column if queries.shows_names(self.request.user) else [column for column in self.every_column if column.key != "owner"]

    def rows(self):
        """In reach."""
        return queries.with_revisions(ClauseEvidence.objects.visible_to(self.request.user))

    def context(self):
        """The way to a new one."""
        return {"add_url": reverse("add_clause_evidence") if may(self.request.user, Can.EDIT) else "", "add_label": _("Add evidence")}


def in_reach(user, pk, capability=Can.LOOK):
    """One piece of evidence, or a 404."""
    return get_object_or_404(queries.with_revisions(ClauseEvidence.objects.visible_to(user, capability)), pk=pk)


class EvidencePage(Page):
    """One piece of evidence with its revisions."""

    capability = Can.LOOK

    def get(self, request, pk):
        """The page."""
        row = in_reach(request.user, pk)
        others = [one for one in queries.evidence_of(row.hall, row.source, row.number, request.user) if one.pk != row.pk]
        clause = queries.clause_in_force(row.source, row.number, row.hall.day_of(timezone.now()))
        names = queries.shows_names(request.user)
        newest = not row.is_replaced and not row.ended_at and ClauseEvidence.objects.visible_to(request.user, Can.EDIT).filter(pk=pk).exists()
        return self.show("performance/conformity/evidence.html", {
            "row": row, "clause": clause, "state": cells.stands(row), "others": [(one, cells.stands(one)) for one in others],
            "record": queries.record_of(row, request.user), "names": names, "may_edit": newest and may(request.user, Can.EDIT),
            "history": cells.story(row, names)})


class AddEvidence(FormPage):
    """Evidence for a clause of a hall."""

    capability, form, once, keeps = Can.EDIT, forms.NewEvidenceForm, True, False
    done = gettext_lazy("Added. Its owner is reminded before it runs out.")

    def form_kwargs(self, target):
        """The halls in reach, and who looks for a record."""
        halls = [hall.pk for hall in queries.halls_of(self.request.user, Can.EDIT)]
        return {"viewer": self.request.user, "halls": Hall.objects.filter(pk__in=halls).order_by("pk")}

    def initial(self, target):
        """What the address names; else the hall one works in, today."""
        chosen, asked = current_hall(self.request), self.request.GET
        hall = asked.get("hall", "")
        return {"hall": int(hall) if hall.isdecimal() and len(hall) < 10 else chosen and chosen["id"], "clause": asked.get("clause", "")[:30],
                "owner": self.request.user.employee, "effective_on": timezone.localdate()}

    def act(self, target, answers):
        """Add it."""
        clause = answers["clause"]
        return services.add(self.actor, hall=answers["hall"], source=clause.source, number=clause.number, upload=answers["file"], now=timezone.now(),
                            **{name: answers[name] for name in FACTS})

    def next_address(self, target, result):
        """Its page."""
        return reverse("clause_evidence", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Add evidence"), "back_label": _("Evidence"), "cancel_url": reverse("evidence_of_clauses"), "submit_label": _("Add")}


class EvidenceVerb(VerbPage, abstract=True):
    """What the verbs on one piece share."""

    capability = Can.EDIT

    def target(self, pk):
        """In reach."""
        return in_reach(self.request.user, pk, Can.EDIT)

    def next_address(self, target, result):
        """The page of the piece."""
        return reverse("clause_evidence", args=[(result or target).pk])


class ReviseEvidence(EvidenceVerb):
    """A newer revision in its place."""

    form, done = forms.EvidenceForm, gettext_lazy("The new revision stands. The former one stays readable.")

    @property
    def once(self):
        """Two presses make one revision."""
        return True

    @property
    def keeps(self):
        """Files are not kept as drafts."""
        return False

    def form_kwargs(self, target):
        """Who looks for a record."""
        return {"viewer": self.request.user}

    def initial(self, target):
        """As the former one, from today."""
        return {"title": target.title, "note": target.note, "owner": target.owner, "effective_on": timezone.localdate(),
                "record": found.address if (found := queries.record_of(target, self.request.user)) else ""}

    def act(self, target, answers):
        """Add the revision."""
        return services.revise(self.actor, target, upload=answers["file"], now=timezone.now(), **{name: answers[name] for name in FACTS})

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("New revision"), "sub_text": f"{target.citation} · {target.title}", "back_label": target.title,
                "cancel_url": self.next_address(target, None), "submit_label": _("Add the revision")}


class TakeBackEvidence(EvidenceVerb):
    """It proves nothing any more."""

    form, done = forms.ReasonForm, gettext_lazy("Taken back. It stays readable.")

    def act(self, target, answers):
        """Take it back."""
        return services.take_back(self.actor, target, reason=answers["reason"], now=timezone.now())

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Take back"), "sub_text": f"{target.citation} · {target.title}", "back_label": target.title, "danger": True,
                "cancel_url": self.next_address(target, None), "submit_label": _("Take back")}


class OpenEvidence(Page):
    """Its file on the screen, unless a byte of it has changed; each opening is in the log."""

    capability = Can.LOOK

    def get(self, request, pk):
        """The bytes; or back to the page with the reason."""
        row = in_reach(request.user, pk)
        try:
            attachment, data = services.opened(row)
        except Refused as refusal:
            log.note(request, "refused", kind=services.EVIDENCE, record_id=row.pk, hall_id=row.hall_id, outcome="not opened")
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("clause_evidence", args=[pk]))
        log.note(request, "download", kind=services.EVIDENCE, record_id=row.pk, hall_id=row.hall_id)
        shown = HttpResponse(data, content_type=attachment.content_type)
        shown.headers["Content-Disposition"] = content_disposition_header(attachment.content_type == "application/pdf", attachment.name)
        shown.headers["Cache-Control"] = "no-store"
        shown.headers["Content-Security-Policy"] = ON_SCREEN
        return shown
