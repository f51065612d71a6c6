"""What the clock makes due survives killed workers, days without a clock, two clocks at once and a broker that forgets (GEN-25,
RELIABILITY R6, R7, R9): follow-ups, cleaning rounds and appraisals exist once, whole, and none is lost or stuck."""
import random
import shelve
import shutil
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from config.embedded import places
from config.embedded.__main__ import programs
from tests.faults.system import until

KILLS = 200
AWAY = 3  # days without a clock
VISITS = 6  # that ended in business before each kill
LONGEST = .5  # seconds of work until a kill
KEYS = ("SCH-01", "SCH-23", "SCH-24", "SCH-34", "SCH-35")
DUE_WITHIN = 120  # seconds
CATCHING_UP = 300  # seconds in which all due work is done after the broker's return (R7); what was rung for in vain is looked for each minute

WRONG = {
    "a round without all its surfaces": "SELECT count(*) FROM facilities_cleaninground r WHERE (SELECT count(*) FROM facilities_rounditem i "
                                        "WHERE i.round_id = r.id) <> 8",  # four surfaces in both areas of a hall
    "a round without its duty, or with two": "SELECT count(*) FROM facilities_cleaninground r WHERE (SELECT count(*) FROM staff_duty d "
                                             "WHERE d.kind = 'cleaning_round' AND d.record_id = r.id) <> 1",
    "a round that was made twice by its history": "SELECT count(*) FROM facilities_cleaninground r WHERE (SELECT count(*) FROM "
                                                  "facilities_historicalcleaninground h WHERE h.id = r.id AND h.history_type = '+') <> 1",
    "a day of a hall without a round": "SELECT count(*) FROM generate_series((SELECT min(day) FROM facilities_cleaninground), "
                                       "(SELECT max(day) FROM facilities_cleaninground), '1 day') d CROSS JOIN staff_hall h "
                                       "WHERE NOT EXISTS (SELECT FROM facilities_cleaninground r WHERE r.hall_id = h.id AND r.day = d::date)",
    "a purchase without its call, or with two": "SELECT count(*) FROM reception_visit v WHERE v.outcome = 'business' AND v.customer_id IS NOT NULL AND "
                                                "v.left_at > now() - interval '2 days 23 hours' AND (SELECT count(*) FROM reception_followup f "
                                                "WHERE f.visit_id = v.id) <> 1",
    "a call that is due and nobody's, or twice": "SELECT count(*) FROM reception_followup f WHERE f.state = 'due' AND (SELECT count(*) FROM "
                                                 "staff_duty d WHERE d.kind = 'follow_up' AND d.record_id = f.id AND d.state = 'open') <> 1",
    "a call that should have fallen due": "SELECT count(*) FROM reception_followup WHERE state = 'planned' AND begins_at <= now()",
    "a person without the sheet of a month": "SELECT count(*) FROM (SELECT DISTINCT period FROM performance_appraisal) p CROSS JOIN "
                                             "(SELECT DISTINCT employee_id FROM performance_appraisal) e WHERE NOT EXISTS (SELECT FROM "
                                             "performance_appraisal a WHERE a.period = p.period AND a.employee_id = e.employee_id)",
    "a sheet whose weights do not add up": "SELECT count(*) FROM performance_appraisal a WHERE (SELECT coalesce(sum(weight), 0) FROM "
                                           "performance_appraisalscore s WHERE s.appraisal_id = a.id) <> 100",
    "a sheet that asks nobody, or two": "SELECT count(*) FROM performance_appraisal a WHERE (SELECT count(*) FROM staff_duty d WHERE "
                                        "d.kind = 'appraisal' AND d.record_id = a.id AND d.state = 'open') <> 1",
    "a month that is over and still in self-review": "SELECT count(*) FROM performance_appraisal WHERE state = 'self_review' AND period < "
                                                     "to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM')",
    "a run that failed": "SELECT count(*) FROM staff_schedulerun WHERE problem > ''",
}


