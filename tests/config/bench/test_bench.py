"""The bench: every act is timed beside its floor in a database of its own, and a goal that is missed is said."""
import io

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from config.bench import databases, goals
from config.bench.measuring import Result, Side
from config.contributions import bench

HEADING = goals.line(goals.HEADINGS)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_act_is_printed_with_its_floor_and_its_statements():
    name, out = connection.settings_dict["NAME"], io.StringIO()
    call_command("bench", sizes=[300], runs=1, stdout=out, stderr=io.StringIO())
    printed = out.getvalue()
    lines = [text for text in printed.splitlines() if " 300 " in text and not text.startswith("  ")]
    assert HEADING in printed
    assert [text[:46].strip() for text in lines] == [act.label for act in bench.acts()]
    for act, text in zip(bench.acts(), lines, strict=True):
        figures = text[46:].split()
        assert all(float(figure) > 0 for figure in figures[1:6 if act.bare else 3]), text
    assert connection.settings_dict["NAME"] == name
    with psycopg.connect(**databases.server()) as server:
        assert not server.execute("SELECT 1 FROM pg_database WHERE datname LIKE 'hallkeeper_bench%'").fetchone()


def test_an_act_that_nobody_knows_is_refused_before_anything_is_filled(db):
    with pytest.raises(CommandError, match="log-visit"):
        call_command("bench", only=["nothing"])


def result(act, size, ours, floor=10.0, statements=3):
    """A result of even times."""
    return Result(act, size, Side((ours,) * 3, statements), Side((floor,) * 3, 3))


@pytest.mark.parametrize(("ours", "statements", "missed"), [(15.0, 8, []), (15.1, 8, ["floor"]), (15.0, 9, ["statements"]), (31.0, 8, ["floor", "own at 10"])])
def test_a_goal_is_met_up_to_its_limit_and_missed_beyond(ours, statements, missed):
    act = bench.Act(key="a", order=1, label="A", user="x", samples=list, ours=print, times_floor=1.5, growth=2, statements=8)
    results = [result(act, 10, 15.0), result(act, 1000, ours, statements=statements)]
    told = [text for text, met in goals.verdicts(results[1], results) if not met]
    assert [next(what for what in missed if text.startswith(what)) for text in told] == missed


def test_half_of_the_runs_decide_the_median_and_one_in_twenty_the_p95():
    side = Side(tuple(float(n) for n in range(1, 101)), 1)
    assert (side.median, side.p95) == (50.5, 95.0)
