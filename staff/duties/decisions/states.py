"""Where a decision stands. The record it is about has its own states, and its own room moves both in one transaction."""
from config.accounts.access import SIGNED_IN
from config.states import table

WAITING, APPROVED, DECLINED, WITHDRAWN = "waiting", "approved", "declined", "withdrawn"
MADE = (APPROVED, DECLINED)

TABLE = table(
    ("approve", WAITING, APPROVED, SIGNED_IN, False),
    ("decline", WAITING, DECLINED, SIGNED_IN, True),
    ("withdraw", WAITING, WITHDRAWN, SIGNED_IN, True),
)
