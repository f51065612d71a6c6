"""SCH-27: the stocktaking of each hall's archive, and the end of access that has run out (REC-81, REC-82)."""
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config import together
from config.accounts import trace
from config.accounts.actor import Actor
from staff.archive import states
from staff.archive.models import ArchiveItem, HallArchive, Stocktaking, StocktakingLine
from staff.archive.services import requests
from staff.archive.services.stocktakes import INVENTORY, KIND
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.organisation.models import Hall
from staff.regulation import values

BEGINS = time(6)  # by the hall's own clock
MANAGER = "manager"


def write_inventory(since, until):
    """The stocktakings that begin after `since` and up to `until`, with a line for each item and the duty of the keeper; returns how many
    are new. The first of a month that the parameter's months divide begins one."""
    halls = list(Hall.objects.filter(archive_items__isnull=False).distinct().select_related("manager").order_by("pk"))
    there = set(Stocktaking.objects.filter(hall__in=halls, slot__gte=since.date() - timedelta(days=32)).values_list("hall_id", "slot"))
    made = [one for hall in halls for one in taken_in(hall, since, until) if (one.hall_id, one.slot) not in there]
    if not made:
        return 0
    actor = Actor.system(INVENTORY)
    for one in made:
        trace.mark(actor, one, act="stocktaking begun")
    together.insert(together.name(made))
    together.insert_new(lines_of(made))
    keepers = dict(HallArchive.objects.filter(hall__in=halls).values_list("hall_id", "keeper_id"))
    return duties.make([duty_of(one, keepers.get(one.hall_id)) for one in made])


def taken_in(hall, since, until):
    """The stocktakings of a hall that begin in this time: due by the last day of their month."""
    zone, found = ZoneInfo(hall.timezone), []
    for first in firsts(since.astimezone(zone).date(), until.astimezone(zone).date()):
        begins = datetime.combine(first, BEGINS, zone)
        if not (since < begins <= until and hall.is_open_on(first)):
            continue
        months = values.value("archive_inventory_months", first, hall)
        if months and (first.year * 12 + first.month - 1) % months == 0:
            found.append(Stocktaking(hall=hall, slot=first, due_on=next_first(first) - timedelta(days=1)))
    return found


def firsts(begin, end):
    """The first days of the months from the month of `begin` to that of `end`."""
    first = begin.replace(day=1)
    while first <= end:
        yield first
        first = next_first(first)


def next_first(first):
    """The first day of the month after."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def lines_of(stocktakings):
    """A line for each thing that should be in its place."""
    by_hall = {one.hall_id: one for one in stocktakings}
    items = ArchiveItem.objects.filter(hall__in=by_hall).exclude(state__in=[states.RECEIVED, states.DESTROYED]).values_list("pk", "hall_id").order_by("pk")
    return [StocktakingLine(stocktaking=by_hall[hall], item_id=pk) for pk, hall in items]


def duty_of(one, keeper):
    """What the keeper has to do, else the hall's manager."""
    zone = ZoneInfo(one.hall.timezone)
    whose = {"employee_id": keeper or one.hall.manager_id} if keeper or one.hall.manager_id else {"role": MANAGER}
    return Duty(schedule=INVENTORY, slot=one.slot.isoformat(), kind=KIND, record_id=one.pk, hall=one.hall,
                starts_at=datetime.combine(one.slot, BEGINS, zone), due_at=datetime.combine(next_first(one.slot), time(), zone), **whose)


def write_expiry(since, until):
    """Close the access that has run out; that makes no duty."""
    requests.expire(Actor.system(requests.ACCESS), now=until)
    return 0
