"""Pages of conformity: the report of a hall and month, the results of its clauses, one of them, the obligations (PRF-44, PRF-45, FRM-62, FIELD 2.7)."""
from urllib.parse import urlencode

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import may
from config.privacy import classes, log
from config.web.context import current_hall
from config.web.exports import csv_response
from config.web.lists import Column, ListPage, not_exported
from config.web.pages import FormPage, Page, VerbPage
from config.web.periods import MONTH, Period
from config.web.templatetags import hk
from performance.conformity import cells, computing, forms, queries, services
from performance.conformity.models import MissedObligation, Result
from performance.conformity.permissions import Can
from staff.improvement import states as improving
from staff.improvement.permissions import Can as Improving
from staff.regulation import values


class ConformityPage(Page, abstract=True):
    """What these pages share: the hall and the month, chosen in the address."""

    capability, form = Can.READ, forms.PlaceForm

    @cached_property
    def halls(self):
        """The halls in reach; a 404 for who reaches none."""
        found = queries.halls_of(self.request.user)
        if not found:
            raise Http404
        return found

    def asked(self):
        """(hall, month, the form): the hall one works in and this month unless others are chosen."""
        chosen, now = current_hall(self.request), timezone.now()
        months = dict(forms.months_until(max(hall.day_of(now) for hall in self.halls)))
        form = self.form(self.request.GET, viewer=self.request.user, halls=[(hall.pk, str(hall)) for hall in self.halls],
                         months=[(key, hk.month(one.first)) for key, one in months.items()])
        read = form.cleaned_data if form.is_valid() else {}
        wanted = read.get("hall") or (chosen and chosen["id"])
        hall = next((one for one in self.halls if one.pk == wanted), self.halls[0])
        month = months.get(read.get("month") or "") or Period.of(MONTH, hall.day_of(now))
        form.data = form.data.copy()
        form.data["hall"], form.data["month"] = hall.pk, month.key
        return hall, month, form


class Report(ConformityPage):
    """How every obligation was kept in a hall and month, with the way to its records; the months before; on paper with `?print`."""

    def get(self, request):
        """The page, or FRM-62."""
        hall, month, form = self.asked()
        now = timezone.now()
        lines = queries.report(hall, month, request.user, now)
        self.known = queries.improvements(hall, month, request.user)
        kept, due, share = queries.kept_share(lines)
        told = [(line, cells.obligation_state(line.state), *self.improvement(line, hall, month)) for line in lines]
        counts = [(word, cells.TONES[state], sum(line.state == state for line in lines)) for state, word in cells.STATES.items()]
        context = {"hall": hall, "month": month, "form": form, "lines": told, "kept": kept, "due": due, "share": cells.score(share), "counts": counts,
                   "clauses_url": f"{reverse('clause_results')}?hall={hall.pk}&month={month.key}"}
        if "print" in request.GET:
            return self.show("performance/conformity/paper.html", context | {
                "form_number": "FRM-62", "clause": "1.3.4", "number": f"{hall.code} {month.key}", "printed_at": now, "hall_name": str(hall),
                "company": values.value("organization_name", hall.day_of(now), hall), "author": str(request.user),
                "back_url": f"{reverse('conformity')}?hall={hall.pk}&month={month.key}"})
        return self.show("performance/conformity/report.html", context | {
            "trend": [(one, cells.score(percent), kept_then, due_then)
                      for one, kept_then, due_then, percent in queries.trend(hall, month, request.user, now, lines)],
            "print_url": f"?hall={hall.pk}&month={month.key}&print"})


    def improvement(self, line, hall, month):
        """(the improvement item of a line or None, whether this person may open it, the way to a new one where it went wrong)."""
        item, opens = self.known.get(line.obligation.name, (None, False))
        wrong = line.state in (computing.MISSED, computing.LATE) and (item is None or item.state == improving.CLOSED)
        way = wrong and may(self.request.user, Improving.EDIT)
        return item, opens, reverse("improve_obligation", args=[hall.pk, month.key, line.obligation.sort, line.obligation.key]) if way else ""


