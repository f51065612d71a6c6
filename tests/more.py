"""What the default run shows by a few cases and `./run test --all` by all of them: more roles, more dice, more odd words."""
import pytest


def more(*values):
    """These parameters too, where everything is run."""
    return [pytest.param(value, marks=pytest.mark.slow) for value in values]
