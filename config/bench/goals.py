"""Which goals an act has, whether its results meet them, and how that is told."""
from config.bench.measuring import Result

HEADINGS = ("act", "rows", "median", "p95", "floor", "p95", "x floor", "x own", "stmts", "floor", "goals")
WIDTHS = (46, 10, 9, 9, 9, 9, 8, 7, 6, 6, 0)


def verdicts(result: Result, results):
    """The goals of an act at one size as (sentence, whether it is met); `results` are all of the run."""
    act = result.act
    if act.times_floor and result.floor:
        yield said(f"floor{' p95' if act.by_p95 else ''}", result.times_floor, act.times_floor)
    first = smallest(result, results)
    if act.growth and first is not result:
        yield said(f"own at {first.size:,}", result.ours.median / first.ours.median, act.growth)
    if act.statements:
        yield said("statements", result.ours.statements, act.statements)
    if act.beside:
        other = next((one for one in results if one.act.key == act.beside[0] and one.size == result.size), None)
        if other:
            yield said(act.beside[0], result.ours.median / other.ours.median, act.beside[1])


def said(what, figure, limit):
    """One goal in words, and whether it is met."""
    shown = f"{figure:.2f}" if isinstance(figure, float) else str(figure)
    return (f"{what} {shown} <= {limit} met", True) if figure <= limit else (f"{what} {shown} > {limit} MISSED", False)


def smallest(result, results):
    """The result of the same act at the smallest size of the run."""
    return min((one for one in results if one.act.key == result.act.key), key=lambda one: one.size)


def table(results):
    """The lines of the table, one an act and size."""
    yield line(HEADINGS)
    yield from (row(one, results) for one in results)


def row(one, results):
    """The line of one result; `results` are those it is compared with."""
    first, floor = smallest(one, results), one.floor
    grown = "" if first is one else f"{one.ours.median / first.ours.median:.2f}"
    return line((one.act.label, f"{one.size:,}", ms(one.ours.median), ms(one.ours.p95), ms(floor.median) if floor else "", ms(floor.p95) if floor else "",
                 f"{one.times_floor:.2f}" if floor else "", grown, one.ours.statements, floor.statements if floor else "",
                 "; ".join(text for text, _met in verdicts(one, results))))


def line(cells):
    """The cells of one line, each as wide as its column; the first and the last stand left."""
    cells = [str(cell) for cell in cells]
    return " ".join([cells[0].ljust(WIDTHS[0]), *(cell.rjust(width) for cell, width in zip(cells[1:-1], WIDTHS[1:-1], strict=True)), " " + cells[-1]]).rstrip()


def ms(figure):
    """Milliseconds as people compare them."""
    return f"{figure:.1f}"
