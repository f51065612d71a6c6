"""SCH-23 and SCH-24: follow-ups after a purchase, and return visits by the calendar, fall due (REC-59, REC-60)."""
import calendar as months
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from config.accounts.access import may
from config.accounts.actor import Actor
from reception.customers.models import Customer
from reception.followups import services, states
from reception.followups.models import FollowUp
from reception.followups.permissions import Can
from reception.visits.models import Visit
from staff.duties import ladder
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.organisation.models import Employee, Hall
from staff.regulation import calendar, values

AFTER_PURCHASE, RETURN_VISIT, AFTER_COMPLAINT = "SCH-23", "SCH-24", "SCH-18"
TRIGGERS = {FollowUp.Trigger.PURCHASE: AFTER_PURCHASE, FollowUp.Trigger.PERIOD: RETURN_VISIT, FollowUp.Trigger.COMPLAINT: AFTER_COMPLAINT}
AT_ONCE = 1000
AGENT = "agent"  # the role of customer service
LAST_CONTACT = """
SELECT v.customer_id, (array_agg(v.hall_id ORDER BY v.left_at DESC))[1], greatest(max(v.left_at), (
    SELECT max(CASE WHEN f.state = 'given_up' THEN f.due_at ELSE f.recorded_at END) FROM reception_followup f WHERE f.customer_id = v.customer_id))
FROM reception_visit v JOIN reception_customer c ON c.id = v.customer_id AND c.merged_into_id IS NULL AND c.choice = 'open'
WHERE v.state = 'closed' AND v.outcome = 'business' AND NOT v.assumed GROUP BY v.customer_id"""


def write_after_purchase(since, until):
    """Plan what no event planned (days on which nothing ran), and let what begins fall due; returns how many duties are new."""
    visits = Visit.objects.filter(left_at__gt=since, left_at__lte=until, state="closed", outcome=Visit.Outcome.BUSINESS, assumed=False, imported=False,
                                  customer__choice=Customer.Choice.OPEN, follow_ups=None).select_related("hall").order_by("pk")
    found, days = list(visits), {}
    if found:
        days = calendar.of_halls({visit.hall_id: visit.hall for visit in found}.values())
    services.plan(Actor.system(AFTER_PURCHASE), services.after_purchases(found, days))
    return fall_due(FollowUp.Trigger.PURCHASE, until)


def write_return_visits(since, until):
    """Plan the return visit of every customer whose last business, talk or call in vain lies `return_visit_months` back; returns how many
    duties are new."""
    halls = {hall.pk: hall for hall in Hall.objects.all()}
    days, rows = calendar.of_halls(list(halls.values())), []
    with connection.cursor() as cursor:
        cursor.execute(LAST_CONTACT)
        last = cursor.fetchall()
    intervals = {pk: values.value("return_visit_months", days[pk].day_of(until), pk) for pk in {hall for _customer, hall, _at in last}}
    for customer, hall, at in last:
        day = later(days[hall].day_of(at), intervals[hall])
        begins = services.morning(day, days[hall].zone)
        if begins <= until:
            rows.append(FollowUp(hall_id=hall, customer_id=customer, trigger=FollowUp.Trigger.PERIOD, slot=day.isoformat(), begins_at=begins,
                                 due_at=services.closing(day, days[hall])))
    services.plan(Actor.system(RETURN_VISIT), rows)
    return fall_due(FollowUp.Trigger.PERIOD, until)


def later(day, count):
    """The same day `count` months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


@transaction.atomic
def fall_due(trigger, until):
    """planned -> due for everything that has begun, with the duty of whoever calls: the person, or customer service of the hall. Who has
    asked meanwhile not to be called is not."""
    made = 0
    while rows := list(FollowUp.objects.select_for_update(of=("self",)).filter(state=states.PLANNED, trigger=trigger, begins_at__lte=until)
                       .filter(customer__choice=Customer.Choice.OPEN).select_related("employee__user", "hall").order_by("begins_at", "pk")[:AT_ONCE]):
        made += due(rows)
    return made


def due(rows):
    """These fall due; returns how many duties are new."""
    give([row for row in rows if row.trigger != FollowUp.Trigger.COMPLAINT])  # who calls after a complaint is chosen there, by who is concerned
    for row in rows:
        row.state = states.DUE
    bulk_update_with_history(rows, FollowUp, ["state", "employee"], default_change_reason="due")
    return duties.make([Duty(
        schedule=TRIGGERS[row.trigger], slot=row.slot, kind=services.KIND, record_id=row.pk, hall_id=row.hall_id, employee_id=row.employee_id,
        role="" if row.employee_id else AGENT, starts_at=row.begins_at, due_at=row.due_at) for row in rows])


def give(rows):
    """Each of these calls goes to whoever makes it: the person that it names while they may, else customer service of the hall, and where
    nobody does that the hall's manager."""
    served, able = ladder.halls_with(AGENT, timezone.localdate()), {}
    for row in rows:
        if row.employee_id and row.employee_id not in able:
            person = row.employee
            able[row.employee_id] = person.state == Employee.State.ON_DUTY and person.user is not None and may(person.user, Can.EDIT)
        if not able.get(row.employee_id):
            row.employee_id = None if row.hall_id in served else row.hall.manager_id
    return rows
