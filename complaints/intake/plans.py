"""SCH-16: each box and mailbox of complaints is looked into every `complaint_box_check_days` (CMP-02)."""
from datetime import timedelta

from complaints.intake.checks import AGENT, KIND, SCHEDULE
from complaints.intake.models import BoxCheck, ComplaintChannel
from config import together
from config.accounts import trace
from config.accounts.actor import Actor
from staff.duties import ladder
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.regulation import calendar, values

DAY = timedelta(days=1)


def write(since, until):
    """The checks whose hall opened after `since` and up to `until`, with their duties; returns how many are new."""
    channels = list(ComplaintChannel.objects.filter(is_active=True, kind__in=ComplaintChannel.CHECKED).select_related("hall").order_by("pk"))
    halls = {channel.hall_id: channel.hall for channel in channels}
    calendars, last = calendar.of_halls(list(halls.values())), last_days(channels)
    checks = [check for channel in channels for check in checks_of(channel, calendars[channel.hall_id], last.get(channel.pk), since, until)]
    if not checks:
        return 0
    actor = Actor.system(SCHEDULE)
    for check in checks:
        trace.mark(actor, check, act="created")
    together.insert(together.name(checks))
    served = ladder.halls_with(AGENT, until.date())
    return duties.make([duty_of(check, calendars[check.hall_id], staffed=check.hall_id in served) for check in checks])


def last_days(channels):
    """{id of a channel: the day of its last check}."""
    rows = BoxCheck.objects.filter(channel__in=channels).order_by("channel_id", "-day").distinct("channel_id")
    return dict(rows.values_list("channel_id", "day"))


def checks_of(channel, days, last, since, until):
    """The checks of one channel in that time: on a day on which the hall works, so many days after the last one, due when it closes."""
    hall, first, found = channel.hall, days.day_of(since), []
    for n in range((days.day_of(until) - first).days + 1):
        day = first + n * DAY
        if day < channel.active_since or not hall.is_open_on(day) or not (spans := days.intervals(day)) or not since < spans[0][0] <= until:
            continue
        if last is None or (day - last).days >= values.value("complaint_box_check_days", day, hall):
            found.append(BoxCheck(hall=hall, channel=channel, day=day, due_at=spans[-1][1]))
            last = day
    return found


def duty_of(check, days, staffed):
    """What customer service of the hall has to do, or its manager where it has none: overdue once the hall closes, missed when it closes next."""
    opens = days.intervals(check.day)[0][0]
    whose = {"role": AGENT} if staffed or not check.hall.manager_id else {"employee_id": check.hall.manager_id}
    closings = (spans[-1][1] for n in range(1, 15) if (spans := days.intervals(check.day + n * DAY)))
    return Duty(schedule=SCHEDULE, slot=f"{check.day.isoformat()} {check.channel_id}", kind=KIND, record_id=check.pk, hall=check.hall, starts_at=opens,
                due_at=check.due_at, misses_at=next(closings, check.due_at + DAY), **whose)
