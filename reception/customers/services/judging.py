"""Every file judged anew after its template changed, as long work: at a million files that takes minutes (REC-22)."""
from django.db import transaction
from django.utils.translation import get_language, gettext_lazy

from config.jobs import services as jobs
from config.jobs import works
from config.jobs.models import Job
from reception.customers.models import Customer
from reception.customers.services.checking import check_anew

WORK = "judge-files"
BATCH = 5_000  # files of one step


def files():
    """Those that are judged: neither merged into another nor erased."""
    return Customer.objects.filter(merged_into=None, erased_at=None)


@transaction.atomic
def start(actor, template, *, now):
    """Leave the job that judges every file; returns it. One that still judges goes on from its beginning instead, by what holds now."""
    running = Job.objects.select_for_update().filter(work=WORK, user=actor.user, state__in=jobs.OPEN, cancel_asked=False).first()
    if running is None:
        running = jobs.start(actor, WORK, title=str(template), language=get_language() or "en", now=now)
    running.cursor, running.done, running.total = {}, 0, files().count()
    running.save(update_fields=["cursor", "done", "total"])
    return running


def last():
    """The newest such work, or None."""
    return Job.objects.filter(work=WORK).order_by("-created_at", "-pk").first()


def step(job):
    """One batch in the order of the ids; done when none is left."""
    ids = list(files().filter(pk__gt=job.cursor.get("after", 0)).order_by("pk").values_list("pk", flat=True)[:BATCH])
    check_anew(ids)
    job.cursor, job.done = {"after": ids[-1]} if ids else job.cursor, job.done + len(ids)
    job.total = max(job.total, job.done)
    return len(ids) < BATCH


works.register(key=WORK, step=step, page="file_templates", label=gettext_lazy("Judging of every customer file, %(title)s"))