class Helper:
    """The program that makes what falls due; `helper("business", 6, 3)` returns when it is done."""

    def __init__(self, system):
        self.process = subprocess.Popen([sys.executable, "-m", "tests.faults.due"], cwd=places.CHECKOUT, env=system.environment, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __call__(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "ok\n", words

    def stop(self):
        """End it."""
        self.process.stdin.close()
        self.process.wait(30)


@pytest.fixture
def helper(system):
    """The helper, on a company whose people have been there for ever and whose clock begins `AWAY` days ago, with nothing due."""
    for table in ("staff_duty", "facilities_rounditem", "facilities_cleaninground", "reception_followup", "performance_appraisalscore",
                  "performance_appraisal", "staff_schedulerun"):
        system.sql(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables
    system.sql("UPDATE staff_posting SET starts_on = '2000-01-01'")
    system.sql("UPDATE staff_hall SET active_from = '2000-01-01'")
    set_back(system, f"{AWAY} days", *KEYS)
    program = Helper(system)
    yield program
    program.stop()


def set_back(system, span, *keys):
    """These schedules were last worked off so long ago."""
    system.sql("INSERT INTO staff_schedulemark (key, through, failures) SELECT k, now() - %s::interval, 0 FROM unnest(%s::text[]) k "
               "ON CONFLICT (key) DO UPDATE SET through = excluded.through, failures = 0, rests_until = NULL", [span, list(keys)])


def worked_off(system, moment):
    """Whether every schedule has been worked off since that moment of the database."""
    return system.one("SELECT count(*) FROM staff_schedulemark WHERE key = ANY(%s) AND through >= %s", [list(KEYS), moment]) == len(KEYS)


def wrong(system):
    """{what must never be: how often it is}."""
    return {name: count for name, sql in WRONG.items() if (count := system.one(sql))}


def finished(system, helper):
    """Ring until everything is worked off, twice, since what one schedule makes another may go on with; how long that took."""
    start = time.monotonic()
    for _ in range(2):
        moment = system.one("SELECT now()")
        while not worked_off(system, moment):
            assert time.monotonic() < start + DUE_WITHIN, "the schedules are not worked off"
            helper("ring")
            time.sleep(2)
    system.quiet()
    return time.monotonic() - start


def opened_days_ago(system, days):
    """The self-review of this month opened so many days ago."""
    system.sql("DELETE FROM staff_parametervalue WHERE key = 'self_review_open_days_before_month_end'")
    system.sql("""INSERT INTO staff_parametervalue (key, whole, value, valid_from, reason) SELECT 'self_review_open_days_before_month_end', '',
                  to_jsonb((date_trunc('month', d) + interval '1 month - 1 day')::date - d::date + %s), date_trunc('month', d)::date, 'test'
                  FROM (SELECT now() AT TIME ZONE 'Asia/Shanghai' AS d) t""", [days])


def long_ago(file):
    """Beat finds in its book that it did everything last when it was stopped, days ago."""
    with shelve.open(str(file), writeback=True) as book:
        for entry in book["entries"].values():
            entry.last_run_at -= timedelta(days=AWAY)


def test_after_three_days_without_a_clock_two_clocks_at_once_make_everything_due_once(system, helper, figure):
    until(lambda: system.ready()["status"] == "ready", what="everything")
    opened_days_ago(system, 1)
    with system.down("beat", signal.SIGTERM):
        set_back(system, f"{AWAY} days", *KEYS)
        helper("business", 20, AWAY)
        helper("planned", 20, 2 * AWAY)
        helper("old", 10, 120)
        files = list(system.instance.folder.glob("beat*"))
        for file in files:
            shutil.copy(file, file.with_name(f"second{file.name}"))
        book = system.instance.folder / "beat"
        long_ago(book)
        long_ago(book.with_name("secondbeat"))
        second = next(child for child in programs(system.instance, "127.0.0.1", system.port) if child.name == "beat")
        second.command = [book.with_name("secondbeat") if word == book else word for word in second.command]
        second.options |= {"env": system.environment}
        moment = system.one("SELECT now()")
        second.start()
    try:
        took = until(lambda: worked_off(system, moment), DUE_WITHIN, what="what was due", pause=.5)
    finally:
        second.stop()
    system.quiet()
    assert wrong(system) == {}
    days = system.one("SELECT count(DISTINCT day) FROM facilities_cleaninground")
    late = system.one("SELECT count(*) FROM staff_duty WHERE schedule = 'SCH-23' AND state = 'open' AND due_at < now()")
    again = system.one("SELECT count(*) FROM staff_duty WHERE schedule = 'SCH-24'")
    sheets = system.one("SELECT count(*) FROM performance_appraisal")
    assert days in (AWAY, AWAY + 1) and late == 20 and again == 10 and sheets > 10
    figure("R9", f"beat away {AWAY} days, then two at once", "each due item once", f"{days} days of rounds, {late} calls late, {again} return visits, "
           f"{sheets} sheets, each once, {took:.0f} s")


BUSY = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND state <> 'idle' AND backend_type = 'client backend'"
HELD = BUSY + " AND wait_event_type = 'Lock'"


def kill_at_work(system, helper, turn):
    """Kill the worker at some moment of its work, one time in three between all that it made and the mark that it is done; one time in four
    the whole worker, else the child that works. Returns (whether a transaction ran, whether the mark alone was missing)."""
    between = turn % 3 == 0
    with system.database() as connection:
        if between:  # a run is noted after everything was made, in the same transaction
            connection.autocommit = False
            connection.execute("LOCK TABLE staff_schedulerun IN EXCLUSIVE MODE")
        helper("ring")
        if between:
            until(lambda: system.one(HELD, [places.APPLICATION]), what="a run that only has to be noted", pause=.005)
        else:
            until(lambda: system.one(BUSY, [places.APPLICATION]), what="the worker at work", pause=.005)
            time.sleep(random.random() * LONGEST)
        all_of_it = system.pids("worker")
        gone = all_of_it if turn % 4 == 0 or len(all_of_it) == 1 else all_of_it[1:]
        hit = system.one(BUSY, [places.APPLICATION]) > 0
        system.kill(*gone)
        until(lambda: not set(gone) & set(system.pids("worker")), what="a new worker")
        if between:
            connection.rollback()
    return hit, between


def test_a_worker_killed_in_mid_task_doubles_loses_and_sticks_nothing(system, helper, rounds, figure):
    until(lambda: system.ready()["status"] == "ready", what="everything")
    count, hit, unmarked = rounds(KILLS), 0, 0
    with system.down("beat", signal.SIGTERM):  # the test rings; what the clock itself works off each minute would leave it nothing to aim at
        for turn in range(1, count + 1):
            set_back(system, f"{AWAY} days", "SCH-23", "SCH-24")
            set_back(system, f"{AWAY + turn} days", "SCH-01")
            set_back(system, f"{turn // 2 + 1} months", "SCH-34")
            helper("business", VISITS, AWAY)
            found = kill_at_work(system, helper, turn)
            hit, unmarked = hit + found[0], unmarked + found[1]
    took = finished(system, helper)
    assert wrong(system) == {}
    made = [system.one(f"SELECT count(*) FROM {table}")  # noqa: S608 - names of our own tables
            for table in ("reception_followup", "facilities_cleaninground", "performance_appraisal")]
    assert made[0] >= count * VISITS and made[1] >= 2 * (AWAY + count)
    figure("R6", f"worker killed {count} times over follow-up, round, appraisal ({hit} in a transaction, {unmarked} before its done mark)",
           "0 doubled, lost, stuck", f"{made[0]} calls, {made[1]} rounds, {made[2]} sheets, each once and whole, {took:.0f} s after the last kill")


def test_a_broker_that_comes_back_empty_forgets_nothing_that_is_due(system, helper, figure):
    """The clock rang before and does not ring again for an hour or six: nothing but the catching up finds what was forgotten."""
    until(lambda: system.ready()["status"] == "ready", what="everything")
    opened_days_ago(system, 1)
    with system.down("beat", signal.SIGTERM):
        with system.down("worker"):
            set_back(system, f"{AWAY} days", *KEYS)
            helper("business", 20, AWAY)
            helper("ring")  # lies in the queue, and is forgotten with it
            with system.down("valkey"):
                shutil.rmtree(system.instance.valkey_data)
                system.instance.valkey_data.mkdir(mode=0o700)
        long_ago(system.instance.folder / "beat")  # so that the test need not wait for the next hour
        moment = system.one("SELECT now()")
    took = until(lambda: worked_off(system, moment), CATCHING_UP, what="what was due", pause=.5)
    system.quiet()
    assert wrong(system) == {}
    assert system.one("SELECT count(*) FROM reception_followup") >= 20
    figure("R7", "broker came back empty with due tasks in its queue", "nothing lost, < 300 s", f"everything due made once, {took:.0f} s after its return")