class Missed(Page):
    """A line that became an improvement item: leads to its records."""

    capability = Can.READ

    def get(self, request, pk):
        """On to the records of the line."""
        row = get_object_or_404(MissedObligation.objects.visible_to(request.user).select_related("hall"), pk=pk)
        month, obligation = Period.of(MONTH, row.month), computing.obligation(*row.obligation.split(":", 1))
        if obligation is None:
            return HttpResponseRedirect(f"{reverse('conformity')}?hall={row.hall_id}&month={month.key}")
        return HttpResponseRedirect(queries.address_of(obligation, row.hall, month, request.user))


class Improve(FormPage):
    """A line that went wrong goes into the improvement register, with who is responsible (PRF-46)."""

    capability, once, form = Improving.EDIT, True, forms.ImproveForm
    done = gettext_lazy("It is in the improvement register. The measure is due to who is responsible.")

    def target(self, hall, month, sort, key):
        """(hall, month, Line); a 404 where it is not in reach."""
        hall, month = in_reach(self.request.user, hall, month)
        obligation = computing.obligation(sort, key)
        if obligation is None:
            raise Http404
        line, = queries.report(hall, month, self.request.user, timezone.now(), [obligation])
        return hall, month, line

    def initial(self, target):
        """The problem in words."""
        _hall, month, line = target
        said = _("%(what)s, %(month)s: of %(n)d that were due %(missed)d missed, %(late)d late (%(clauses)s).") % {
            "what": line.obligation.label, "month": hk.month(month.first), "n": line.tally.whole, "missed": line.tally.missed, "late": line.tally.late,
            "clauses": ", ".join(line.obligation.clauses)}
        return {"problem": said[:300]}

    def act(self, target, answers):
        """Put it there."""
        hall, month, line = target
        return services.improve(self.actor, hall=hall, month=month, obligation=line.obligation, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The item."""
        return reverse("improvement", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        hall, month, line = target
        return {"heading": _("Improve what was missed"), "sub_text": f"{line.obligation.label} · {hall} · {hk.month(month.first)}",
                "cancel_url": f"{reverse('conformity')}?hall={hall.pk}&month={month.key}", "back_label": _("Conformity report"),
                "submit_label": _("Put into the register")}


def in_reach(user, hall, month, capability=Can.READ):
    """(hall, month) of an address; a 404 where the hall is not in reach or the month is none."""
    hall = next((one for one in queries.halls_of(user, capability) if one.pk == hall), None)
    month = Period.read(month)
    if hall is None or month is None or month.kind != MONTH:
        raise Http404
    return hall, month


class Records(ListPage):
    """The duties behind a line of the report."""

    capability, title = Can.READ, gettext_lazy("Records")
    default_sort = "due_at"
    empty = gettext_lazy("Nothing was due here in this month.")
    every_column = (
        Column("what", gettext_lazy("What"), cells.duty_label),
        Column("state", gettext_lazy("State"), lambda duty: duty.get_state_display(), draw=cells.duty_state, css="bare"),
        Column("due", gettext_lazy("Due"), lambda duty: duty.due_at, sort="due_at", draw=lambda duty: hk.when(duty.due_at), css="num"),
        Column("done", gettext_lazy("Done"), lambda duty: duty.done_at, draw=lambda duty: hk.when(duty.done_at) if duty.done_at else "—", css="num"),
        Column("who", gettext_lazy("Who"), cells.whose, css="name"),
    )

    @property
    def columns(self):
        """Without the names of people for who reads no personal data."""
        return self.every_column if queries.shows_names(self.request.user) else self.every_column[:-1]

    def get(self, request, hall, month, key):
        """The list."""
        self.hall, self.month = in_reach(request.user, hall, month)
        return super().get(request)

    def rows(self):
        """Exactly those that the report counts."""
        return queries.duties_of(self.hall, self.month, self.kwargs["key"], self.request.user, timezone.now())

    def context(self):
        """Of which hall and month."""
        return {"sub_text": f"{self.hall} · {hk.month(self.month.first)}"}


class Obligations(Page):
    """Everything that clauses ask for and the house makes or counts: the clauses, how often, who answers for it, and what tells of it (PRF-44); with
    `?format=csv` as a file."""

    capability = Can.READ

    def get(self, request):
        """The list, by the clause unless sorted otherwise."""
        form = forms.ObligationsForm(request.GET, viewer=request.user, sorts=cells.SORTS)
        every = computing.obligations()
        shown = form.narrow(every) if form.is_valid() else every
        asked = request.GET.get("sort", "")
        column = next((one for one in OBLIGATIONS if one.sort == asked.lstrip("-")), OBLIGATIONS[1])
        shown = sorted(shown, key=lambda one: (str(column.value(one)), one.key), reverse=asked.startswith("-"))
        if request.GET.get("format") == "csv":
            log.note(request, "export", kind="obligation", fields=[column.key for column in OBLIGATIONS])
            return csv_response("obligations", OBLIGATIONS, shown)
        query = request.GET.copy()
        query["format"] = "csv"
        return self.show("performance/conformity/obligations.html", {
            "lines": [(one, *(column.value(one) for column in OBLIGATIONS[2:])) for one in shown], "form": form, "columns": OBLIGATIONS,
            "export_url": f"?{query.urlencode()}", "n": len(shown)})


OBLIGATIONS = (
    Column("what", gettext_lazy("Obligation"), lambda one: str(one.label), sort="what"),
    Column("clauses", gettext_lazy("Clauses"), lambda one: ", ".join(one.clauses), sort="clauses"),
    Column("cadence", gettext_lazy("Looked after"), cells.cadence, sort="cadence"),
    Column("whose", gettext_lazy("Who answers for it"), cells.responsible, sort="whose"),
    Column("known", gettext_lazy("How it is known"), lambda one: str(cells.SORTS[one.sort]), sort="known"),
)


class ClauseResults(ConformityPage):
    """The result of every clause in a hall and month: computed, and judged where somebody did; with `?format=csv` as a file."""

    form = forms.ClausesForm

    def get(self, request):
        """The list."""
        hall, month, form = self.asked()
        every = queries.clause_lines(hall, month, request.user, timezone.now())
        lines = form.narrow(every) if form.is_valid() else every
        if request.GET.get("format") == "csv":
            if not classes.exports(request.user, "clause_judgement"):
                return not_exported(self, "clause_judgement")
            log.note(request, "export", kind="clause_judgement", fields=[column.key for column in COLUMNS])
            return csv_response("clauses", COLUMNS, lines)
        place = f"hall={hall.pk}&month={month.key}"
        return self.show("performance/conformity/clauses.html", {
            "hall": hall, "month": month, "form": form, "place": place, "lines": [(line, cells.result(line.computed.result), line.judged and cells.result(
                line.judged.result), cells.score(line.score), cells.expired(line.computed.expired)) for line in lines],
            "tabs": [{"label": f"{Result(result).label} {n}", "url": f"?{place}&result={result}", "active": request.GET.get("result") == result}
                     for result, n in queries.totals(every)],
            "export_url": f"?{place}&{urlencode({name: form.data.get(name, '') for name in ('result', 'source')})}&format=csv"})


COLUMNS = (
    Column("clause", gettext_lazy("Clause"), lambda line: line.clause.citation),
    Column("title", gettext_lazy("Title"), lambda line: str(line.clause.title)),
    Column("computed", gettext_lazy("Computed"), lambda line: Result(line.computed.result).label),
    Column("score", gettext_lazy("Computed score"), lambda line: line.computed.score),
    Column("judged", gettext_lazy("Judged"), lambda line: line.judged and Result(line.judged.result).label),
    Column("judged_score", gettext_lazy("Judged score"), lambda line: line.judged and line.judged.score),
    Column("reason", gettext_lazy("Reason"), lambda line: line.judged and line.judged.reason),
    Column("evidence", gettext_lazy("Evidence"), lambda line: line.evidence),
)


class OneClause:
    """What the page of a clause's result and its judging share: which hall, month and clause the address means."""

    def found(self, hall, month, source, number):
        """(hall, month, clause); a 404 where one is not there or not in reach."""
        now = timezone.now()
        hall, month = in_reach(self.request.user, hall, month, self.capability)
        if month.first > hall.day_of(now):
            raise Http404
        clause = queries.clause_in_force(source, number, computing.day_of(hall, month, now))
        if clause is None:
            raise Http404
        return hall, month, clause


class ClauseResult(OneClause, Page):
    """One clause in a hall and month: what was computed and from which records, what was judged, and its evidence."""

    capability = Can.READ

    def get(self, request, hall, month, source, number):
        """The page."""
        hall, month, clause = self.found(hall, month, source, number)
        now = timezone.now()
        found = services.computed_of(clause, hall, month, request.user, now)
        target, partly = computing.limits(computing.day_of(hall, month, now), hall)
        behind = queries.report(hall, month, request.user, now, found.obligations) if found.obligations else []
        lines = [(line, cells.obligation_state(line.state)) for line in behind]
        judged = queries.judgement_of(hall, month, clause)
        key, names = [hall.pk, month.key, source, number], queries.shows_names(request.user)
        return self.show("performance/conformity/clause.html", {
            "hall": hall, "month": month, "clause": clause, "computed": found, "computed_state": cells.result(found.result), "score": cells.score(found.score),
            "lines": lines, "target": target, "partly": partly, "judged": judged, "judged_state": judged and cells.result(judged.result),
            "judged_score": judged and cells.score(judged.score),
            "evidence": [(row, cells.stands(row)) for row in queries.evidence_of(hall, source, number, request.user)],
            "judge_url": reverse("judge_clause", args=key) if queries.may_judge(request.user, hall) else "",
            "add_url": f"{reverse('add_clause_evidence')}?hall={hall.pk}&clause={source}+§{number}" if may(request.user, Can.EDIT) else "",
            "names": names, "history": cells.story(judged, names) if judged else []})


class Judge(OneClause, VerbPage):
    """A person judges what was computed."""

    capability, form, done = Can.JUDGE, forms.JudgeForm, gettext_lazy("Judged. What was computed stays beside it.")

    def target(self, hall, month, source, number):
        """The hall, the month and the clause with what was computed."""
        self.hall, self.month, self.clause = self.found(hall, month, source, number)
        self.computed = services.computed_of(self.clause, self.hall, self.month, self.request.user, timezone.now())
        return queries.judgement_of(self.hall, self.month, self.clause)

    def initial(self, target):
        """What stands, else what was computed."""
        if target:
            return {"result": target.result, "score": target.score, "reason": target.reason, "version": target.version}
        return {"result": self.computed.result, "score": self.computed.score}

    def act(self, target, answers):
        """Judge it."""
        score = answers["score"] if answers["score"] is not None else self.computed.score
        return services.judge(self.actor, hall=self.hall, source=self.clause.source, number=self.clause.number, month=self.month, result=answers["result"],
                              score=score, reason=answers["reason"], version=answers["version"], now=timezone.now())

    def next_address(self, target, result):
        """The page of the clause."""
        return reverse("clause_result", args=[self.hall.pk, self.month.key, self.clause.source, self.clause.number])

    def context(self, target, form):
        """Heading and way back, and what was computed."""
        computed = _("Computed: %(result)s, %(score)s") % {"result": Result(self.computed.result).label, "score": cells.score(self.computed.score)}
        return {"heading": _("Judge the clause"), "sub_text": f"{self.clause.citation} · {self.hall} · {hk.month(self.month.first)} · {computed}",
                "back_label": self.clause.citation, "cancel_url": self.next_address(target, None), "submit_label": _("Judge")}
