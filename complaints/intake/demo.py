"""How the demo's halls are complained to: the channels of each, three months of looks into box and mailbox, and a mailbox that was read."""
import datetime

from simple_history.utils import bulk_create_with_history

from complaints.handling.models import Channel, Complaint
from complaints.intake import checks, plans
from complaints.intake.models import BoxCheck, ComplaintChannel, IncomingMail
from config.contributions.demo import register
from staff.duties import ladder
from staff.duties import states as duty_states
from staff.duties.models import Duty, ScheduleMark
from staff.regulation import calendar

WHY = "demo data"
BACK = datetime.timedelta(days=90)
PLACES = {"sales": "正门入口右侧意见箱", "showroom": "展厅服务台旁意见箱", "after_sales": "维修接待窗口左侧意见箱", "hotline": ""}
PHONES = {"sales": "0571-8800-1201", "showroom": "0571-8800-1202", "after_sales": "0571-8800-1203", "hotline": "400-880-1200"}
REASONS = ("停电，提前闭厅", "当班人员外出培训，次日补查")
PARKED = (  # minutes ago, sender, name, subject, text, why
    (95, "", "物业前台", "转：客户留言", "有客户把意见写在我们前台，说等候区灯太暗，请联系 6 栋王女士。", "发件人没有可以回复的地址。"),
    (40, "zhou.x@example.com", "周先生", "补充材料", "这是上次说的照片，请看附件。", "来信人不是该投诉的客户。"),
)
IGNORED = (("MAILER-DAEMON@example.com", "Undelivered Mail Returned to Sender", "由机器发出：sender"),
           ("promo@example.com", "自动回复：国庆放假通知", "由机器发出：subject"))


def load(world):
    """Channels since three months, and what was looked into."""
    for code, hall in sorted(world.halls.items()):
        since, mail = world.today - BACK, f"{code.replace('_', '-')}@hallkeeper.example"
        ways = [(Channel.COUNTER, "服务台，找当班主管", ""), (Channel.PHONE, PHONES.get(code, ""), "8:30–18:00"), (Channel.EMAIL, mail, ""),
                (Channel.BOX, PLACES.get(code, ""), "")]
        rows = [ComplaintChannel(hall=hall, kind=kind, value=value, hours=hours, active_since=since) for kind, value, hours in ways if value]
        bulk_create_with_history(rows, ComplaintChannel, default_change_reason=WHY)
    write(world, max(world.first_day, world.today - BACK))
    ScheduleMark.objects.create(key=checks.SCHEDULE, through=world.now)
    mails(world)


def append(world, first_day, last_day):
    """The looks of the days between."""
    write(world, first_day)
    ScheduleMark.objects.filter(key=checks.SCHEDULE).update(through=world.now)


def write(world, first_day):
    """The checks since `first_day` as people made them: most of nothing, a few with something, one in fifty missed and explained."""
    begin = datetime.datetime.combine(first_day, datetime.time(), datetime.UTC)
    channels = list(ComplaintChannel.objects.filter(kind__in=ComplaintChannel.CHECKED, is_active=True).select_related("hall"))
    days, last = calendar.of_halls(list({one.hall_id: one.hall for one in channels}.values())), plans.last_days(channels)
    rows = [lived(world, check) for one in channels for check in plans.checks_of(one, days[one.hall_id], last.get(one.pk), begin, world.now)]
    bulk_create_with_history(rows, BoxCheck, batch_size=1000, default_change_reason=WHY)
    served = ladder.halls_with(checks.AGENT, world.today)
    Duty.objects.bulk_create([duty(one, days[one.hall_id], staffed=one.hall_id in served) for one in rows], batch_size=1000, ignore_conflicts=True)


def lived(world, check):
    """What became of a check."""
    random, people = world.random, agents(world, check.hall)
    at = check.due_at - datetime.timedelta(minutes=random.randint(30, 400))
    if not people or check.due_at > world.now:
        return check
    if random.random() < .02:
        check.state, check.note = BoxCheck.State.MISSED, random.choice(REASONS)
    else:
        check.state, check.done_at, check.done_by, check.found = BoxCheck.State.DONE, at, random.choice(people), int(random.random() < .06)
    return check


def agents(world, hall):
    """Who looks into the box of a hall: its customer service, else who leads it."""
    people = [one for one in world.staff.get(hall.code, []) if one.user and one.user.username.startswith("agent")]
    return people or ([hall.manager] if hall.manager_id else [])


def duty(check, days, staffed):
    """The duty of a check as it was left."""
    row = plans.duty_of(check, days, staffed=staffed)
    if check.state == BoxCheck.State.MISSED:
        row.state, row.done_at, row.reason = duty_states.MISSED, row.misses_at, check.note
    elif check.done_at:
        row.state, row.done_at, row.done_by_id = duty_states.DONE, check.done_at, check.done_by.user_id
    return row


def mails(world):
    """What was read of the mailbox: those that became complaints, what machines wrote, and two that wait for somebody."""
    hall, rows = world.halls["sales"], []
    for n, row in enumerate(Complaint.objects.filter(channel=Channel.EMAIL).select_related("hall").order_by("-received_at")[:12]):
        rows.append(IncomingMail(
            message_id=f"<demo-{n}@example.com>", hall=row.hall, received_at=row.received_at, read_at=row.registered_at,
            sender=row.contact_email or f"customer{n}@example.com", sender_name=row.contact_name, subject=row.matter[:20],
            text=row.matter, state=IncomingMail.State.TAKEN, complaint=row))
    for n, (sender, subject, why) in enumerate(IGNORED):
        at = world.now - datetime.timedelta(hours=6 * n + 2)
        rows.append(IncomingMail(message_id=f"<machine-{n}@example.com>", hall=hall, received_at=at, read_at=at, sender=sender.lower(), subject=subject,
                                 state=IncomingMail.State.IGNORED, problem=why))
    for n, (ago, sender, name, subject, text, why) in enumerate(PARKED):
        at = world.now - datetime.timedelta(minutes=ago)
        rows.append(IncomingMail(message_id=f"<parked-{n}@example.com>", hall=hall, received_at=at, read_at=at, sender=sender, sender_name=name,
                                 subject=subject, text=text, state=IncomingMail.State.PARKED, problem=why))
    bulk_create_with_history(rows, IncomingMail, default_change_reason=WHY)


register(key="complaint-intake", order=74, load=load, append=append)
