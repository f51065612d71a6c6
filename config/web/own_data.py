"""A copy of all that is stored of a person, for the person: a page to read and the same as JSON, with the files (PIPL 45).

Long work: a step for each model of the register, then the packing. The copy is a file of the job; erasing the person takes it away too.
"""
import base64
import io
import json
import zipfile
from datetime import timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.core.files.storage import storages
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.jobs import services as jobs
from config.jobs import works
from config.jobs.models import JobFile
from config.privacy.people import People, members, model_of

WORK = "export-subject"
KEPT_FOR = timedelta(days=7)  # a copy that lies about is one more thing that can get out
PART = "input"  # the role of files that are the work's own
LEFT_OUT = {"sort_key", "search_keys", "reversed_digits", "digits", "version", "history_id", "search", "token", "public_code"}  # worked out, or keys
OTHERS = {"config.BulkRun", "config.Act", "config.Draft", "config.SavedView", "config.JobFile", "reception.CustomerKey"}  # ours, not about one person alone


def export_subject(actor, kind, record_id, *, title, now):
    """Start the copy of one person's data; returns the job, whose finished page offers the file."""
    return jobs.start(actor, WORK, title=title, now=now, language=translation.get_language() or "en", kind=kind, record_id=record_id)


def step(job):
    """Gather one model; when all are gathered, pack them."""
    wanted = [member for member in members() if member.key not in OTHERS]
    place = job.cursor.get("next", 0)
    job.total = len(wanted) + 1
    if place < len(wanted):
        part = gathered(wanted[place], People(job.kind, [job.record_id]))
        JobFile.objects.create(job=job, role=PART, name=wanted[place].key, content_type="application/json", content=as_json(part))
        job.cursor = {"next": place + 1}
        job.done = place + 1
        return False
    pack(job)
    job.done = job.total
    return True


def gathered(member, people):
    """The rows of one model about the person, those of its history too, in words and as they are stored."""
    history = people.history(member)
    found = {"model": member.key, "label": str(member.label), "rows": [told(row) for row in people.rows(member).order_by("pk")],
             "history": [told(row) for row in history.order_by("pk")] if history is not None else []}
    files = [field.name for field in model_of(member)._meta.concrete_fields if isinstance(field, models.FileField)]
    found["files"] = [getattr(row, name).name for name in files for row in people.rows(member) if getattr(row, name)]
    return found


def told(row):
    """One row as [[label, words, value]], what is empty or worked out left aside."""
    facts = []
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name in LEFT_OUT or isinstance(field, models.BinaryField) or value in (None, "", [], {}):
            continue
        facts.append([capfirst(str(field.verbose_name)), words(row, field, value), value if not isinstance(field, models.FileField) else value.name])
    return facts


def words(row, field, value):
    """A value as people read it."""
    if field.related_model:
        try:
            return str(getattr(row, field.name))
        except ObjectDoesNotExist:  # what a history row points to may be gone
            return str(value)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if hasattr(value, "utcoffset") and hasattr(value, "hour"):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if value is True or value is False:
        return _("yes") if value else _("no")
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder) if isinstance(value, (list, dict)) else str(value)


def as_json(data):
    """Plain data as the bytes of a JSON file."""
    return json.dumps(data, ensure_ascii=False, indent=1, cls=Encoder).encode()


class Encoder(DjangoJSONEncoder):
    """Bytes as base64."""

    def default(self, value):
        """What JSON has no word for."""
        return base64.b64encode(bytes(value)).decode() if isinstance(value, (bytes, memoryview)) else super().default(value)


def pack(job):
    """Make the ZIP out of the parts, and throw those away."""
    rows = job.files.filter(role=PART).order_by("pk")
    parts = [part for row in rows if (part := json.loads(bytes(row.content)))["rows"] or part["history"]]
    out, store = io.BytesIO(), storages["private"]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("data.json", as_json(parts))
        packed.writestr("data.html", render_to_string("house/subject_data.html", {"parts": parts, "title": job.title, "at": timezone.now()}))
        for name in {name for part in parts for name in part["files"]}:
            if store.exists(name):
                with store.open(name) as file:
                    packed.writestr(f"files/{name.rsplit('/', 1)[-1]}", file.read())
    rows.delete()
    JobFile.objects.create(job=job, role="result", name=f"{job.title}.zip", content_type="application/zip", content=out.getvalue())


def sweep(*, now):
    """Throw away copies older than KEPT_FOR; returns how many files."""
    return JobFile.objects.filter(job__work=WORK, job__created_at__lt=now - KEPT_FOR).delete()[0]


works.register(key=WORK, step=step, label=gettext_lazy("Copy of the data of %(title)s"))
