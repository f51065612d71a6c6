"""A year of notices in the demo: most read in time, some late, the newest still being read."""
import datetime
from pathlib import Path

import yaml
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from staff.communication.notices import plans, queries, services, states
from staff.communication.notices.models import Notice, NoticeReader
from staff.duties import states as duty_states
from staff.duties.models import Duty, ScheduleMark
from staff.organisation.models import Position

DATA = Path(__file__).resolve().parents[1] / "data" / "notices.yaml"
HURRY = (.04, .12, .2, .35, .5, .65, .8, .95)  # shares of the time given that people take to read


def load(world):
    """The notices of the file with their readers and duties."""
    positions = {row.code: row for row in Position.objects.all()}
    notices = [written(world, facts, positions) for facts in yaml.safe_load(DATA.read_text(encoding="utf-8"))]
    bulk_create_with_history(notices, Notice, default_change_reason="demo data")
    readers = [row for notice in notices if notice.published_at for row in read(world, notice)]
    NoticeReader.objects.bulk_create(row for row, _hall in readers)
    Duty.objects.bulk_create([done(row, hall) for row, hall in readers])
    ScheduleMark.objects.create(key=services.READING, through=world.now)


def written(world, facts, positions):
    """One notice as its line of the file says."""
    kind, _colon, code = facts["for"].partition(":")
    day = world.today - datetime.timedelta(days=facts["ago"])
    at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(8, 10 + world.random.randint(0, 40))))
    notice = Notice(author=world.people[facts["by"]], title=facts["title"], text=facts["text"], position=positions.get(facts.get("position")),
                    hall=world.halls[code] if kind == "hall" else None, team=world.teams[code] if kind == "team" else None,
                    read_by=day + datetime.timedelta(days=facts["days"]), published_at=None if facts.get("draft") else at)
    notice._history_date = at
    notice.state = states.DRAFT if facts.get("draft") else states.PUBLISHED
    if "ended" in facts:
        notice.state, notice.reason, notice.ended_at = states.ENDED, facts["ended"], at + datetime.timedelta(days=facts["days"] + 9)
    return notice


def read(world, notice):
    """(reader, hall) of everybody whom it was for, each with the moment at which they read it: one in nine late, some not yet."""
    given = notice.due_at - notice.published_at
    for posting in queries.audience(notice, notice.published_at.date()):
        share = world.random.choice(HURRY) if world.random.random() < .89 else 1 + world.random.random() * .8
        at = notice.published_at + given * share
        row = NoticeReader(notice=notice, employee_id=posting.employee_id, named_at=notice.published_at, due_at=notice.due_at)
        row.confirmed_at = at if at < (notice.ended_at or world.now) else None
        row.employee = posting.employee
        yield row, posting.hall


def done(row, hall):
    """The duty of one reader as it stands."""
    duty = services.duty_of(row.notice, row.employee_id, hall, row.named_at, row.due_at)
    if row.confirmed_at:
        duty.state, duty.done_at, duty.done_by_id = duty_states.LATE if row.is_late else duty_states.DONE, row.confirmed_at, row.employee.user_id
    elif row.notice.ended_at:
        duty.state, duty.done_at = duty_states.EXCUSED, row.notice.ended_at
    return duty


def append(world, first_day, last_day):
    """People who came since are asked as by the clock; nobody writes a notice by themselves."""
    plans.write_readings(world.now, world.now)
    ScheduleMark.objects.filter(key=services.READING).update(through=world.now)
