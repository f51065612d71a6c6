"""Who works in the databases of the bench: the company of the demo, with a few days of its life that end today."""
import datetime

from django.db import transaction
from django.utils import timezone

from config.contributions import demo
from config.management.commands.demo import world_of

PARTS = ("organisation", "agreements", "areas", "competences", "shifts", "customers", "visits", "queue")
DAYS = 2  # of life before today


def company(random):
    """Write it; the same day and `random` give the same company."""
    world = world_of(1, timezone.localdate())
    world.first_day = world.today - datetime.timedelta(days=DAYS)
    with transaction.atomic():
        for part in demo.in_order():
            if part.key in PARTS:
                world.random = random
                part.load(world)
