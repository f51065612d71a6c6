"""The way to a complaint from a customer's file, a visit, a follow-up."""
from complaints.handling import cells
from complaints.handling.models import Complaint
from complaints.handling.permissions import Can
from config.accounts.access import may
from config.contributions.panels import register
from config.web.choices import word
from reception.visits.models import Visit


def of_customer(customer, user):
    """The link; None for who registers none."""
    return {"pk": customer.pk} if may(user, Can.REGISTER) else None


register(key="take-complaint", place="customer", template="complaints/intake/_of_customer.html", context=of_customer, order=12)


def of_visit(visit, user):
    """The complaints of the visit that the viewer may see, the link, and a word where it ended with one that nobody has written down (REC-08)."""
    rows = list(Complaint.objects.visible_to(user).filter(source_kind="visit", source_id=visit.pk)) if may(user, Can.READ) else []
    adds = may(user, Can.REGISTER)
    if not rows and not adds:
        return None
    wanted = visit.outcome == Visit.Outcome.COMPLAINT and not Complaint.objects.filter(source_kind="visit", source_id=visit.pk).exists()
    return {"kind": "visit", "pk": visit.pk, "adds": adds, "wanted": adds and wanted, "rows": [(row, cells.tone(row), word(row, "state")) for row in rows]}


def of_follow_up(row, user):
    """The link: the customer complains in the call."""
    return {"kind": "follow_up", "pk": row.pk, "adds": True, "wanted": False} if may(user, Can.REGISTER) else None


register(key="visit-complaint", place="visit", template="complaints/intake/_of_record.html", context=of_visit, order=20)
register(key="follow-up-complaint", place="follow_up", template="complaints/intake/_of_record.html", context=of_follow_up, order=20)
