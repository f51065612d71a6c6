"""The figures of the demo's complaints: counted once more, since a year of them was written in one go."""
from complaints.analysis import monthly, rollup
from config.contributions.demo import register


def load(world):
    """Count everything, and draft the analysis of last month as the clock does on the first."""
    rollup.rebuild()
    monthly.draft(world.now)


def append(world, first_day, last_day):
    """Count what was added too."""
    rollup.rebuild()


register(key="complaint-figures", order=73, load=load, append=append)
