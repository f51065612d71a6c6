"""The figures of visits: traffic, greeting, waiting, of a period and a hall, for one viewer (REC-03, GEN-17)."""
from dataclasses import dataclass

from django.db.models import Avg, Count, F, Max, Sum

from config.accounts.access import reach
from reception.visits.measures import CLOCK, UNSERVED, greeting, measured, on_days, wait
from reception.visits.models import Visit
from reception.visits.permissions import Can
from staff.organisation.models import Hall

COUNTED = {  # every figure that is a count, with what it counts
    "visits": Count("pk"), "people": Sum("party_size"),
    "greeted": Count("pk", filter=greeting("measured")), "in_time": Count("pk", filter=greeting("in_time")),
    "greeted_late": Count("pk", filter=greeting("late")),
    "served": Count("pk", filter=wait("measured")), "within": Count("pk", filter=wait("within")), "over": Count("pk", filter=wait("over")),
    "unserved": Count("pk", filter=UNSERVED),
}
MEASURED = {"average_wait": Avg("waited", filter=wait("measured")), "longest_wait": Max("waited", filter=wait("measured"))}


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
    average_wait: int | None = None
    longest_wait: int | None = None

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


def scope(user, hall):
    """The visits that count for this viewer, of one hall or of all in reach."""
    rows = Visit.objects.visible_to(user, Can.ANALYSE)
    return rows.filter(hall=hall) if hall else rows


def made(row):
    """Figures out of a row of the database."""
    return Figures(**{key: round(value) if key in MEASURED and value is not None else value if value is not None or key in MEASURED else 0
                      for key, value in row.items() if key in COUNTED or key in MEASURED})


def of_span(user, hall, first, last, known=None):
    """The Figures of the days from `first` to `last`; `known` is a judgement made before."""
    return made(measured(on_days(scope(user, hall), first, last, hall), known).aggregate(**COUNTED, **MEASURED))


def by_day(user, hall, first, last, known=None):
    """{day: Figures} of the days that had visitors; averages are left out, since they do not add up."""
    rows = measured(on_days(scope(user, hall), first, last, hall), known).order_by().values(day=F("local_day")).annotate(**COUNTED)
    return {row["day"]: made(row) for row in rows}


def by_hour(user, hall, first, last):
    """{hour of arrival by the hall's clock: visits}."""
    rows = on_days(scope(user, hall), first, last, hall).annotate(**CLOCK).order_by().values(hour=F("local_hour"))
    return dict(rows.annotate(n=Count("pk")).values_list("hour", "n"))


def by_purpose(user, hall, first, last):
    """[(purpose id, its name, visits)], the most first."""
    rows = on_days(scope(user, hall), first, last, hall).order_by().values("purpose_id", "purpose__name").annotate(n=Count("pk"))
    return [(row["purpose_id"], row["purpose__name"], row["n"]) for row in rows.order_by("-n", "purpose_id")]


def by_hall(user, first, last):
    """{hall id: visits} of all halls in reach."""
    return dict(on_days(scope(user, None), first, last).order_by().values_list("hall_id").annotate(n=Count("pk")))


def summed(figures):
    """The counts of several Figures together."""
    totals = dict.fromkeys(COUNTED, 0)
    for one in figures:
        for key in totals:
            totals[key] += getattr(one, key)
    return Figures(**totals)


def list_is_wider(user):
    """Whether the list of visits shows this person more than the figures count (an agent reads the hall and analyses the own)."""
    reads, counts = reach(user, Can.READ), reach(user, Can.ANALYSE)
    return any(getattr(reads, name) != getattr(counts, name) for name in ("everything", "halls", "teams", "own", "own_halls"))
