"""A QR code as what a template draws: the side of its square and one path of its dark cells."""
from dataclasses import dataclass

import segno

QUIET = 3  # cells of white around it


@dataclass(frozen=True)
class Code:
    """`side` in cells, the quiet border among them; `path` in SVG's words."""

    side: int
    path: str


def drawn(text):
    """The code of an address, with enough redundancy for a scratched screen."""
    rows = [bytes(row) for row in segno.make(text, error="m").matrix]
    path = "".join(f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return Code(len(rows) + 2 * QUIET, path)
