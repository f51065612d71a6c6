"""The demo's complaints: a year of them, and one at every state of the straight road."""
import datetime
import random

import pytest

from complaints.handling import states
from complaints.handling.models import Complaint
from config.contributions import demo
from config.management.commands.demo import world_of
from staff.duties.models import Duty

PARTS = {"organisation", "agreements", "calendar", "areas", "competences", "shifts", "customers", "visits", "complaints"}
DAY = datetime.date(2026, 11, 4)


@pytest.mark.django_db
def test_the_demo_has_a_complaint_at_every_state_and_a_year_of_those_that_ended():
    world = world_of(1, DAY)
    world.first_day = world.today - datetime.timedelta(days=200)
    for part in demo.in_order():
        if part.key in PARTS:
            world.random = random.Random(part.key)
            part.load(world)
    rows = Complaint.objects.all()
    assert {row.state for row in rows} >= {states.REGISTERED, states.ACKNOWLEDGED, states.ASSIGNED, states.INVESTIGATING, states.VERIFIED,
                                           states.LIABILITY_SET, states.PROPOSED, states.AGREED, states.IMPLEMENTING, states.IMPLEMENTED,
                                           states.FOLLOWED_UP, states.RE_HANDLING, states.SATISFIED, states.DONE}
    assert rows.filter(state__in=states.OVER).count() > 60 and {row.kind for row in rows} == {"complaint", "suggestion", "praise"}
    assert rows.filter(state__in=states.OPEN, next_due_at__lt=world.now).exists() and rows.filter(cause="").exclude(state__in=states.OVER).exists()
    assert not Duty.objects.filter(kind="complaint", record_id__in=rows.filter(state__in=states.OVER).values("pk"), state="open").exists()
