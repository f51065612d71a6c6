"""What the follow-ups room hears of visits."""
from django.dispatch import receiver

from config.accounts.actor import Actor
from reception.followups import plans, services
from reception.visits.events import visit_closed
from reception.visits.models import Visit
from staff.regulation import calendar


@receiver(visit_closed, dispatch_uid="follow-ups")
def plan_call(sender, visit_id, hall_id, outcome, assumed, **more):
    """A visit that ended in business is followed up, unless the customer does not want to be called."""
    if outcome != Visit.Outcome.BUSINESS or assumed:
        return
    visit = Visit.objects.select_related("hall", "customer").get(pk=visit_id)
    if visit.customer is None or visit.customer.choice != visit.customer.Choice.OPEN:
        return
    services.plan(Actor.system(plans.AFTER_PURCHASE), services.after_purchases([visit], calendar.of_halls([visit.hall])))
