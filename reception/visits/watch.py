"""The alerts of halls for people: of one board, and of every hall a shift leader looks after (FIELD 2.1 29)."""
from datetime import timedelta

from django.utils import timezone

from config.accounts.access import reach
from reception.visits import alerts, posts, queries, rules, states
from reception.visits.appointments import settings_of
from reception.visits.models import Visit
from reception.visits.permissions import Can
from reception.visits.queue_models import Appointment
from staff.organisation.models import Hall
from staff.training.eligibility import who_may

NEVER = 7 * 24 * 60  # minutes; a limit that no wait of one day passes
LEAD = timedelta(hours=2)  # how far ahead the desk sees who is expected


def alerts_on(board, spells):
    """The alerts of a board that was read already; two statements more, while somebody waits although somebody is free."""
    present = board.waiting + board.serving
    return _found(board.hall, present, board.advisers, spells, board.now, board.figures["wait_target"])


def idle_at(hall, employee, post, now):
    """The alert that somebody waits whom this person could serve at this post, where nothing is in hand; None while there is none."""
    if post.kind not in alerts.SERVING:
        return None
    start, end = queries.day_bounds(hall, hall.day_of(now))
    visits = Visit.objects.filter(hall=hall, state__in=sorted(states.PRESENT), arrived_at__gte=start, arrived_at__lt=end).prefetch_related("legs")
    waits = list(alerts.waits_of(visits))
    services = {wait.service_id for wait in waits if wait.service_id}
    able = who_may([employee], services, now) if services else {}
    free = [alerts.Free(employee.pk, post.pk, str(post))]
    found = alerts.find(waits, free, able, now=now, limit_minutes=NEVER, idle_seconds=settings_of(hall).idle_seconds)
    return found[0] if found else None


def _found(hall, visits, advisers, spells, now, target):
    settings = settings_of(hall)
    waits = list(alerts.waits_of(visits))
    idle = [wait for wait in waits if now - wait.since >= timedelta(seconds=settings.idle_seconds)]  # the others alarm nobody yet
    free = alerts.free_of(advisers, visits, spells) if idle else []
    services = {wait.service_id for wait in idle if wait.service_id}
    people = [row["employee"] for row in advisers if row["employee"].pk in {one.employee_id for one in free}]
    able = who_may(people, services, now) if people and services else {}
    return alerts.find(waits, free, able, now=now, limit_minutes=settings.alert_minutes or target, idle_seconds=settings.idle_seconds)


def halls_led_by(user):
    """The halls whose shift leader this person is: the own one of a supervisor, those in reach of a manager."""
    far = reach(user, Can.REOPEN)
    halls = Hall.objects.all() if far.everything else Hall.objects.filter(pk__in=far.halls | far.own_halls)
    return halls.open_on(timezone.localdate()).select_related("queue").order_by("pk")


def alerts_for(user, now):
    """[{hall, alerts, waiting, shut}] of every hall led by this person, each read as a whole: the alerts are the hall's, not the viewer's."""
    return [alerts_in(hall, now) for hall in halls_led_by(user)]


def alerts_in(hall, now):
    """The alerts of one hall at a moment, with how many wait and which posts are shut."""
    start, end = queries.day_bounds(hall, hall.day_of(now))
    visits = list(Visit.objects.filter(hall=hall, state__in=sorted(states.PRESENT), arrived_at__gte=start, arrived_at__lt=end)
                  .prefetch_related("legs").order_by("arrived_at", "pk"))
    spells = posts.spells_of(hall, start)
    target = queries.wait_target(hall.pk).total_seconds() / 60
    return {"hall": hall, "alerts": _found(hall, visits, queries.advisers_of(hall, now), spells, now, int(target)),
            "waiting": sum(visit.state != states.IN_SERVICE for visit in visits), "shut": shut(spells, start, now)}


def shut(spells, start, now):
    """Posts that are paused or closed now, with the minutes since and those paused today."""
    rows = [spell for spell in spells if spell.ended_at is None and spell.state != states.OPEN]
    for spell in rows:
        spell.minutes = rules.whole_minutes(now - spell.started_at)
        spell.paused_minutes = posts.seconds_in([one for one in spells if one.post_id == spell.post_id], states.PAUSED, since=start, now=now) // 60
    return rows


def by_post(spells, start, now):
    """{post id: {spell, paused_minutes}} of the posts that had a spell today; `spell` is the running one or None."""
    found = {}
    for spell in spells:
        row = found.setdefault(spell.post_id, {"spell": None, "all": []})
        row["all"].append(spell)
        row["spell"] = spell if spell.ended_at is None else row["spell"]
    for row in found.values():
        row["paused_minutes"] = posts.seconds_in(row.pop("all"), states.PAUSED, since=start, now=now) // 60
    return found


def expected_today(hall, user, now):
    """Who is still expected in the hall today, of those this viewer may see: the late ones and those of the next hours first."""
    start, end = queries.day_bounds(hall, hall.day_of(now))
    rows = list(Appointment.objects.visible_to(user).filter(hall=hall, state=states.PLANNED, at__gte=start, at__lt=end)
                .select_related("customer", "purpose", "employee").order_by("at", "pk"))
    return told(rows, now)


def told(rows, now):
    """Appointments with how late they are, and how near."""
    for row in rows:
        late = rules.whole_minutes(now - row.at)
        row.late_minutes, row.tone = max(0, late), "late" if late > 0 else "soon" if row.at - now <= LEAD else "wait"
    return rows
