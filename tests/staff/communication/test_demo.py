"""The demo's year of notices, board, duty sheets and requests: all the pages of these rooms have something to show."""
import datetime

import pytest
from django.core.management import call_command
from django.test import override_settings

from config.contributions import demo
from staff.communication.board.models import BoardEntry, BoardMark, BoardTopic
from staff.communication.notices.models import Notice, NoticeReader
from staff.communication.sheets.models import SheetReading
from staff.duties.models import Duty
from staff.teamwork.models import RequestPart, WorkRequest

DAY = datetime.date(2026, 3, 4)
PARTS = {"organisation", "notices", "board", "duty-sheets", "requests"}


@pytest.fixture
def loaded(db, monkeypatch):
    """The demo of these rooms alone, and on a second call its next day."""
    parts = [part for part in demo.in_order() if part.key in PARTS]
    monkeypatch.setattr(demo, "in_order", lambda: parts)

    def run(day):
        with override_settings(DEMO=True):
            call_command("demo", today=day, verbosity=0)
    run(DAY)
    return run


def test_every_state_of_every_list_is_there_and_duties_agree_with_the_records(loaded):
    assert set(Notice.objects.values_list("state", flat=True)) == set(Notice.State.values)
    assert set(BoardEntry.objects.values_list("state", flat=True)) == set(BoardEntry.State.values)
    assert set(WorkRequest.objects.values_list("state", flat=True)) >= {"sent", "declined", "in_work", "closed"}
    assert RequestPart.objects.exists() and BoardMark.objects.exists() and BoardTopic.objects.exists()
    for rows in (NoticeReader.objects, SheetReading.objects):
        assert rows.filter(confirmed_at=None).exists() and rows.exclude(confirmed_at=None).count() > rows.count() / 2
    done = {"done", "late"}
    for kind, count in (("notice", NoticeReader.objects.exclude(confirmed_at=None).count()),
                        ("sheet_reading", SheetReading.objects.exclude(confirmed_at=None).count())):
        assert Duty.objects.filter(kind=kind, state__in=done).count() == count
    assert Duty.objects.filter(kind="work_request", schedule="request-answer", state="open").count() == WorkRequest.objects.filter(state="sent").count()


def test_it_goes_on_to_the_next_day(loaded):
    before = WorkRequest.objects.count(), Notice.objects.count(), BoardEntry.objects.count()
    loaded(DAY + datetime.timedelta(days=1))
    assert (WorkRequest.objects.count(), Notice.objects.count(), BoardEntry.objects.count()) == before
