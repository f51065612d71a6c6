"""manage.py fill_calendar: the holidays and moved working days of a year out of the maintained library."""
from django.core.management.base import BaseCommand
from django.utils import timezone

from config.accounts.actor import Actor
from staff.regulation import calendar


class Command(BaseCommand):
    """Safe to repeat: what was entered by hand stays, and what is there and unchanged is left alone."""

    help = "Take the holidays and moved working days of years (this one and the next) from the library; what was entered by hand stays."

    def add_arguments(self, parser):
        """Which years."""
        parser.add_argument("years", nargs="*", type=int, help="such as 2026 2027")

    def handle(self, *args, years, **options):
        """Fill them and say how many days changed."""
        now = timezone.now()
        this = timezone.localdate(now).year
        for year in years or (this, this + 1):
            changed = calendar.fill(Actor.system("fill_calendar"), year, now=now)
            self.stdout.write(f"{year}: {changed} days new or changed.")
