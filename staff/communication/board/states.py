"""Where an entry of the board stands: posted, until it is taken down."""
from config.states import table
from staff.communication.permissions import Board

POSTED, TAKEN_DOWN = "posted", "taken_down"

TABLE = table(
    ("change", POSTED, None, Board.EDIT, False),
    ("mark", POSTED, None, Board.READ, False),
    ("take_down", POSTED, TAKEN_DOWN, Board.APPROVE, True),
)
