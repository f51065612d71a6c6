"""The web processes are killed while forms are on their way: each act is there as a whole or not at all (RELIABILITY R5)."""
import random
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

from config.embedded import places
from tests.faults import ledger
from tests.faults.system import until
from tests.faults.window import Cut, Window

KILLS = 200
EVERYTHING_EACH = 20  # of so many kills one takes gunicorn itself, the others its workers
MEASURED = 6  # rounds by which the usual time of the acts is found
LATEST = 1.3  # of that time: the latest moment of a kill
WRITING = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND backend_xid IS NOT NULL"  # transactions that wrote and did not commit
PEOPLE = ("reception", "manager", "reception", "agent")


def send_once(window, act, form):
    """The answer, or None where the connection ended without one."""
    try:
        return window.post(act.path, form)
    except Cut:
        return None


def all_at_once(people, windows, acts, forms):
    """Send each form until it is answered; the answers."""
    return list(people.map(lambda one: one[0].post_until_answered(one[1].path, one[2]), zip(windows, acts, forms, strict=True)))


def usual_seconds(system, people, windows, acts):
    """The median of the acts, all sent at once to web processes that were killed and came back a moment ago, as in every round below."""
    took = []
    for _round in range(MEASURED):
        system.kill(*system.pids("web")[1:])
        all_at_once(people, windows, acts, [act.form() for act in acts])
        took += [answer.seconds for answer in all_at_once(people, windows, acts, [act.form() for act in acts])]
    return statistics.median(took)


def test_a_form_cut_by_a_kill_is_whole_or_absent_and_sending_it_again_makes_one(system, rounds, figure):
    acts = [ledger.visit_of_a_new_customer(system), ledger.customer(system), ledger.visit(system), ledger.communication(system)]
    windows = [Window(system, name) for name in PEOPLE]
    until(system.answers, what="the log-in page")
    chance, kills, seen = random.Random(1), rounds(KILLS), ledger.Counter()
    sent = {act: [] for act in acts}
    with ThreadPoolExecutor(len(acts)) as people, system.database() as beside:
        usual = usual_seconds(system, people, windows, acts)
        for turn in range(kills):
            forms = [act.form() for act in acts]
            victims = system.pids("web") if turn % EVERYTHING_EACH == EVERYTHING_EACH - 1 else system.pids("web")[1:]
            waiting = [people.submit(send_once, *one) for one in zip(windows, acts, forms, strict=True)]
            time.sleep(chance.uniform(0, LATEST * usual))
            seen["in mid-writing"] += beside.execute(WRITING, [places.APPLICATION]).fetchone()[0]
            system.kill(*victims)
            answers = [one.result() for one in waiting]
            system.quiet()
            for act, form, answer in zip(acts, forms, answers, strict=True):
                state = ledger.state_of(system, act, [form["one_off_key"]])
                assert not state["half"], (act.path, form)
                assert answer is None or answer.led_on, answer and answer.body
                assert state["whole"] or answer is None, "an answer came and nothing was kept"
                seen["after the answer" if answer else "between commit and answer" if state["whole"] else "before the commit"] += 1
                sent[act].append(form)
            assert all(answer.led_on for answer in all_at_once(people, windows, acts, forms))
    for act, forms in sent.items():
        assert ledger.state_of(system, act, [form["one_off_key"] for form in forms]) == {"whole": len(forms), "absent": 0, "half": 0}
    assert ledger.numbers_wrong(system) == []
    assert seen["before the commit"] and seen["after the answer"], f"the kills came always too late or always too early: {seen}"
    figure("R5", f"{kills} kills of the web process within {LATEST} x {1000 * usual:.0f} ms, {4 * kills} forms on their way", "0 half",
           "0 half; the kill came " + ", ".join(f"{seen[name]} {name}" for name in ("before the commit", "between commit and answer", "after the answer"))
           + f"; {seen['in mid-writing']} of the first in mid-writing")
    figure("R5", "the same forms sent again with their key", "1 made", f"1 made each; {len(ledger.numbers_wrong(system))} numbers twice or left out")
