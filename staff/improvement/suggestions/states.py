"""Where a suggestion stands (lifecycles.md, Suggestion)."""
from config.states import table
from staff.improvement.permissions import Can

RECEIVED, ASSIGNED, ANSWERED, CLOSED = "received", "assigned", "answered", "closed"
TO_ANSWER = (RECEIVED, ASSIGNED)

TABLE = table(
    ("assign", TO_ANSWER, ASSIGNED, Can.SUGGEST, False),
    ("answer", ASSIGNED, ANSWERED, Can.SUGGEST, False),
    ("close", ANSWERED, CLOSED, Can.SUGGEST, False),
)
