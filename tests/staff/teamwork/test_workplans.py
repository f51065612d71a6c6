"""Work plans of halls and teams by month and year, opened by the clock, and the tasks of people that come of them (STF-06, SCH-40)."""
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import close_old_connections
from django.urls import reverse

from config.accounts.actor import Actor
from config.errors import Changed, Refused
from config.web.oneoff import new_key
from config.web.periods import Period
from staff.duties import services as duties
from staff.duties.models import Duty, ScheduleMark
from staff.organisation.models import Employee
from staff.teamwork.services import end_of
from staff.teamwork.workplans import dates, planning, services, states
from staff.teamwork.workplans.models import PlanTask, WorkPlan
from tests.cast import build

DAY = timedelta(days=1)


@pytest.fixture
def cast(cast):
    """The company, whose first hall has its manager named."""
    cast.hall.manager = cast.people["manager"]
    cast.hall.save()
    return cast


def this_month(cast):
    return Period.of("month", cast.today)


def plan_of(cast, by="manager", team=None, **facts):
    """The plan of the first hall, or of a team of it, for this month."""
    plan = services.begin(cast.actor(by), hall=cast.hall, team=team, period=this_month(cast), now=facts.pop("now", cast.now))
    return services.set_goal(cast.actor(by), plan, goal="Five per cent more")


def task_of(cast, plan, owner="sales", by="manager", **facts):
    return services.add_task(cast.actor(by), plan, text="Call twenty customers", owner=cast.people[owner],
                             **{"due_on": this_month(cast).last, "now": cast.now} | facts)


@pytest.fixture
def running(cast):
    """The plan of the hall with a task of `sales`, set."""
    plan = plan_of(cast)
    task_of(cast, plan)
    return services.set_plan(cast.actor("manager"), plan, now=cast.now)


def opened(moment, since=None):
    """Let the clock run up to a moment, from a day before."""
    return planning.write_plans(since or moment - DAY, moment)


@pytest.mark.req("STF-06")
def test_the_plan_of_this_month_shows_its_progress_from_the_hall_over_the_team_to_the_tasks_and_a_missing_one_is_overdue(cast, client_as):
    month, team = this_month(cast), cast.teams["sales-one"]
    opened(dates.opens(month, cast.hall) + timedelta(hours=1))
    leads, supervises = client_as("manager"), client_as("supervisor")
    hall_plan, team_plan = WorkPlan.objects.get(hall=cast.hall, team=None), WorkPlan.objects.get(team=team)
    page = leads.get(reverse("work_plans"), {"period": "month"}).content.decode()  # the hall and its two teams; the filter says it, too
    assert page.count("missing, overdue") == 3 + 1 and hall_plan.due_at == end_of(dates.month_before(month).replace(day=28), cast.hall)
    assert reverse("work_plan", args=[team_plan.pk]) in supervises.get(reverse("home")).content.decode()
    for client, plan, owner in ((leads, hall_plan, "supervisor"), (supervises, team_plan, "sales")):
        client.post(reverse("plan_goals", args=[plan.pk]), {"goal": "Five per cent more"})
        serves = {"serves": PlanTask.objects.get(plan=hall_plan).pk} if plan == team_plan else {}
        client.post(reverse("new_plan_task", args=[plan.pk]), serves | {
            "text": f"Task of {owner}", "owner": cast.people[owner].number, "due_on": month.last.isoformat(), "one_off_key": new_key()})
        client.post(reverse("set_plan", args=[plan.pk]))
    does, task = client_as("sales"), PlanTask.objects.get(plan=team_plan)
    assert task.serves.plan == hall_plan and task.owner == cast.people["sales"]
    assert reverse("plan_task", args=[task.pk]) in does.get(reverse("home")).content.decode()
    assert "0 / 1" in leads.get(reverse("work_plan", args=[hall_plan.pk])).content.decode()
    does.post(reverse("finish_plan_task", args=[task.pk]), {"result": "All called"})
    assert "1 / 1" in leads.get(reverse("work_plans"), {"period": "month", "of": "teams"}).content.decode()
    page = leads.get(reverse("work_plan", args=[hall_plan.pk])).content.decode()
    assert reverse("work_plan", args=[team_plan.pk]) in page and "1 / 1" in page
    leads.post(reverse("review_plan", args=[hall_plan.pk]), {"note": "Reached"})
    hall_plan.refresh_from_db()
    assert (hall_plan.state, hall_plan.review_note, hall_plan.reviewed_by) == (states.REVIEWED, "Reached", cast.people["manager"])
    assert reverse("plan_task", args=[task.pk]) not in does.get(reverse("home")).content.decode()


