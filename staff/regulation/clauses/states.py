"""How a version of a regulation comes into force, and how a rule of one hall does (GEN-03, INF-03)."""
from config.states import table
from staff.regulation.permissions import Can

DRAFT, REVIEWED, PUBLISHED, REPLACED = "draft", "reviewed", "published", "replaced"
IN_WORK, PUBLIC = frozenset({DRAFT, REVIEWED}), frozenset({PUBLISHED, REPLACED})

VERSION = table(
    ("edit", IN_WORK, DRAFT, Can.EDIT, False),  # what was reviewed is no longer what stands there
    ("ask_review", {DRAFT}, DRAFT, Can.EDIT, False),
    ("review", {DRAFT}, REVIEWED, Can.READ, False),
    ("send_back", {DRAFT}, DRAFT, Can.READ, True),
    ("publish", {REVIEWED}, PUBLISHED, Can.EDIT, False),
    ("drop", IN_WORK, None, Can.EDIT, True),
    ("replace", {PUBLISHED}, REPLACED, Can.EDIT, False),
)

PROPOSED, IN_FORCE, DECLINED, ENDED = "proposed", "in_force", "declined", "ended"

RULE = table(
    ("put_in_force", {PROPOSED}, IN_FORCE, Can.EDIT, False),
    ("decline", {PROPOSED}, DECLINED, Can.EDIT, True),
    ("end", {IN_FORCE}, ENDED, Can.EDIT, True),
)
