"""Whose turn it is at an appraisal: nobody else does it by page or post, and where nobody stands higher it goes on all the same (PRF-21, PRF-22)."""
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from config.accounts.actor import Actor
from performance.appraisals import chain, services, states
from performance.appraisals.models import Appraisal
from staff.duties import services as duties
from staff.duties.models import Duty
from tests.performance.appraisals.steps import OPENS, OVER, scored, turn

pytestmark = pytest.mark.django_db


def led_to_interview(sheet):
    """Scored and interviewed by the supervisor, to be signed."""
    supervisor = Actor(sheet.supervisor.user)
    services.go_on(Actor.system(chain.MONTHLY), sheet, now=OVER)
    scored(sheet, supervisor)
    services.hand_on(supervisor, sheet, now=OVER)
    services.interview(supervisor, sheet, now=OVER, strengths="a", weaknesses="b", advice="c", plan="d")
    sheet.refresh_from_db()


def test_above_the_general_manager_nobody_reviews_and_hr_files_next(people):
    duties.run(chain.SELF_REVIEW, now=OPENS)
    sheet = Appraisal.objects.get(employee=people.people["department"])
    assert sheet.supervisor == people.people["general"] and chain.reviewer_of(sheet) is None
    led_to_interview(sheet)
    services.sign(Actor(people.users["department"]), sheet, comment="", now=OVER)
    sheet.refresh_from_db()
    assert (sheet.state, turn(sheet)) == (states.HR_FILING, [("SCH-35", "hr")])


def test_who_reviews_may_review_and_is_neither_who_scored_nor_the_person(people):
    duties.run(chain.SELF_REVIEW, now=OPENS)
    for sheet in Appraisal.objects.select_related("employee", "supervisor", "department__head"):
        reviewer = chain.reviewer_of(sheet)
        if reviewer:
            assert reviewer.pk not in (sheet.employee_id, sheet.supervisor_id)
            assert reviewer.assignments.filter(role__in=("department", "general")).exists(), sheet


@pytest.mark.parametrize("verb, state, allowed", [
    ("hand_on_appraisal", states.SCORING, {"supervisor", "manager"}), ("approve_appraisal", states.DEPT_REVIEW, {"department", "general"}),
    ("file_appraisal", states.HR_FILING, {"hr"})])
def test_a_press_out_of_turn_changes_nothing(people, sheet, client_as, verb, state, allowed):
    led_to_interview(sheet)
    for name in ("supervisor", "manager", "department", "general", "hr", "sales", "colleague"):
        Appraisal.objects.filter(pk=sheet.pk).update(state=state, interviewed_at=None)
        client_as(name).post(reverse(verb, args=[sheet.pk]))
        moved = Appraisal.objects.get(pk=sheet.pk).state != state
        assert moved == (name in allowed), name


def test_a_form_out_of_turn_is_led_back_and_what_is_sent_is_refused(people, sheet, client_as):
    for name, verb in (("supervisor", "score_appraisal"), ("department", "score_appraisal"), ("manager", "self_review"), ("hr", "interview")):
        client, address = client_as(name), reverse(verb, args=[sheet.pk])
        assert client.get(address).headers["Location"] == reverse("appraisal", args=[sheet.pk]), name
        before = Appraisal.objects.filter(pk=sheet.pk).values().get()
        said = dict.fromkeys(("facts", "strengths", "weaknesses", "advice", "plan"), "x")
        assert client.post(address, {"version": sheet.version} | said).status_code == 422
        assert Appraisal.objects.filter(pk=sheet.pk).values().get() == before, name


@pytest.mark.req("PRF-14")
def test_on_the_eleventh_every_unfinished_appraisal_is_overdue(people, sheet, client_as):
    duties.run(chain.MONTHLY, now=OVER)
    waiting = Appraisal.objects.count()
    for moment, late in ((sheet.due_at - timedelta(minutes=1), 0), (sheet.due_at + timedelta(minutes=1), waiting)):
        with time_machine.travel(moment, tick=False):
            open_and_late = Duty.objects.filter(schedule=chain.MONTHLY, state="open", due_at__lt=moment).count()
            page = client_as("hr").get(reverse("appraisals")).content.decode()
            assert open_and_late == late and ("st--late" in page) == bool(late)
    with time_machine.travel(sheet.due_at + timedelta(minutes=1), tick=False):
        assert 'id="late"' in client_as(sheet.supervisor.user.username).get(reverse("home")).content.decode()


def test_scoring_begins_with_the_new_month_also_for_who_submitted_early(people, sheet):
    services.submit(Actor(people.users["sales"]), sheet, levels={}, facts="Sold", difficulties="", next_month="", now=OPENS)
    duty = Duty.objects.get(record_id=sheet.pk, kind="appraisal", state="open")
    assert (duty.schedule, duty.starts_at.day, duty.employee) == (chain.MONTHLY, 31, sheet.supervisor)  # midnight in the hall, by UTC


def test_the_forms_ask_for_every_indicator(people, sheet, client_as):
    page = client_as("sales").get(reverse("self_review", args=[sheet.pk])).content.decode()
    services.go_on(Actor.system(chain.MONTHLY), sheet, now=OVER)
    scoring = client_as(sheet.supervisor.user.username).get(reverse("score_appraisal", args=[sheet.pk])).content.decode()
    anchored = 0
    for row in sheet.scores.all():
        level, points = f'name="level_{row.pk}"', f'name="points_{row.pk}"'
        assert (level in scoring) != (points in scoring) and f'name="ground_{row.pk}"' in scoring
        assert (level in page) == (level in scoring)
        anchored += level in scoring
    assert anchored
