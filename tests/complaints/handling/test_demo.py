"""The demo's complaints: a year of them, and one at every state of the straight road."""
from django.utils import timezone

from complaints.handling import states
from complaints.handling.models import Complaint
from staff.duties.models import Duty


def test_the_demo_has_a_complaint_at_every_state_and_a_year_of_those_that_ended(demo_company):
    rows = Complaint.objects.all()
    assert {row.state for row in rows} >= {states.REGISTERED, states.ACKNOWLEDGED, states.ASSIGNED, states.INVESTIGATING, states.VERIFIED,
                                           states.LIABILITY_SET, states.PROPOSED, states.AGREED, states.IMPLEMENTING, states.IMPLEMENTED,
                                           states.FOLLOWED_UP, states.RE_HANDLING, states.SATISFIED, states.DONE}
    assert rows.filter(state__in=states.OVER).count() > 60 and {row.kind for row in rows} == {"complaint", "suggestion", "praise"}
    assert rows.filter(state__in=states.OPEN, next_due_at__lt=timezone.now()).exists() and rows.filter(cause="").exclude(state__in=states.OVER).exists()
    assert not Duty.objects.filter(kind="complaint", record_id__in=rows.filter(state__in=states.OVER).values("pk"), state="open").exists()
