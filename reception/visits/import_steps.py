"""The steps of bringing a register in: read and judged (dry run), prepared, written in one transaction, undone.

Each function is one step of a job (config.jobs): it runs in a transaction that also saves how far the job is. Nothing is written
to visits or customers before the last step, so that a run that dies, fails or is stopped leaves nothing.
"""
import io
from collections import Counter
from dataclasses import asdict
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts import trace
from config.accounts.actor import Actor
from config.errors import Refused
from config.numbers.services import take
from reception.customers.models import ContactPoint
from reception.customers.services import registers as customers
from reception.customers.services.files import COMPANY_LENGTH
from reception.visits import import_staging as staging
from reception.visits.import_rows import HallWords, facts_of, plain_of
from reception.visits.import_writing import remove, write
from reception.visits.models import ImportedRow, RegisterImport
from reception.visits.register.columns import Mapping
from reception.visits.register.problems import RegisterRefused
from reception.visits.register.reading import read_register

State = RegisterImport.State
CHECK, BRING_IN, UNDO = "check-register", "bring-in-register", "undo-register"
SHOWN_PROBLEMS, SHOWN_ROWS = 200, 8
LISTED = 100  # numbers of kept records that the page names


def register_of(job):
    """The register a job is about, locked, without its file."""
    return RegisterImport.objects.select_for_update(of=("self",)).select_related("hall").defer("content").get(pk=job.record_id)


def check(job):
    """Dry run. First step: read the whole file; then a parcel a step: what is known already; nothing is stored of it."""
    register = register_of(job)
    if not job.cursor:
        read(job, register)
    else:
        compare(job, register)
    if job.cursor["next"] < job.cursor["parcels"]:
        return False
    register.state = State.CHECKED
    register.summary |= job.cursor["counts"]
    trace.save(Actor(job.user, channel="job"), register, "state", "summary", act="tried")
    return True


def read(job, register):
    """Read every row and keep what was read beside the job."""
    today = timezone.localtime(timezone.now(), ZoneInfo(register.hall.timezone)).date()
    content = RegisterImport.objects.values_list("content", flat=True).get(pk=register.pk)
    try:
        mapping = Mapping.from_json(register.mapping)
        reading = read_register(io.BytesIO(bytes(content)), mapping, filename=register.file_name, today=today)
    except RegisterRefused as refusal:
        raise Refused(refusal.said(_)) from refusal
    rows = [plain_of(row) for row in reading.rows]
    staging.put(job, staging.REPORT, report_of(reading))
    job.total = len(rows)
    job.cursor = {"next": 0, "parcels": staging.put_rows(job, "rows", rows),
                  "counts": {"visits": len(rows), "refused": len(reading.refused), "reported": len(reading.reported),
                             "skipped": len(reading.skipped), "seen": reading.seen, "already": 0, "known": 0, "without_file": 0}}
    staging.put(job, staging.SHOWN, {"preview": rows[:SHOWN_ROWS], "problems": first_problems(reading)})
    register.summary = {"check_job": job.pk, "problem_count": len(reading.problems), "reasons": Counter(str(left.reason) for left in reading.skipped),
                        "remembered": register.summary.get("remembered", False)}
    register.save_without_historical_record(update_fields=["summary"])


def report_of(reading):
    """The whole of what is wrong, for the page and the files."""
    return {"problems": [plain_problem(problem) for problem in reading.problems],
            "refused": [asdict(row) | {"problems": [plain_problem(problem) for problem in row.problems]} for row in reading.refused],
            "skipped": [[skipped.sheet, skipped.row, str(skipped.reason), skipped.text] for skipped in reading.skipped]}


def plain_problem(problem):
    """A problem as plain data; its sentence is made where it is shown, in the reader's language."""
    return {"sheet": problem.sheet, "row": problem.row, "column": problem.column, "heading": problem.heading, "code": str(problem.code),
            "values": {key: str(value) for key, value in problem.values.items()}, "refused": problem.severity == "refused"}


def first_problems(reading):
    """The problems that the page shows without opening the report; refusals before remarks."""
    problems = sorted(reading.problems, key=lambda problem: problem.severity != "refused")
    return [plain_problem(problem) for problem in problems[:SHOWN_PROBLEMS]]


def compare(job, register):
    """Count in one parcel which rows came in before, and whose customers the hall knows."""
    rows, counts = staging.rows_of(job, "rows", job.cursor["next"]), job.cursor["counts"]
    present = came_in_before(register.hall, rows)
    fresh = [row for row in rows if row["fingerprint"] not in present]
    numbers = {value for row in fresh for _kind, value, _extension in row["phones"]}
    known = set(ContactPoint.objects.filter(value__in=numbers, customer__halls__hall=register.hall, customer__merged_into__isnull=True)
                .values_list("value", flat=True))
    counts["already"] += len(rows) - len(fresh)
    counts["known"] += sum(any(value in known for _kind, value, _extension in row["phones"]) for row in fresh)
    counts["without_file"] += sum(not row["phones"] for row in fresh)
    job.cursor["next"] += 1
    job.done += len(rows)


