"""The monthly analysis of complaints: its numbers, drafting, writing, signing (CMP-19, SCH-19, FRM-35)."""
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from complaints.analysis import figures
from complaints.analysis.models import CLOSED, DUE, RECEIVED, AnalysisMeasure, ComplaintAnalysis
from complaints.analysis.permissions import Can
from complaints.analysis.scopes import Scope
from config.accounts import trace
from config.accounts.access import reach
from config.accounts.actor import Actor
from config.errors import Refused
from config.web.periods import DAY, MONTH, Period
from config.web.versions import claim_version
from staff.archive import services as archive
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.improvement import services as improvement
from staff.improvement.models import Action
from staff.organisation.models import Employee, Hall
from staff.organisation.standing import covers
from staff.regulation import values

KIND, SCHEDULE = "complaint_analysis", "SCH-19"
BREAKDOWNS = ((RECEIVED, "channel"), (RECEIVED, "product"), (RECEIVED, "severity"), (RECEIVED, "hall"), (CLOSED, "cause"), (CLOSED, "handler"))
MANAGER = "manager"


def of_month(hall, month):
    """The numbers of a month: of a hall, or of all where it is None; beside those of the month before and of a year ago. One statement and one for
    names; every complaint counts, whoever looks."""
    found = figures.Periods(Scope(everything=True, hall=hall and hall.pk), [month, month.before(), month.year_ago()])
    told = {"by": {dim: [[str(value), sums.number] for value, sums in sorted(found.by(0, phase, dim).items(), key=lambda row: (-row[1].number, str(row[0])))]
                   for phase, dim in BREAKDOWNS}}
    people = [int(value) for value, _n in told["by"]["handler"] if value]
    told["names"] = {str(pk): name for pk, name in Employee.objects.filter(pk__in=people).values_list("pk", "name")} if people else {}
    told["spans"] = [lines_of(found, place) for place in range(3)]
    return told


def lines_of(found, place):
    """The numbers of one span."""
    received, closed, due = (found.of(place, phase) for phase in (RECEIVED, CLOSED, DUE))
    return {"received": received.number, "repeat": received.repeat, "repeat_share": received.repeat_share, "ack_share": received.ack_share,
            "ack_average": received.ack_average, "closed": closed.number, "in_time_share": closed.in_time_share, "solve_average": closed.solve_average,
            "reopened": closed.reopened, "rated": closed.rated, "satisfaction": closed.satisfaction, "handled_share": due.handled_share}


def month_of(row):
    """The Period an analysis is of."""
    return Period.of(MONTH, row.month)


def numbers(row):
    """The numbers of an analysis: as signed, else as they stand."""
    return row.figures or of_month(row.hall, month_of(row))


def due_at(hall, month):
    """The end of the day of the next month by which the analysis is due (analysis_due_day)."""
    first = month.next().first
    day = first + timedelta(days=values.value("analysis_due_day", first, hall) - 1)
    return Period.of(DAY, day).bounds(hall.timezone)[1]


@transaction.atomic
def draft(until):
    """Draft the analysis of the month before for every hall that has none, and ask it of the hall's manager; returns how many duties are new."""
    actor, asked = Actor.system(SCHEDULE), []
    for hall in Hall.objects.select_related("manager").order_by("pk"):
        month = Period.of(MONTH, hall.day_of(until)).before()
        if hall.active_from > month.last or hall.active_until and hall.active_until < month.first:
            continue
        row = ComplaintAnalysis.objects.filter(hall=hall, month=month.first).first()
        if row is None:
            row = ComplaintAnalysis(hall=hall, month=month.first, drafted_at=until, due_at=due_at(hall, month))
            trace.save(actor, row, act="drafted")
        if row.state == ComplaintAnalysis.State.DRAFT:
            person = hall.manager if manager_can(hall) else None
            asked.append(Duty(schedule=SCHEDULE, slot=month.key, kind=KIND, record_id=row.pk, hall=hall, employee=person, role="" if person else MANAGER,
                              starts_at=month.next().bounds(hall.timezone)[0], due_at=row.due_at))
    return duties.make(asked)


