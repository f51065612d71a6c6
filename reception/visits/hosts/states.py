"""Where a call of a host stands: asked, answered one way or another, silent, or over because somebody else comes or nobody waits."""
from config.accounts.access import SIGNED_IN
from config.states import table

ASKED, COMING, SOON, OTHER, SILENT, OVER = "asked", "coming", "soon", "other", "silent", "over"
ANSWERS = (COMING, SOON, OTHER)
COMES = frozenset({COMING, SOON})

TABLE = table(
    (COMING, {ASKED, SILENT, SOON}, COMING, SIGNED_IN, False),
    (SOON, {ASKED, SILENT}, SOON, SIGNED_IN, False),
    (OTHER, {ASKED, SILENT, COMING, SOON}, OTHER, SIGNED_IN, False),
    ("fall_silent", ASKED, SILENT, SIGNED_IN, False),
    ("end", {ASKED, SILENT}, OVER, SIGNED_IN, False),
)
