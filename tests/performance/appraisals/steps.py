"""What tests of appraisals share: the moments of a month, whose turn it is, and scoring a sheet."""
from datetime import datetime
from zoneinfo import ZoneInfo

from performance.appraisals import schemes, services
from staff.duties.models import Duty

SHANGHAI = ZoneInfo("Asia/Shanghai")
PERIOD = "2026-10"
OPENS = datetime(2026, 10, 28, 0, 10, tzinfo=SHANGHAI)
OVER = datetime(2026, 11, 1, 0, 30, tzinfo=SHANGHAI)


def turn(sheet):
    """(state, who is asked): the open duties of a sheet."""
    return [(duty.schedule, duty.employee or duty.role) for duty in Duty.objects.filter(kind="appraisal", record_id=sheet.pk, state="open")]


def scored(sheet, actor, *, level=4, points=80, ground=""):
    """Score every indicator."""
    lines = {row.pk: (level, None, ground) if schemes.indicators()[row.indicator]["levels"] else (None, points, ground) for row in sheet.scores.all()}
    return services.score(actor, sheet, scores=lines, now=OVER)
