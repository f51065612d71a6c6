"""Whose complaints count for a viewer, said twice the same: as a condition on complaints for lists, as SQL over facts for sums (CMP-20).

Whoever is complained about counts without those complaints, as the register shows them none (CMP-11).
"""
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from complaints.analysis.permissions import Can
from complaints.handling.models import Complaint
from complaints.handling.reach import about
from config.accounts.access import one_of, reach
from staff.organisation.models import Hall, Posting, Team

NO_NAMES = "no_names"


@dataclass(frozen=True)
class Scope:
    """`everything`, or the complaints of `halls`, those that `people` handle, and those nobody handles in `waiting` halls; of all these only those
    in `hall`, and those that `only` handle, where these are given; without those of `out`. `names` says whether people are named."""

    everything: bool = False
    halls: tuple = ()
    people: tuple = ()
    waiting: tuple = ()
    hall: int | None = None
    only: tuple | None = None
    out: tuple = ()
    names: bool = True

    @property
    def by_halls(self):
        """Whether whole halls count, so that the sums by hall and day say it."""
        return self.only is None and (self.everything or not (self.people or self.waiting))

    def condition(self):
        """The condition on complaints."""
        found = Q()
        if not self.everything:
            found = Q(hall_id__in=self.halls) | Q(handler_id__in=self.people) | Q(handler=None, hall_id__in=self.waiting)
        found &= Q(hall_id=self.hall) if self.hall else Q()
        found &= Q(handler_id__in=self.only) if self.only is not None else Q()
        return found & ~one_of(self.out) if self.out else found

    def rows(self):
        """The complaints."""
        return Complaint.objects.filter(self.condition())

    def sql(self, table="f"):
        """(condition, values) over the table of facts, or of the sums where whole halls count; without what is left out."""
        parts, values = [], []
        if not self.everything:
            reached, values = [f"{table}.hall_id = ANY(%s)"], [list(self.halls)]
            if self.people:
                reached.append(f"{table}.handler_id = ANY(%s)")
                values.append(list(self.people))
            if self.waiting:
                reached.append(f"{table}.handler_id IS NULL AND {table}.hall_id = ANY(%s)")
                values.append(list(self.waiting))
            parts.append(f"({' OR '.join(reached)})")
        if self.hall:
            parts.append(f"{table}.hall_id = %s")
            values.append(self.hall)
        if self.only is not None:
            parts.append(f"{table}.handler_id = ANY(%s)")
            values.append(list(self.only))
        return " AND ".join(parts) or "true", values


def scope_of(user, *, hall=None, who=None):
    """The Scope of a viewer, narrowed to a hall (id) and a team or person, ("team" or "person", id)."""
    far, today = reach(user, Can.ANALYSE), timezone.localdate()
    people, waiting = set(), set()
    if not far.everything and far.teams:
        people |= set(Posting.objects.on(today).filter(team_id__in=far.teams).values_list("employee_id", flat=True))
        waiting = set(Team.objects.filter(pk__in=far.teams, hall__isnull=False).values_list("hall_id", flat=True))
    if not far.everything and far.own and far.employee_id:
        people.add(far.employee_id)
    only = None
    if who:
        kind, pk = who
        only = tuple(Posting.objects.on(today).filter(team=pk).values_list("employee_id", flat=True)) if kind == "team" else (pk,)
    out = tuple(about(far.employee_id).values_list("complaint_id", flat=True)) if far.employee_id else ()
    return Scope(everything=far.everything, halls=tuple(sorted(far.halls)), people=tuple(sorted(people)), waiting=tuple(sorted(waiting)), hall=hall, only=only,
                 out=out, names=shows_names(far))


def shows_names(far):
    """Whether one of the roles shows people by name."""
    return NO_NAMES not in far.limits or bool(far.full)


def halls_of(user):
    """The halls that this person may choose among."""
    far = reach(user, Can.ANALYSE)
    rows = Hall.objects.order_by("pk")
    if far.everything:
        return rows
    of_teams = Team.objects.filter(pk__in=far.teams).values("hall_id") if far.teams else []
    return rows.filter(Q(pk__in=far.halls | far.own_halls) | Q(pk__in=of_teams))


def whose(user, period):
    """The teams and people of a period whose figures this person may ask for: [(kind, id, name)]; nobody for who sees no names."""
    far = reach(user, Can.ANALYSE)
    if not shows_names(far) or not (far.everything or far.halls or far.teams):
        return []
    there = Q() if far.everything else Q(hall__in=far.halls) | Q(team__in=far.teams)
    rows = Posting.objects.between(period.first, period.last).filter(there, hall__isnull=False, position__serves_customers=True)
    people, teams = {}, {}
    for person, key, name, team, team_name in rows.values_list("employee_id", "employee__sort_key", "employee__name", "team_id", "team__name"):
        people[person] = (key, person, name)
        if team:
            teams[team] = str(team_name)
    return [*(("team", pk, teams[pk]) for pk in sorted(teams)), *(("person", pk, name) for _key, pk, name in sorted(people.values()))]
