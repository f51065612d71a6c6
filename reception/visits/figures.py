"""The figures of visits: traffic, greeting, waiting, of a period and a hall, for one viewer (REC-03, GEN-17)."""
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Sum

from config.accounts.access import reach
from config.web.texts import Text
from reception.visits.measures import CLOCK, UNSERVED, arrived_within, greeting, in_team, judgement, measured, on_days, wait
from reception.visits.models import Purpose, Visit
from reception.visits.permissions import Can
from staff.organisation.models import Employee, Hall, Posting

COUNTED = {  # every figure that is a count, with what it counts
    "visits": Count("pk"), "people": Sum("party_size"),
    "greeted": Count("pk", filter=greeting("measured")), "in_time": Count("pk", filter=greeting("in_time")),
    "greeted_late": Count("pk", filter=greeting("late")),
    "served": Count("pk", filter=wait("measured")), "within": Count("pk", filter=wait("within")), "over": Count("pk", filter=wait("over")),
    "unserved": Count("pk", filter=UNSERVED),
}
TIMES = {"waited": Sum("waited", filter=wait("measured")), "longest_wait": Max("waited", filter=wait("measured"))}  # in seconds


@dataclass(frozen=True)
class Figures:
    """The figures of one span of days; seconds are whole, None where nothing was measured."""

    visits: int = 0
    people: int = 0
    greeted: int = 0
    in_time: int = 0
    greeted_late: int = 0
    served: int = 0
    within: int = 0
    over: int = 0
    unserved: int = 0
    waited: int = 0
    longest_wait: int | None = None

    @property
    def average_wait(self):
        """Seconds that those who were served waited, in the middle; None where nobody was."""
        return round(self.waited / self.served) if self.served else None

    @property
    def greeted_share(self):
        """Per cent of the greeted who were greeted in time, or None."""
        return share(self.in_time, self.greeted)

    @property
    def within_share(self):
        """Per cent of the served who waited no longer than the target, or None."""
        return share(self.within, self.served)


def share(part, whole):
    """Whole per cent, or None where there is no whole."""
    return round(100 * part / whole) if whole else None


def halls_to_analyse(user):
    """The halls whose figures this person may see, in their order."""
    far = reach(user, Can.ANALYSE)
    return Hall.objects.order_by("pk") if far.everything else Hall.objects.filter(pk__in=far.halls | far.own_halls).order_by("pk")


def whose(user, first, last):
    """The teams and the people of a period whose figures this person may ask for: [("team" or "adviser", id, name)], teams first: those
    posted there on one of its days, and whoever else served a visit of it. Two statements; nothing for who counts the own visits alone."""
    far = reach(user, Can.ANALYSE)
    there = Q() if far.everything else Q(hall__in=far.halls) | Q(team__in=far.teams)
    if not (far.everything or far.halls or far.teams):
        return []
    rows = (Posting.objects.between(first, last).filter(there, hall__isnull=False, position__serves_customers=True)
            .values_list("employee_id", "employee__sort_key", "employee__name", "team_id", "team__name"))
    people, teams = {}, {}
    for person, sort_key, name, team, team_name in rows:
        people[person] = (sort_key, person, name)
        if team:
            teams[team] = str(Text(team_name))
    served = on_days(Visit.objects.visible_to(user, Can.ANALYSE).filter(adviser=OuterRef("pk")), first, last)
    for person, sort_key, name in Employee.objects.filter(Exists(served)).exclude(pk__in=people).values_list("pk", "sort_key", "name"):
        people[person] = (sort_key, person, name)
    return [*(("team", pk, teams[pk]) for pk in sorted(teams)), *(("adviser", pk, name) for _key, pk, name in sorted(people.values()))]


def scope(user, hall, who=None):
    """The visits that count for this viewer, of one hall or of all in reach; `who` is ("team" or "adviser", id) or None for everybody."""
    rows = Visit.objects.visible_to(user, Can.ANALYSE)
    rows = rows.filter(hall=hall) if hall else rows
    if who is None:
        return rows
    kind, pk = who
    return in_team(rows, pk) if kind == "team" else rows.filter(adviser=pk)


def by_day(user, hall, *spans, who=None):
    """{day: Figures} of the days of several spans that had visitors, in two statements."""
    days = Q()
    for span in spans:
        days |= arrived_within(span.first, span.last, hall)
    rows = measured(scope(user, hall, who), judgement()).filter(days).order_by().values(day=F("local_day"))
    rows = rows.annotate(**{f"sum_{key}": what for key, what in (COUNTED | TIMES).items()})
    return {row["day"]: Figures(**{key: row[f"sum_{key}"] for key in COUNTED | TIMES if row[f"sum_{key}"] is not None}) for row in rows}


def of_span(days, span):
    """The Figures of the days of a span, out of `by_day`."""
    return summed(days[day] for day in span if day in days)


def counts(user, hall, first, last, who=None):
    """[(hour of arrival by the hall's clock, purpose id, hall id, visits)] of a span, in one statement for all that is counted by these."""
    rows = on_days(scope(user, hall, who), first, last, hall).annotate(**CLOCK).order_by()
    return list(rows.values_list("local_hour", "purpose_id", "hall_id").annotate(n=Count("pk")))


def by(counted, place):
    """{value: visits} of one of the three columns of `counts`: 0 the hour, 1 the purpose, 2 the hall."""
    found = Counter()
    for row in counted:
        found[row[place]] += row[3]
    return dict(found)


def by_purpose(counted):
    """[(purpose id, its name, visits)] of `counts`, the most first."""
    found = by(counted, 1)
    names = dict(Purpose.objects.filter(pk__in=found).values_list("pk", "name"))
    return [(pk, names[pk], n) for pk, n in sorted(found.items(), key=lambda row: (-row[1], row[0]))]


def summed(figures):
    """Several Figures together."""
    figures = list(figures)
    totals = {key: sum(getattr(one, key) for one in figures) for key in (*COUNTED, "waited")}
    return Figures(**totals, longest_wait=max((one.longest_wait for one in figures if one.longest_wait is not None), default=None))


def list_is_wider(user):
    """Whether the list of visits shows this person more than the figures count (an agent reads the hall and analyses the own)."""
    reads, counts = reach(user, Can.READ), reach(user, Can.ANALYSE)
    return any(getattr(reads, name) != getattr(counts, name) for name in ("everything", "halls", "teams", "own", "own_halls"))
