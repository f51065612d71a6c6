"""What of visits stands against erasing a customer, and what tells of them without pointing at them: appointments by telephone, registers."""
from django.db.models import F, Func, Q, Value

from config.contributions.personal import FIELDS
from config.jobs.models import JobFile
from config.jobs.services import OPEN
from config.privacy import finding
from reception.visits import states
from reception.visits.models import RegisterImport, Visit
from reception.visits.queue_models import Appointment

State = RegisterImport.State
BEFORE = {State.UPLOADED, State.CHECKED}  # a register that waits for a person: without its file it cannot go in


def still_here(people):
    """Of these customers, the ids of those with an open visit."""
    return set(Visit.objects.filter(customer__in=people.ids, state__in=states.PRESENT).values_list("customer_id", flat=True))


def still_expected(people):
    """Of these customers, the ids of those who are expected."""
    return set(Appointment.objects.filter(customer__in=people.ids, state=states.PLANNED).values_list("customer_id", flat=True))


def in_a_register_at_work(people):
    """All of them while a job works on a register that tells of one of them: its rows are not in the tables yet."""
    member = FIELDS.get("reception.RegisterImport")
    return set(people.ids) if people.rows(member).filter(job__state__in=OPEN).exists() else set()


def appointments(people):
    """Those made by telephone without a file, under one of their numbers."""
    told = Func(F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace")
    return Q(pk__in=Appointment.objects.filter(customer=None, phone__gt="").annotate(told=told).filter(told__in=people.known.numbers).values("pk"))


def registers(people):
    """Those from which a visit or a file of theirs came, those whose file tells of them, and those of which a parcel does."""
    known = Q(rows__visit__customer__in=people.ids) | Q(rows__new_customer__in=people.ids)
    told = people.once("registers", lambda: finding.files_of(RegisterImport.objects.all(), people))
    parcels = JobFile.objects.filter(finding.job_files(people), job__kind="register").values("job__record_id")
    return Q(pk__in=RegisterImport.objects.filter(known | Q(pk__in=told) | Q(pk__in=parcels)).values("pk"))


def state_without_file(state, people):
    """A register that waited to be brought in has to be handed in anew, without them."""
    return State.FAILED if state in BEFORE else state