def came_in_before(hall, rows):
    """The fingerprints of these rows that the hall has already."""
    return set(ImportedRow.objects.filter(hall=hall, fingerprint__in=[row["fingerprint"] for row in rows]).values_list("fingerprint", flat=True))


def bring_in(job):
    """A parcel a step: what each row becomes. Last step: everything is written, or nothing."""
    register = register_of(job)
    source = job.arguments["check_job"]
    job.cursor = job.cursor or {"next": 0, "already": 0}
    rows = staging.rows_of(source, "rows", job.cursor["next"])
    if rows:
        prepare(job, register, rows)
        return False
    parcels = (staging.rows_of(job, "ready", place) for place in range(job.cursor["next"]))
    counts, points = write(Actor(job.user, channel="job"), register, parcels, now=timezone.now())
    staging.put(job, "points", points)
    staging.forget(source, *[staging.parcel_name("rows", place) for place in range(job.cursor["next"])])
    staging.forget(job, "seen", *[staging.parcel_name("ready", place) for place in range(job.cursor["next"])])
    job.done, job.result = job.total, counts
    register.state, register.finished_at = State.DONE, timezone.now()
    register.summary |= {"imported": counts | {"already": job.cursor["already"]}}
    trace.save(Actor(job.user, channel="job"), register, "state", "summary", "finished_at", act="brought in")
    return True


def prepare(job, register, rows):
    """Look up what the words of one parcel mean, and reserve the numbers of its visits in their years."""
    words, present = HallWords(register.hall), came_in_before(register.hall, rows)
    fresh = [row for row in rows if row["fingerprint"] not in present]
    ready = []
    for row in fresh:
        facts = facts_of(row, words)
        ready.append(row | {"facts": facts | {name: facts[name].isoformat() if facts[name] else None for name in ("arrived_at", "left_at")}})
    years = Counter(row["date"][:4] for row in ready)
    numbers = {year: iter(take("VS", int(year), count)) for year, count in sorted(years.items())}
    for row in ready:
        row["number"] = next(numbers[row["date"][:4]])
    foresee_files(job, register, ready)
    staging.put(job, staging.parcel_name("ready", job.cursor["next"]), ready)
    job.cursor["next"] += 1
    job.cursor["already"] += len(rows) - len(fresh)
    job.done += len(rows)


def foresee_files(job, register, ready):
    """Number and spell the customer files that these rows will open; `seen` remembers what the rows before told."""
    seen = set(staging.get(job, "seen", []))
    rows = [{"name": row["name"], "company": row["company"][:COMPANY_LENGTH], "phones": [value for _kind, value, _extension in row["phones"]]}
            for row in ready]
    customers.foresee(register.hall, rows, seen, now=timezone.now())
    for row, told in zip(ready, rows, strict=True):
        row["file"] = {name: told[name] for name in ("number", "sort_key", "words") if name in told}
    staging.put(job, "seen", sorted(seen))


def undo(job):
    """One step: take back what the import made, save what was used or changed since; those are named."""
    register = register_of(job)
    points = staging.get(job.arguments["import_job"], "points", []) if job.arguments.get("import_job") else []
    done = remove(Actor(job.user, channel="job"), register, points, now=timezone.now())
    if job.arguments.get("import_job"):
        staging.forget(job.arguments["import_job"])
    job.done = job.total
    register.state, register.finished_at = State.UNDONE, timezone.now()
    register.summary |= {"undone": {"visits": done["visits"], "customers": done["customers"], "kept_visits": done["kept_visits"][:LISTED],
                                    "kept_visit_count": len(done["kept_visits"]), "kept_customers": done["kept_customers"][:LISTED],
                                    "kept_customer_count": len(done["kept_customers"])}}
    trace.save(Actor(job.user, channel="job"), register, "state", "summary", "finished_at", act="undone")
    return True


def stopped(job):
    """A job ended before its time: say so on the register. Nothing needs to be taken back, since nothing was written."""
    register = register_of(job)
    before = {CHECK: State.UPLOADED, BRING_IN: State.FAILED, UNDO: State.DONE}[job.work]
    register.state = before
    register.summary |= {"stopped": {"work": job.work, "cancelled": job.state == job.State.CANCELLED, "sentence": job.problem}}
    if job.work == BRING_IN:
        register.finished_at = timezone.now()
    trace.save(Actor(job.user, channel="job"), register, "state", "summary", "finished_at", act="stopped")
