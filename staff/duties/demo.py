"""A year of decisions and of shift handovers in the demo, appended for the days that are missing."""
import datetime

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from config.contributions import handovers
from config.contributions.demo import register
from staff.duties.decisions import states
from staff.duties.decisions.models import Decision
from staff.duties.receivers import KIND
from staff.duties.shift_handovers.models import ShiftHandover
from staff.organisation.models import Employee, Post
from staff.regulation.parameters import states as changes
from staff.regulation.parameters.models import ParameterChange
from staff.regulation.permissions import Can
from staff.shifts.models import Shift

WHY = "demo data"
OUTCOMES = {changes.CONFIRMED: states.APPROVED, changes.DECLINED: states.DECLINED, changes.WAITING: states.WAITING}
LATEST = 21  # the hour in which the last shift of a day is handed over
CASH = ("备用金 500 元，已清点", "备用金 500 元，收据 3 张", "备用金 480 元，缺 20 元已登记")
THINGS = ("大门钥匙 2 把、对讲机 1 台", "柜台钥匙 1 把、平板 1 台", "叫号器、对讲机各 1 台")
NOTES = ("", "登记表剩余 20 份，请补打。", "下午有预约客户，请提前准备资料。", "打印机卡纸，已报修。", "")
REMARKS = ("", "", "", "对讲机电量低，已充电。")


def load(world):
    """The year."""
    lay_down([one for change in ParameterChange.objects.order_by("asked_at", "pk") if (one := of_change(change))])
    hand_over(world, world.first_day, world.today)


def append(world, first_day, last_day):
    """The handovers of the days that are missing; decisions come from what people do."""
    hand_over(world, first_day, last_day)


def lay_down(rows):
    """Write decisions with their history, dated when they were asked."""
    for row in rows:
        row._history_date, row._history_user = row.asked_at, row.asked_by
    return bulk_create_with_history(rows, Decision, batch_size=1000, default_change_reason=WHY)


def of_change(change):
    """The decision about a change of parameters."""
    if change.state not in OUTCOMES:
        return None
    return Decision(kind=KIND, record_id=change.pk, hall_id=change.hall_id, capability=Can.EDIT, asked_by=change.asked_by, asked_at=change.asked_at,
                    reason=change.reason, outcome=OUTCOMES[change.state], decided_by=change.decided_by, decided_at=change.decided_at, answer=change.answer)


def hand_over(world, first_day, last_day):
    """In each hall with a desk one handover a day: whoever stood there gives, somebody of the same hall takes over; that of today waits."""
    desks = {post.hall_id: post for post in Post.objects.filter(kind=Post.Kind.DESK, is_active=True).order_by("-pk")}
    rows = []
    for hall in sorted(desks):
        people = list(Employee.objects.filter(pk__in=Shift.objects.filter(hall=hall).values("employee"), state=Employee.State.ON_DUTY).order_by("pk"))
        if len(people) > 1:
            days = (last_day - first_day).days + 1
            rows += [one_of(world, desks[hall], people, first_day + datetime.timedelta(days=place), place) for place in range(days)]
    ShiftHandover.objects.bulk_create([one for one in rows if one.given_at <= world.now], batch_size=1000)


def one_of(world, post, people, day, place):
    """The handover of a day; what was open then is not known any more, so that only today's has lines."""
    giver, taker = people[place % len(people)], people[(place + 1) % len(people)]
    given = timezone.make_aware(datetime.datetime.combine(day, datetime.time(LATEST - 4 - place % 3, (place * 7) % 60)))
    if day == world.today:
        given = min(given, world.now - datetime.timedelta(minutes=10))
    row = ShiftHandover(hall_id=post.hall_id, post=post, giver=giver, given_at=given, cash=CASH[place % 3 if place % 11 == 5 else place % 2],
                        things=THINGS[place % 3], notes=NOTES[place % 5])
    if day == world.today:
        row.lines = {one.key: lines for one in handovers.in_order() if (lines := one.find(post.hall, giver, world.now))}
    else:
        row.taker, row.taken_at, row.remark = taker, given + datetime.timedelta(minutes=6 + place % 9), REMARKS[place % 4]
    return row


register(key="decisions", order=84, load=load, append=append)
