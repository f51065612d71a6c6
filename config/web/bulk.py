"""One act on many rows of a list: told row by row what became of it, done once, undone together (UX 17).

A run is a row and a job: the request does what it can at once, a worker does the rest, and a killed process loses nothing.
"""
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from config.accounts.access import may
from config.accounts.actor import Actor
from config.errors import Refused
from config.jobs import services as jobs
from config.jobs import works
from config.web import undo
from config.web.models import Act, BulkRun

MOST = 2_000  # rows of one run
A_STEP = 5  # rows of one transaction
PATIENCE = 1.5  # s that a request works on a run before it leaves the rest to a worker
KEPT_FOR = timedelta(days=31)
TAKE_BACK = "undo"  # the act of a run that undoes another one


@dataclass(frozen=True)
class BulkAct:
    """`rows(user)` are the rows that this person may do it to; `run(actor, row, answers, now)` calls the room's service. `form(data,
    viewer=)` asks once for all rows; without one the act needs no answer. `kind` names the record kind on which it can be undone.
    """

    key: str
    label: str
    icon: str
    capability: str
    rows: Callable
    run: Callable
    form: type | None = None
    kind: str = ""


def act_of(run):
    """The BulkAct of a stored run."""
    return acts_of(run.page)[run.act]


def acts_of(page):
    """The acts that the list of this URL name offers, by key."""
    return {act.key: act for act in resolve(reverse(page)).func.view_class.bulk}


def offered(page, user):
    """The acts that this person may do at all, as parts/bulk_bar.html needs them."""
    return [{"label": act.label, "name": "bulk", "value": act.key, "icon": act.icon} for act in page.bulk if may(user, act.capability)]


@transaction.atomic
def start(actor, *, page, act, ids, answers, back, title, now):
    """Write down a run and the job that does it; nothing is done yet. Refused: no row, or more than MOST."""
    if not ids:
        raise Refused(_("No row is ticked. Tick the rows, then choose what to do with them."))
    if len(ids) > MOST:
        raise Refused(_("At most %(most)s rows are done at once. Narrow the list first.") % {"most": MOST})
    run = BulkRun.objects.create(user=actor.user, page=page, act=act, answers=answers, back=back, ids=ids, batch=uuid.uuid4(), at=now)
    run.job = jobs.start(actor, "bulk", title=title, now=now, language=get_language(), kind="bulk_run", record_id=run.pk)
    run.job.total = len(ids)
    run.job.save(update_fields=["total"])
    run.save(update_fields=["job"])
    return run


def work_on(run):
    """Do as much of a run as fits into the patience of a request; a worker that got there first is left alone."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and jobs.take_step(run.job_id):
        pass


def step(job):
    """Do the next rows of a run, each whole or not at all; True when none is left."""
    run = BulkRun.objects.select_for_update(of=("self",)).select_related("user").get(pk=job.record_id)
    left = run.ids[len(run.results):]
    do = taken_back if run.act == TAKE_BACK else prepared(run, left[:A_STEP])
    for pk in left[:A_STEP]:
        try:
            run.results.append([pk, str(do(run, pk, timezone.now())), ""])
        except Refused as refusal:
            run.results.append([pk, name_of(run, pk), str(refusal)])
    run.save(update_fields=["results"])
    job.done = len(run.results)
    return len(left) <= A_STEP


def prepared(run, ids):
    """A function of (run, id, now) that does the act of the run to one row; the answers are read once. The rows of the step are locked before the
    first is done, each holds what it locks until the step ends: whoever acts on one of them alone waits for the step, not the step for them."""
    act = act_of(run)
    list(act.rows(run.user).model._base_manager.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    form = act.form(run.answers, viewer=run.user) if act.form else None
    wrong = [] if form is None or form.is_valid() else [sentence for sentences in form.errors.values() for sentence in sentences]
    rows = act.rows(run.user) if may(run.user, act.capability) else None

    def do(run, pk, now):
        row = rows.filter(pk=pk).first() if rows is not None else None
        if row is None:
            raise Refused(_("Your role does not let you do this here."))
        if wrong:
            raise Refused(" ".join(wrong))
        actor = Actor(user=run.user)
        with undo.recorded(actor, kind=act.kind, record_id=row.pk, now=now, batch=run.batch):
            act.run(actor, row, form.cleaned_data if form else {}, now)
        return row
    return do


def taken_back(run, pk, now):
    """Undo one act of an earlier run."""
    return undo.undo(Actor(user=run.user), Act.objects.get(pk=pk, user=run.user), now=now)


def name_of(run, pk):
    """What a row is called for who may read it, else its number in the run."""
    if run.act == TAKE_BACK:
        act = Act.objects.filter(pk=pk, user=run.user).first()
        earlier = BulkRun.objects.filter(batch=act.batch).first() if act else None
        return next((called for row, called, _why in earlier.results if row == act.record_id), "") if earlier else ""
    view = resolve(reverse(run.page)).func.view_class
    row = view.readable(run.user).filter(pk=pk).first()
    return str(row) if row else _("a row that you may not read")


def undoable(run, *, now):
    """The acts of a run that can still be undone, newest first, as ids."""
    return list(Act.objects.filter(batch=run.batch, undone_at=None, at__gte=now - undo.OPEN_FOR).order_by("-pk").values_list("pk", flat=True))


def sweep(*, now):
    """Forget old runs; what they did stands in the history of each row."""
    BulkRun.objects.filter(at__lt=now - KEPT_FOR).delete()


works.register(key="bulk", step=step, page="bulk_run", label=gettext_lazy("Many rows at once: %(title)s"))
