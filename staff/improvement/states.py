"""Where an improvement item stands (lifecycles.md, Improvement item)."""
from config.states import table
from staff.improvement.permissions import Can

OPEN, AGREED, IN_WORK, DONE, CHECKED, CLOSED, REOPENED = "open", "measure_agreed", "in_work", "done", "effect_checked", "closed", "reopened"
TO_AGREE = (OPEN, REOPENED)
TO_DO = (AGREED, IN_WORK)
WAITING = (*TO_AGREE, *TO_DO, DONE)  # somebody has something to do

TABLE = table(
    ("agree", TO_AGREE, AGREED, Can.EDIT, False),
    ("begin", AGREED, IN_WORK, Can.EDIT, False),
    ("finish", IN_WORK, DONE, Can.EDIT, False),
    ("recheck", DONE, None, Can.EDIT, False),
    ("send_back", DONE, IN_WORK, Can.EDIT, True),
    ("check", DONE, CHECKED, Can.EDIT, False),
    ("close", CHECKED, CLOSED, Can.EDIT, False),
    ("reopen", CHECKED, REOPENED, Can.EDIT, True),
)
