"""Where a plan stands, and each of its tasks."""
from config.states import table
from staff.teamwork.permissions import Can

TO_MAKE, SET, REVIEWED = "to_make", "set", "reviewed"
TO_DO, DONE, DROPPED = "to_do", "done", "dropped"

PLANS = table(
    ("change", (TO_MAKE, SET), None, Can.PLAN, False),
    ("set", TO_MAKE, SET, Can.PLAN, False),
    ("review", SET, REVIEWED, Can.PLAN, False),
)
TASKS = table(
    ("finish", TO_DO, DONE, Can.PLAN, False),
    ("drop", TO_DO, DROPPED, Can.PLAN, True),
)
