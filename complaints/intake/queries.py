"""Taking in for screens: whether a complaint was written down late, who complained before, what is told at the desk."""
from datetime import timedelta

from complaints.handling.models import Complaint
from complaints.handling.services import registering
from staff.regulation import values

SHOWN = 5  # earlier complaints that the desk sees


def minutes_late(row):
    """How many whole minutes after its receipt it was written down, where that is more than complaint_register_minutes; else 0 (CMP-03)."""
    allowed = values.value("complaint_register_minutes", row.hall.day_of(row.registered_at), row.hall)
    took = row.registered_at - row.received_at
    return int(took / timedelta(minutes=1)) if took > timedelta(minutes=allowed) else 0


def outlook(*, viewer, hall, impact, urgency, now, customer=None, phone=""):
    """What the desk tells while the customer speaks: severity, usual promise, and earlier complaints of the same person that the viewer may see."""
    severity = registering.severity_of(impact, urgency, hall.day_of(now), hall)
    earlier = registering.repeats_of(now=now, customer=customer, phone=phone) if customer or phone else Complaint.objects.none()
    mine = list(Complaint.objects.visible_to(viewer).filter(pk__in=earlier.values("pk")).order_by("-received_at", "-pk")[:SHOWN])
    return {"severity": severity, "until": registering.usual_promise(severity, hall, now), "earlier": mine, "open": [row for row in mine if row.is_open]}
