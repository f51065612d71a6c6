"""What tests of bringing registers in share: uploading, the steps of a job done here, registers with other words."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile

from config.jobs import services as jobs
from reception.visits import importing
from reception.visits.models import RegisterImport
from reception.visits.register.columns import Mapping
from tests.reception.visits.registers import HEADINGS, REGISTER, workbook


def sample():
    """The sample register as bytes."""
    return REGISTER.read_bytes()


def rows_file(*rows, headings=HEADINGS):
    """A small register of these rows under the usual headings, as bytes."""
    return workbook(("登记", [headings, *rows])).getvalue()


def upload(actor, hall, content, now, name="登记.xlsx"):
    """An uploaded register."""
    return importing.upload(actor, hall=hall, file=SimpleUploadedFile(name, content), name=name, now=now)


def tried(actor, hall, content, now, name="登记.xlsx", mapping=None):
    """A register uploaded and tried, with the mapping proposed for it or the one given."""
    register = upload(actor, hall, content, now, name)
    if mapping is not None or register.job_id is None:
        chosen = mapping or importing.look_at(io.BytesIO(content), filename=name).mapping
        register = importing.choose_columns(actor, register, chosen if isinstance(chosen, Mapping) else Mapping.from_json(chosen), now=now)
    return importing.run_here(register)


def brought_in(actor, hall, content, now, **options):
    """A register tried and brought in."""
    return importing.run_here(importing.bring_in(actor, tried(actor, hall, content, now, **options), now=now))


def undone(actor, register, now):
    """The register taken back."""
    return importing.run_here(importing.undo(actor, register, now=now))


def run_open_jobs():
    """What the worker does: every open job is stepped to its end."""
    for job in jobs.Job.objects.filter(state__in=["waiting", "running"]):
        while jobs.take_step(job.pk):
            pass


def fresh(register):
    """The register as the database holds it."""
    return RegisterImport.objects.select_related("hall", "job").defer("content").get(pk=register.pk)
