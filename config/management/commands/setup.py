"""manage.py setup: all that must be there before web, worker and beat, in one process, since each start of Django costs seconds."""
import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from config.embedded import translations


class Command(BaseCommand):
    """Safe to repeat: what is there and unchanged is left alone."""

    help = "Prepare the database, compile translations, collect static files; with --demo also load demo data."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="Load or continue the demo data.")
        parser.add_argument("--files-only", action="store_true", help="Leave the database alone, as an image is built.")

    def handle(self, *args, demo, files_only, **options):
        translations.compile_catalogues()
        collect_static()
        if files_only:
            return
        call_command("prepare_database", verbosity=0)
        if demo and "demo" in get_commands():
            call_command("demo")


def collect_static():
    """Collect the static files unless neither they nor the installed packages changed since the last time."""
    stamp, now = Path(settings.STATIC_ROOT) / ".stamp", static_stamp()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now)


def static_stamp():
    """A text that changes with any of our static files and with the list of packages."""
    lines = [(settings.BASE_DIR / "requirements.txt").read_text(), settings.STORAGES["staticfiles"]["BACKEND"]]
    for folder in settings.STATICFILES_DIRS:
        lines += [f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in sorted(Path(folder).rglob("*")) if path.is_file()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
