"""A modest load: desks that log visitors, look for customers, watch the queue and note who left, and what became of each of their acts.

Each visitor leaves as the next one is logged, so that the queue stays as long as a hall's is, however long the load lasts.
"""
import statistics
import threading
import time
from dataclasses import dataclass

from tests.faults import ledger
from tests.faults.window import Answer, GaveUp, Window, again, key

DESKS = 6
PAUSE = 1.0  # seconds between two acts of a desk
PEOPLE = ("reception", "manager", "agent")


@dataclass(frozen=True)
class Done:
    """One act of a desk: what, when it began, what came back; `answer` None when nothing ever came."""

    kind: str
    at: float
    answer: Answer | None
    key: str = ""
    visit: int = 0  # whose visitor leaves

    @property
    def fine(self):
        """Whether the person got what they asked for."""
        return self.answer is not None and (self.answer.led_on if self.key else self.answer.status == 200)


class Load:
    """`with Load(system) as load:` the desks work as long as the block runs; `load.done` holds every act."""

    def __init__(self, system):
        self.system, self.done = system, []
        self.acts = [ledger.visit_of_a_new_customer(system), ledger.visit(system)]
        self._ended = threading.Event()
        self._desks = [threading.Thread(target=self._work, args=(number,), daemon=True) for number in range(DESKS)]

    def __enter__(self):
        for desk in self._desks:
            desk.start()
        return self

    def __exit__(self, *_error):
        self._ended.set()
        for desk in self._desks:
            desk.join()

    def _work(self, number):
        window, turn, last = Window(self.system, PEOPLE[number % len(PEOPLE)]), number, None
        self._ended.wait(PAUSE * number / DESKS)
        while not self._ended.is_set():
            act = self.acts[turn % 2]
            form = act.form()
            logged = self._do("log a visit", lambda act=act, form=form: window.post(act.path, form), form["one_off_key"])
            self._do("find a customer", lambda: window.post("/reception/customers/suggest/", {"q": "李国"}))
            self._do("watch the queue", lambda: window.get("/reception/desk/queue/"))
            if last:
                pressed = {"one_off_key": key()}
                self._do("note who left", lambda pk=last, pressed=pressed: window.post(f"/reception/visits/{pk}/leave/", pressed), pressed["one_off_key"], last)
            last, turn = logged and int(logged.location.rpartition("saved=")[2]), turn + 1

    def _do(self, kind, send, key="", visit=0):
        if self._ended.is_set():
            return None
        at = time.monotonic()
        try:
            answer = again(send)
        except GaveUp:
            answer = None
        done = Done(kind, at, answer, key, visit)
        self.done.append(done)
        self._ended.wait(PAUSE)
        return answer if done.fine else None

    def between(self, start, end):
        """The acts that began then."""
        return [one for one in list(self.done) if start <= one.at < end]

    def failed(self):
        """What a person saw fail, even where pressing again helped, in words."""
        return [f"{one.kind}: {one.answer and (one.answer.status, one.answer.tries, one.answer.rude)}" for one in self.done
                if not one.fine or one.answer.tries > 1]

    def kept(self):
        """How many visits and leavings were acknowledged, and how many of them the database holds as a whole."""
        acknowledged = {one.key for one in self.done if one.key and one.fine and not one.visit}
        gone = {one.visit for one in self.done if one.visit and one.fine}
        forms = ledger.Counter()
        for act in self.acts:
            forms += ledger.state_of(self.system, act, acknowledged)
        ended = self.system.one("SELECT count(*) FROM reception_visit v WHERE id = ANY(%s) AND state = 'left' AND 1 = "
                                "(SELECT count(*) FROM reception_visitevent WHERE visit_id = v.id AND verb = 'left')", [list(gone)])
        return len(acknowledged) + len(gone), forms["whole"] + ended


def p95(acts):
    """The time that 95 of 100 acts stay below, in milliseconds."""
    return 1000 * statistics.quantiles([one.answer.seconds for one in acts], n=20)[-1]
