"""Hosts of the demo who came to their visitors in the last weeks, and one visitor who waits for an answer now."""
import datetime

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from reception.visits import states as visit_states
from reception.visits.hosts import states
from reception.visits.hosts.models import HostCall
from reception.visits.models import Visit
from staff.notifications.models import Notification
from staff.notifications.words import kept

WHY = "demo data"
PAST_DAYS, EVERY = 20, 9  # every ninth visit of these days was for somebody
MINUTES = 3


def load(world):
    """Answered calls of the past, of those who are here now, and one that waits."""
    since = world.now - datetime.timedelta(days=PAST_DAYS)
    past = list(Visit.objects.filter(arrived_at__gte=since, state=visit_states.CLOSED, adviser__user__isnull=False).order_by("pk")[::EVERY])
    write(world, past)
    today(world)


def append(world, first_day, last_day):
    """The days that are missing."""
    begin = world.now - datetime.timedelta(days=(world.today - first_day).days + 1)
    past = list(Visit.objects.filter(arrived_at__gte=begin, state=visit_states.CLOSED, adviser__user__isnull=False, host_calls=None).order_by("pk")[::EVERY])
    write(world, past)
    today(world)


def today(world):
    """Whoever is served now came; the last one who waits in the sales hall came for the first adviser, who has not answered yet."""
    write(world, list(Visit.objects.filter(state__in=sorted(visit_states.PRESENT), adviser__user__isnull=False, host_calls=None).order_by("pk")))
    host = world.people.get("sales")
    visit = Visit.objects.filter(hall=world.halls["sales"], state=visit_states.WAITING, adviser=None, host_calls=None).order_by("-arrived_at").first()
    if visit and host:
        visit.adviser = host
        bulk_update_with_history([visit], Visit, ["adviser"], default_change_reason=WHY)
        told(world, [HostCall(visit=visit, hall_id=visit.hall_id, host=host, employee=host, told_at=world.now - datetime.timedelta(minutes=1),
                              answer_by=world.now + datetime.timedelta(minutes=MINUTES))])


def write(world, visits):
    """Calls that were answered: mostly at once, some in five minutes."""
    rows = []
    for visit in visits:
        at = visit.arrived_at + datetime.timedelta(seconds=20)
        answered = min(at + datetime.timedelta(seconds=world.random.randint(8, 110)), world.now)
        rows.append(HostCall(visit=visit, hall_id=visit.hall_id, host_id=visit.adviser_id, employee_id=visit.adviser_id, told_at=at,
                             state=world.random.choices((states.COMING, states.SOON), (5, 1))[0], answered_at=answered,
                             answer_by=at + datetime.timedelta(minutes=MINUTES)))
    told(world, rows)


def told(world, rows):
    """Write the calls, and what told their people of them; answered ones are read."""
    made = bulk_create_with_history(rows, HostCall, batch_size=1000, default_change_reason=WHY)
    people = {person.pk: person for person in world.people.values()}
    halls = {hall.pk: hall for hall in world.halls.values()}
    Notification.objects.bulk_create((
        Notification(user=people[row.employee_id].user, kind="host-called", event=str(row.pk), record_kind="host_call", record_id=row.pk, at=row.told_at,
               read_at=row.answered_at, values=kept({"hall": halls[row.hall_id].name, "at": row.told_at, "host": people[row.host_id].name, "minutes": MINUTES}))
        for row in made if row.employee_id in people), batch_size=1000)
