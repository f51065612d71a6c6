"""SCH-51: whoever takes a position is asked to read its duty sheet; who gave it up or left is not asked any more. A new position
gets an empty sheet, on which HR writes; nobody is asked to read an empty one."""
from config.accounts import trace
from config.accounts.actor import Actor
from staff.communication.sheets import services
from staff.communication.sheets.models import DutySheet, SheetReading
from staff.duties import services as duties
from staff.organisation.models import Position


def write_readings(since, until):
    """Ask the new holders of every position; returns how many that are."""
    passed = SheetReading.objects.filter(confirmed_at=None).exclude(pk__in=SheetReading.objects.holding().values("pk")).values_list("pk", flat=True)
    for reading in list(passed):
        duties.withdraw(Actor.system(services.READING), services.KIND, reading, reason="", now=until)
    for position in Position.objects.filter(duty_sheet=None):
        trace.save(Actor.system(services.READING), DutySheet(position=position, issued_at=until), act="created")
    sheets = DutySheet.objects.filter(lines__isnull=False).distinct().select_related("position")
    return sum(services.ask_holders(sheet, until) for sheet in sheets)
