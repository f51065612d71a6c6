"""SCH-34 and SCH-35: the month's appraisal of everybody opens by itself, and scoring begins when the month is over (PRF-14)."""
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from config import together
from config.accounts import trace
from config.accounts.actor import Actor
from performance.appraisals import chain, schemes, services, states
from performance.appraisals.models import Appraisal, AppraisalScore
from performance.appraisals.months import ends_at, first_day, last_day, next_period, period_of, self_review_opens
from staff.duties import services as duties
from staff.organisation.models import Employee, Hall, Posting
from staff.regulation import values

DAY = timedelta(days=1)


def zone():
    """The company's own clock, by which its months end."""
    return ZoneInfo(settings.TIME_ZONE)


def write_self_reviews(since, until):
    """Open the sheets of every month whose self-review opens after `since` and up to `until`, hall by hall; returns how many duties are new."""
    today, halls = until.astimezone(zone()).date(), [None, *Hall.objects.values_list("pk", flat=True)]
    period, made = period_of(since.astimezone(zone()).date() - DAY), 0
    while first_day(period) <= today:
        if opening := [hall for hall in halls if since < opens_at(period, hall) <= until]:
            made += open_month(period, until, opening)
        period = next_period(period)
    return made


def opens_at(period, hall):
    """When the self-review of a month opens in a hall (its id), or with None for who works in none."""
    days = values.value("self_review_open_days_before_month_end", first_day(period), hall)
    return datetime.combine(self_review_opens(period, days), time(), zone())


def open_month(period, now, halls):
    """The sheets of one month for everybody on duty with a scheme in these halls (ids; None for who works in none), those that exist left
    alone; returns how many are new."""
    day, there = last_day(period), set(Appraisal.objects.filter(period=period).values_list("employee", flat=True))
    here = Q(hall__in=[hall for hall in halls if hall]) | (Q(hall=None) if None in halls else Q())
    postings = (Posting.objects.on(day).filter(here, employee__state=Employee.State.ON_DUTY).exclude(employee__in=there)
                .select_related("employee", "position", "department__head", "hall", "superior").order_by("employee", "-starts_on"))
    actor, sheets = Actor.system(chain.SELF_REVIEW), []
    for posting in {one.employee_id: one for one in postings}.values():
        if key := schemes.scheme_of(posting.position.code):
            due = ends_at(period, values.value("monthly_appraisal_end_day", day, posting.hall, posting.position), zone())
            sheets.append(Appraisal(employee=posting.employee, supervisor=posting.superior, department=posting.department, hall=posting.hall,
                                    position=posting.position, scheme=key, period=period, due_at=due))
    for sheet in together.name(sheets):
        trace.mark(actor, sheet, act="opened")
    if sheets:
        together.insert(sheets)
    lines = [AppraisalScore(appraisal=sheet, group=group, indicator=indicator, place=place, weight=weight) for sheet in sheets
             for place, (group, indicator, weight) in enumerate(schemes.weights(sheet.scheme, day, sheet.hall, sheet.position))]
    for line in together.name(lines):
        trace.mark(actor, line, act="opened")
    if lines:
        together.insert(lines)
    return duties.make([chain.duty_of(sheet, now) for sheet in sheets])


def write_scoring(since, until):
    """The month is over: who has not submitted is scored without it; returns how many sheets went on. One that cannot is left alone."""
    actor, today = Actor.system(chain.MONTHLY), until.astimezone(zone()).date()
    over = list(Appraisal.objects.filter(state=states.SELF_REVIEW, period__lt=period_of(today)).only("pk").order_by("pk"))
    return duties.for_each(chain.MONTHLY, over, lambda sheet: services.go_on(actor, sheet, now=until), now=until)
