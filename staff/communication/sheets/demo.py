"""The demo's people have read their duty sheets, most in time, a few late, some who changed posts lately not yet."""
import datetime

from django.utils import timezone

from staff.communication.sheets import plans, queries, services
from staff.communication.sheets.models import DutySheet, SheetReading
from staff.duties import states as duty_states
from staff.duties.models import Duty, ScheduleMark


def load(world):
    """The readings of everybody who holds a position with a sheet."""
    began, found = world.now - datetime.timedelta(days=280), []
    for sheet in DutySheet.objects.filter(lines__isnull=False).distinct().select_related("position"):
        sheet.issued_at = began
        for posting in queries.holders(sheet, world.today):
            found.append((reading(world, sheet, posting, began), posting))
    DutySheet.objects.update(issued_at=began)
    SheetReading.objects.bulk_create(row for row, _posting in found)
    Duty.objects.bulk_create([done(row, posting) for row, posting in found])
    ScheduleMark.objects.create(key=services.READING, through=world.now)


def reading(world, sheet, posting, began):
    """One person's reading: asked when the sheet was issued or they took the position, the newest half still open."""
    day = max(began.date(), posting.starts_on)
    asked = timezone.make_aware(datetime.datetime.combine(day, datetime.time(9)))
    row = SheetReading(sheet=sheet, employee_id=posting.employee_id, edition=sheet.edition, asked_at=min(asked, world.now),
                       due_at=services.due_at(day, posting))
    at = row.asked_at + (row.due_at - row.asked_at) * world.random.choice((.1, .3, .5, .7, .9, .9, 1.4))
    row.confirmed_at = at if at < world.now and world.random.random() > .06 else None
    return row


def done(row, posting):
    """Its duty as it stands."""
    duty = services.duty_of(row, posting.hall)
    if row.confirmed_at:
        duty.state, duty.done_at = duty_states.DONE if row.confirmed_at <= row.due_at else duty_states.LATE, row.confirmed_at
        duty.done_by_id = posting.employee.user_id
    return duty


def append(world, first_day, last_day):
    """The clock goes on."""
    plans.write_readings(world.now, world.now)
    ScheduleMark.objects.filter(key=services.READING).update(through=world.now)
