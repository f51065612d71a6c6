"""What waits between the steps of an import: the rows as read, in parcels beside the job; and the report of the dry run."""
import json
import zlib

from config.jobs.models import JobFile

ROLE = "input"  # files of this role are the work's own; the page of a job does not offer them
PARCEL = 200  # rows a step
REPORT, SHOWN = "report", "shown"


def put(job, name, data):
    """Keep plain data beside a job under a name; what stood there is replaced."""
    JobFile.objects.filter(job=job, role=ROLE, name=name).delete()
    packed = zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), 3)
    JobFile.objects.create(job=job, role=ROLE, name=name, content_type="application/octet-stream", content=packed)


def get(job, name, default=None):
    """The data kept beside a job under a name."""
    content = JobFile.objects.filter(job=job, role=ROLE, name=name).values_list("content", flat=True).first()
    return default if content is None else json.loads(zlib.decompress(bytes(content)))


def put_rows(job, kind, rows):
    """Keep many rows in parcels; returns how many parcels they fill."""
    parcels = [rows[start:start + PARCEL] for start in range(0, len(rows), PARCEL)]
    for place, parcel in enumerate(parcels):
        put(job, parcel_name(kind, place), parcel)
    return len(parcels)


def rows_of(job, kind, place):
    """One parcel of rows."""
    return get(job, parcel_name(kind, place), [])


def parcel_name(kind, place):
    """The name of one parcel."""
    return f"{kind}-{place:05d}"


def forget(job, *names):
    """Throw away what is no longer needed of a job: it holds names and numbers of visitors."""
    files = JobFile.objects.filter(job=job, role=ROLE)
    (files.filter(name__in=names) if names else files).delete()
