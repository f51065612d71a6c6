"""The broker goes away under load and comes back empty: no desk notices, and no due work is forgotten (RELIABILITY R7)."""
import shutil
import statistics
import time

from tests.faults import ledger
from tests.faults.load import Load, p95
from tests.faults.system import until
from tests.faults.test_sent_twice import FILES
from tests.faults.window import Window, key

FEWEST = 25  # seconds of load with everything there, before and after; a tenth of the outage where that is longer
MESSAGES = 20
SLOWER = 50  # milliseconds that p95 may rise
DUE_WITHIN = 300  # seconds after the broker's return

LEAVE = """
INSERT INTO config_message (key, channel, address, subject, body, kind, state, attempts, due_at, last_problem, created_at)
SELECT %s || '-' || n, 'email', 'visitor@example.com', 'Appointment', 'See you', '', 'waiting', 0, now(), '', now() FROM generate_series(1, %s) n"""


def leave_messages(system, name):
    """Mails that wait to leave the house."""
    system.sql(LEAVE, [name, MESSAGES])


def mails(system, name):
    """How often each of those mails went out."""
    folder, sent = system.instance.folder / "mail", ledger.Counter()
    for file in folder.glob("*") if folder.exists() else ():
        sent.update(line for line in file.read_text().splitlines() if line.startswith(f"Message-ID: <{name}-"))
    return sent


def hand_in_register(system):
    """A register that long work has to read."""
    answer = Window(system, "manager").upload("/reception/registers/new/", {"hall": system.filled["halls"]["sales"], "one_off_key": key()},
                                              {"file": FILES["register_upload"]})
    assert answer.led_on


def test_a_broker_that_comes_back_empty_is_not_noticed_at_the_desk(system, figure, pytestconfig):
    outage = pytestconfig.getoption("--outage")
    until(lambda: system.ready()["status"] == "ready", what="everything")
    told, beside = [], max(FEWEST, outage / 10)
    with Load(system) as load:
        time.sleep(beside)
        stopped = time.monotonic()
        with system.down("valkey"):
            shutil.rmtree(system.instance.valkey_data)
            system.instance.valkey_data.mkdir(mode=0o700)
            leave_messages(system, "outage")
            hand_in_register(system)
            while time.monotonic() < stopped + outage:
                told.append(system.ready())
                time.sleep(1)
        back = time.monotonic()
        ready_after = until(lambda: system.ready()["status"] == "ready", what="broker and worker")
        until(lambda: len(mails(system, "outage")) == MESSAGES, DUE_WITHIN, what="the mails", pause=0.5)
        until(lambda: ledger.unfinished_work(system) == 0, DUE_WITHIN, what="the long work", pause=0.5)
        due_after = time.monotonic() - back
        time.sleep(max(5, back + 5 + beside - time.monotonic()))
    assert load.failed() == []
    assert {(one["code"], one["status"]) for one in told} == {(200, "degraded")}
    assert all("broker" in one["degraded"] for one in told)
    assert set(mails(system, "outage").values()) == {1}
    acknowledged, whole = load.kept()
    assert acknowledged == whole
    before, meanwhile, after = (p95(load.between(*span)) for span in ((0, stopped), (stopped, back), (back + 5, back + 1e6)))
    usual, unrest = statistics.mean((before, after)), abs(before - after)  # what the machine does besides shows as a difference of these two
    figure("R7", f"broker away {outage:.0f} s under load: {len(load.done)} desk actions", "0 failed", "0 failed")
    figure("R7", "p95 of the desk without broker", f"< {SLOWER} ms slower", f"{before:.0f} -> {meanwhile:.0f} -> {after:.0f} ms")
    figure("R7", f"/readyz meanwhile, asked {len(told)} times", "200, degraded", "200, degraded: broker named each time")
    figure("R7", f"{MESSAGES} mails and a register due meanwhile", f"once, < {DUE_WITHIN} s", f"once, {due_after:.0f} s after return")
    figure("R7", "broker and worker named as well again", "", f"{ready_after:.0f} s after return")
    assert meanwhile - usual < SLOWER + unrest
