"""The indicators of complaints in indicators.md: handling rate, in-time rate, justified complaints, repeat rate, satisfaction after handling, of the
house, a hall, a team, a person, each out of exactly its complaints (CMP-28).

A complaint is its handler's, in the team where that person worked on its day; a justified one is that of the person responsible for it.
"""
from functools import partial

from django.db.models import Case, CharField, Count, F, IntegerField, OuterRef, Q, Subquery, Sum, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.analysis import scopes
from complaints.analysis.models import CLOSED, DUE, RECEIVED
from complaints.analysis.permissions import Can
from complaints.handling.models import Complaint, Kind
from complaints.handling.services.common import KIND
from complaints.handling.solving import Liability
from config.contributions.figures import ALL, COUNT, HALL, INDICATORS, MEAN, PERSON, TEAM, Behind, Figure, Indicator, around
from config.web.templatetags import hk
from staff.organisation.models import Posting

JUSTIFIED = "justified"
DAYS = {RECEIVED: "fact__received_on", CLOSED: "fact__closed_on", DUE: "fact__due_on", JUSTIFIED: "fact__received_on"}
FACTS = {
    RECEIVED: {"number": Count("pk"), "part": Count("pk", filter=Q(fact__repeat=1))},
    CLOSED: {"number": Count("pk"), "solved": Sum("fact__solved"), "in_time": Sum("fact__in_time"), "rated": Sum("fact__rated"), "stars": Sum("fact__stars")},
    DUE: {"number": Count("pk"), "part": Sum("fact__solved")},
    JUSTIFIED: {"number": Count("pk", distinct=True)},
}
LEFT_OUT = {"unreached": _("the customer was not reached"), "unrated": _("not rated")}


def complaints(what, periods, subjects, viewer=None):
    """The complaints of these periods that count for these subjects; `day` says when, `subject` for whom each counts."""
    rows, span, day = Complaint.objects.filter(fact__kind=Kind.COMPLAINT), around(periods), DAYS[what]
    if viewer is not None:
        scope = scopes.scope_of(viewer)
        nobodys = not scope.names and subjects.kind in (PERSON, TEAM)  # who sees no names sees no person's figures
        rows = rows.none() if nobodys else rows.filter(scope.condition())
    rows = rows.filter(**{f"{day}__range": (span.first, span.last)}).annotate(day=F(day))
    rows = rows.filter(hall=subjects.hall) if subjects.hall else rows
    who = "handler"
    if what == JUSTIFIED:
        rows, who = rows.filter(answerable()), "liabilities__employee"
    return of_subjects(rows, who, subjects, span).order_by()


def answerable():
    """The condition that somebody answers for it, as it was decided last (one row of `liabilities` fulfils all of it)."""
    return Q(validity__in=[Complaint.Validity.JUSTIFIED, Complaint.Validity.PARTLY], liabilities__party=Liability.Party.PERSON, liabilities__turn=F("turn"),
             liabilities__share__gt=0)


def of_subjects(rows, who, subjects, span):
    """Those of these subjects, with `subject`."""
    if subjects.kind == ALL:
        return rows
    if subjects.kind == HALL:
        return rows.filter(hall_id__in=subjects.ids).annotate(subject=F("hall_id"))
    if subjects.kind == PERSON:
        return rows.filter(**{f"{who}__in": subjects.ids}).annotate(subject=F(f"{who}_id" if who == "handler" else who))
    there = Posting.objects.between(span.first, span.last).filter(team__in=subjects.ids).values("employee")
    then = Posting.objects.on(OuterRef("day")).filter(employee=OuterRef(who), team__in=subjects.ids)
    return rows.filter(**{f"{who}__in": there}).annotate(subject=Subquery(then.values("team")[:1])).filter(subject__isnull=False)


def measure(what, periods, subjects, viewer=None):
    """{(period, id): facts}; one statement beside those of the reach."""
    periods = list(periods)
    if not subjects.keys or not periods:
        return {}
    spans = Case(*(When(day__range=(one.first, one.last), then=Value(place)) for place, one in enumerate(periods)), output_field=IntegerField())
    rows = complaints(what, periods, subjects, viewer).annotate(span=spans).filter(span__isnull=False)
    rows = rows.values("span", *(() if subjects.kind == ALL else ("subject",))).annotate(**{f"n_{key}": fact for key, fact in FACTS[what].items()})
    return {(periods[row["span"]], row.get("subject")): {key: row[f"n_{key}"] for key in FACTS[what]} for row in rows}


