"""The timed tasks of a working day in a real browser, keys at four a second: ./run tasks.

Drives the demo at --address, in which it logs visits, or one of its own, which is gone at the end. Prints what each task took beside
its goal, and ends with 1 where one was missed.
"""
import argparse
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass

from config.embedded import places, throwaway
from tests.faults.system import free_port
from tests.tasks import complaints, work
from tests.tasks.person import Person

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync"]
START_SECONDS = 300  # until a demo of its own answers
LOOK_UPS = 40
FROM_ONE_ADDRESS = 10  # complaints in an hour (complaints/portal/limits.py)
WHY = ("Waited too long", "Left unserved", "Greeted late")  # figures of the month that a manager asks about


@dataclass(frozen=True)
class Line:
    """One line of the table: what, how often, its median and worst as they are shown, keys or clicks, the goal, whether it was met."""

    task: str
    runs: int
    median: str
    worst: str
    effort: str
    goal: str
    met: bool

    @property
    def cells(self):
        """As text."""
        return [self.task, str(self.runs), self.median, self.worst, self.effort, self.goal, "yes" if self.met else "NO"]


def main():
    """Run all tasks and print the table."""
    parser = argparse.ArgumentParser(prog="run tasks", description=__doc__.partition("\n")[0])
    parser.add_argument("--address", help="a running demo, such as http://127.0.0.1:8000; without one, a demo of its own")
    parser.add_argument("--runs", type=int, default=20, help="how often each task is done (20)")
    parser.add_argument("--only", nargs="+", choices=list(TASKS), default=list(TASKS), help="some of the tasks")
    choice = parser.parse_args()
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise SystemExit("There is no Chromium here: apt-get install chromium fonts-noto-cjk")
    from playwright.sync_api import sync_playwright

    with demo(choice.address) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        lines = [line for name in choice.only for line in TASKS[name](browser, address, choice.runs)]
        browser.close()
    show(lines)
    return 0 if all(line.met for line in lines) else 1


