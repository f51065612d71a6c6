"""The areas of the demo's halls."""
from collections import defaultdict

from simple_history.utils import bulk_create_with_history

from config.contributions.demo import register
from facilities.areas.models import Area
from staff.organisation.demo import facts, three


def load(world):
    """Write the areas; logistics of the hall are responsible, else its manager."""
    rows = []
    for code, areas in facts()["areas"].items():
        hall = world.halls[code]
        keeper = next((person for person in world.staff.get(code, []) if person.user.username.startswith("logistics")), hall.manager)
        rows += [Area(hall=hall, kind=kind, name=three(names), floor=floor, capacity=capacity, responsible=keeper, order=order)
                 for order, (kind, *names, floor, capacity) in enumerate(areas)]
    bulk_create_with_history(rows, Area, default_change_reason="demo data")
    arrange(world)


def arrange(world):
    """Leave the areas in `world`, by hall."""
    keys = {hall.pk: code for code, hall in world.halls.items()}
    areas = defaultdict(list)
    for area in Area.objects.all():
        areas[keys[area.hall_id]].append(area)
    world.areas = dict(areas)


def append(world, first_day, last_day):
    """Areas stay as they are."""
    arrange(world)


register(key="areas", order=20, load=load, append=append)