def test_planning_opens_on_its_day_with_a_duty_of_manager_and_supervisor_and_twice_makes_nothing(cast):
    opens = dates.opens(Period.read("2031-05"), cast.hall)
    assert (opens.month, opens.day) == (4, 20)
    assert opened(opens - timedelta(minutes=1)) == 0
    made = opened(opens)
    asked = {(duty.employee.user.username, duty.slot) for duty in Duty.objects.filter(schedule="SCH-40")}
    assert {("manager", "2031-05"), ("supervisor", "2031-05")} <= asked and made == Duty.objects.count() == 4
    assert [opened(opens + n * DAY, since=opens - DAY) for n in (0, 1, 2)] == [0, 0, 0]
    assert WorkPlan.objects.filter(hall=cast.hall).count() == 3 and not WorkPlan.objects.exclude(period="2031-05").exists()
    assert {duty.due_at for duty in Duty.objects.filter(hall=cast.hall)} == {end_of(date(2031, 4, 28), cast.hall)}


def test_the_year_is_planned_from_the_first_of_december(cast):
    opened(datetime(2030, 12, 1, 12, tzinfo=UTC))
    assert set(WorkPlan.objects.values_list("period", flat=True)) == {"2031"}
    assert WorkPlan.objects.get(hall=cast.hall, team=None).due_at == end_of(date(2030, 12, 28), cast.hall)


def test_after_months_without_a_clock_every_plan_is_there_once(cast):
    ScheduleMark.objects.create(key="SCH-40", through=datetime(2030, 10, 1, tzinfo=UTC))
    assert duties.run("SCH-40", now=datetime(2031, 1, 25, tzinfo=UTC))
    periods = list(WorkPlan.objects.filter(hall=cast.hall, team=None).order_by("pk").values_list("period", flat=True))
    assert sorted(periods) == ["2030-11", "2030-12", "2031", "2031-01", "2031-02"]
    assert duties.run("SCH-40", now=datetime(2031, 1, 26, tzinfo=UTC)) == 0


def test_the_days_of_planning_follow_the_parameters_of_the_hall(cast):
    from staff.regulation.models import ParameterValue

    ParameterValue.objects.create(key="planning_open_day", value=5, hall=cast.hall, valid_from=date(2030, 1, 1))
    ParameterValue.objects.create(key="monthly_plan_due_day", value=9, hall=cast.hall, valid_from=date(2030, 1, 1))
    month = Period.read("2031-05")
    assert dates.opens(month, cast.hall).day == 5 and dates.due(month, cast.hall) == end_of(date(2031, 4, 9), cast.hall)
    assert dates.opens(month, cast.other_hall).day == 20


def test_a_plan_without_goals_or_tasks_is_not_set(cast):
    plan = services.begin(cast.actor("manager"), hall=cast.hall, team=None, period=this_month(cast), now=cast.now)
    with pytest.raises(Refused, match="no goals yet"):
        services.set_plan(cast.actor("manager"), plan, now=cast.now)
    services.set_goal(cast.actor("manager"), plan, goal="More")
    with pytest.raises(Refused, match="no task yet"):
        services.set_plan(cast.actor("manager"), plan, now=cast.now)
    assert Duty.objects.get().state == "open"


def test_setting_the_plan_ends_its_duty_and_makes_the_tasks_duties_of_their_people(cast, running):
    rows = {(duty.schedule, duty.employee.user.username): duty.state for duty in Duty.objects.all()}
    assert rows == {(services.PLANNING, "manager"): "done", (services.TASK, "sales"): "open"}
    late = task_of(cast, running, owner="reception")
    assert Duty.objects.get(record_id=late.pk, schedule=services.TASK).employee == cast.people["reception"]
    with pytest.raises(Refused, match="set"):
        services.set_plan(cast.actor("manager"), running, now=cast.now)


def test_a_task_of_a_coming_month_begins_with_the_month(cast):
    coming = this_month(cast).next()
    plan = services.begin(cast.actor("manager"), hall=cast.hall, team=None, period=coming, now=cast.now)
    services.set_goal(cast.actor("manager"), plan, goal="More")
    task_of(cast, plan, due_on=coming.first)
    services.set_plan(cast.actor("manager"), plan, now=cast.now)
    duty = Duty.objects.get(schedule=services.TASK)
    assert (duty.starts_at, duty.due_at) == (end_of(this_month(cast).last, cast.hall), end_of(coming.first, cast.hall))
    with pytest.raises(Refused, match="not begun"):
        services.review(cast.actor("manager"), plan, note="x", now=cast.now)


def test_a_task_vanishes_from_my_day_only_by_being_done_or_excused(cast, running, client_as):
    task = PlanTask.objects.get()
    url, does = reverse("plan_task", args=[task.pk]), client_as("sales")
    services.review(cast.actor("manager"), running, note="Nearly", now=cast.now)
    assert url in does.get(reverse("home")).content.decode()
    does.post(reverse("drop_plan_task", args=[task.pk]), {"reason": "No time"})
    assert url in does.get(reverse("home")).content.decode()
    services.drop_task(cast.actor("manager"), task, reason="Not needed any more", now=cast.now)
    assert url not in does.get(reverse("home")).content.decode()
    duty = Duty.objects.get(schedule=services.TASK)
    assert (duty.state, duty.reason) == ("excused", "Not needed any more")


