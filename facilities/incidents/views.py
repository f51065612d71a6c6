"""Pages of incidents: the list, the report, one incident with what may be done now, its paper (FAC-27, FAC-30, FAC-31, FRM-70)."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import may
from config.errors import Refused
from config.privacy import log
from config.web.choices import word
from config.web.context import current_hall
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from facilities.incidents import cells, forms, queries, services
from facilities.incidents.models import Incident, IncidentMeasure
from facilities.incidents.permissions import Can
from staff.regulation import values


class IncidentList(ListPage):
    """The incidents in reach, the newest first."""

    capability, export_capability, kind, title = Can.READ, Can.LEAD, services.KIND, gettext_lazy("Incidents")
    filters, default_sort = forms.IncidentFilters, "-happened_at"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("To confirm"), "state=reported"), (gettext_lazy("Not filed"), "state=open"))
    empty = gettext_lazy("No incident yet. Report at once what is grave: a fire, an injury, a failure, a threat.")
    columns = (
        Column("what", gettext_lazy("Incident"), lambda r: f"{word(r, 'kind')} {r.number}", draw=cells.what),
        Column("state", gettext_lazy("State"), lambda r: word(r, "state"), draw=cells.state, css="bare"),
        Column("happened", gettext_lazy("When"), lambda r: r.happened_at, sort="happened_at", draw=cells.happened, css="num"),
        Column("hall", gettext_lazy("Hall"), lambda r: str(r.hall), several_halls=True),
        Column("place", gettext_lazy("Place"), lambda r: r.place),
        Column("by", gettext_lazy("Reported by"), lambda r: str(r.reported_by or _("the system")), css="name"),
        Column("lead", gettext_lazy("Confirmed by"), lambda r: str(r.confirmed_by or "—"), css="name"),
    )

    def rows(self):
        """In reach."""
        return queries.for_list(self.request.user)

    def context(self):
        """The way to a new one."""
        return {"add_url": reverse("report_incident") if may(self.request.user, Can.EDIT) else "", "add_label": _("Report an incident")}


class IncidentPage(Page):
    """One incident: what happened, the verdict, the time line, the measures, and what one may do now."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        row = get_object_or_404(queries.for_list(request.user), pk=pk)
        acts, me = queries.acts_of(row, request.user), request.user.employee.pk
        measures = list(row.measures.select_related("owner"))
        for one in measures:
            one.may_finish = one.done_at is None and may(request.user, Can.EDIT) and (one.owner_id == me or may(request.user, Can.LEAD))
            one.late = one.done_at is None and one.due_on < timezone.localdate()
        return self.show("facilities/incidents/incident.html", {
            "row": row, "tone": cells.tone(row), "state": cells.state_word(row), "acts": acts, "entries": list(row.entries.select_related("by")),
            "measures": measures, "things": queries.things_of(row, request.user), "source": queries.source_of(row, request.user),
            "confirmed_late": row.confirmed_at is not None and row.confirmed_at > row.due_at, "history": in_words(row, limit=20)})


class PrintedIncident(Page):
    """The report and the record of an incident on paper (FRM-70)."""

    capability = Can.READ

    def get(self, request, pk):
        """The sheet."""
        row, now = get_object_or_404(queries.for_list(request.user), pk=pk), timezone.now()
        log.note(request, "print", kind=services.KIND, record_id=row.pk, hall_id=row.hall_id)
        return self.show("facilities/incidents/report.html", {
            "row": row, "entries": row.entries.select_related("by"), "measures": row.measures.select_related("owner"),
            "things": queries.things_of(row, request.user), "form_number": "FRM-70", "clause": "8.1", "number": row.number, "printed_at": now,
            "company": values.value("organization_name", timezone.localtime(now).date(), row.hall), "hall_name": str(row.hall), "author": str(request.user),
            "back_url": reverse("incident", args=[pk])})


