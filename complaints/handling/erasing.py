"""What erasing a customer asks of complaints."""
from complaints.handling import states
from complaints.handling.models import Complaint


def still_open(people):
    """Of these customers, the ids of those with a complaint that somebody still deals with."""
    return set(Complaint.objects.filter(customer__in=people.ids, state__in=states.OPEN).values_list("customer_id", flat=True))