def test_nobody_drops_a_task_of_their_own_and_only_the_owner_or_the_leader_finishes_one(cast):
    plan = plan_of(cast)
    mine, other = task_of(cast, plan, owner="manager"), task_of(cast, plan)
    services.set_plan(cast.actor("manager"), plan, now=cast.now)
    with pytest.raises(Refused, match="of their own"):
        services.drop_task(cast.actor("manager"), mine, reason="x", now=cast.now)
    with pytest.raises(Refused, match="does this task"):
        services.finish_task(cast.actor("reception"), other, result="", now=cast.now)
    services.finish_task(cast.actor("manager"), other, result="", now=cast.now)
    with pytest.raises(Refused, match="done"):
        services.finish_task(cast.actor("sales"), other, result="", now=cast.now)


def test_a_task_lies_within_the_period_and_has_somebody_on_duty(cast):
    plan, month = plan_of(cast), this_month(cast)
    with pytest.raises(Refused, match="outside the period"):
        task_of(cast, plan, due_on=month.next().first)
    Employee.objects.filter(pk=cast.people["sales"].pk).update(state=Employee.State.TRAINING)
    cast.people["sales"].refresh_from_db()
    with pytest.raises(Refused, match="not on duty"):
        task_of(cast, plan)
    other = services.begin(cast.actor("manager2"), hall=cast.other_hall, team=None, period=month, now=cast.now)
    stranger = task_of(cast, other, owner="sales2", by="manager2")
    with pytest.raises(Refused, match="plan above"):
        task_of(cast, plan, owner="reception", serves=stranger)


@pytest.mark.parametrize("who", ["supervisor", "sales", "manager2", "hr"])
def test_the_plan_of_a_hall_is_made_by_who_leads_it(cast, who):
    plan = plan_of(cast)
    with pytest.raises(Refused, match="made by who leads"):
        services.set_goal(cast.actor(who), plan, goal="Mine")
    with pytest.raises(Refused, match="not yours to plan"):
        services.begin(cast.actor(who), hall=cast.hall, team=None, period=this_month(cast).next(), now=cast.now)


def test_no_task_is_due_on_a_past_day_and_none_is_done_before_its_plan_is_set(cast):
    plan = plan_of(cast)
    with pytest.raises(Refused, match="day is past"):
        services.add_task(cast.actor("manager"), plan, text="Call them", owner=cast.people["sales"], due_on=cast.today, now=cast.now + timedelta(days=1))
    task = task_of(cast, plan)
    with pytest.raises(Refused, match="not set yet"):
        services.finish_task(cast.actor("sales"), task, result="Called", now=cast.now)
    task.refresh_from_db()
    assert task.ended_at is None


def test_two_windows_on_the_goals_do_not_overwrite_each_other(cast):
    plan = plan_of(cast)
    services.set_goal(cast.actor("manager"), plan, goal="First", version=plan.version)
    with pytest.raises(Changed):
        services.set_goal(cast.actor("manager"), plan, goal="Second", version=plan.version)
    assert WorkPlan.objects.get().goal == "First"


def test_a_plan_is_opened_once_whoever_does_it(cast):
    opened(dates.opens(this_month(cast), cast.hall))
    assert plan_of(cast) == WorkPlan.objects.get(hall=cast.hall, team=None)


def test_a_plan_is_seen_by_who_leads_it_and_by_those_who_have_a_task_in_it(cast, running, client_as):
    url = reverse("work_plan", args=[running.pk])
    codes = {"sales": 200, "manager": 200, "supervisor": 200, "department": 200, "general": 200, "hr": 200, "colleague": 404, "manager2": 404, "admin": 403}
    assert {name: client_as(name).get(url).status_code for name in codes} == codes


def test_a_plan_whose_manager_is_named_later_is_asked_of_them(cast):
    cast.hall.manager = None
    cast.hall.save()
    opens = dates.opens(Period.read("2031-05"), cast.hall)
    opened(opens)
    assert not Duty.objects.filter(employee=cast.people["manager"]).exists()
    cast.hall.manager = cast.people["manager"]
    cast.hall.save()
    opened(opens + DAY)
    assert Duty.objects.filter(employee=cast.people["manager"], schedule="SCH-40").count() >= 1


def test_the_clock_makes_the_missing_duty_of_a_task_once(cast, running):
    Duty.objects.filter(schedule=services.TASK).delete()
    assert (planning.write_tasks(cast.now, cast.now), planning.write_tasks(cast.now, cast.now)) == (1, 0)
    Duty.objects.filter(schedule=services.TASK).update(state="excused", done_at=cast.now)
    assert planning.write_tasks(cast.now, cast.now) == 0


def test_of_two_who_set_a_plan_at_once_one_is_told_so_and_its_tasks_are_asked_once(transactional_db, now):
    cast = build(now)
    plan = plan_of(cast)
    task_of(cast, plan)
    gate, refused = threading.Barrier(2), []

    def run(who):
        gate.wait()
        try:
            services.set_plan(Actor(cast.users[who]), plan, now=now)
        except Refused as refusal:
            refused.append(str(refusal))
        finally:
            close_old_connections()

    threads = [threading.Thread(target=run, args=[who]) for who in ("manager", "department")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1 and WorkPlan.objects.get().state == states.SET
    assert Duty.objects.filter(schedule=services.TASK).count() == 1