@contextmanager
def demo(address):
    """The demo at `address`, or one of its own as long as the block runs."""
    if address:
        yield address.rstrip("/")
        return
    throwaway.remove_leftovers()
    instance, port = places.Instance(f"test-{os.getpid()}-tasks"), free_port()
    print("A demo of its own is made …", file=sys.stderr, flush=True)
    whole = subprocess.Popen([sys.executable, "-m", "config.embedded", "demo", "--port", str(port)], cwd=places.CHECKOUT,
                             env=os.environ | {places.INSTANCE: instance.name}, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        with throwaway.ended_by_term():
            wait_for(whole, f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
    finally:
        whole.send_signal(signal.SIGINT)
        whole.wait(60)
        throwaway.remove(instance)


def wait_for(whole, address):
    """Until the log-in page answers."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and whole.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/login/", timeout=10).close()
        except (OSError, urllib.error.HTTPError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The demo did not come up; ./run demo says why.")


def line(task, times, efforts, *, within, most, unit="keys", faults=(), scale="s"):
    """A line whose median has to stay within `within` and whose efforts may not pass `most`, with no fault on any page."""
    median, digits = statistics.median(times), 2 if scale == "s" else 0
    goal = ", ".join([f"<= {within} {scale}"] * bool(within) + [f"<= {most} {unit}"] * bool(most) + ["0 errors"])
    for fault in faults:
        print(f"{task}: {fault}", file=sys.stderr)
    met = not faults and (not within or median <= within) and (not most or max(efforts) <= most)
    return Line(task, len(times), f"{median:.{digits}f} {scale}", f"{max(times):.{digits}f} {scale}",
                f"{statistics.median(efforts):.0f}, at most {max(efforts)} {unit}" if efforts else "1 key", goal, met)


def desk(browser, address, runs):
    """Visits of people who were here before, and of new ones."""
    person, chance = Person.signed_in(browser, address, "reception"), random.Random()
    people = work.known(person, pages=6, skip=4)
    times, keys, numbers = [], [], set()
    for turn, (name, tail) in enumerate(chance.sample(people, k=runs)):
        seconds, number = work.returning(person, turn, name, tail)
        times.append(seconds), keys.append(person.keys), numbers.add(number)
    assert len(numbers) == runs
    yield line("log a returning visitor, keys only", times, keys, within=8, most=25, faults=person.faults)
    person.faults.clear()
    times, keys, numbers = [], [], set()
    for turn in range(runs):
        name, spelt = work.NEW[turn % len(work.NEW)]
        seconds, number = work.new(person, turn, name, spelt, work.fresh_phone())
        times.append(seconds), keys.append(person.keys), numbers.add(number)
    assert len(numbers) == runs
    yield line("log a new visitor, keys only", times, keys, within=15, most=None, faults=person.faults)


def calls(browser, address, runs):
    """Somebody is on the telephone."""
    person = Person.signed_in(browser, address, "reception")
    times, keys = [], []
    for name, tail in random.sample(work.known(person, pages=8, at="/reception/visits/"), k=runs):
        times.append(work.caller(person, name, tail)), keys.append(person.keys)
    yield line("find who calls and open the last visit", times, keys, within=5, most=8, faults=person.faults)


def managers(browser, address, runs):
    """Why is this figure red?"""
    person = Person.signed_in(browser, address, "manager")
    times, clicks = [], []
    for turn in range(runs):
        place = turn % (len(WHY) + 1)
        record = work.red_in_the_figures(person, WHY[place - 1]) if place else work.red_on_the_board(person)
        times.append(record["seconds"]), clicks.append(person.clicks)
    yield line("why is this figure red: figure, rows, record", times, clicks, within=None, most=3, unit="clicks", faults=person.faults)


def starts(browser, address, runs):
    """N from everywhere."""
    person = Person.signed_in(browser, address, "reception")
    person.page.add_init_script(work.CLOCKS)
    times, answers = zip(*(work.start_by_n(person, work.FROM[turn % len(work.FROM)]) for turn in range(runs)), strict=True)
    worst = max(times)
    yield Line(f"N, until the cursor is in the field, from {len(work.FROM)} pages", runs, f"{statistics.median(times):.0f} ms", f"{worst:.0f} ms",
               f"1 key; the house's answer {statistics.median(answers):.0f} ms", "each < 300 ms", worst < 300 and not person.faults)


def look_ups(browser, address, runs):
    """Digits, names, pinyin, initials, surnames."""
    person = Person.signed_in(browser, address, "reception")
    asked = work.spellings(work.known(person, pages=2), work.known(person, pages=20, skip=2), random.Random())
    found = [(*one, *work.look_up(person, *one)) for one in asked[:max(1, LOOK_UPS * min(runs, 20) // 20)]]
    right = sum(place is not None and place < 5 for *_asked, place, _answer, _shown in found)
    for words, name, tail, place, _answer, _shown in found:
        if place is None or place >= 5:
            print(f"look-up {words}: {name} {tail} at place {place if place is None else place + 1}", file=sys.stderr)
    answers, shown = sorted(one[4] for one in found), sorted(one[5] for one in found)
    p95 = answers[max(0, round(0.95 * len(answers)) - 1)]
    yield Line("look-ups: the right person among the first 5", len(found), f"{right} of {len(found)}", "", "", ">= 95 %",
               right >= 0.95 * len(found) and not person.faults)
    yield Line("look-ups: the answer (p95 beside the worst)", len(found), f"{statistics.median(answers):.0f} ms", f"{p95:.0f}, {answers[-1]:.0f} ms", "",
               "p95 < 120 ms", p95 < 120)
    yield Line("look-ups: from the last key to the list", len(found), f"{statistics.median(shown):.0f} ms", f"{shown[-1]:.0f} ms", "", "told", True)


def complaints_taken(browser, address, runs):
    """A customer complains at the desk."""
    person = Person.signed_in(browser, address, "reception")
    times, keys, codes = [], [], set()
    for turn, (name, tail) in enumerate(random.sample(work.known(person, pages=6, skip=4), k=runs)):
        seconds, code = complaints.taken_at_the_desk(person, turn, name, tail)
        times.append(seconds), keys.append(person.keys), codes.add(code)
    assert len(codes) == runs
    yield line("take a complaint at the desk, 2 clicks and keys", times, keys, within=45, most=None, faults=person.faults)


def complaints_written(browser, address, runs):
    """A customer complains on a phone; not more often than one address may in an hour."""
    times, touches, codes, faults = [], [], set(), []
    for turn in range(min(runs, FROM_ONE_ADDRESS)):
        person = Person.with_a_phone(browser, address)
        seconds, code = complaints.written_on_a_phone(person, turn, work.fresh_phone())
        times.append(seconds), touches.append(person.keys + person.clicks), codes.add(code)
        faults += person.faults
        person.page.context.close()
    assert len(codes) == len(times)
    yield line("a customer complains on a phone", times, touches, within=90, most=None, unit="keys and taps", faults=faults)


def oldest_complaints(browser, address, runs):
    """Which complaint is overdue longest, whose is it, why?"""
    person = Person.signed_in(browser, address, "manager")
    times, clicks = [], []
    for turn in range(runs):
        times.append(complaints.oldest_late(person, turn)), clicks.append(person.clicks)
    yield line("name the oldest late complaint, owner and cause", times, clicks, within=None, most=3, unit="clicks", faults=person.faults)


TASKS = {"desk": desk, "caller": calls, "manager": managers, "n": starts, "look-ups": look_ups, "complaint": complaints_taken,
         "phone": complaints_written, "oldest": oldest_complaints}


def show(lines):
    """The table."""
    rows = [["task", "runs", "median", "worst", "keys or clicks", "goal", "met"], *(one.cells for one in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(7)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    sys.exit(main())
