"""Worker, beat and broker are killed again and again under load: no desk notices, each mail leaves once (RELIABILITY R6, R7)."""
import time

from tests.faults import ledger
from tests.faults.load import Load
from tests.faults.system import until
from tests.faults.test_broker_away import DUE_WITHIN, hand_in_register, leave_messages, mails

ROUNDS = 4  # in each of which all three are killed
BETWEEN = 5  # seconds between two kills, so that the worker is met starting, idle and at work
VICTIMS = ("worker", "beat", "valkey")


def test_worker_beat_and_broker_killed_in_mid_act_cost_no_desk_action(system, rounds, figure):
    until(lambda: system.ready()["status"] == "ready", what="everything")
    count = rounds(ROUNDS)
    with Load(system) as load:
        for turn in range(count):
            leave_messages(system, f"killed-{turn}")
            hand_in_register(system)
            for victim in VICTIMS:
                time.sleep(BETWEEN)
                gone = system.pids(victim)
                system.kill(*gone)
                until(lambda gone=gone, victim=victim: system.pids(victim)[0] not in gone, what=f"a new {victim}")
        due_after = until(lambda: system.unsent() == 0 and ledger.unfinished_work(system) == 0, DUE_WITHIN, what="all due work", pause=0.5)
        until(lambda: system.ready()["status"] == "ready", what="everything again")
    assert load.failed() == []
    acknowledged, whole = load.kept()
    assert acknowledged == whole
    sent = ledger.Counter()
    for turn in range(count):
        sent += mails(system, f"killed-{turn}")
    assert set(sent.values()) == {1}
    figure("R6, R7", f"worker, beat and broker killed {count} times each under load: {len(load.done)} desk actions", "0 failed", "0 failed")
    figure("R6, R7", f"mails and {count} registers due meanwhile", f"once, < {DUE_WITHIN} s", f"{len(sent)} sent once, {due_after:.0f} s after the last kill")
