"""One drill on record in the first hall of the demo: its list, and who was counted when."""
import datetime

from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from config.accounts import trace
from config.accounts.actor import Actor
from reception.visits.models import Visit
from reception.visits.presence.models import Evacuation, EvacuationPerson
from reception.visits.presence.services import line_of_shift, line_of_visit
from staff.shifts.models import Shift

AGO = 33  # days before the last day of the demo; the fullest morning of the week from there on
AT = datetime.time(10, 40)
NOTE = "四分钟内全员撤离。库房旁的安全出口被纸箱挡住一半，已清走。"


def load(world):
    """The drill, on a morning when visitors were in the hall."""
    hall = world.halls["sales"]
    lead = next((person for person in world.staff["sales"] if person.user.username == "manager"), world.staff["sales"][0])
    moment = timezone.make_aware(datetime.datetime.combine(world.today - datetime.timedelta(days=AGO), AT))
    chosen = max((moment + datetime.timedelta(days=day) for day in range(7)), key=lambda at: in_hall(hall, at).count())
    visits = list(in_hall(hall, chosen).select_related("customer", "area", "adviser").prefetch_related("legs").order_by("arrived_at", "pk"))
    shifts = list(Shift.objects.filter(hall=hall, starts_at__lte=chosen, ends_at__gt=chosen).select_related("employee__user", "post"))
    if visits and shifts:
        write(world, hall, lead, chosen, visits, shifts)


def in_hall(hall, at):
    """The visits that were in the hall at a moment of the past."""
    return Visit.objects.filter(hall=hall, arrived_at__lte=at, left_at__gt=at)


def write(world, hall, lead, started, visits, shifts):
    """The drill with its list; the colleagues on shift did the counting."""
    took = datetime.timedelta(minutes=6, seconds=20)
    drill = Evacuation(hall=hall, kind=Evacuation.Kind.DRILL, started_at=started, started_by=lead.user)
    trace.save(Actor(user=lead.user, channel="job"), drill, act="started")
    lines = [*map(line_of_visit, visits), *map(line_of_shift, shifts)]
    for order, line in enumerate(lines):
        line.evacuation, line.order = drill, order
    bulk_create_with_history(lines, EvacuationPerson, default_user=lead.user, default_change_reason="listed", default_date=started)
    lines = list(drill.people.all())
    for line in lines:
        line.found, line.found_by = line.people, world.random.choice(shifts).employee.user
        line.found_at = started + datetime.timedelta(seconds=world.random.randint(45, 235))
    bulk_update_with_history(lines, EvacuationPerson, ["found", "found_at", "found_by"], default_change_reason="counted", default_date=started + took)
    drill.ended_at, drill.ended_by, drill.note = started + took, lead.user, NOTE
    trace.save(Actor(user=lead.user, channel="job"), drill, act="ended")
