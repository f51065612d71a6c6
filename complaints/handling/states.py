"""Where a complaint stands, and the arrows between (lifecycles.md, Complaint). Pause, extension, urging and escalation are facts, not states."""
from complaints.handling.permissions import Can
from config.states import table

REGISTERED, ACKNOWLEDGED, ASSIGNED, INVESTIGATING, VERIFIED, LIABILITY_SET = (
    "registered", "acknowledged", "assigned", "investigating", "verified", "liability_set")
PROPOSED, AGREED, IMPLEMENTING, IMPLEMENTED, FOLLOWED_UP, RE_HANDLING = (
    "proposed", "agreed", "implementing", "implemented", "followed_up", "re_handling")
SATISFIED, NOT_AGREED, UNREACHABLE, NOT_ACCEPTED, WITHDRAWN, MERGED, DONE = (
    "closed_satisfied", "closed_not_agreed", "closed_unreachable", "not_accepted", "withdrawn", "merged", "closed_answered")

OPEN = (REGISTERED, ACKNOWLEDGED, ASSIGNED, INVESTIGATING, VERIFIED, LIABILITY_SET, PROPOSED, AGREED, IMPLEMENTING, IMPLEMENTED, FOLLOWED_UP, RE_HANDLING)
CLOSED = (SATISFIED, NOT_AGREED, UNREACHABLE)  # what a customer may have opened again
OVER = (*CLOSED, NOT_ACCEPTED, WITHDRAWN, MERGED, DONE)
SOLVED = (SATISFIED, NOT_AGREED)  # closed with an end that counts in the solved rate
IN_HAND = (ASSIGNED, INVESTIGATING, VERIFIED, LIABILITY_SET, PROPOSED, AGREED, IMPLEMENTING, IMPLEMENTED, FOLLOWED_UP)  # somebody handles it
BEFORE_CONSENT = (REGISTERED, ACKNOWLEDGED, ASSIGNED, INVESTIGATING, VERIFIED, LIABILITY_SET, PROPOSED)
RUNNING = OPEN[:OPEN.index(IMPLEMENTED)] + (RE_HANDLING,)  # the promised time runs until the solution is implemented

TABLE = table(
    ("acknowledge", REGISTERED, ACKNOWLEDGED, Can.HANDLE, False),
    ("refuse", REGISTERED, NOT_ACCEPTED, Can.HANDLE, True),
    ("assign", (ACKNOWLEDGED, RE_HANDLING), ASSIGNED, Can.HANDLE, False),
    ("give_back", ASSIGNED, ACKNOWLEDGED, Can.HANDLE, True),
    ("investigate", ASSIGNED, INVESTIGATING, Can.HANDLE, False),
    ("verify", INVESTIGATING, VERIFIED, Can.HANDLE, False),
    ("set_liability", VERIFIED, LIABILITY_SET, Can.HANDLE, False),
    ("propose", LIABILITY_SET, PROPOSED, Can.HANDLE, False),
    ("adjust", PROPOSED, PROPOSED, Can.HANDLE, False),
    ("agree", PROPOSED, AGREED, Can.HANDLE, False),
    ("implement", AGREED, IMPLEMENTING, Can.HANDLE, False),
    ("finish_implementing", IMPLEMENTING, IMPLEMENTED, Can.HANDLE, False),
    ("follow_up", IMPLEMENTED, FOLLOWED_UP, Can.HANDLE, False),
    ("close", FOLLOWED_UP, SATISFIED, Can.HANDLE, False),
    ("propose_again", FOLLOWED_UP, PROPOSED, Can.HANDLE, True),
    ("close_not_agreed", (PROPOSED, FOLLOWED_UP), NOT_AGREED, Can.DECIDE, True),
    ("handle_again", IMPLEMENTED, RE_HANDLING, Can.HANDLE, True),
    ("close_unreachable", (PROPOSED, IMPLEMENTED), UNREACHABLE, Can.HANDLE, True),
    ("implement_published", PROPOSED, IMPLEMENTING, Can.HANDLE, True),  # without contact data: the tracking page stands in for the consent
    ("close_published", IMPLEMENTED, UNREACHABLE, Can.HANDLE, True),  # the same, for the follow-up
    ("withdraw", OPEN, WITHDRAWN, Can.HANDLE, True),
    ("reopen", CLOSED, ASSIGNED, Can.HANDLE, True),
    ("merge", OPEN, MERGED, Can.HANDLE, True),
    ("unmerge", MERGED, None, Can.HANDLE, True),  # back to the state before
    ("split", OPEN, None, Can.HANDLE, True),
    ("answer", (REGISTERED, ACKNOWLEDGED, ASSIGNED), DONE, Can.HANDLE, False),  # suggestions and praise: the lighter path (CMP-21)
)
