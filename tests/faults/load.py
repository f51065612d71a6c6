"""A modest load: desks that log visitors, look for customers and watch the queue, and what became of each of their acts."""
import statistics
import threading
import time
from dataclasses import dataclass

from tests.faults import ledger
from tests.faults.window import Answer, GaveUp, Window, again

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

    @property
    def fine(self):
        """Whether the person got what they asked for."""
        return self.answer is not None and (self.answer.led_on if self.kind == "log a visit" else self.answer.status == 200)


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
        window, turn = Window(self.system, PEOPLE[number % len(PEOPLE)]), number
        self._ended.wait(PAUSE * number / DESKS)
        while not self._ended.is_set():
            act = self.acts[turn % 2]
            form = act.form()
            self._do("log a visit", lambda act=act, form=form: window.post(act.path, form), form["one_off_key"])
            self._do("find a customer", lambda: window.post("/reception/customers/suggest/", {"q": "李国"}))
            self._do("watch the queue", lambda: window.get("/reception/desk/queue/"))
            turn += 1

    def _do(self, kind, send, key=""):
        if self._ended.is_set():
            return
        at = time.monotonic()
        try:
            answer = again(send)
        except GaveUp:
            answer = None
        self.done.append(Done(kind, at, answer, key))
        self._ended.wait(PAUSE)

    def between(self, start, end):
        """The acts that began then."""
        return [one for one in list(self.done) if start <= one.at < end]

    def failed(self):
        """What a person saw fail, even where pressing again helped, in words."""
        return [f"{one.kind}: {one.answer and (one.answer.status, one.answer.tries, one.answer.rude)}" for one in self.done
                if not one.fine or one.answer.tries > 1]

    def kept(self):
        """What the database holds of the visits that were acknowledged: (how many, state -> count)."""
        acknowledged = {one.key for one in self.done if one.key and one.fine}
        forms = ledger.Counter()
        for act in self.acts:
            forms += ledger.state_of(self.system, act, acknowledged)
        return len(acknowledged), forms["whole"]


def p95(acts):
    """The time that 95 of 100 acts stay below, in milliseconds."""
    return 1000 * statistics.quantiles([one.answer.seconds for one in acts], n=20)[-1]
