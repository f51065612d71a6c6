"""The verbs of bringing a hand-kept register in: upload, match the columns, try, bring in, undo (RELIABILITY B9).

Reading and writing are long work: each verb leaves a job, whose steps stand in import_steps.py.
"""
import hashlib
import io

from django.db import transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from config.accounts import trace
from config.accounts.access import reach
from config.contributions import guards
from config.errors import Refused
from config.jobs import services as jobs
from config.jobs import works
from config.web.uploads import shown_name
from reception.visits import import_steps as steps
from reception.visits.import_columns import look_at
from reception.visits.models import RegisterImport, RegisterMapping
from reception.visits.permissions import Can
from reception.visits.register.columns import Field, Mapping
from reception.visits.register.problems import RegisterRefused
from reception.visits.register.proposal import is_register
from reception.visits.register.sheet import MEGABYTE, MOST_BYTES
from staff.organisation.models import Hall

State = RegisterImport.State
RESTING = frozenset({State.UPLOADED, State.CHECKED, State.FAILED, State.UNDONE})  # nothing of the file is stored, so it may be tried again

for key, step, page, label in ((steps.CHECK, steps.check, "register_check", gettext_lazy("Trial of %(title)s")),
                               (steps.BRING_IN, steps.bring_in, "register", gettext_lazy("Import of %(title)s")),
                               (steps.UNDO, steps.undo, "register", gettext_lazy("Undo of %(title)s"))):
    works.register(key=key, step=step, page=page, stopped=steps.stopped, label=label)


def halls_for(user):
    """The halls into which this person may bring registers: where they may edit every visit, not only their own."""
    far = reach(user, Can.EDIT)
    halls = Hall.objects.order_by("pk")
    return halls if far.everything else halls.filter(pk__in=far.halls)


@transaction.atomic
def upload(actor, *, hall, file, name, now, mapping=None):
    """Keep a register that was uploaded. Refused: too large, no table, damaged.

    With a `mapping`, or where the hall has brought in a register with the same headings before, the file is tried at once.
    """
    if file.size > MOST_BYTES:
        raise Refused(RegisterRefused("too_large", most=MOST_BYTES // MEGABYTE).said(_), field="file")
    content = file.read()
    checksum = hashlib.sha256(content).hexdigest()
    name = shown_name(name)
    try:
        look = look_at(io.BytesIO(content), filename=name)
    except RegisterRefused as refusal:
        raise Refused(refusal.said(_), field="file") from refusal
    register = RegisterImport(hall=hall, file_name=name, content=content, checksum=checksum, created_by=actor.user, created_at=now)
    trace.save(actor, register, act="uploaded")
    known = mapping or remembered_mapping(hall, look.layout)
    if known:
        register.summary = {"remembered": mapping is None}
        start_check(actor, register, known, now=now)
    return register


def remembered_mapping(hall, layout):
    """The mapping that the hall used for these headings the last time, or None."""
    kept = RegisterMapping.objects.filter(hall=hall, signature=layout).first()
    return kept and Mapping.from_json(kept.mapping)


@transaction.atomic
def choose_columns(actor, register, mapping, *, now):
    """Take the matching of columns as the person settled it, and try the whole file with it (dry run)."""
    register = locked(register)
    register.summary = {}
    return start_check(actor, register, mapping, now=now)


def start_check(actor, register, mapping, *, now):
    """Leave the job of a dry run. Refused: the register is being worked on or in; columns that tell of no visit."""
    refuse_while_busy(register)
    if register.state not in RESTING:
        raise Refused(_("This register is brought in already. Undo that first to try it anew."))
    if not is_register(column.field for column in mapping.columns):
        raise Refused(_("Say which column holds the date or the time, and which one a name, a telephone, the number of people, "
                        "the purpose or who received them."))
    twice = repeated_field(mapping)
    if twice:
        raise Refused(_("Two columns are matched with the same date or time. Leave one of them out, or keep it as a note."))
    register.mapping, register.state, register.finished_at = mapping.to_json(), State.UPLOADED, None
    register.job = start(actor, register, steps.CHECK, now=now)
    trace.save(actor, register, "mapping", "state", "job", "summary", "finished_at", act="columns matched")
    return register


def repeated_field(mapping):
    """A field of time that two columns of one sheet claim, where only one can be right; None when all is well."""
    once = (Field.ARRIVED, Field.LEFT)
    fields = [column.field for column in mapping.columns]
    return next((field for field in once if fields.count(field) > 1), None)


@transaction.atomic
def bring_in(actor, register, *, now):
    """Bring in what the dry run found good; rows refused there stay out. One register of a hall at a time."""
    register = locked(register)
    refuse_while_busy(register)
    if register.state != State.CHECKED:
        raise Refused(_("Try the register first, then bring it in."))
    if not register.summary.get("visits"):
        raise Refused(_("No row of this register can go in. Correct the file, or match its columns anew."))
    if RegisterImport.objects.filter(hall=register.hall, state__in=[State.RUNNING, State.UNDOING]).exists():
        raise Refused(_("Another register of this hall is being brought in or undone. Wait until that is done."))
    guards.ask("register", "bring_in", register, actor)
    remember(actor, register, now=now)
    register.state = State.RUNNING
    register.job = start(actor, register, steps.BRING_IN, now=now,
                         check_job=register.summary["check_job"])
    jobs.Job.objects.filter(pk=register.job.pk).update(total=register.summary["visits"])
    trace.save(actor, register, "state", "job", act="sent in")
    return register


def remember(actor, register, *, now):
    """Keep the matching for the next register of the hall with these headings."""
    layout = Mapping.from_json(register.mapping).layout
    kept = RegisterMapping.objects.filter(hall=register.hall, signature=layout).first() or RegisterMapping(hall=register.hall, signature=layout)
    kept.mapping, kept.used_at = register.mapping, now
    trace.save(actor, kept, act="matching kept")


@transaction.atomic
def undo(actor, register, *, now):
    """Take an import back as a job: its visits and the customers they made, save what was changed or used since."""
    register = locked(register)
    refuse_while_busy(register)
    if register.state != State.DONE:
        raise Refused(_("Nothing of this register is stored, so there is nothing to undo."))
    register.state = State.UNDOING
    register.job = start(actor, register, steps.UNDO, now=now, import_job=register.job_id)
    trace.save(actor, register, "state", "job", act="undo asked for")
    return register


def start(actor, register, work, *, now, **arguments):
    """The job of one verb."""
    return jobs.start(actor, work, title=register.file_name[:200], now=now, language=get_language() or "en", kind="register", record_id=register.pk,
                      arguments=arguments)


def locked(register):
    """The register as it is now; all of its hall are locked in one order, so that two of them are not brought in at once."""
    rows = RegisterImport.objects.select_for_update(of=("self",)).filter(hall=register.hall_id).select_related("hall", "job").defer("content")
    return next(row for row in rows.order_by("pk") if row.pk == register.pk)


def refuse_while_busy(register):
    """A register on which a job is at work waits for it."""
    if register.job_id and register.job.is_open:
        raise Refused(_("This register is being worked on. Wait until that is done, or stop it."))


def run_here(register, *, step=jobs.take_step):
    """Do the steps of the register's job in this process instead of waiting for a worker: for the command and the demo data."""
    while step(register.job_id):
        pass
    return RegisterImport.objects.select_related("hall", "job").defer("content").get(pk=register.pk)
