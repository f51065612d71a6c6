"""Sample data on request: one command fills an empty database, and everything can be seen at once (GEN-27)."""
import datetime
import re

import pytest
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone

from config.accounts.models import User
from config.management.commands.gallery import PICTURES
from facilities.cleaning.models import CleaningRound
from performance.appraisals.models import Appraisal
from reception.followups.models import FollowUp
from reception.visits.models import Visit
from staff.communication.notices.models import Notice
from staff.duties.models import Duty
from staff.duties.plans import PLANS
from staff.organisation.matrix import ROLES
from staff.organisation.models import Assignment, Hall
from staff.regulation.models import HallDay, NationalDay
from staff.shifts.models import Shift
from staff.teamwork.models import WorkRequest
from tests.cast import signed_in

RIGHTLY_EMPTY = {"drafts", "jobs", "saved_views", "left_open", "locked_names", "team_locked_names"}
"""Pages of what goes wrong or is one's own: a half-typed text, a long work under way, a lock."""
FIGURE = re.compile(r'class="[^"]*\bnum\b[^"]*"[^>]*>\s*[0-9]')
MONTHS = {  # what lives through the year, and the moment by which it counts
    Visit: "arrived_at", FollowUp: "due_at", CleaningRound: "due_at", WorkRequest: "sent_at", Duty: "due_at", Shift: "starts_at",
}


def months_of(model, field):
    """The months of which there are records, up to now."""
    rows = model.objects.filter(**{f"{field}__lte": timezone.now(), f"{field}__gte": timezone.now() - datetime.timedelta(days=366)})
    return set(rows.annotate(month=TruncMonth(field)).values_list("month", flat=True))


@pytest.mark.req("GEN-27")
def test_a_command_fills_an_empty_database_and_every_page_of_figures_shows_numbers(demo_company):
    today = timezone.localdate()
    assert {hall.kind for hall in Hall.objects.open_on(today)} == set(Hall.Kind.values)
    assert {row.role for row in Assignment.objects.filter(employee__user__is_active=True)} | {"trainee"} == set(ROLES)
    short = {model.__name__: len(found) for model, field in MONTHS.items() if len(found := months_of(model, field)) < 12}
    assert short == {}
    assert Notice.objects.filter(published_at__lt=timezone.now() - datetime.timedelta(days=330)).exists() and Notice.objects.count() > 12
    assert Appraisal.objects.order_by().values("period").distinct().count() >= 12
    made = set(Duty.objects.values_list("schedule", flat=True))
    assert {plan.key for plan in PLANS.all()} - made <= {"SCH-34"}  # self-reviews are open in the last days of a month alone
    assert HallDay.objects.filter(day__gte=today).count() >= 3 and NationalDay.objects.filter(day__year=today.year).count() > 20
    wrong = {}
    for picture in PICTURES:
        if picture.at or not picture.user or picture.name in RIGHTLY_EMPTY:
            continue
        answer = signed_in(User.objects.get(username=picture.user)).get(reverse(picture.name))
        text = answer.content.decode()
        main = text[text.find("<main"):]
        if answer.status_code != 200 or 'class="empty' in main:
            wrong[picture.name] = answer.status_code
    assert wrong == {}
    for name, user in (("visit_figures", "manager"), ("visit_figures", "general"), ("board", "reception"), ("rounds", "logistics"), ("appraisals", "hr")):
        text = signed_in(User.objects.get(username=user)).get(reverse(name)).content.decode()
        assert FIGURE.search(text[text.find("<main"):]), (name, user)
