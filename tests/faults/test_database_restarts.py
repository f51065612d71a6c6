"""PostgreSQL is restarted under load, in good order and at once: nothing acknowledged is lost, everything comes back by itself (RELIABILITY R8)."""
import signal
import time

from tests.faults import ledger
from tests.faults.load import Load
from tests.faults.system import until
from tests.faults.test_broker_away import MESSAGES, hand_in_register, leave_messages, mails

RESTARTS = 10
BETWEEN = 4  # seconds of work between two restarts
LONGEST = 10  # seconds until an act that met the restart has its answer
KINDS = {signal.SIGINT: "fast", signal.SIGQUIT: "immediate"}


def test_a_restart_of_the_database_is_a_moment_for_the_desk_and_loses_nothing(system, rounds, figure):
    until(lambda: system.ready()["status"] == "ready", what="everything")
    programs = {name: system.children[name].process.pid for name in ("web", "worker", "beat")}
    count, away = rounds(RESTARTS), []
    leave_messages(system, "restart")
    hand_in_register(system)
    with Load(system) as load:
        for turn in range(count):
            time.sleep(BETWEEN)
            away.append(system.restart_postgres(list(KINDS)[turn % 2]))
        time.sleep(BETWEEN)
        until(lambda: ledger.unfinished_work(system) == 0, 180, what="the long work", pause=0.5)
        until(lambda: system.ready()["status"] == "ready", what="the worker")
    met = [one for one in load.done if one.answer is None or one.answer.tries > 1]
    assert [one for one in load.done if not one.fine] == []
    assert [one.answer.rude for one in met if one.answer.rude] == []
    longest = max((one.answer.retried_for for one in met), default=0)
    assert longest < LONGEST, (away, [(one.kind, one.answer.tries, one.answer.retried_for, one.answer.seconds) for one in met])
    acknowledged, whole = load.kept()
    assert acknowledged == whole
    assert ledger.numbers_wrong(system) == []
    assert {name: system.children[name].process.pid for name in programs} == programs
    until(lambda: len(mails(system, "restart")) == MESSAGES, 180, what="the mails", pause=0.5)
    assert set(mails(system, "restart").values()) == {1}
    figure("R8", f"{count} restarts of PostgreSQL ({max(away):.1f} s at most) under load: {len(load.done)} desk actions",
           "friendly 503, then there", f"{len(met)} met one, all friendly")
    figure("R8", "from the first 503 to the answer", f"< {LONGEST} s", f"{longest:.1f} s at most")
    figure("R8", f"{acknowledged} acknowledged visits and leavings", "0 lost", f"{acknowledged - whole} lost")
    figure("R8", "web, worker and beat", "no restart by hand", "the same processes all along")
