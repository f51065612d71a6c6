"""Reads about who is in a hall: now, and on the list of an evacuation."""
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Prefetch, Sum

from reception.visits import states
from reception.visits.models import ServiceLeg, Visit
from reception.visits.presence.models import Evacuation, EvacuationPerson
from staff.organisation.models import Hall
from staff.shifts.queries import on_duty

RUNNING = "evacuations"  # on the account, read with it
PAST = 10


def visits_in(hall):
    """The visits that are in the hall, in the order of arrival, whoever asks: in an evacuation everybody counts."""
    legs = Prefetch("legs", ServiceLeg.objects.order_by("queued_at", "pk"))
    return (Visit.objects.filter(hall=hall, state__in=states.PRESENT).select_related("customer", "area", "adviser", "purpose")
            .prefetch_related(legs).order_by("arrived_at", "pk"))


@dataclass
class Present:
    """Everybody in a hall at one moment, as one viewer may see them: visitors out of reach are counted and not named."""

    hall: Hall
    now: datetime
    visits: list
    shifts: list
    running: Evacuation | None = None
    past: list = field(default_factory=list)

    @property
    def visitors(self):
        """How many visitors, companions included."""
        return sum(visit.party_size for visit in self.visits)

    @property
    def staff(self):
        """How many of the staff."""
        return len(self.shifts)

    @property
    def everybody(self):
        """How many people."""
        return self.visitors + self.staff


def present(hall, user, now):
    """Who is in `hall` now. Each visit carries `told`: whether its name is shown to this viewer."""
    told = Exists(Visit.objects.visible_to(user).filter(pk=OuterRef("pk")))
    known = list(on_record(hall, user))
    return Present(hall, now, list(visits_in(hall).annotate(told=told)), list(on_duty(hall, now)),
                   running=next((one for one in known if one.ended_at is None), None), past=[one for one in known if one.ended_at])


def on_record(hall, user):
    """The evacuation that runs and the last ones that ended, as far as this viewer may open them, with how many were listed and found."""
    rows = Evacuation.objects.visible_to(user).filter(hall=hall).select_related("hall", "started_by")
    return rows.annotate(listed=Sum("people__people"), seen=Sum("people__found")).order_by(F("ended_at").desc(nulls_first=True))[:PAST + 1]


def running(hall_id):
    """The evacuation that runs in a hall, or None."""
    return Evacuation.objects.running_in(hall_id).select_related("hall", "started_by").first()


def halls_that_are_left():
    """The ids of the halls in which an evacuation runs, as a column of the account, so that every page says it at once."""
    return ArraySubquery(Evacuation.objects.filter(ended_at__isnull=True).order_by("pk").values("hall_id"))


@dataclass
class Roll:
    """The list of an evacuation, in groups that keep their order while people are counted."""

    evacuation: Evacuation
    lines: list

    @property
    def listed(self):
        """How many people stand on it."""
        return sum(line.people for line in self.lines)

    @property
    def safe(self):
        """How many of them were seen outside."""
        return sum(line.found for line in self.lines)

    @property
    def missing(self):
        """How many were not."""
        return self.listed - self.safe

    @property
    def groups(self):
        """[{label, lines, listed, safe}] of visitors, staff and others; empty ones are left out."""
        found = []
        for kind in EvacuationPerson.Kind:
            lines = [line for line in self.lines if line.kind == kind]
            if lines:
                found.append({"key": kind.value, "label": kind.label, "lines": lines, "listed": sum(line.people for line in lines),
                              "safe": sum(line.found for line in lines)})
        return found


def roll(evacuation):
    """The list with what each line shows."""
    return Roll(evacuation, list(evacuation.people.select_related("area", "post", "host", "found_by").order_by("order", "pk")))
