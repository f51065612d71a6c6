"""Verbs on shifts: planning one, ending it early, taking it back."""
from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from config.accounts import trace
from config.contributions import guards
from config.errors import Refused
from staff.organisation.models import Employee
from staff.shifts.models import Shift

LONGEST = timedelta(hours=16)


@transaction.atomic
def plan(actor, employee, *, hall, post=None, starts, ends, now):
    """The person works in `hall`, on `post` if given, from `starts` to `ends` (aware). Nobody is on two shifts at once."""
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    check_time(hall, starts, ends)
    check_person(employee, hall, post, starts)
    shift = Shift(employee=employee, hall=hall, post=post, starts_at=starts, ends_at=ends)
    guards.ask("shift", "plan", shift, actor)
    try:
        with transaction.atomic():
            return trace.save(actor, shift, act="planned")
    except IntegrityError as overlap:
        raise Refused(clash(employee, starts, ends), field="employee") from overlap


def clash(employee, starts, ends):
    """The shift that stands in the way, in words."""
    other = Shift.objects.filter(employee=employee, starts_at__lt=ends, ends_at__gt=starts).select_related("hall").order_by("starts_at").first()
    if other is None:
        return _("%(name)s has another shift in that time. Choose other hours.") % {"name": employee.name}
    return _("%(name)s is on a shift in “%(hall)s” from %(start)s to %(end)s. Choose other hours, or end that shift first.") % {
        "name": employee.name, "hall": other.hall, "start": date_format(timezone.localtime(other.starts_at), "H:i"),
        "end": date_format(timezone.localtime(other.ends_at), "H:i")}


def check_time(hall, starts, ends):
    """A shift has a length that a person can work, on a day that the hall exists."""
    if ends <= starts:
        raise Refused(_("The shift ends before it begins. Correct one of the two."), field="ends")
    if ends - starts > LONGEST:
        raise Refused(_("A shift is at most 16 hours long. Correct one of the two."), field="ends")
    if not hall.is_open_on(timezone.localtime(starts).date()):
        raise Refused(_("“%(hall)s” does not exist on that day. Choose another day.") % {"hall": hall}, field="day")


def check_person(employee, hall, post, starts):
    """Somebody in training stands at no post; nobody works before joining or after leaving; the post stands in the hall."""
    day = timezone.localtime(starts).date()
    if employee.state == Employee.State.TRAINING:
        raise Refused(_("%(name)s is in training and cannot be put on a shift before being on duty.") % {"name": employee.name}, field="employee")
    if employee.state == Employee.State.LEFT or day < employee.hired_on or (employee.left_on and day >= employee.left_on):
        raise Refused(_("%(name)s does not work here on that day. Choose somebody else.") % {"name": employee.name}, field="employee")
    if post and (post.hall_id != hall.pk or not post.is_active):
        raise Refused(_("This post is not in use in that hall. Choose another post."), field="post")


@transaction.atomic
def end_early(actor, shift, *, ends, reason, now):
    """The shift ends at `ends` instead; it lies within the shift."""
    shift = Shift.objects.select_for_update(of=("self",)).get(pk=shift.pk)
    if not shift.starts_at < ends < shift.ends_at:
        raise Refused(_("The shift runs from %(start)s to %(end)s. Enter a time between the two.") % {
            "start": date_format(timezone.localtime(shift.starts_at), "H:i"), "end": date_format(timezone.localtime(shift.ends_at), "H:i")}, field="ends")
    shift.ends_at = ends
    return trace.save(actor, shift, "ends_at", act="ended early", reason=reason)


@transaction.atomic
def take_back(actor, shift, *, reason, now):
    """A shift that has not begun is not worked; its history stays."""
    shift = Shift.objects.select_for_update(of=("self",)).get(pk=shift.pk)
    if shift.starts_at <= now:
        raise Refused(_("This shift has begun. End it early instead."))
    trace.delete(actor, shift, act="taken back", reason=reason)


@transaction.atomic
def cancel_after(actor, employee_id, *, day, now):
    """Nobody works from the day of leaving on: coming shifts are taken back, a running one ends."""
    border = max(timezone.make_aware(datetime.combine(day, time())), now)
    for shift in Shift.objects.select_for_update().filter(employee_id=employee_id, ends_at__gt=border):
        if shift.starts_at >= border:
            trace.delete(actor, shift, act="left")
        else:
            shift.ends_at = border
            trace.save(actor, shift, "ends_at", act="left")
