"""manage.py bench: what people do most, timed at several sizes beside its floor (DESIGN section 8)."""
import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings

from config.bench import browsers, databases, goals, measuring
from config.contributions import bench
from config.embedded import places

SIZES = (10_000, 1_000_000)
RUNS = 40


class Command(BaseCommand):
    """Fills databases of its own, times each act and its floor in turn, prints a line for each and which goals are met."""

    help = "Time the main acts at several sizes beside bare views, in databases of its own."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="Customers and visits in each database (10000 1000000).")
        parser.add_argument("--runs", type=int, default=RUNS, help=f"Timed runs of each act and size ({RUNS}).")
        parser.add_argument("--only", nargs="+", metavar="ACT", help="These acts alone, by key or by the beginning of it.")
        parser.add_argument("--keep", action="store_true", help="Keep the databases, so that the next run need not fill them.")

    def handle(self, *args, sizes, runs, only, keep, **options):
        if not settings.EMBEDDED:
            raise CommandError("The bench fills databases of its own on the embedded server alone. Unset DATABASE_URL.")
        chosen = [act for act in bench.acts() if not only or act.key.startswith(tuple(only))]
        if not chosen:
            raise CommandError(f"No act is called so. There are: {', '.join(act.key for act in bench.acts())}.")
        with databases.running_servers():
            if sentence := databases.refuse_used():
                raise CommandError(sentence)
            names = {}
            try:
                for size in sorted(set(sizes)):
                    names[size] = databases.make(size, self.tell)
                results = self.time(chosen, names, runs)
            finally:
                for name in () if keep else names.values():
                    databases.drop(name)
        self.print(results)

    def time(self, acts, names, runs):
        """The results of every act at every size; the sizes of one act follow each other at once."""
        results = []
        with override_settings(SECOND_FACTOR=False):
            pairs = {(size, person): self.people(name, person) for size, name in names.items() for person in {act.user for act in acts}}
            with override_settings(AUTHENTICATION_BACKENDS=[*settings.AUTHENTICATION_BACKENDS, browsers.MODEL_BACKEND]):
                for act in acts:
                    for size, name in names.items():
                        with databases.using(name, places.APPLICATION):
                            results.append(measuring.measure(act, size, *pairs[size, act.user], runs=runs))
                            self.tell(goals.row(results[-1], results))
        return results

    @staticmethod
    def people(name, person):
        """The two browsers of a person in one database."""
        with databases.using(name, places.APPLICATION):
            return browsers.signed_in(person), browsers.bare(person)

    def print(self, results):
        """The table, and in a sentence which goals were missed."""
        self.stdout.write("")
        for text in goals.table(results):
            self.stdout.write(text)
        told = [(one, text, met) for one in results for text, met in goals.verdicts(one, results)]
        missed = [f"{one.act.label} at {one.size:,}: {text}" for one, text, met in told if not met]
        load = ", ".join(f"{figure:.1f}" for figure in os.getloadavg())
        self.stdout.write(f"\n{len(told) - len(missed)} of {len(told)} goals met; milliseconds; load {load} on {os.cpu_count()} cores.")
        for text in missed:
            self.stdout.write(f"  {text}")

    def tell(self, text):
        """Say how far it is, beside the table."""
        self.stderr.write(text)
