"""Where a follow-up stands (lifecycles.md, Follow-up / return visit).

Two ways are ours and no row there, since a call that asks after a complaint is part of it and lifecycles.md ends the complaint, not the call:
`settle` where the customer was asked on the complaint itself, `drop` where the complaint went another way, such as reopened or withdrawn. Both
end the duty to call; neither counts as a call in vain.
"""
from config.states import table
from reception.followups.permissions import Can

PLANNED, DUE, GIVEN_UP, RECORDED, ISSUES_OPEN, CLOSED = "planned", "due", "given_up", "recorded", "issues_open", "closed"
OPEN = frozenset({PLANNED, DUE, RECORDED, ISSUES_OPEN})

TABLE = table(
    ("fall_due", PLANNED, DUE, Can.EDIT, False),
    ("not_reached", DUE, DUE, Can.EDIT, False),
    ("give_up", DUE, GIVEN_UP, Can.EDIT, False),
    ("record", (DUE, GIVEN_UP), RECORDED, Can.EDIT, False),
    ("open_issues", RECORDED, ISSUES_OPEN, Can.EDIT, False),
    ("close", (RECORDED, ISSUES_OPEN), CLOSED, Can.EDIT, False),
    ("drop", (PLANNED, DUE, GIVEN_UP), CLOSED, Can.EDIT, True),  # what it was made for went another way
    ("settle", (PLANNED, DUE, GIVEN_UP), CLOSED, Can.EDIT, False),  # the customer was asked elsewhere
)
