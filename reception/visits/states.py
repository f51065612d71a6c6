"""The arrows of a visit and of a service leg (lifecycles.md 5.1)."""
from config.states import table
from reception.visits.permissions import Can

WAITING, GREETED, IN_SERVICE, CLOSED, LEFT = "waiting", "greeted", "in_service", "closed", "left"
PRESENT = frozenset({WAITING, GREETED, IN_SERVICE})

VISIT = table(  # verb, from, to, capability, reason needed
    ("greet", WAITING, GREETED, Can.EDIT, False),
    ("serve", GREETED, IN_SERVICE, Can.EDIT, False),
    ("hand_over", IN_SERVICE, None, Can.EDIT, False),
    ("close", IN_SERVICE, CLOSED, Can.EDIT, False),
    ("leave", {WAITING, GREETED}, LEFT, Can.EDIT, False),
    ("settle", {CLOSED, LEFT}, None, Can.EDIT, False),
    ("reopen", {CLOSED, LEFT}, IN_SERVICE, Can.REOPEN, True),
)

QUEUED, CALLED, SERVING, DONE, NO_SHOW, PARKED, ABANDONED = "queued", "called", "serving", "done", "no_show", "parked", "abandoned"
OPEN_LEGS = frozenset({QUEUED, CALLED, SERVING, NO_SHOW, PARKED})
IN_HAND = frozenset({CALLED, SERVING})
AWAY = frozenset({NO_SHOW, PARKED})  # nobody waits on these: the visitor has gone off, or fills in a form

LEG = table(
    ("call", QUEUED, CALLED, Can.EDIT, False),
    ("call_out_of_order", QUEUED, CALLED, Can.EDIT, True),
    ("recall", CALLED, None, Can.EDIT, False),
    ("start", CALLED, SERVING, Can.EDIT, False),
    ("finish", SERVING, DONE, Can.EDIT, False),
    ("no_show", CALLED, NO_SHOW, Can.EDIT, False),
    ("rejoin", NO_SHOW, QUEUED, Can.EDIT, False),
    ("park", {QUEUED, SERVING}, PARKED, Can.EDIT, True),
    ("unpark", PARKED, QUEUED, Can.EDIT, False),
    ("prioritise", {QUEUED, PARKED}, None, Can.EDIT, True),
    ("transfer", SERVING, QUEUED, Can.EDIT, False),
    ("put_back", {CALLED, SERVING}, QUEUED, Can.EDIT, True),
    ("abandon", {QUEUED, CALLED, PARKED, NO_SHOW}, ABANDONED, Can.EDIT, False),
)

OPEN, PAUSED, SHUT = "open", "paused", "closed"  # of a post

PLANNED, ARRIVED, CANCELLED, MISSED = "planned", "arrived", "cancelled", "missed"

APPOINTMENT = table(
    ("arrive", PLANNED, ARRIVED, Can.EDIT, False),
    ("change", PLANNED, None, Can.EDIT, False),
    ("cancel", PLANNED, CANCELLED, Can.EDIT, True),
    ("miss", PLANNED, MISSED, Can.EDIT, False),
)
