"""A complaint as tests of pages need it: at any place of the table, written straight to the rows."""
from datetime import timedelta

from complaints.handling import states
from complaints.handling.facts import ComplaintPerson
from complaints.handling.models import Complaint
from complaints.handling.services import clock


def complaint_at(cast, state=states.REGISTERED, *, hall=None, handler=None, about=None, hours_ago=1, **facts):
    """A complaint of a hall; `handler` and `about` are names of people."""
    n, at = Complaint.objects.count() + 1, cast.now - timedelta(hours=hours_ago)
    over = state not in states.OPEN
    later = state not in (states.REGISTERED,)
    row = Complaint.objects.create(**{
        "number": f"CP-2025-{n:06d}", "public_code": f"C{n:07d}", "hall": hall or cast.hall, "channel": "phone", "received_at": at, "registered_at": at,
        "registered_by": cast.people["agent"],
        "matter": "门装歪了，改了两次日期", "demand": "重新安装", "severity": "normal", "impact": "medium", "urgency": "medium",
        "contact_name": "李建国", "contact_phone": "+8613800138000", "state": state, "since": at, "turn_began_at": at,
        "handler": cast.people[handler] if handler else None, "acknowledged_at": at if later else None, "apologised": True, "promised": True,
        "promised_manner": "电话答复",
        "closed_at": cast.now if over else None, "cause": "process" if state == states.SATISFIED else "", **facts})
    if about:
        ComplaintPerson.objects.create(complaint=row, employee=cast.people[about], complained_about=True)
    return clock.refresh(row)