def records(what, whole, part, why, period, subjects, viewer=None):
    """The Behind of a figure: those that pass `whole` count, those that pass `part` too make the share, the others are left out because of `why`."""
    rows = complaints(what, [period], subjects, viewer)
    counted = Complaint.objects.filter(pk__in=rows.filter(whole).values("pk")).annotate(day=F(DAYS[what]))
    left_out = Complaint.objects.filter(pk__in=rows.exclude(whole).values("pk")).annotate(why=Value(why, CharField())) if why else None
    return Behind(counted, counted.filter(part) if part is not None else None, left_out, LEFT_OUT)


def share(part, whole):
    """Per cent with one digit behind the point, or None where there is no whole."""
    return round(100 * part / whole, 1) if whole else None


def tells(row):
    """When the solution was due, and how it stands."""
    return gettext("%(state)s, solution due %(due)s") % {"state": row.get_state_display(), "due": hk.moment(row.solve_due_at) if row.solve_due_at else "—"}


def tells_stars(row):
    """What the customer gave."""
    return gettext("%(stars)s of 5") % {"stars": row.satisfaction} if row.satisfaction else "—"


def register(key, what, *, moment, whole_is=None, part_is=None, why="", tell=tells, **facts):
    """One indicator over complaints."""
    whole_is = Q() if whole_is is None else whole_is
    return INDICATORS.add(Indicator(key=key, subject="employee", measure=MEASURES[what], records=partial(records, what, whole_is, part_is, why),
                                    capability=Can.ANALYSE, kind=KIND, moment=moment, person="handler", tells=tell, **facts))


MEASURES = {what: partial(measure, what) for what in FACTS}  # one each, so that indicators over the same complaints share a statement
SOLVED = Q(fact__solved=1)

register("complaint-handling", DUE, moment="solve_due_at", part_is=SOLVED, label=_("Complaint handling rate"), unit="%", direction="up",
         names=("Complaint handling rate",), whole=_("solutions due"), part=_("solved and closed"),
         read=lambda facts: Figure(share(facts["part"], facts["number"]), facts["number"], facts["part"]),
         definition=_("Complaints solved and closed ÷ complaints whose solution was due in the period, in per cent. Withdrawn ones, those not accepted and "
                      "those whose customer was not reached count nowhere."))
register("complaint-in-time", CLOSED, moment="closed_at", whole_is=SOLVED, part_is=Q(fact__in_time=1), why="unreached", label=_("Complaint in-time rate"),
         unit="%", direction="up", names=("Complaint in-time rate",), whole=_("solved"), part=_("within the promise"),
         parameters=("complaint_resolution_days",), read=lambda facts: Figure(share(facts["in_time"], facts["solved"]), facts["solved"], facts["in_time"]),
         definition=_("Complaints whose solution was carried out within the promised time ÷ complaints solved and closed in the period, in per cent; time "
                      "granted counts, pauses do not."))
register("justified-complaints", JUSTIFIED, moment="received_at", label=_("Justified complaints"), unit="", direction="down", form=COUNT,
         names=("Justified complaints",), whole=_("justified"), read=lambda facts: Figure(facts["number"], facts["number"]),
         definition=_("Complaints received in the period that were found justified or partly justified and for which a person answers; for a person, "
                      "those for which that person answers."))
register("complaint-repeats", RECEIVED, moment="received_at", part_is=Q(fact__repeat=1), label=_("Repeat rate of complaints"), unit="%", direction="down",
         whole=_("received"), part=_("repeated"), read=lambda facts: Figure(share(facts["part"], facts["number"]), facts["number"], facts["part"]),
         definition=_("Complaints of somebody who had complained within a year before ÷ complaints received in the period, in per cent."))
register("complaint-satisfaction", CLOSED, moment="closed_at", whole_is=Q(fact__rated=1), why="unrated", tell=tells_stars, form=MEAN, unit=_("of 5"),
         label=_("Satisfaction after handling"), direction="up", whole=_("rated"),
         read=lambda facts: Figure(round(facts["stars"] / facts["rated"], 1) if facts["rated"] else None, facts["rated"]),
         definition=_("Mean of the stars that customers gave after their complaint was handled, of those closed in the period that were rated."))
