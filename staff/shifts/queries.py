"""Who is on duty."""
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from config.accounts.access import reach
from staff.organisation.models import Employee, Hall, Post
from staff.organisation.queries import people_within
from staff.shifts.models import Shift
from staff.shifts.permissions import Can


def on_duty(hall, at):
    """The shifts running in `hall` at the moment `at`, with person and post, of people who may work (not in training, not left)."""
    return (Shift.objects.filter(hall=hall, starts_at__lte=at, ends_at__gt=at, employee__state=Employee.State.ON_DUTY)
            .select_related("employee", "post").order_by("employee__sort_key", "pk"))


def shift_of(employee, at):
    """The running shift of a person, or None."""
    return Shift.objects.filter(employee=employee, starts_at__lte=at, ends_at__gt=at).select_related("hall", "post").first()


def of_day(user, hall, day):
    """The shifts of one hall that touch a day, of those this person may see."""
    begins = timezone.make_aware(datetime.combine(day, time()))
    return (Shift.objects.visible_to(user).filter(hall=hall, starts_at__lt=begins + timedelta(days=1), ends_at__gt=begins)
            .select_related("employee", "post").order_by("starts_at", "employee__sort_key", "pk"))


def unmanned(hall, at):
    """The posts of a hall at which nobody is on shift at the moment `at`."""
    manned = on_duty(hall, at).filter(post__isnull=False).order_by().values("post")
    return list(Post.objects.filter(hall=hall, is_active=True).exclude(pk__in=manned).order_by("pk"))


def people_to_plan(user):
    """Who may be put on a shift by this person: people on duty of the halls and teams in reach."""
    return people_within(user, Can.EDIT).filter(state=Employee.State.ON_DUTY)


def halls_to_plan(user):
    """In which halls this person may plan."""
    far = reach(user, Can.EDIT)
    return Hall.objects.all() if far.everything else Hall.objects.filter(Q(pk__in=far.halls) | Q(teams__in=far.teams)).distinct()
