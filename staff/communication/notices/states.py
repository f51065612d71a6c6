"""Where a notice stands (lifecycles.md, Notice): draft, published, ended."""
from config.states import table
from staff.communication.permissions import Can

DRAFT, PUBLISHED, ENDED = "draft", "published", "ended"

TABLE = table(
    ("change", DRAFT, None, Can.EDIT, False),
    ("drop", DRAFT, None, Can.EDIT, False),
    ("publish", DRAFT, PUBLISHED, Can.EDIT, False),
    ("confirm", PUBLISHED, None, Can.READ, False),
    ("end", PUBLISHED, ENDED, Can.EDIT, True),
)
