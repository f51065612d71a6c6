"""Where a request stands (lifecycles.md, Interdepartmental request)."""
from config.states import table
from staff.teamwork.permissions import Can

SENT, ACCEPTED, DECLINED, IN_WORK, DELIVERED, RATED, CLOSED, WITHDRAWN = (
    "sent", "accepted", "declined", "in_work", "delivered", "rated", "closed", "withdrawn")
UNANSWERED = (SENT, WITHDRAWN)  # nobody of the other side has said anything
UNDER_WAY = (ACCEPTED, IN_WORK)
OPEN = (SENT, *UNDER_WAY)  # the receiving side has something to do

TABLE = table(
    ("accept", SENT, ACCEPTED, Can.EDIT, False),
    ("decline", SENT, DECLINED, Can.EDIT, True),
    ("withdraw", SENT, WITHDRAWN, Can.EDIT, True),
    ("divide", UNDER_WAY, None, Can.EDIT, False),
    ("begin", ACCEPTED, IN_WORK, Can.EDIT, False),
    ("finish_part", UNDER_WAY, IN_WORK, Can.EDIT, False),
    ("deliver", IN_WORK, DELIVERED, Can.EDIT, False),
    ("rate", DELIVERED, RATED, Can.EDIT, False),
    ("close", RATED, CLOSED, Can.EDIT, False),
)
