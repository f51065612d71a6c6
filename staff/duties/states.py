"""Where a duty stands: open until it is done, missed or excused; what was missed can still be done, and says so."""
from config.states import table
from staff.duties.permissions import Can

OPEN, DONE, LATE, MISSED, EXCUSED = "open", "done", "late", "missed", "excused"
OVER = (DONE, LATE, MISSED, EXCUSED)

TABLE = table(
    ("do", (OPEN, MISSED), DONE, Can.READ, False),
    ("do_late", (OPEN, MISSED), LATE, Can.READ, False),
    ("miss", OPEN, MISSED, Can.READ, False),
    ("excuse", (OPEN, MISSED), EXCUSED, Can.EXCUSE, True),
)
