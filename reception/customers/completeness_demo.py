"""How complete the demo's files are, and what is to be confirmed with customers: some asked, some still to ask."""
import datetime

from simple_history.utils import bulk_create_with_history

from config.accounts.access import may
from reception.customers.completeness_models import Confirmation
from reception.customers.models import Customer
from reception.customers.permissions import Can
from reception.customers.services import checking
from reception.customers.services.completeness import MARK, SCHEDULE, hall_of
from staff.duties import states
from staff.duties.models import Duty, ScheduleMark
from staff.organisation.models import Employee

WHY = "demo data"
MARKED, ASKED_SHARE, WAIT = 60, .7, datetime.timedelta(days=7)
NOTES = ("上次拨打提示空号", "登记表上字迹不清", "客户说过要换号码", "")


def load(world):
    """Judge every file, and mark fields of some whose owner writes customer files."""
    checking.check_all()
    ScheduleMark.objects.create(key=SCHEDULE, through=world.now)
    people = Customer.objects.filter(merged_into=None, erased_at=None, owner__state=Employee.State.ON_DUTY, owner__user__isnull=False, contacts__isnull=False)
    files = [customer for customer in people.select_related("owner__user").distinct().order_by("-last_seen_at", "-pk")[:2 * MARKED]
             if may(customer.owner.user, Can.EDIT)]
    rows = [marked(world, customer) for customer in files[:MARKED]]
    rows = bulk_create_with_history(rows, Confirmation, default_change_reason=WHY)
    Duty.objects.bulk_create([duty(row) for row in rows])


def append(world, first_day, last_day):
    """The files of the missing days."""
    checking.check_changed(datetime.datetime.combine(first_day, datetime.time(), datetime.UTC))
    ScheduleMark.objects.filter(key=SCHEDULE).update(through=world.now)


def marked(world, customer):
    """A mark of the last weeks, most of them asked about since."""
    at = world.now - datetime.timedelta(days=world.random.randint(0, 40), hours=world.random.randint(1, 8))
    row = Confirmation(customer=customer, field=world.random.choice(("phone", "phone", "name")), note=world.random.choice(NOTES), owner=customer.owner,
                       marked_by_id=customer.owner.user_id, marked_at=at, due_at=at + WAIT)
    if world.random.random() < ASKED_SHARE or row.due_at < world.now - datetime.timedelta(days=5):
        row.asked_at, row.asked_by_id = min(at + WAIT * world.random.uniform(.1, 1.1), world.now), customer.owner.user_id
        row.method, row.result = world.random.choice(("phone", "in_person")), world.random.choice(("same", "same", "corrected"))
    return row


def duty(row):
    """The duty of who asks, as it was left."""
    state = states.OPEN if row.asked_at is None else states.DONE if row.asked_at <= row.due_at else states.LATE
    return Duty(schedule=SCHEDULE, slot=row.marked_at.isoformat()[:40], kind=MARK, record_id=row.pk, hall_id=hall_of(row.customer), employee_id=row.owner_id,
                starts_at=row.marked_at, due_at=row.due_at, state=state, done_at=row.asked_at, done_by_id=row.asked_by_id)
