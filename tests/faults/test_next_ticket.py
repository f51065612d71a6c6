"""Fifty counters call the next at once while the desk gives tickets out: nobody is called by two, no number comes twice (RELIABILITY R3)."""
import re
from concurrent.futures import ThreadPoolExecutor

from tests.faults import ledger
from tests.faults.window import Window, key

ROUNDS = 200
FEWEST, MOST = 40, 60  # who waits as a round begins: sometimes fewer than there are counters, sometimes more
DESKS = 4  # visitors who get a ticket while the fifty call
SAME = 20  # rounds in which all fifty call one and the same ticket

SHARE = 2  # calls with priority in a row, as halls begin
LONG_RUN = re.compile("P+")

CALLS = """
SELECT count(*), count(DISTINCT e.leg_id), count(DISTINCT e.employee_id), count(DISTINCT e.post_id) FROM reception_visitevent e
WHERE e.id > %s AND e.verb IN ('called', 'called_out_of_order')"""


def last_event(system):
    """The newest thing that happened."""
    return system.one("SELECT coalesce(max(id), 0) FROM reception_visitevent")


def order_of(system, before):
    """The calls since then in their order, P with priority and - without."""
    return system.one("SELECT coalesce(string_agg(CASE WHEN detail ->> 'priority' > '' THEN 'P' ELSE '-' END, '' ORDER BY id), '') "
                      "FROM reception_visitevent WHERE id > %s AND verb = 'called'", [before])


def put_back(system, waiting, *, priority=False):
    """End what was called and let exactly so many of the oldest open tickets of the hall wait, past the application; with `priority`
    every third of them goes before the others."""
    system.sql("UPDATE reception_serviceleg SET state = 'done', employee_id = NULL, post_id = NULL WHERE hall_id = %s AND state IN ('called', 'queued')",
               [system.filled["halls"]["sales"]])
    system.sql("""UPDATE reception_serviceleg SET state = 'queued', employee_id = NULL, post_id = NULL WHERE id IN (
        SELECT l.id FROM reception_serviceleg l JOIN reception_visit v ON v.id = l.visit_id WHERE l.hall_id = %s AND v.state = 'waiting'
        AND l.wanted_employee_id IS NULL AND l.wanted_post_id IS NULL ORDER BY l.queued_at, l.id LIMIT %s)""",
               [system.filled["halls"]["sales"], waiting])
    system.sql("UPDATE reception_serviceleg SET priority = CASE WHEN %s AND id %% 3 = 0 THEN 'elderly' ELSE '' END, priority_from = queued_at "
               "WHERE hall_id = %s AND state = 'queued'", [priority, system.filled["halls"]["sales"]])


def all_leave(system):
    """The hall is empty again, so that what comes later finds a queue as halls have them."""
    put_back(system, 0)
    system.sql("UPDATE reception_visit SET state = 'left', outcome = 'left', left_at = now() WHERE state IN ('waiting', 'greeted', 'in_service')")


def visitors(system, crowd, count):
    """So many visitors are logged at once."""
    act, desk = ledger.visit(system), Window(system, "reception")
    answers = list(crowd.map(lambda _visitor: desk.post(act.path, act.form()), range(count)))
    assert all(answer.led_on for answer in answers)


def test_fifty_counters_at_once_never_call_one_visitor_twice(system, rounds, figure):
    counters = [Window(system, name) for name in system.filled["counters"]]
    act, desk, called, count = ledger.visit(system), Window(system, "reception"), 0, rounds(ROUNDS)
    with ThreadPoolExecutor(len(counters) + DESKS) as crowd:
        visitors(system, crowd, MOST)
        for turn in range(count):
            waiting = FEWEST + turn % (MOST - FEWEST + 1)
            put_back(system, waiting, priority=turn % 2 == 1)
            before = last_event(system)
            tickets = [crowd.submit(desk.post, act.path, act.form()) for _desk in range(DESKS)]
            presses = list(crowd.map(lambda window: window.post("/reception/counter/next/", {"one_off_key": key()}), counters))
            assert {answer.status for answer in presses} == {302}
            assert all(ticket.result().led_on for ticket in tickets)
            calls, legs, people, posts = system.sql(CALLS, [before])[0]
            assert calls == legs == people == posts, f"round {turn}: {calls} calls of {legs} tickets by {people} people at {posts} posts"
            assert min(waiting, len(counters)) <= calls <= min(waiting + DESKS, len(counters)), f"round {turn}: {waiting} waited, {calls} were called"
            called += calls
            longest = max((len(run) for run in LONG_RUN.findall(order_of(system, before))), default=0)
            assert longest <= SHARE, f"round {turn}: {longest} calls with priority in a row while others waited"
    all_leave(system)
    assert ledger.numbers_wrong(system) == []
    figure("R3", f"{len(counters)} counters call the next at once, {count} rounds", "nobody called by two", f"{called} calls, 0 by two, 0 left waiting")
    figure("R3", f"{DESKS * count + MOST} tickets given out meanwhile", "0 twice, 0 left out", "0 twice, 0 left out")


def test_one_ticket_that_fifty_call_at_once_is_called_by_one(system, rounds, figure):
    counters = [Window(system, name) for name in system.filled["counters"]]
    count = rounds(SAME)
    with ThreadPoolExecutor(len(counters)) as crowd:
        visitors(system, crowd, 1)
        for turn in range(count):
            put_back(system, 1)
            leg, before = system.one("SELECT id FROM reception_serviceleg WHERE state = 'queued' AND hall_id = %s",
                                     [system.filled["halls"]["sales"]]), last_event(system)
            answers = list(crowd.map(lambda window, leg=leg: window.post(f"/reception/tickets/{leg}/call/", {"reason": ""}), counters))
            assert sorted({answer.status for answer in answers} - {404}) in ([302], [302, 422])
            assert system.sql(CALLS, [before])[0][0] == 1, f"round {turn}"
            assert sum(answer.led_on for answer in answers) == 1
    all_leave(system)
    figure("R3", f"{len(counters)} counters call the same ticket at once, {count} rounds", "1 owner", "1 owner each")


def test_fifty_visitors_who_are_logged_at_once_get_fifty_numbers(system, rounds, figure):
    count, size = rounds(ROUNDS), len(system.filled["counters"])
    given = "SELECT count(*) FROM reception_serviceleg"
    before = system.one(given)
    with ThreadPoolExecutor(size) as crowd:
        for _turn in range(count):
            visitors(system, crowd, size)
            all_leave(system)
    assert system.one(given) == before + count * size
    assert ledger.numbers_wrong(system) == []
    figure("R3", f"{size} visitors take the next number at once, {count} rounds", "0 twice, 0 left out", f"{count * size} given, 0 twice, 0 left out")
