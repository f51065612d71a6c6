"""Reads over the organisation for screens."""
from staff.organisation.models import Employee, Posting


def employee_of(user):
    """The employee behind an account, or None; read once for the account object."""
    if not hasattr(user, "_employee"):
        user._employee = Employee.objects.filter(user_id=user.pk).first() if getattr(user, "pk", None) else None
    return user._employee


def posting_on(employee, day):
    """Where a person works on `day`, or None."""
    return (Posting.objects.filter(employee=employee, starts_on__lte=day).exclude(ends_on__lt=day)
            .select_related("position", "department", "hall", "team", "superior").first())
