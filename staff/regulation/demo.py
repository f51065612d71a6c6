"""The parameters of the demo (its clauses stand in clauses/demo.py): a year in which some were changed, one that begins next Monday, and
proposals that wait or were declined."""
import datetime
from dataclasses import dataclass

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from config.accounts import trace
from config.accounts.actor import Actor
from config.contributions.demo import register
from staff.organisation.models import Position
from staff.regulation import calendar
from staff.regulation.calendars import services as calendars
from staff.regulation.clauses import demo as clauses
from staff.regulation.models import HallDay, NationalDay, ParameterValue
from staff.regulation.parameters import kinds, states
from staff.regulation.parameters.models import ParameterChange

WHY = "demo data"
DAY = datetime.timedelta(days=1)
THOUGHT = 6  # days from asking to the day from which it holds
WAITS = 2  # days ago
HALL_DAYS = (  # hall, days from today, hours in minutes of the day, why
    ("sales", 26, [], "全员培训，停业一天"),
    ("sales", 40, [[540, 720]], "下午盘点"),
    ("showroom", 33, [[540, 750], [780, 1380]], "家装节延长营业"),
)


@dataclass(frozen=True)
class Told:
    """One change: `day` from which it holds counted from the demo's day, `ends` the day on which it ends, if it did."""

    values: dict
    day: int
    reason: str
    hall: str = ""
    position: str = ""
    asked_by: str = "hr"
    decided_by: str = "hr2"
    state: str = states.CONFIRMED
    answer: str = ""
    ends: int | None = None


TOLD = (
    Told({"complaint_ack_hours": 1}, -300, "投诉人最在意第一次答复的快慢"),
    Told({"business_handling_days": 2}, -240, "展厅试行两天办结", hall="showroom", asked_by="manager2", decided_by="hr", ends=-100),
    Told({"missed_call_callback_minutes": 20}, -200, "热线未接来电较多", hall="hotline"),
    Told({"discount_limit_percent": 3}, -150, "销售人员的折扣收紧", position="salesperson", asked_by="hr2", decided_by="hr"),
    Told({"rater_weight_self": 10, "rater_weight_superior": 50, "rater_weight_customer": 40}, -90, "客户评价应占更大比重"),
    Told({"hygiene_inspection_days": 5}, -60, "雨季地面容易脏", hall="sales", asked_by="manager", decided_by="hr"),
    Told({"online_reply_minutes": 3}, 0, "线上客户等不起五分钟", hall="online"),  # begins next Monday
    Told({"visit_wait_target_minutes": 8}, 10, "增加了一个柜台，可以更快", hall="sales", asked_by="manager", decided_by="", state=states.WAITING),
    Told({"enquiry_answer_hours": 16}, 21, "隔天答复太久", asked_by="hr2", decided_by="", state=states.WAITING),
    Told({"no_show_rejoin_minutes": 120}, -20, "周末停车场太远", hall="showroom", asked_by="manager2", decided_by="hr", state=states.DECLINED,
         answer="两小时对后面的客户不公平"),
)


def load(world):
    """Write what was asked, and the values of what was confirmed."""
    positions = {position.code: position for position in Position.objects.all()}
    changes = [made(world, positions, told) for told in TOLD]
    for told, change in zip(TOLD, changes, strict=True):
        bulk_create_with_history([change], ParameterChange, default_change_reason=WHY, default_date=change.asked_at, default_user=change.asked_by)
        rows = values_of(world, told, change) if change.state == states.CONFIRMED else []
        if rows:
            bulk_create_with_history(rows, ParameterValue, default_change_reason=WHY, default_date=change.decided_at, default_user=change.decided_by)


def made(world, positions, told):
    """One change."""
    begins = begins_on(world, told)
    asked = moment(min(begins - THOUGHT * DAY, world.today - WAITS * DAY), 10)
    users = {name: person.user for name, person in world.people.items()}
    decided = asked + DAY if told.decided_by else None
    return ParameterChange(
        subject=next(iter(told.values)), values=told.values, hall=world.halls[told.hall] if told.hall else None,
        position=positions[told.position] if told.position else None, valid_from=begins, reason=told.reason, state=told.state, asked_by=users[told.asked_by],
        asked_at=asked, decided_by=users.get(told.decided_by), decided_at=decided, answer=told.answer)


def begins_on(world, told):
    """The day from which it holds; day 0 is the next Monday."""
    return world.today + (told.day or 7 - world.today.weekday()) * DAY


def values_of(world, told, change):
    """The values that a confirmed change brought."""
    until = world.today + told.ends * DAY if told.ends else None
    return [ParameterValue(key=key, value=value, whole=kinds.whole_of(key), hall=change.hall, position=change.position, valid_from=change.valid_from,
                           valid_until=until, reason=change.reason, entered_by=change.asked_by, change=change) for key, value in told.values.items()]


def moment(day, hour):
    """A moment of office hours."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, 20)))


def load_calendar(world):
    """The years of the demo from the library; a day off of the company's own, two halls that keep holidays, and single days of halls."""
    for year in range(world.today.year - 1, world.today.year + 2):
        calendar.fill(Actor(world.people["admin"].user), year, now=world.now)
    feast = world.today + 36 * DAY
    feast = min(feast, datetime.date(world.today.year, 12, 30)) if world.today < datetime.date(world.today.year, 12, 20) else feast
    if not NationalDay.objects.filter(day=feast).exists():
        calendars.enter_day(Actor(world.people["admin"].user), day=feast, works=False, reason="总经理办公会决定", now=world.now,
                            name={"en": "Anniversary of the company", "zh-hans": "公司周年庆", "zh-hant": "公司週年慶"})
    for code in ("after_sales", "repair"):
        calendars.set_keeping(Actor(world.people["admin"].user), world.halls[code], True, None, WHY)
    for code, days, spans, reason in HALL_DAYS:
        hall = world.halls[code]
        row = HallDay(hall=hall, day=world.today + days * DAY, spans=spans, reason=reason)
        trace.save(Actor(hall.manager.user), row, act="entered", reason=reason)


register(key="parameters", order=15, load=load)
register(key="calendar", order=16, load=load_calendar)
register(key="regulation", order=28, load=clauses.load)
