"""What the figures of visits aim at: the limits of the regulation's parameters."""
from config.contributions.figures import TARGETS, Target
from reception.visits.measures import WAIT_TARGET
from staff.regulation import values


def longest_wait(hall, day):
    """Seconds that a visitor may wait in a hall on a day."""
    return int(values.value(WAIT_TARGET, day, hall) * 60)


TARGETS.add(Target(key="waiting", indicator="waiting", goal=longest_wait))
TARGETS.add(Target(key="waiting-median", indicator="waiting-median", goal=longest_wait))
