"""manage.py verify: whether every figure that is kept is the one that its records give."""
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from config.contributions.recounts import RECOUNTS

SHOWN = 20  # differences of one recount that are printed; the number of all stands below


class Command(BaseCommand):
    """Counts anew at one moment, while people work on, and mends nothing: that is the nightly task's. Ends with 1 where anything differs."""

    help = "Count every kept figure anew out of its records, print what differs, and end with 1 where anything does."

    def add_arguments(self, parser):
        """Which of them."""
        parser.add_argument("only", nargs="*", metavar="RECOUNT", help="These alone, by key; all without one.")

    def handle(self, *args, only, **options):
        """Run them and say how many differ."""
        if unknown := [key for key in only if RECOUNTS.get(key) is None]:
            raise CommandError(f"No recount is called {', '.join(unknown)}. There are: {', '.join(one.key for one in RECOUNTS.all())}.")
        found = 0
        with one_moment():
            for one in RECOUNTS.all():
                found += self.run_one(one) if not only or one.key in only else 0
        if found:
            raise CommandError(f"{found} kept figures differ from their records.")

    def run_one(self, one):
        """How many differences it found, the first of them printed."""
        found = 0
        for found, line in enumerate(one.differences(), 1):
            if found <= SHOWN:
                self.stdout.write(f"{one.key}: {line}")
        self.stdout.write(f"{one.key}: {found or 'nothing'} differs ({one.label}).")
        return found


@contextmanager
def one_moment():
    """A transaction that sees the database as it is now and writes nothing, so that what people do meanwhile is no difference."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
