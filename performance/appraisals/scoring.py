"""The arithmetic of a sheet: points of a level, weighted points, total, grade. Pure (PRF-08, 12, 23)."""
from decimal import ROUND_HALF_UP, Decimal

LEVELS = 5
TENTH = Decimal("0.1")


def points_of(level):
    """The points of an anchored level: 1 to 5 are 20 to 100."""
    return level * 100 // LEVELS


def weighted(points, weight):
    """What `points` count with a weight in percent."""
    return Decimal(points) * Decimal(weight) / 100


def total(rows):
    """The total of (points, weight) rows, to one tenth; rows without points count nothing."""
    return sum((weighted(points, weight) for points, weight in rows if points is not None), Decimal()).quantize(TENTH, ROUND_HALF_UP)


def grade_of(total, bounds):
    """The grade of a total: `bounds` are the lowest totals of excellent, good and qualified."""
    for name, lowest in zip(("excellent", "good", "qualified"), bounds, strict=True):
        if total >= lowest:
            return name
    return "unqualified"


def shares(whole, parts):
    """`whole` percent divided by the ratio of `parts`, to hundredths; what rounding leaves goes to the last, so that they add up."""
    cent, sum_of = Decimal("0.01"), sum(parts)
    found = [(Decimal(whole) * part / sum_of).quantize(cent, ROUND_HALF_UP) for part in parts[:-1]]
    return [*found, Decimal(whole) - sum(found, Decimal())]
