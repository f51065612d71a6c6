"""What happens to shifts when the organisation tells of a person."""
from django.dispatch import receiver

from staff.organisation.events import person_left
from staff.shifts import services


@receiver(person_left, dispatch_uid="shifts-of-a-leaver")
def cancel_shifts(sender, employee_id, day, actor, now, **more):
    """Whoever leaves works no shift from that day on."""
    services.cancel_after(actor, employee_id, day=day, now=now)