class ReportIncident(FormPage):
    """Somebody reports what happened."""

    capability, form, once = Can.EDIT, forms.ReportForm, True
    done = gettext_lazy("Reported. The head of the hall was told at once.")

    def form_kwargs(self, target):
        """Halls follow who reports."""
        return {"viewer": self.request.user}

    def initial(self, target):
        """Here and now."""
        hall = current_hall(self.request)
        return {"hall": hall and hall["id"], "happened_at": timezone.localtime().replace(second=0, microsecond=0)}

    def act(self, target, answers):
        """Report it."""
        return services.report(self.actor, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its page."""
        return reverse("incident", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Report an incident"), "cancel_url": reverse("incidents"), "back_label": _("Incidents"), "submit_label": _("Report")}


class IncidentVerb(VerbPage, abstract=True):
    """What the verbs with a form share."""

    heading, submit = "", ""
    capability = Can.LEAD

    def target(self, pk):
        """The incident, in reach."""
        return get_object_or_404(Incident.objects.visible_to(self.request.user, self.capability).select_related("hall"), pk=pk)

    def next_address(self, target, result):
        """Its page."""
        return reverse("incident", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "back_label": target.number, "sub_text": f"{word(target, 'kind')} · {target.hall}", "submit_label": self.submit,
                "cancel_url": self.next_address(target, None)}


class Confirm(IncidentVerb):
    """The head takes it in hand."""

    form, done = forms.VerdictForm, gettext_lazy("Confirmed. Note here what is done.")
    heading, submit = gettext_lazy("Confirm the incident"), gettext_lazy("Confirm")

    def act(self, target, answers):
        """Confirm it."""
        return services.confirm(self.actor, target, now=timezone.now(), **answers)


class FalseAlarm(IncidentVerb):
    """It was none."""

    form, done = forms.FalseAlarmForm, gettext_lazy("Closed as a false alarm.")
    heading, submit = gettext_lazy("It was a false alarm"), gettext_lazy("Close as a false alarm")

    def act(self, target, answers):
        """Dismiss it."""
        return services.dismiss(self.actor, target, now=timezone.now(), **answers)


class Note(IncidentVerb):
    """What was done on site."""

    capability, form, done = Can.EDIT, forms.NoteForm, gettext_lazy("Noted.")
    heading, submit = gettext_lazy("Note what was done"), gettext_lazy("Save")

    @property
    def once(self):
        """Two lines may read alike; one press makes one."""
        return True

    def initial(self, target):
        """Now."""
        return {"at": timezone.localtime().replace(second=0, microsecond=0)}

    def act(self, target, answers):
        """Note it."""
        return services.note(self.actor, target, now=timezone.now(), **answers)


class End(IncidentVerb):
    """It is over."""

    form, done = forms.EndForm, gettext_lazy("It is over. Enter cause, lessons and measures next.")
    heading, submit = gettext_lazy("The incident is over"), gettext_lazy("It is over")

    def act(self, target, answers):
        """End it."""
        return services.end(self.actor, target, now=timezone.now(), **answers)


class SetMeasure(IncidentVerb):
    """Against another one."""

    form, done = forms.MeasureForm, gettext_lazy("The measure is set. It stands on the My day of whoever is responsible.")
    heading, submit = gettext_lazy("Set a measure"), gettext_lazy("Set the measure")

    @property
    def once(self):
        """Two measures may read alike; one press makes one."""
        return True

    def act(self, target, answers):
        """Set it."""
        return services.plan(self.actor, target, now=timezone.now(), **answers)


class FileIncident(IncidentVerb):
    """Cause and lessons, into the archive."""

    form, done = forms.FileForm, gettext_lazy("Filed. The record lies in the archive.")
    heading, submit = gettext_lazy("Examine and file"), gettext_lazy("File it")

    def act(self, target, answers):
        """File it."""
        return services.file(self.actor, target, now=timezone.now(), **answers)


class FinishMeasure(Page):
    """A measure is done."""

    capability = Can.EDIT
    http_method_names = ["post"]

    def post(self, request, pk, measure):
        """Say so, or why not."""
        row = get_object_or_404(Incident.objects.visible_to(request.user), pk=pk)
        try:
            services.finish_measure(self.actor, get_object_or_404(IncidentMeasure, pk=measure, incident=row), now=timezone.now())
            messages.success(request, _("The measure is done."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("incident", args=[pk]))
