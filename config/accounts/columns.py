"""Account columns: what a room needs of the signed-in person on every page, read with the account itself and not in a statement more."""

COLUMNS = {}  # name on the account: what builds its annotation


def register(name, build):
    """Add a column: `build()` is an annotation on a query of accounts, such as a subquery by `OuterRef("pk")`; pages find its value on the
    account under `name`. Each page reads it, so it is bounded. Called from a room's `panels.py`, which shows it."""
    if name in COLUMNS:
        raise ValueError(f"The account column {name} is registered twice.")
    COLUMNS[name] = build


def all_columns():
    """{name: annotation} of every column."""
    return {name: build() for name, build in COLUMNS.items()}
