"""manage.py timetable: what the clock starts, and when."""
from django.core.management.base import BaseCommand

from config import celery
from config.contributions import schedules


class Command(BaseCommand):
    """Prints the timetable that beat works from, one line an entry."""

    help = "Print what the clock starts: key, cadence, task, clause and what it does."

    def handle(self, *args, **options):
        labels = {one.key: f"{one.label} {one.clause}".strip() for one in schedules.all()}
        for key, entry in sorted(celery.timetable().items()):
            cadence = cadence_words(entry["schedule"])
            self.stdout.write(f"{key:32} {cadence:24} {entry['task']:44} {labels.get(key, 'Sign of life of the worker')}")


def cadence_words(cadence):
    """A cadence for reading: 'every 60 s', or the five fields of a crontab."""
    seconds = cadence if isinstance(cadence, int | float) else getattr(getattr(cadence, "run_every", None), "total_seconds", lambda: None)()
    if seconds is not None:
        return f"every {seconds:g} s"
    fields = [getattr(cadence, f"_orig_{name}", "*") for name in ("minute", "hour", "day_of_month", "month_of_year", "day_of_week")]
    return " ".join(str(field) for field in fields)
