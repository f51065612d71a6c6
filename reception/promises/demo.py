"""Promises of the demo: twelve months of them, made in visits, most kept in time; some late, withdrawn, broken lately, and still open."""
import datetime

from simple_history.utils import bulk_create_with_history

from config.contributions.demo import register
from config.contributions.records import KINDS
from reception.promises import moments, services, states
from reception.promises.models import Promise
from staff.duties import states as duty_states
from staff.duties.models import Duty, ScheduleMark
from staff.organisation.models import Employee, Hall
from staff.regulation import calendar

WHY = "demo data"
EVERY, LATELY, EVERY_LATELY = 60, datetime.timedelta(days=4), 9  # of so many visits one with a promise; more of the last days
BROKEN_SINCE = datetime.timedelta(days=12)  # what was broken earlier was kept late meanwhile
SHARES = (("kept", .86), ("late", .08), ("withdrawn", .03), ("broken", .03))
WHAT = (("把修改后的图纸发给客户", "图纸已发给客户"), ("电话回复样板到货时间", "已电话告知到货时间"), ("准备好合同文本", "合同已备好，客户已取走"),
        ("报出安装费用", "报价已发，客户已确认收到"),
        ("联系师傅上门测量", "师傅已上门量尺"), ("补开发票", "发票已补开并寄出"), ("寄送色卡", "色卡已寄出"),
        ("答复能否提前送货", "可提前两天送货，已告知"))
REASONS = ("客户已在别处购买，不再需要", "客户改变主意，同意取消")


def load(world):
    """The promises of the year."""
    write(world, world.first_day)
    ScheduleMark.objects.create(key=services.SCHEDULE, through=world.now)


def append(world, first_day, last_day):
    """Those of the missing days."""
    write(world, first_day)
    ScheduleMark.objects.filter(key=services.SCHEDULE).update(through=world.now)


def write(world, first_day):
    """A promise for one visit out of many that was served and has ended since."""
    since = datetime.datetime.combine(first_day, datetime.time(), datetime.UTC)
    halls = {hall.pk: hall for hall in Hall.objects.all()}
    days = calendar.of_halls(list(halls.values()))
    visits = KINDS.get("visit").model_class.objects.filter(
        left_at__gt=since, left_at__lte=world.now, state="closed", assumed=False, imported=False, customer__isnull=False, customer__erased_at=None,
        customer__merged_into=None, adviser__state=Employee.State.ON_DUTY, adviser__user__isnull=False)
    rows = []
    for pk, hall, customer, adviser, left in visits.order_by("pk").values_list("pk", "hall", "customer", "adviser", "left_at"):
        if world.random.random() * (EVERY_LATELY if left > world.now - LATELY else EVERY) < 1:
            offered = list(moments.offered(days[hall], left).values())
            if offered:
                rows.append(lived(world, Promise(hall=halls[hall], customer_id=customer, kind="visit", record_id=pk, promised_at=left, promised_by_id=adviser,
                                                 owner_id=adviser, due_at=world.random.choice(offered), told_by=Promise.Method.IN_PERSON)))
    made = bulk_create_with_history(rows, Promise, batch_size=1000, default_change_reason=WHY)
    users = dict(Employee.objects.filter(pk__in={row.owner_id for row in made}).values_list("pk", "user"))
    Duty.objects.bulk_create([duty(row, users) for row in made], batch_size=1000)


def lived(world, row):
    """What became of it: kept before its moment, late, withdrawn, broken, or still open."""
    row.what, done = world.random.choice(WHAT)
    if row.due_at > world.now:
        return row
    ends, shares = zip(*SHARES, strict=True)
    row.state = world.random.choices(ends, shares)[0]
    if row.state == states.BROKEN and row.due_at < world.now - BROKEN_SINCE:
        row.state = states.LATE
    if row.state == states.BROKEN:
        return row
    span = row.due_at - row.promised_at
    late, in_time = min(row.due_at + datetime.timedelta(hours=20), world.now), row.promised_at + span * world.random.uniform(.3, .95)
    row.ended_at = late if row.state == states.LATE else in_time
    row.ended_by_id, row.answer_by = row.owner_id, world.random.choice((Promise.Method.PHONE, Promise.Method.WECHAT))
    if row.state == states.WITHDRAWN:
        row.reason = world.random.choice(REASONS)
    else:
        row.result = done
    return row


def duty(row, users):
    """The duty of its owner as it was left."""
    over = {states.KEPT: duty_states.DONE, states.LATE: duty_states.LATE, states.WITHDRAWN: duty_states.EXCUSED}
    return Duty(schedule=services.SCHEDULE, slot=f"v1 {row.promised_at.isoformat()}"[:40], kind=services.KIND, record_id=row.pk, hall_id=row.hall_id,
                employee_id=row.owner_id, starts_at=row.promised_at, due_at=row.due_at, state=over.get(row.state, duty_states.OPEN), reason=row.reason,
                done_at=row.ended_at, done_by_id=users[row.owner_id] if row.ended_at else None)


register(key="promises", order=71, load=load, append=append)
