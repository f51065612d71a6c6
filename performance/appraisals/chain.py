"""Who is asked next: each stage of an appraisal is a duty of the person whose turn it is (SCH-34, SCH-35)."""
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from config.accounts.access import may
from performance.appraisals import states
from performance.appraisals.months import last_day
from performance.appraisals.permissions import Can
from staff.duties import ladder
from staff.duties import services as duties
from staff.duties.models import Duty

SELF_REVIEW, MONTHLY = "SCH-34", "SCH-35"
HR = "hr"
HIGHEST = 8  # levels above a person that are looked at


def ask_next(sheet, now):
    """Write the duty of the stage at which the sheet stands; none for a filed one."""
    if row := duty_of(sheet, now):
        duties.make([row])


def duty_of(sheet, now):
    """The duty of the stage, not yet saved, or None. The self-review is due by the end of the month, what follows begins then."""
    whose = turn_of(sheet)
    if whose is None:
        return None
    own = sheet.state == states.SELF_REVIEW
    over = datetime.combine(last_day(sheet.period) + timedelta(days=1), time(), zone_of(sheet))
    begins, due = (now, over) if own else (max(now, over), sheet.due_at)
    return Duty(**{"schedule": SELF_REVIEW if own else MONTHLY, "slot": f"{sheet.period} {sheet.state} {sheet.version}", "kind": "appraisal",
                   "record_id": sheet.pk, "hall": sheet.hall, "starts_at": min(begins, due), "due_at": due} | whose)


def zone_of(sheet):
    """The time zone in which the months of this sheet end."""
    return ZoneInfo(sheet.hall.timezone if sheet.hall_id else settings.TIME_ZONE)


def turn_of(sheet):
    """Whose turn it is, as facts of a duty; None when nobody's."""
    if sheet.state == states.SELF_REVIEW or (sheet.state == states.INTERVIEW and sheet.interviewed_at):
        return {"employee": sheet.employee}
    if sheet.state in (states.SCORING, states.INTERVIEW) and sheet.supervisor:
        return {"employee": sheet.supervisor}
    if sheet.state == states.DEPT_REVIEW and (reviewer := reviewer_of(sheet)):
        return {"employee": reviewer}
    if sheet.state == states.OBJECTION and (decider := decider_of(sheet)):
        return {"employee": decider}
    return {"role": HR, "hall": None} if sheet.state != states.FILED else None


def reviewer_of(sheet):
    """Who reviews: the head of the department, or the first one above who scored who may; never who scored, never the person. None where
    nobody is left, as above the general manager."""
    if may_review(sheet.department.head, sheet):
        return sheet.department.head
    person, day = sheet.supervisor, last_day(sheet.period)
    for _step in range(HIGHEST):
        person = ladder.superior(person, day) if person else None
        if may_review(person, sheet):
            return person
    return None


def may_review(person, sheet):
    """Whether this person, or None, may review the sheet."""
    return bool(person and person.pk not in (sheet.supervisor_id, sheet.employee_id) and person.user and may(person.user, Can.REVIEW))


def decider_of(sheet):
    """Who decides an objection: one level higher, and who scored where nobody stands higher."""
    return reviewer_of(sheet) or sheet.supervisor
