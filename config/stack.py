"""Room on the interpreter's stack for the calls of a whole request, task, command or test.

CPython keeps the frames of calls in chunks of 16 KiB. It asks the system for another chunk when one is full and gives it back as soon as the call
that needed it returns, so a loop whose calls begin at the end of a chunk maps and unmaps memory with each of them. Where those ends lie is chance;
Django builds its statements and pages so deep that some hot loop nearly always meets one: a fifth to a quarter of all time went there. A frame that
is said to need much room gets a chunk of 1 MiB, and whatever is called from it finds its place in the same chunk.
"""
import functools

SLOTS = 66_000  # words of 8 bytes: just over half a MiB, so that the chunk, a power of two, has as much left for the frames above


def roomy(function):
    """The same function, whose calls all lie in one chunk of the stack."""
    def with_room(*args, **kwargs):
        return function(*args, **kwargs)

    with_room.__code__ = with_room.__code__.replace(co_stacksize=SLOTS)
    return functools.wraps(function)(with_room)