def manager_can(hall):
    """Whether the hall's manager is there and has the rights of one in this hall; else whoever has them is asked."""
    person = hall.manager
    return bool(person and person.state == Employee.State.ON_DUTY and person.user and covers(reach(person.user, Can.ANALYSE), hall.pk))


def write_analyses(since, until):
    """SCH-19 on the first of the month; what is missing later is drafted then."""
    return draft(until)


def _draft(analysis, version=None):
    """The analysis, locked, while nobody has signed it."""
    row = ComplaintAnalysis.objects.select_for_update(of=("self",)).select_related("hall__manager", "hall__department__head").get(pk=analysis.pk)
    claim_version(row, version)
    if row.state != ComplaintAnalysis.State.DRAFT:
        raise Refused(_("This analysis was signed already and is not changed any more."))
    return row


@transaction.atomic
def write(actor, analysis, *, problems, weaknesses, now, version=None):
    """Say which problems and weaknesses the complaints show."""
    row = _draft(analysis, version)
    row.problems, row.weaknesses = problems, weaknesses
    return trace.save(actor, row, "problems", "weaknesses", "version", act="written")


@transaction.atomic
def add_measure(actor, analysis, *, what, owner, now):
    """Name what is done about it, and who does it."""
    row = _draft(analysis)
    if owner.state != Employee.State.ON_DUTY:
        raise Refused(_("%(name)s is not on duty. Choose somebody else.") % {"name": owner}, field="owner")
    trace.save(actor, AnalysisMeasure(analysis=row, what=what, owner=owner), act="measure added")
    return row


@transaction.atomic
def drop_measure(actor, measure, *, now):
    """Take a measure out of the draft."""
    row = _draft(measure.analysis)
    trace.delete(actor, measure, act="measure taken out")
    return row


@transaction.atomic
def sign(actor, analysis, *, now):
    """Sign it: its numbers stay as they are now, its measures go into the improvement register, its text into the archive.

    Refused: the month still runs; problems or weaknesses are not written; complaints were received and no measure is named.
    """
    row = _draft(analysis)
    month = month_of(row)
    if row.hall.day_of(now) <= month.last:
        raise Refused(_("The month is not over. Sign the analysis once it is."))
    if not row.problems.strip() or not row.weaknesses.strip():
        raise Refused(_("Write the problems and the weaknesses first; where there are none, say so."))
    row.figures, row.state, row.signed_at, row.signed_by = of_month(row.hall, month), ComplaintAnalysis.State.SIGNED, now, actor.user.employee
    measures = list(row.measures.select_related("owner"))
    if row.figures["spans"][0]["received"] and not measures:
        raise Refused(_("Name at least one measure first."))
    trace.save(actor, row, "figures", "state", "signed_at", "signed_by", "version", act="signed")
    for measure in measures:
        measure.action = improvement.raise_action(actor, source=Action.Source.ANALYSIS, problem=measure.what, cause=row.weaknesses[:500], about=(KIND, row.pk),
                                                  hall=row.hall, owner=measure.owner, now=now)
        trace.save(actor, measure, "action", act="raised")
    duties.finish(actor, KIND, row.pk, now=now, schedule=SCHEDULE)
    kept = archive.kept_text(f"FRM-35-{row.hall.code}-{month.key}.txt", text_of(row, measures))
    archive.file(actor, kind="complaint", title=_("Complaint analysis %(month)s") % {"month": month.key}, day=month.last, hall=row.hall, now=now,
                 subject=(KIND, row.pk), files=[kept])
    return row


def text_of(row, measures):
    """The analysis as a text, for the archive."""
    with override(None):
        now = row.figures["spans"][0]
        lines = [f"FRM-35 {row.hall} {row.month:%Y-%m}", *(f"{key}: {value}" for key, value in now.items())]
    for dim, rows in row.figures["by"].items():
        lines.append(f"{dim}: " + ", ".join(f"{row.figures['names'].get(value, value) or '—'} {n}" for value, n in rows))
    lines += ["", f"{_('Problems')}: {row.problems}", f"{_('Weaknesses')}: {row.weaknesses}",
              *(f"{_('Measure')}: {one.what} · {one.owner} · {one.action.number}" for one in measures), "", f"{row.signed_by} {row.signed_at:%Y-%m-%d %H:%M}"]
    return "\n".join(lines) + "\n"
