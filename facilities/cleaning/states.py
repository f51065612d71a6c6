"""Where a cleaning round stands (lifecycles.md, Cleaning / disinfection round)."""
from config.states import table
from facilities.cleaning.permissions import Can

CREATED, IN_PROGRESS, DONE, CHECKED, RETURNED, MISSED = "created", "in_progress", "done", "checked", "returned", "missed"
OPEN = (CREATED, IN_PROGRESS, RETURNED)  # there is something to tick

TABLE = table(
    ("tick", OPEN, IN_PROGRESS, Can.EDIT, False),
    ("finish", (CREATED, IN_PROGRESS), DONE, Can.EDIT, False),
    ("check", DONE, CHECKED, Can.CHECK, False),
    ("send_back", DONE, RETURNED, Can.CHECK, True),
    ("miss", OPEN, MISSED, Can.EDIT, False),
    ("explain", MISSED, None, Can.EDIT, True),
)
