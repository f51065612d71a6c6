"""Pages of the monthly analysis: the list, one of them, its verbs, FRM-35 on paper, the bulletin of the whole company (CMP-19, FIELD 2.3 row 38)."""
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.analysis import forms, monthly, scopes, words
from complaints.analysis.models import AnalysisMeasure, ComplaintAnalysis
from complaints.analysis.permissions import Can
from complaints.handling.models import Cause, Channel, Severity
from complaints.handling.permissions import Can as Handling
from config.accounts.access import reach
from config.privacy import log
from config.web.choices import word
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import Page, VerbPage
from config.web.periods import MONTH, Period
from config.web.templatetags import hk
from staff.organisation.models import Hall
from staff.regulation import values

DRAFT = ComplaintAnalysis.State.DRAFT
CHOICES = {"channel": dict(Channel.choices), "severity": dict(Severity.choices), "cause": dict(Cause.choices)}


def state(row):
    """The state with its sign."""
    if row.state != DRAFT:
        return hk.status("ok", word(row, "state"))
    return hk.status("late", _("overdue")) if row.is_late(timezone.now()) else hk.status("wait", word(row, "state"))


def month_link(row):
    """The month, as a link."""
    return format_html('<a href="{}">{}</a>', reverse("complaint_analysis", args=[row.pk]), hk.month(row.month))


class AnalysisList(ListPage):
    """The analyses of the halls in reach, the newest month first."""

    capability, filters, default_sort = Can.ANALYSE, forms.AnalysisFilters, "-month"
    title, empty = gettext_lazy("Complaint analyses"), gettext_lazy("No analysis is drafted yet: that is done on the first of each month.")
    columns = (
        Column("month", gettext_lazy("Month"), lambda row: row.month, sort="month", draw=month_link),
        Column("hall", gettext_lazy("Hall"), lambda row: str(row.hall)),
        Column("state", gettext_lazy("State"), lambda row: word(row, "state"), draw=state, css="bare"),
        Column("due", gettext_lazy("Due"), lambda row: row.due_at, sort="due_at", draw=lambda row: hk.when(hk.deadline(row.due_at)), css="num"),
        Column("signed", gettext_lazy("Signed by"), lambda row: str(row.signed_by or "—"), css="name"),
    )

    def rows(self):
        """In reach."""
        return ComplaintAnalysis.objects.visible_to(self.request.user).select_related("hall", "signed_by")


def told(numbers, names):
    """What pages and paper show of the numbers: [(label, [values])] of three spans, and the breakdowns [(heading, [(words, number)])]."""
    spans = numbers["spans"]
    lines = [(label, [say(one[key]) for one in spans]) for key, label, say in (
        ("received", _("Received"), str), ("repeat", _("Repeated"), str), ("closed", _("Closed"), str), ("reopened", _("Handled again"), str),
        ("ack_share", _("First answer in time"), words.per_cent), ("ack_average", _("Working time to the first answer, average"), words.minutes),
        ("in_time_share", _("Solved in time"), words.per_cent), ("solve_average", _("Working time to the solution, average"), words.minutes),
        ("handled_share", _("Handling rate"), words.per_cent), ("rated", _("Rated"), str),
        ("satisfaction", _("Satisfaction after handling"), lambda value: "—" if value is None else f"{value:.1f} / 5"))]
    heads = [("cause", _("By root cause")), ("channel", _("By channel")), ("product", _("By product")), ("severity", _("By severity"))]
    heads += [("handler", _("By handler"))] if names else []
    tables = [(head, [(said(numbers, key, value), n) for value, n in numbers["by"][key]]) for key, head in heads]
    return lines, tables


def said(numbers, key, value):
    """A value of a breakdown in words."""
    if key == "handler":
        return numbers["names"].get(value) or _("nobody")
    return str(CHOICES.get(key, {}).get(value, value)) or _("not named")


class AnalysisPage(Page):
    """One analysis: numbers, problems, weaknesses, measures, signature; on paper with `?print`."""

    capability = Can.ANALYSE

    def get(self, request, pk):
        """The page, or FRM-35."""
        row = get_object_or_404(ComplaintAnalysis.objects.visible_to(request.user).select_related("hall", "signed_by"), pk=pk)
        names = scopes.shows_names(reach(request.user, Can.ANALYSE))
        month, now = monthly.month_of(row), timezone.now()
        lines, tables = told(monthly.numbers(row), names)
        context = {"row": row, "month": month, "spans": (month, month.before(), month.year_ago()), "lines": lines, "tables": tables, "names": names,
                   "measures": list(row.measures.select_related("owner", "action")), "state": state(row)}
        if "print" in request.GET:
            log.note(request, "print", kind=monthly.KIND, record_id=row.pk, hall_id=row.hall_id)
            return self.show("complaints/analysis/paper.html", context | {
                "form_number": "FRM-35", "clause": "4.3", "number": f"{row.hall.code} {month.key}", "printed_at": now, "hall_name": str(row.hall),
                "author": str(request.user), "company": values.value("organization_name", row.hall.day_of(now), row.hall),
                "back_url": reverse("complaint_analysis", args=[pk])})
        return self.show("complaints/analysis/analysis.html", context | {
            "may_write": row.state == DRAFT and ComplaintAnalysis.objects.visible_to(request.user, Handling.DECIDE).filter(pk=pk).exists(),
            "dashboard_url": f"{reverse('complaint_dashboard')}?hall={row.hall_id}&period={month.key}", "history": in_words(row, limit=20)})


