"""manage.py demo: a company full of life, ending today, in a database that holds nothing else (DESIGN section 7)."""
import datetime
import time
from dataclasses import dataclass, field
from random import Random

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from config.accounts.models import User
from config.contributions import demo
from config.embedded import demo_mark

EVENING = datetime.time(18, 0)


@dataclass
class World:
    """What the parts of the demo share: each reads what earlier parts left and leaves its own.

    `now` is the moment up to which things have happened; nothing is written that lies after it, save plans. `random` is each
    part's own, so that a part that changes does not change the others. The organisation leaves `company` (the top department),
    `departments`, `halls`, `teams`, `services` (by code), `posts` (by hall code, lists), `people` (by user name), `staff` (by
    hall code, lists of Employee) and `general_manager`'s user as `user`; the areas leave `areas` (by hall code, lists).
    """

    seed: int
    today: datetime.date
    first_day: datetime.date
    now: datetime.datetime
    random: Random | None = None
    user: User | None = None
    company: object = None
    departments: dict = field(default_factory=dict)
    halls: dict = field(default_factory=dict)
    teams: dict = field(default_factory=dict)
    services: dict = field(default_factory=dict)
    posts: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    staff: dict = field(default_factory=dict)
    areas: dict = field(default_factory=dict)


class Command(BaseCommand):
    """Loads once; on a later day it writes the days that are missing; on the same day it changes nothing."""

    help = "Load the demo data, or continue it to the day."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=1, help="The same seed and day give the same company (1).")
        parser.add_argument("--today", type=day, default=None, help="The last day of the data, as 2026-01-31 (today).")

    def handle(self, *args, seed, today, verbosity, **options):
        if not settings.DEMO:
            raise CommandError("Demo data is loaded only with DEMO=on, which ./run demo sets. Real work never goes into such a database.")
        began, today = time.monotonic(), today or timezone.localdate()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('demo data'))")
            filled = demo_mark.filled_until(cursor)
            if filled is None and User.objects.exists():
                raise CommandError("This database holds other data. Load the demo into an empty one.")
            written = self.load(seed, today) if filled is None else self.append(*filled, today)
            if written:
                demo_mark.mark(cursor, seed if filled is None else filled[0], today)
        if verbosity and written:
            refresh_statistics()
            self.stdout.write(f"Demo data until {today.isoformat()} is there ({time.monotonic() - began:.1f} s).")

    def load(self, seed, today):
        """Write everything, one part after the other."""
        world = world_of(seed, today)
        for part in demo.in_order():
            world.random = Random(f"{seed} {part.key}")
            part.load(world)
        return True

    def append(self, seed, until, today):
        """Write the days after `until`; False when there are none."""
        if today <= until:
            return False
        world = world_of(seed, today)
        for part in demo.in_order():
            if part.append:
                world.random = Random(f"{seed} {part.key} {today.isoformat()}")
                part.append(world, until + datetime.timedelta(days=1), today)
        return True


def world_of(seed, today):
    """An empty world. On the real day it has lived until this minute, on any other until the evening."""
    now = timezone.localtime().replace(second=0, microsecond=0)
    if today != now.date():
        now = timezone.make_aware(datetime.datetime.combine(today, EVENING))
    return World(seed=seed, today=today, first_day=today - datetime.timedelta(days=365), now=now)


def refresh_statistics():
    """Tell the planner about the many new rows, lest the first pages are planned for empty tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def day(text):
    """A date of the command line."""
    return datetime.date.fromisoformat(text)
