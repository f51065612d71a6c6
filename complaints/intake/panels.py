"""The way to a complaint from a customer's file, a visit, a follow-up."""
from complaints.handling.models import Complaint
from complaints.handling.permissions import Can
from config.accounts.access import may
from config.contributions.panels import register
from reception.visits.models import Visit


def of_customer(customer, user):
    """The link; None for who registers none."""
    return {"pk": customer.pk} if may(user, Can.REGISTER) else None


register(key="take-complaint", place="customer", template="complaints/intake/_of_customer.html", context=of_customer, order=12)


def of_visit(visit, user):
    """The link, and a word where the visit ended with a complaint that nobody has written down (REC-08)."""
    if not may(user, Can.REGISTER):
        return None
    ended = visit.outcome == Visit.Outcome.COMPLAINT
    return {"kind": "visit", "pk": visit.pk, "wanted": ended and not Complaint.objects.filter(source_kind="visit", source_id=visit.pk).exists()}


def of_follow_up(row, user):
    """The link: the customer complains in the call."""
    return {"kind": "follow_up", "pk": row.pk, "wanted": False} if may(user, Can.REGISTER) else None


register(key="visit-complaint", place="visit", template="complaints/intake/_of_record.html", context=of_visit, order=20)
register(key="follow-up-complaint", place="follow_up", template="complaints/intake/_of_record.html", context=of_follow_up, order=20)