class OfAnalysis(VerbPage, abstract=True):
    """What the verbs share: for who decides complaints in that hall."""

    capability = Handling.DECIDE

    def target(self, pk):
        """The analysis."""
        return get_object_or_404(ComplaintAnalysis.objects.visible_to(self.request.user, Handling.DECIDE).select_related("hall"), pk=pk)

    def next_address(self, target, result):
        """Back to it."""
        return reverse("complaint_analysis", args=[(result or target).pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "sub_text": f"{target.hall} · {hk.month(target.month)}", "back_label": _("Complaint analysis"),
                "cancel_url": reverse("complaint_analysis", args=[target.pk]), "submit_label": self.submit}


class Write(OfAnalysis):
    """Problems and weaknesses."""

    form, done = forms.WriteForm, gettext_lazy("Kept. Sign it once the measures are named.")
    heading, submit = gettext_lazy("Problems and weaknesses"), gettext_lazy("Keep")

    def initial(self, target):
        """What stands."""
        return {"problems": target.problems, "weaknesses": target.weaknesses, "version": target.version}

    def act(self, target, answers):
        """Write it."""
        return monthly.write(self.actor, target, now=timezone.now(), **answers)


class AddMeasure(OfAnalysis):
    """One measure more."""

    form, once, done = forms.MeasureForm, True, gettext_lazy("Added. It goes into the improvement register with the signature.")
    heading, submit = gettext_lazy("Add a measure"), gettext_lazy("Add")

    def act(self, target, answers):
        """Add it."""
        return monthly.add_measure(self.actor, target, now=timezone.now(), **answers)


class DropMeasure(OfAnalysis):
    """Take one out again."""

    form, done = forms.NothingForm, gettext_lazy("Taken out.")
    heading, submit = gettext_lazy("Take the measure out"), gettext_lazy("Take out")

    def target(self, pk):
        """The measure's analysis."""
        self.measure = get_object_or_404(AnalysisMeasure.objects.select_related("analysis"), pk=pk)
        return super().target(self.measure.analysis_id)

    def act(self, target, answers):
        """Take it out."""
        return monthly.drop_measure(self.actor, self.measure, now=timezone.now())

    def context(self, target, form):
        """Which."""
        return super().context(target, form) | {"sub_text": self.measure.what}


class Sign(OfAnalysis):
    """Sign it."""

    form, done = forms.NothingForm, gettext_lazy("Signed, filed in the archive; its measures are in the improvement register.")
    heading, submit = gettext_lazy("Sign the analysis"), gettext_lazy("Sign")

    def act(self, target, answers):
        """Sign it."""
        return monthly.sign(self.actor, target, now=timezone.now())


class Bulletin(Page):
    """The bulletin of a month for the whole company, on A4: all complaints, each hall, and what the halls found (FIELD 2.3 row 38)."""

    capability = Can.ANALYSE

    def get(self, request, month):
        """The sheets; for who sees all halls."""
        far, one = reach(request.user, Can.ANALYSE), Period.read(month)
        if not far.everything or one is None or one.kind != MONTH:
            raise Http404
        now, names = timezone.now(), scopes.shows_names(far)
        numbers = monthly.of_month(None, one)
        lines, tables = told(numbers, names)
        halls = {str(pk): hall for pk, hall in ((hall.pk, str(hall)) for hall in Hall.objects.order_by("pk"))}
        tables.insert(0, (_("By hall"), [(halls.get(value, value), n) for value, n in numbers["by"]["hall"]]))
        rows = ComplaintAnalysis.objects.filter(month=one.first).select_related("hall", "signed_by").prefetch_related("measures__owner").order_by("hall")
        log.note(request, "print", kind="complaint_figures", fields=[one.key])
        return self.show("complaints/analysis/bulletin.html", {
            "month": one, "spans": (one, one.before(), one.year_ago()), "lines": lines, "tables": tables, "names": names, "rows": list(rows),
            "form_number": "FRM-35", "clause": "4.3", "number": one.key, "printed_at": now, "hall_name": _("all halls"), "author": str(request.user),
            "company": values.value("organization_name", timezone.localdate()), "back_url": reverse("complaint_dashboard")})
