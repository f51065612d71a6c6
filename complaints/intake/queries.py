"""Taking in for screens: whether a complaint was written down late, who complained before, what is told at the desk; channels,
checks and mails."""
from datetime import timedelta

from complaints.handling.models import Complaint
from complaints.handling.permissions import Can
from complaints.handling.services import registering
from complaints.intake.models import BoxCheck, ComplaintChannel, IncomingMail
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


def channels_for_list(user):
    """The channels of the halls in reach."""
    return ComplaintChannel.objects.visible_to(user).select_related("hall")


def public_channels(hall=None):
    """What customers are told of the ways to complain, of a hall or of all: channels in use that are public, by hall (CMP-01)."""
    rows = ComplaintChannel.objects.filter(is_active=True, public=True).select_related("hall").order_by("hall_id", "kind", "pk")
    return rows.filter(hall=hall) if hall else rows


def checks_for_list(user):
    """The checks of the halls in reach."""
    return BoxCheck.objects.visible_to(user).select_related("hall", "channel", "done_by")


def mails_for_list(user):
    """The mails of the halls in reach."""
    return IncomingMail.objects.visible_to(user).select_related("hall", "complaint")


def waiting_mails(user):
    """How many mails wait for somebody, in reach."""
    return IncomingMail.objects.visible_to(user, Can.HANDLE).filter(state=IncomingMail.State.PARKED).count()
