"""Where an incident stands (lifecycles.md, Incident). Plans and teams are not kept here, so the response begins with its first measure; what was
investigated, learnt and set as measures is entered in one act, which files it."""
from config.states import table
from facilities.incidents.permissions import Can

REPORTED, CONFIRMED, RESPONDING, ENDED, FILED, FALSE_ALARM = "reported", "confirmed", "responding", "ended", "filed", "false_alarm"
OPEN = (REPORTED, CONFIRMED, RESPONDING, ENDED)  # somebody has something to do
TAKEN = (CONFIRMED, RESPONDING, ENDED)  # the head has it in hand

TABLE = table(
    ("confirm", REPORTED, CONFIRMED, Can.LEAD, True),
    ("dismiss", REPORTED, FALSE_ALARM, Can.LEAD, True),
    ("note", (CONFIRMED, RESPONDING), RESPONDING, Can.EDIT, False),
    ("end", RESPONDING, ENDED, Can.LEAD, False),
    ("plan", TAKEN, None, Can.LEAD, False),
    ("file", ENDED, FILED, Can.LEAD, False),
)
