"""Follow-ups of the demo: calls after business of a year and return visits, most recorded in time; some due, late, given up."""
import datetime

from django.db import connection
from simple_history.utils import bulk_create_with_history

from config.contributions.demo import register
from reception.customers.models import Customer
from reception.followups import plans, services, states
from reception.followups.models import FollowUp, FollowUpIssue
from reception.visits.models import Visit
from staff.duties import states as duty_states
from staff.duties.models import Duty, ScheduleMark
from staff.organisation.models import Employee, Hall
from staff.regulation import calendar

WHY = "demo data"
BACK = datetime.timedelta(days=365)  # how far calls after business reach back
OPINIONS = ("", "", "", "安装师傅很细心", "希望周末也能送货", "颜色比样品略深", "价格合适，会推荐朋友", "客服回复很快")
PROBLEMS = ("柜门关不严", "发票抬头有误", "龙头有点滴水")
OPEN_SHARE, VAIN_SHARE = .5, .04  # of those due in the last days: still open; of all: given up


def load(world):
    """The calls of the year."""
    write(world, world.now - BACK)
    for key in (plans.AFTER_PURCHASE, plans.RETURN_VISIT):
        ScheduleMark.objects.create(key=key, through=world.now)


def append(world, first_day, last_day):
    """Those of the missing days."""
    write(world, datetime.datetime.combine(first_day, datetime.time(), datetime.UTC))
    ScheduleMark.objects.filter(key__in=[plans.AFTER_PURCHASE, plans.RETURN_VISIT]).update(through=world.now)


def write(world, since):
    """Calls after business since then, and one return visit for each customer whose last business is older than the interval."""
    halls = {hall.pk: hall for hall in Hall.objects.all()}
    days = calendar.of_halls(list(halls.values()))
    agents = {hall: [person for person in world.staff.get(halls[hall].code, []) if person.user and person.user.username.startswith(("agent", "sales"))]
              for hall in halls}
    visits = (Visit.objects.filter(left_at__gt=since, left_at__lte=world.now, outcome=Visit.Outcome.BUSINESS, assumed=False, imported=False,
                                   customer__choice=Customer.Choice.OPEN, adviser__state=Employee.State.ON_DUTY, follow_ups=None).order_by("pk"))
    people = {person.pk: person for person in Employee.objects.select_related("user")}
    rows = services.after_purchases(visits, days) + return_visits(world, days)
    for row in rows:
        row.hall, row.employee = halls[row.hall_id], people.get(row.employee_id)
    rows = [lived(world, row, agents) for row in plans.give(rows)]
    made = bulk_create_with_history(rows, FollowUp, batch_size=1000, default_change_reason=WHY)
    issues(world, [row for row in made if row.state == states.ISSUES_OPEN], halls)
    Duty.objects.bulk_create([duty(row) for row in made if row.state != states.PLANNED], batch_size=1000, ignore_conflicts=True)


def return_visits(world, days):
    """What the clock would have planned for customers who have been away for longer than the interval."""
    with connection.cursor() as cursor:
        cursor.execute(plans.LAST_CONTACT)
        last = cursor.fetchall()
    found = []
    for customer, hall, at in last:
        day = plans.later(days[hall].day_of(at), 3)
        begins = services.morning(day, days[hall].zone)
        while begins < world.now - datetime.timedelta(days=85):  # an earlier round of visits is over: the next one counts
            day = plans.later(day, 3)
            begins = services.morning(day, days[hall].zone)
        if begins <= world.now:
            found.append(FollowUp(hall_id=hall, customer_id=customer, trigger=FollowUp.Trigger.PERIOD, slot=day.isoformat(), begins_at=begins,
                                  due_at=services.closing(day, days[hall])))
    return found


def lived(world, row, agents):
    """What became of a call: recorded before or after its moment, given up, still due, or not begun."""
    random, age = world.random, (world.now - row.due_at).days
    if row.begins_at > world.now:
        return row
    row.state = states.DUE
    if age < 2 and random.random() < OPEN_SHARE:
        return row
    by = row.employee or random.choice(agents[row.hall_id] or [None])
    if by is None or row.due_at > world.now:
        return row
    if random.random() < VAIN_SHARE:
        row.state, row.tries = states.GIVEN_UP, 3
        return row
    row.recorded_at = min(row.due_at + datetime.timedelta(hours=random.choice((-30, -26, -7, -6, -5, -4, -3, -2, -1, 20))), world.now)
    row.recorded_by, row.method = by, random.choice(("phone", "phone", "phone", "wechat"))
    row.satisfaction, row.opinions = random.choice((5, 5, 5, 4, 4, 4, 3, 2)), random.choice(OPINIONS)
    row.usage = "well" if row.satisfaction > 3 else "problems"
    row.loyalty = "again" if row.satisfaction > 4 else "perhaps" if row.satisfaction > 2 else "not"
    row.state = states.ISSUES_OPEN if row.satisfaction < 3 and age < 12 else states.CLOSED
    return row


def issues(world, rows, halls):
    """What is still to be answered."""
    bulk_create_with_history([FollowUpIssue(follow_up=row, text=world.random.choice(PROBLEMS), department_id=halls[row.hall_id].department_id) for row in rows],
                             FollowUpIssue, default_change_reason=WHY)


def duty(row):
    """The duty of a call, as the clock and its people left it."""
    over = row.recorded_at or (row.due_at if row.state == states.GIVEN_UP else None)
    state = duty_states.OPEN if over is None else duty_states.DONE if over <= row.due_at else duty_states.LATE
    return Duty(schedule=plans.TRIGGERS[row.trigger], slot=row.slot, kind=services.KIND, record_id=row.pk, hall_id=row.hall_id, employee_id=row.employee_id,
                role="" if row.employee_id else plans.AGENT, starts_at=row.begins_at, due_at=row.due_at, state=state, done_at=over,
                done_by_id=row.recorded_by.user_id if row.recorded_by else None)


register(key="follow-ups", order=70, load=load, append=append)
