"""What the shift leader has to know now: somebody waits too long; somebody waits while a free person could serve (FIELD 2.1 29)."""
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from reception.visits import states
from staff.organisation.models import Post

SERVING = (Post.Kind.COUNTER, Post.Kind.HOTLINE)  # the posts that call; at a reception desk nobody is idle


@dataclass(frozen=True)
class Wait:
    """Somebody who waits: `service_id` None without a ticket, `wanted` the employee and post waited for (ids or None)."""

    visit_id: int
    ticket: str
    since: object
    service_id: int | None = None
    employee_id: int | None = None
    post_id: int | None = None

    @property
    def name(self):
        """The ticket, or a word for who has none."""
        return self.ticket or _("a visitor without a ticket")


@dataclass(frozen=True)
class Free:
    """Somebody on shift who serves customers at a counter or hotline that is not paused or closed, with nothing in hand."""

    employee_id: int
    post_id: int | None
    words: str


@dataclass(frozen=True)
class Alert:
    """`kind` 'long' or 'idle'; `text` one sentence; `visit_id` the visit it leads to, `who` its ticket or a word."""

    kind: str
    text: str
    visit_id: int
    minutes: int
    who: str


def find(waits, free, able, *, now, limit_minutes, idle_seconds):
    """The alerts of one hall. `able` {service id: ids of who may give it}; a wait without a service may be served by everybody."""
    found = []
    longest = min(waits, key=lambda wait: wait.since, default=None)
    if longest and now - longest.since > timedelta(minutes=limit_minutes):
        minutes = minutes_of(longest, now)
        found.append(Alert("long", _("%(who)s waits %(minutes)s min; the limit is %(limit)s.")
                           % {"who": longest.name, "minutes": minutes, "limit": limit_minutes}, longest.visit_id, minutes, longest.name))
    for wait in sorted(waits, key=lambda wait: wait.since):
        could = [person.words for person in free if now - wait.since >= timedelta(seconds=idle_seconds) and could_serve(person, wait, able)]
        if could:
            text = _("%(who)s waits while somebody is free: %(free)s.") % {"who": wait.name, "free": ", ".join(could)}
            return [*found, Alert("idle", text, wait.visit_id, minutes_of(wait, now), wait.name)]
    return found


def minutes_of(wait, now):
    """Whole minutes waited."""
    return int((now - wait.since).total_seconds() // 60)


def could_serve(person, wait, able):
    """Whether this free person may call this ticket."""
    return (wait.employee_id in (None, person.employee_id) and wait.post_id in (None, person.post_id)
            and (wait.service_id is None or person.employee_id in able.get(wait.service_id, ())))


def waits_of(visits):
    """Who of these visits waits to be called: each queued ticket, and visits to be served that have no ticket."""
    for visit in visits:
        legs = list(visit.legs.all())
        for leg in legs:
            if leg.state == states.QUEUED:
                yield Wait(visit.pk, leg.ticket, leg.queued_at, leg.service_id, leg.wanted_employee_id or visit.adviser_id, leg.wanted_post_id)
        if not legs and visit.state in (states.WAITING, states.GREETED):
            yield Wait(visit.pk, "", visit.arrived_at, employee_id=visit.adviser_id)


def free_of(advisers, visits, spells):
    """Who of the people on shift (rows of `queries.advisers_of`) stands at a counter or hotline, not paused or closed, with nothing in hand."""
    shut = {spell.post_id for spell in spells if spell.ended_at is None and spell.state != states.OPEN}
    held = {leg.employee_id for visit in visits for leg in visit.legs.all() if leg.state in states.IN_HAND}
    return [Free(row["employee"].pk, row["post"].pk, f"{row['employee']} ({row['post']})") for row in advisers
            if row["post"] and row["post"].kind in SERVING and row["post"].pk not in shut and not row["visits"] and row["employee"].pk not in held]
