"""Where an archive item, a request for access and a stocktaking stand (lifecycles.md)."""
from config.states import table
from staff.archive.permissions import Can

RECEIVED, FILED, FOUND, MISSING, DAMAGED, DESTROYED = "received", "filed", "found", "missing", "damaged", "destroyed"
KEPT = (FILED, FOUND, DAMAGED)  # there is something to read
SUBMITTED, APPROVED, REJECTED, OPEN, EXPIRED, ENDED, HANDED_OUT, RETURNED = (
    "submitted", "approved", "rejected", "open", "expired", "ended", "handed_out", "returned")
RUNNING = (APPROVED, OPEN)
TAKING, CLOSED = "taking", "closed"

ITEM = table(
    ("put_away", (RECEIVED, FILED, FOUND, MISSING, DAMAGED), FILED, Can.EDIT, False),
    ("ask_destruction", (FILED, FOUND, MISSING, DAMAGED), None, Can.EDIT, True),
    ("destroy", (FILED, FOUND, MISSING, DAMAGED), DESTROYED, Can.EDIT, False),
)
REQUEST = table(
    ("approve", SUBMITTED, APPROVED, Can.DECIDE, False),
    ("reject", SUBMITTED, REJECTED, Can.DECIDE, True),
    ("open", RUNNING, OPEN, Can.READ, False),
    ("end", RUNNING, ENDED, Can.READ, False),
    ("expire", RUNNING, EXPIRED, Can.READ, False),
    ("hand_out", APPROVED, HANDED_OUT, Can.EDIT, False),
    ("take_back", HANDED_OUT, RETURNED, Can.EDIT, False),
)
STOCKTAKING = table(
    ("look", TAKING, TAKING, Can.EDIT, False),
    ("close", TAKING, CLOSED, Can.EDIT, False),
    ("decide", CLOSED, None, Can.DECIDE, True),
)
