"""The demo's people have signed: last year and again this year; one let it expire a few days ago, of some it ends soon."""
import datetime

from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from staff.communication.agreements import plans, rules, texts
from staff.communication.agreements.models import ConfidentialityAgreement
from staff.communication.agreements.services import REMINDER
from staff.duties.models import Duty, ScheduleMark
from staff.organisation.models import Employee

EXPIRED = "sales5"  # whose customer pages are closed
ENDING = ("telesales2", "technician")
NOT_YET = ("trainee", "trainee2")  # who sign in their first weeks


def load(world):
    """What everybody signed, and what is due about it."""
    rows = []
    for username, employee in world.people.items():
        if username in NOT_YET:
            continue
        for signed in days(world, username, employee.hired_on):
            at = timezone.make_aware(datetime.datetime.combine(signed, datetime.time(9, world.random.randint(0, 59))))
            rows.append(ConfidentialityAgreement(employee=employee, edition=texts.edition(), language="zh-hans", text=texts.whole("zh-hans"),
                                                 signature=employee.name, signed_at=min(at, world.now), ends_on=rules.ends_on(signed, 12)))
            employee.bound_until = rows[-1].ends_on
    ConfidentialityAgreement.objects.bulk_create(rows)
    bulk_update_with_history(list(world.people.values()), Employee, ["bound_until"], default_change_reason="agreement signed")
    remind(world)
    ScheduleMark.objects.create(key=REMINDER, through=world.now)


def days(world, username, hired_on):
    """The days on which somebody signed: a year apart, the last one within a year of today."""
    if username == EXPIRED:
        last = rules.months_later(world.today, -12) - datetime.timedelta(days=4)
    elif username in ENDING:
        last = rules.months_later(world.today, -12) + datetime.timedelta(days=world.random.randint(6, 24))
    else:
        last = world.today - datetime.timedelta(days=world.random.randint(5, 320))
    last = max(last, hired_on)
    before = rules.months_later(last, -12) + datetime.timedelta(days=3)
    return [day for day in (before, last) if day >= hired_on]


def remind(world):
    """What the clock asked: of each who signs anew, thirty days before the end."""
    plans.write_reminders(world.now, world.now)
    for duty in Duty.objects.filter(schedule=REMINDER, employee__bound_until__isnull=False).select_related("employee"):
        day = duty.employee.bound_until
        duty.starts_at = min(world.now, timezone.make_aware(datetime.datetime.combine(day - datetime.timedelta(days=rules.RENEWAL_DAYS), datetime.time(6))))
        duty.due_at = timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time()))
        duty.save(update_fields=["starts_at", "due_at"])


def append(world, first_day, last_day):
    """The clock goes on; agreements that ended meanwhile are signed again by those who kept to it."""
    for employee in Employee.objects.filter(bound_until__lt=world.today, user__username__isnull=False).exclude(user__username=EXPIRED).select_related("user"):
        row = ConfidentialityAgreement.objects.create(
            employee=employee, edition=texts.edition(), language="zh-hans", text=texts.whole("zh-hans"), signature=employee.name, signed_at=world.now,
            ends_on=rules.ends_on(world.today, 12))
        employee.bound_until = row.ends_on
        employee.save(update_fields=["bound_until"])
    plans.write_reminders(world.now, world.now)
    ScheduleMark.objects.filter(key=REMINDER).update(through=world.now)
