"""Telling people of their duties: each new, soon, late or passed-on duty once to each person whose it is (GEN-07)."""
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from config.accounts.models import User
from staff.duties import states
from staff.duties.models import Duty
from staff.duties.plans import PLANS
from staff.notifications import services as notifications
from staff.notifications.services import News
from staff.organisation.models import Assignment, Employee
from staff.organisation.words import ROLE_NAMES
from staff.regulation import values

NEWS = timedelta(days=1)  # a duty that began longer ago is not new any more
LATE = timedelta(days=3)  # after days without a clock nobody is told of what is older; it stands on the list
AT_ONCE = 500


def remind(now):
    """Tell of everything that is new, soon or late by now; returns how many were told. The same twice tells nothing."""
    rows = Duty.objects.filter(state=states.OPEN, starts_at__lte=now).select_related("hall", "employee__user", "told_to__user")
    fresh = rows.filter(starts_at__gt=now - NEWS)
    late = rows.filter(due_at__lt=now, due_at__gt=now - LATE)
    return (told("duty-new", fresh, now) + told("duty-soon", soon(rows, now), now) + told("duty-late", late, now)
            + told_on(rows.filter(told_to__isnull=False), now))


def soon(rows, now):
    """Those due within `reminder_days_before` of their hall; what began within these days was new a moment ago, and is told once."""
    day = timezone.localtime(now).date()
    days = {hall: timedelta(days=float(values.value("reminder_days_before", day, hall))) for hall in set(rows.order_by().values_list("hall", flat=True))}
    longest = max(days.values(), default=timedelta())
    return [duty for duty in rows.filter(due_at__gt=now, due_at__lte=now + longest)
            if duty.due_at <= now + days[duty.hall_id] and duty.due_at - duty.starts_at > days[duty.hall_id]]


def told(kind, duties, now):
    """Tell the people of these duties, so many duties at a time."""
    duties = list(duties)
    count = 0
    for begin in range(0, len(duties), AT_ONCE):
        part = duties[begin:begin + AT_ONCE]
        people = people_of(part, now)
        count += notifications.tell(kind, [news(duty, user) for duty in part for user in people[duty.pk]], now=now)
    return count


def told_on(duties, now):
    """Tell superiors of what the ladder passed on to them; each level is an event of its own."""
    rows = [duty for duty in duties if duty.told_to.user_id]
    return notifications.tell("duty-told", [
        News(duty.told_to.user, f"{duty.pk}:{duty.level}", None,
             {"what": words_of(duty), "who": duty.employee.name if duty.employee_id else ROLE_NAMES.get(duty.role, duty.role), "due": duty.due_at})
        for duty in rows], now=now)


def news(duty, user):
    """One duty for one person; about its record where it has one, which only who may open it is told of."""
    record = (duty.kind, duty.record_id) if duty.kind and duty.record_id else None
    return News(user, str(duty.pk), record, {"what": words_of(duty), "due": duty.due_at})


def words_of(duty):
    """What is to be done, as the plan says it."""
    plan = PLANS.get(duty.schedule)
    return plan.label if plan else duty.schedule


def people_of(duties, now):
    """{duty id: accounts} of these duties: of the person, or of everybody who holds the role in the duty's hall today."""
    found = {duty.pk: [duty.employee.user] for duty in duties if duty.employee_id and duty.employee.user_id}
    roles = {duty.role for duty in duties if not duty.employee_id}
    day = timezone.localtime(now).date()
    held = list(Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), role__in=roles, starts_on__lte=day, employee__state=Employee.State.ON_DUTY)
                .values_list("role", "hall", "team__hall", "employee__user")) if roles else []
    users = User.objects.in_bulk({user for *_place, user in held if user})
    for duty in duties:
        if not duty.employee_id:
            mine = {user for role, hall, team_hall, user in held if role == duty.role and user in users and duty.hall_id in (None, hall, team_hall)}
            found[duty.pk] = [users[pk] for pk in sorted(mine)]
    return {duty.pk: found.get(duty.pk, []) for duty in duties}
