"""Verbs on duty sheets: writing lines, issuing an edition, confirming the reading (STF-03)."""
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from config import together
from config.accounts import trace
from config.errors import Refused
from config.web.versions import claim_version
from staff.communication.sheets import queries
from staff.communication.sheets.models import DutyLine, DutySheet, SheetReading
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.regulation import values

KIND, READING, WITHIN = "sheet_reading", "SCH-51-sheets", "duty_sheet_reading_days"


@transaction.atomic
def save_line(actor, sheet, line=None, *, kind, text, clause, page, now, version=None):
    """Add a line at the end of its kind, or change one; holders are asked again when the sheet is issued."""
    DutySheet.objects.select_for_update().get(pk=sheet.pk)
    if line is not None:
        line = DutyLine.objects.select_for_update().get(pk=line.pk)
        claim_version(line, version)
    else:
        last = DutyLine.objects.filter(sheet=sheet, kind=kind).aggregate(last=Max("number"))["last"] or 0
        line = DutyLine(sheet=sheet, number=last + 1)
    line.kind, line.text, line.clause, line.page = kind, text, clause, page
    return trace.save(actor, line, act="changed" if line.pk else "added")


@transaction.atomic
def remove_line(actor, line, *, now):
    """Take a line away; its history stays."""
    DutySheet.objects.select_for_update().get(pk=line.sheet_id)
    trace.delete(actor, DutyLine.objects.select_for_update().get(pk=line.pk), act="removed")


@transaction.atomic
def issue(actor, sheet, *, now, version=None):
    """Issue the sheet as it stands as a new edition: everybody who holds the position reads and confirms it anew. Refused without a line."""
    sheet = DutySheet.objects.select_for_update(of=("self",)).select_related("position").get(pk=sheet.pk)
    claim_version(sheet, version)
    if not DutyLine.objects.filter(sheet=sheet).exists():
        raise Refused(_("The sheet has no line. Add the first duty, then issue it."))
    before = SheetReading.objects.filter(sheet=sheet, edition=sheet.edition, confirmed_at=None).values_list("pk", flat=True)
    for reading in list(before):
        duties.withdraw(actor, KIND, reading, reason=_("A newer edition was issued."), now=now)
    sheet.edition, sheet.issued_at = sheet.edition + 1, now
    trace.save(actor, sheet, act="issued")
    ask_holders(sheet, now)
    return sheet


def ask_holders(sheet, now):
    """Ask everybody who holds the position and was not asked yet to read the edition that holds; returns how many that are."""
    day = timezone.localtime(now).date()
    there = set(SheetReading.objects.filter(sheet=sheet, edition=sheet.edition).values_list("employee_id", flat=True))
    postings = [one for one in queries.holders(sheet, day) if one.employee_id not in there]
    rows = [SheetReading(sheet=sheet, employee_id=one.employee_id, edition=sheet.edition, asked_at=now, due_at=due_at(day, one)) for one in postings]
    if not rows:
        return 0
    together.insert_new(together.name(rows))
    return duties.make([duty_of(row, posting.hall) for row, posting in zip(rows, postings, strict=True)])


def due_at(day, posting):
    """The end of the last day that the regulation gives for reading a sheet, by the clock of the person's hall."""
    last = day + timedelta(days=values.value(WITHIN, day, posting.hall_id, posting.position_id) + 1)
    return datetime.combine(last, time(), ZoneInfo(posting.hall.timezone if posting.hall_id else settings.TIME_ZONE))


def duty_of(row, hall):
    """What one holder has to do."""
    return Duty(schedule=READING, slot=f"edition {row.edition}", kind=KIND, record_id=row.pk, hall=hall, employee_id=row.employee_id,
                starts_at=row.asked_at, due_at=row.due_at)


@transaction.atomic
def confirm(actor, reading, *, now):
    """The person has read their sheet; the first confirmation counts. Refused for another's, and for an edition that a newer one replaced."""
    sheet = DutySheet.objects.select_for_update().get(pk=reading.sheet_id)
    reading = SheetReading.objects.select_for_update().get(pk=reading.pk)
    if reading.employee_id != actor.user.employee.pk:
        raise Refused(_("This is the sheet of a colleague. Only they confirm that they have read it."))
    if reading.edition != sheet.edition:
        raise Refused(_("A newer edition was issued. Read that one and confirm it."))
    if reading.confirmed_at is None:
        reading.confirmed_at = now
        reading.save(update_fields=["confirmed_at"])
        duties.finish(actor, KIND, reading.pk, now=now)
    return reading
