"""Where a promise stands: open until it is kept; past its moment it is broken, and can still be kept, late."""
from config.states import table
from reception.promises.permissions import Can

OPEN, KEPT, BROKEN, LATE, WITHDRAWN = "open", "kept", "broken", "late", "withdrawn"
RUNNING = (OPEN, BROKEN)  # what somebody still has to do

TABLE = table(
    ("break", OPEN, BROKEN, Can.EDIT, False),
    ("keep", OPEN, KEPT, Can.EDIT, False),
    ("keep_late", RUNNING, LATE, Can.EDIT, False),
    ("withdraw", RUNNING, WITHDRAWN, Can.EDIT, True),
    ("hand_over", RUNNING, None, Can.EDIT, False),
)
