"""manage.py import_visits: the same reading, problems and writing as the pages, for whoever has the files and a terminal.

Exit codes: 0 every row can go in (or went in); 1 some rows are refused (the others go in with --commit); 2 nothing can go in.
"""
import io
import json
import time
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts.actor import Actor
from config.accounts.models import User
from config.errors import Refused
from reception.visits import import_files, import_told, importing
from reception.visits.import_columns import look_at
from reception.visits.models import RegisterImport
from reception.visits.register.columns import Mapping
from reception.visits.register.problems import REASONS, RegisterRefused
from staff.organisation.models import Hall

NOTHING, SOME_REFUSED = 2, 1


class Command(BaseCommand):
    """Tries a register and prints every problem; brings it in with --commit."""

    help = "Try a visit register (.xlsx or CSV) and print every problem; --commit brings in the rows that are good."

    def add_arguments(self, parser):
        parser.add_argument("file", help="The register.")
        parser.add_argument("--hall", default="", help="Code of the hall; needed where there are several.")
        parser.add_argument("--mapping", default="", help="A JSON file: {\"columns\": {\"Heading\": \"field\", …}, …}. Without it the columns are "
                                                          "matched as the last time, or as their headings say.")
        parser.add_argument("--by", default="", help="User name in whose name the rows come in; the hall's manager without it.")
        parser.add_argument("--commit", action="store_true", help="Bring in the rows that are good. Without it nothing is stored.")

    def handle(self, *args, file, hall, mapping, by, commit, **options):
        hall = hall_of(hall)
        actor = Actor(user_of(by, hall), channel="command")
        content, name = content_of(file)
        register = self.tried(actor, hall, content, name, mapping)
        try:
            self.report(register)
            if commit and register.summary["visits"]:
                register = self.brought_in(actor, register)
        finally:
            if register.state == RegisterImport.State.CHECKED:
                discard(register)
        if not register.summary["visits"]:
            raise CommandError(_("No row can go in."), returncode=NOTHING)
        if register.summary["refused"]:
            raise CommandError(_("Rows are refused: %(count)s. Correct them in the file and import it again; the others are not doubled.")
                               % {"count": register.summary["refused"]}, returncode=SOME_REFUSED)

    def tried(self, actor, hall, content, name, mapping):
        """The dry run, by the mapping file, the one remembered or the one proposed."""
        try:
            look = look_at(io.BytesIO(content), filename=name)
            chosen = mapping_of(mapping) if mapping else importing.remembered_mapping(hall, look.layout) or look.mapping
            register = importing.upload(actor, hall=hall, file=ContentFile(content), name=name, now=timezone.now(), mapping=chosen)
        except (Refused, RegisterRefused) as refusal:
            raise CommandError(str(refusal), returncode=NOTHING) from refusal
        register = finished(register)
        if register.state != RegisterImport.State.CHECKED:
            sentence = import_told.stopped_sentence(register.summary.get("stopped"))
            discard(register)
            raise CommandError(sentence, returncode=NOTHING)
        return register

    def brought_in(self, actor, register):
        """Bring in what is good, and say what became of it."""
        try:
            register = finished(importing.bring_in(actor, register, now=timezone.now()))
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=NOTHING) from refusal
        if register.state != RegisterImport.State.DONE:
            raise CommandError(import_told.stopped_sentence(register.summary.get("stopped")), returncode=NOTHING)
        done = register.summary["imported"]
        self.stdout.write(_("Brought in: %(visits)s visits, %(new)s new customers, %(known)s visits of known ones; here already: %(already)s.") % {
            "visits": done["visits"], "new": done["customers_new"], "known": done["customers_known"], "already": done["already"]})
        return register

    def report(self, register):
        """Every problem by sheet, row and column, and the counts."""
        report, summary = import_files.report_of(register), register.summary
        for problem in map(import_told.said, report["problems"]):
            grade = _("refused") if problem["refused"] else _("reported")
            self.stdout.write(f"{problem['sheet']}!{problem['column']}{problem['row'] or ''} [{grade}] {problem['heading']}: {problem['sentence']}")
        for reason, count in summary["reasons"].items():
            self.stdout.write(_("No visits: %(count)s × %(reason)s") % {"count": count, "reason": _(REASONS[reason])})
        self.stdout.write(_("Rows: %(seen)s; visits: %(visits)s, of them here already: %(already)s; refused: %(refused)s; remarks: %(reported)s.") % summary)


def hall_of(code):
    """The hall of this code, or the only one."""
    halls = list(Hall.objects.filter(code=code) if code else Hall.objects.all()[:2])
    if len(halls) != 1:
        codes = ", ".join(Hall.objects.order_by("pk").values_list("code", flat=True))
        raise CommandError(_("Name the hall with --hall, one of: %(codes)s.") % {"codes": codes}, returncode=NOTHING)
    return halls[0]


def user_of(name, hall):
    """In whose name the rows come in."""
    user = User.objects.filter(username=name, is_active=True).first() if name else hall.manager and hall.manager.user
    if user is None:
        raise CommandError(_("Name with --by the user in whose name the rows come in; the hall has no manager with an account, or there is no such user."),
                           returncode=NOTHING)
    return user


def content_of(path):
    """(bytes, name) of the file."""
    try:
        return Path(path).read_bytes(), Path(path).name
    except OSError as trouble:
        raise CommandError(_("%(file)s cannot be read: %(why)s.") % {"file": path, "why": trouble.strerror}, returncode=NOTHING) from trouble


def mapping_of(path):
    """The mapping written in a JSON file. Raises RegisterRefused or CommandError."""
    try:
        return Mapping.from_json(json.loads(content_of(path)[0]))
    except ValueError as trouble:
        raise CommandError(_("%(file)s is no JSON: %(why)s.") % {"file": path, "why": trouble}, returncode=NOTHING) from trouble


def discard(register):
    """A trial leaves nothing behind: neither the file nor what was read in it."""
    job = register.job
    register.delete()
    job.delete()


def finished(register):
    """Do the job's steps here, beside a worker that may have begun with them, until it has ended."""
    while True:
        register = importing.run_here(register)
        if not register.job.is_open:
            return register
        time.sleep(0.2)
