"""How a person moves from training to duty and out of the house (lifecycles of STF-04)."""
from config.states import table
from staff.organisation.permissions import Can

TRAINING, ON_DUTY, LEFT = "training", "on_duty", "left"

TRANSITIONS = table(
    ("put_on_duty", TRAINING, ON_DUTY, Can.EDIT, True),
    ("leave", {TRAINING, ON_DUTY}, LEFT, Can.EDIT, True),
    ("stay", {TRAINING, ON_DUTY}, None, Can.EDIT, True),
)
