"""Whose figures a person may ask for: halls, teams and people, by how far a capability goes."""
from dataclasses import dataclass

from django.db.models import Q

from config.accounts.access import reach
from config.contributions.figures import ALL, HALL, PERSON, TEAM, Subjects
from config.web.texts import Text
from staff.organisation.models import Employee, Hall, Posting


@dataclass(frozen=True)
class Row:
    """A hall, a team or a person whose figure is shown."""

    kind: str
    pk: int
    name: str


def halls_of(user, capabilities):
    """The halls in which one of these capabilities holds, in their order."""
    fars = [reach(user, one) for one in capabilities]
    if any(far.everything for far in fars):
        return list(Hall.objects.order_by("pk"))
    return list(Hall.objects.filter(pk__in=frozenset().union(*(far.halls | far.own_halls for far in fars))).order_by("pk"))


def postings(user, capabilities, period, hall=None):
    """Where people in reach worked on a day of the period, or None for who reaches nobody but themselves."""
    there = Q(pk__in=[])
    for far in (reach(user, one) for one in capabilities):
        there |= Q(hall__isnull=False) if far.everything else Q(hall__in=far.halls) | Q(team__in=far.teams)
    rows = Posting.objects.between(period.first, period.last).filter(there, hall__isnull=False)
    return rows.filter(hall=hall) if hall else rows


def whose(user, capabilities, period, hall=None):
    """Teams and people of a period as [(TEAM or PERSON, id, name)], teams first; one statement, nothing for who sees only their own."""
    if not any(far.everything or far.halls or far.teams for far in (reach(user, one) for one in capabilities)):
        return []
    teams, people = {}, {}
    rows = postings(user, capabilities, period, hall).values_list("employee_id", "employee__sort_key", "employee__name", "team_id", "team__name")
    for person, sort_key, name, team, team_name in rows:
        people[person] = (sort_key, person, name)
        if team:
            teams[team] = str(Text(team_name))
    return [*((TEAM, pk, teams[pk]) for pk in sorted(teams)), *((PERSON, pk, name) for _key, pk, name in sorted(people.values()))]


def headline(user, indicator, hall_id, who):
    """The Subjects whose figure stands first: who was chosen, else the hall, else everything in reach, which for some is their own work."""
    far = reach(user, indicator.capability)
    if who:
        return Subjects(who[0], (who[1],), hall_id)
    if not (far.everything or far.halls or far.teams):
        return Subjects(PERSON, (far.employee_id,), hall_id) if far.employee_id else Subjects(PERSON)
    if hall_id and HALL in indicator.subjects and (far.everything or hall_id in far.halls):
        return Subjects(HALL, (hall_id,), hall_id)
    return Subjects(ALL, (), hall_id)


def rows(user, indicators, halls, period, bar, who):
    """The Rows below the headline: the halls in reach as wholes, the teams, the people; narrowed to what was chosen."""
    capabilities = {one.capability for one in indicators}
    fars = [reach(user, one) for one in capabilities]
    if who and who[0] == PERSON:
        return [Row(*who)]
    known = whose(user, capabilities, period, bar.hall_id)
    if who:
        members = set(postings(user, capabilities, period, bar.hall_id).filter(team=who[1]).values_list("employee_id", flat=True))
        return [Row(*one) for one in known if one == who or one[0] == PERSON and one[1] in members]
    whole = [Row(HALL, hall.pk, str(hall)) for hall in halls if bar.hall_id in (None, hall.pk) and any(far.everything or hall.pk in far.halls for far in fars)]
    return [*whole, *(Row(*one) for one in known)] or own_row(fars)


def own_row(fars):
    """The person alone."""
    me = Employee.objects.filter(pk__in={far.employee_id for far in fars if far.employee_id}).values_list("pk", "name")
    return [Row(PERSON, pk, name) for pk, name in me]


def narrowed_by(bar, who, period):
    """`narrow(rows, control)` for the hall, and the team or person, that were chosen; a team is its people of the period."""
    def narrow(rows, control):
        if bar.hall_id:
            rows = rows.filter(hall=bar.hall_id)
        if who and who[0] == "team":
            return rows.filter(**{f"{control.person}__in": Posting.objects.between(period.first, period.last).filter(team=who[1]).values("employee")})
        return rows.filter(**{control.person: who[1]}) if who else rows
    return narrow


def by_subjects(user, indicators, bar, who):
    """[(Subjects, indicators)]: the indicators by whose figure stands first."""
    groups = {}
    for one in indicators:
        groups.setdefault(headline(user, one, bar.hall_id, who), []).append(one)
    return groups.items()
