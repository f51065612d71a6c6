"""Where an asked change of parameters stands: it waits for a second person, who confirms or declines it; what has not begun can be taken back."""
from config.states import table
from staff.regulation.permissions import Can

WAITING, CONFIRMED, DECLINED, WITHDRAWN = "waiting", "confirmed", "declined", "withdrawn"

TABLE = table(
    ("confirm", WAITING, CONFIRMED, Can.EDIT, False),
    ("decline", WAITING, DECLINED, Can.EDIT, True),
    ("withdraw", (WAITING, CONFIRMED), WITHDRAWN, Can.READ, True),
)
