"""The month that the tests of appraisals go through."""
from datetime import timedelta

import pytest

from performance.appraisals import chain
from performance.appraisals.models import Appraisal
from staff.duties import services as duties
from staff.duties.models import ScheduleMark
from staff.organisation.models import Posting
from tests.performance.appraisals.steps import OPENS


@pytest.fixture
def people(cast):
    """Everybody was posted before the month, and the clock last came in the evening before the self-review opens."""
    Posting.objects.update(starts_on="2026-01-01")
    for key in (chain.SELF_REVIEW, chain.MONTHLY):
        ScheduleMark.objects.create(key=key, through=OPENS - timedelta(hours=1))
    return cast


@pytest.fixture
def sheet(people):
    """The sheet of `sales` for the month."""
    duties.run(chain.SELF_REVIEW, now=OPENS)
    return Appraisal.objects.get(employee=people.people["sales"])
