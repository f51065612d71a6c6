"""What tests of bringing registers in share: uploading, the steps of a job done here, registers with other words."""

import io
import random

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from config.jobs import services as jobs
from reception.visits import importing
from reception.visits.models import RegisterImport
from reception.visits.register.columns import Mapping
from tests.reception.visits.registers import HEADINGS, REGISTER, workbook

OTHER_NAMES = {
    "序号": "#", "日期": "Tag", "到访时间": "kam um", "离开时间": "ging um", "客户姓名": "Gast", "联系电话": "Rufnummer", "人数": "Leute",
    "来访事由": "Anlass", "意向产品": "Ware", "预算": "Geld", "面积": "Fläche", "了解渠道": "woher", "接待人": "Kollege", "备注": "dazu",
}
OTHER_MAPPING = {
    "#": "number", "Tag": "date", "kam um": "arrived", "ging um": "left", "Gast": "name", "Rufnummer": "phone", "Leute": "party",
    "Anlass": "purpose", "Ware": "interest", "Geld": "budget", "Fläche": "floor_area", "woher": "source", "Kollege": "host", "dazu": "note",
}


def sample():
    """The sample register as bytes."""
    return REGISTER.read_bytes()


def other_copy():
    """The sample with other headings and its columns in another order."""
    order = list(range(14))
    random.Random(7).shuffle(order)
    sheets = []
    for sheet in openpyxl.load_workbook(io.BytesIO(sample())):
        rows = []
        for row in sheet.iter_rows(values_only=True):
            if row[0] == "序号":
                row = [OTHER_NAMES[heading] for heading in row]
            is_table = row[1] is not None or row[2] is not None
            rows.append([row[place] for place in order] if is_table else list(row))
        sheets.append((sheet.title, rows))
    return workbook(*sheets).getvalue()


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
