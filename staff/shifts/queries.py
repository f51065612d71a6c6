"""Who is on duty."""
from staff.organisation.models import Employee
from staff.shifts.models import Shift


def on_duty(hall, at):
    """The shifts running in `hall` at the moment `at`, with person and post, of people who may work (not in training, not left)."""
    return (Shift.objects.filter(hall=hall, starts_at__lte=at, ends_at__gt=at, employee__state=Employee.State.ON_DUTY)
            .select_related("employee", "post").order_by("employee__sort_key", "pk"))


def shift_of(employee, at):
    """The running shift of a person, or None."""
    return Shift.objects.filter(employee=employee, starts_at__lte=at, ends_at__gt=at).select_related("hall", "post").first()
