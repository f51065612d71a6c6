"""A request, a task and a command each run in one chunk of the interpreter's stack, however deep they call (config/stack.py)."""
import resource
from threading import Thread

import pytest

from config.celery import app
from config.stack import roomy

LOOPS, DEPTHS = 2000, range(20, 220, 4)


def deep(levels, then):
    """Call `then` from so many frames further up."""
    return deep(levels - 1, then) if levels else then()


def many_calls():
    """A loop of calls that go some frames deep, as a compiler of statements does."""
    for _loop in range(LOOPS):
        deep(6, int)


def faults(function):
    """How many pages of memory the system had to bring while it ran: each chunk that is mapped anew is one at least."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    function()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def worst(call):
    """The most pages that the loop costs from any depth of the stack of a new thread."""
    found = []
    thread = Thread(target=lambda: found.extend(faults(lambda depth=depth: deep(depth, call)) for depth in DEPTHS))
    thread.start()
    thread.join()
    return max(found)


def test_a_loop_whose_calls_cross_the_end_of_a_chunk_costs_no_memory_traffic_once_there_is_room():
    assert worst(roomy(many_calls)) < LOOPS / 10


def test_what_it_wraps_keeps_its_name_arguments_answer_and_error():
    def named(one, *, two):
        """Words."""
        if two is None:
            raise ValueError(one)
        return one, two

    wrapped = roomy(named)
    assert (wrapped.__name__, wrapped.__doc__, wrapped(1, two=2)) == ("named", "Words.", (1, 2))
    with pytest.raises(ValueError, match="no"):
        wrapped("no", two=None)


def test_the_web_application_and_every_task_have_room(db):
    from config import wsgi

    assert wsgi.application.__wrapped__
    assert type(app.tasks["config.celery.heartbeat"]).__call__.__wrapped__
