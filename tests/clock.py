"""The clock of the tests, which may be ahead of the machine's."""
import os
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine
from django.conf import settings

NIGHT, MORNING, FORENOON = 22, 3, timedelta(hours=10)  # by the halls' clock, and how far the tests' clock is ahead then
AHEAD = "HALLKEEPER_TESTS_DAYS_AHEAD"  # another day of the week or month, to see that the tests hold on it too


def forenoon():
    """Let it be forenoon in the halls while the night would part "ten minutes ago" from "today": what tests make lies an hour or two around
    now, and what a day's end does has tests with moments of their own. Returns what stops it, or None where the machine's clock will do."""
    now = datetime.now(ZoneInfo(settings.TIME_ZONE))
    ahead = timedelta(days=int(os.environ.get(AHEAD, 0)))
    if now.hour >= NIGHT or now.hour < MORNING:
        ahead += FORENOON
    if not ahead:
        return None
    day = time_machine.travel(now + ahead, tick=True)
    day.start()
    return day
