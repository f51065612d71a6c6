"""Suggestions of employees: sent to a department, answered in time by its head or whoever gets it, made an improvement item (REC-76)."""
from datetime import timedelta

import pytest
from django.urls import reverse

from config.errors import Refused
from config.web.oneoff import new_key
from staff.duties.models import Duty
from staff.improvement import services as improvement
from staff.improvement.models import Action
from staff.improvement.suggestions import plans, services, states
from staff.improvement.suggestions.models import Suggestion
from staff.notifications.models import Notification
from staff.regulation.models import ParameterValue

DAY = timedelta(days=1)


@pytest.fixture
def cast(cast):
    """The company, whose first department has its head."""
    department = cast.hall.department
    department.head = cast.people["department"]
    department.save()
    return cast


def suggested(cast, by="sales", now=None):
    """A suggestion to the first department."""
    return services.suggest(cast.actor(by), topic="service", title="Books for children", content="", grounds="Parents wait", now=now or cast.now,
                            department=cast.people["department"].postings.get().department)


def answered(cast, row, outcome="accepted", by="department"):
    return services.answer(cast.actor(by), row, outcome=outcome, reply="From next month on", now=cast.now)


def test_any_employee_suggests_and_sees_the_answer_which_is_due_within_the_days_of_the_regulation(cast, client_as):
    sent = {"topic": "service", "title": "Books for children", "department": cast.hall.department_id, "one_off_key": new_key()}
    url = client_as("sales").post(reverse("new_suggestion"), sent).url
    row, duty = Suggestion.objects.get(), Duty.objects.get()
    assert (duty.employee, duty.schedule, duty.due_at) == (cast.people["department"], services.ANSWER, row.due_at)
    assert row.due_at.astimezone().date() <= cast.today + 11 * DAY
    assert client_as("sales").get(reverse("answer_suggestion", args=[row.pk])).status_code == 404
    client_as("department").post(reverse("answer_suggestion", args=[row.pk]), {"outcome": "rejected", "reply": "No room for it"})
    page = client_as("sales").get(url).content.decode()
    assert "No room for it" in page and "not taken up" in page
    assert Notification.objects.filter(user=cast.users["sales"], kind=services.TOLD).count() == 1
    assert Duty.objects.get().state == "done"


def test_an_answer_is_due_within_the_days_that_the_regulation_gives_the_hall(cast):
    usual = suggested(cast).due_at
    ParameterValue.objects.create(key="suggestion_reply_days", value=2, hall=cast.hall, valid_from=cast.today, reason="sooner")
    assert suggested(cast).due_at == improvement.end_of(cast.today + 2 * DAY, cast.hall) < usual


def test_the_list_shows_the_state_and_the_overdue_answer(cast, client_as):
    suggested(cast)
    Suggestion.objects.update(due_at=cast.now - DAY)
    for who in ("sales", "department"):
        assert "answer overdue" in client_as(who).get(reverse("suggestions"), {"late": "on"}).content.decode()
    assert "Books for children" not in client_as("agent").get(reverse("suggestions")).content.decode()


def test_the_head_hands_it_to_somebody_else_than_who_suggested_it(cast):
    row = suggested(cast)
    with pytest.raises(Refused, match="suggested it"):
        services.assign(cast.actor("department"), row, person=cast.people["sales"], now=cast.now)
    services.assign(cast.actor("department"), row, person=cast.people["manager"], now=cast.now)
    assert {(duty.employee.user.username, duty.state) for duty in Duty.objects.all()} == {("department", "excused"), ("manager", "open")}
    services.assign(cast.actor("manager"), row, person=cast.people["department"], now=cast.now)
    assert {(duty.employee.user.username, duty.state) for duty in Duty.objects.all()} == {("department", "open"), ("manager", "excused")}


def test_what_the_head_suggests_is_answered_by_who_stands_above(cast):
    row = suggested(cast, by="department")
    assert (row.assigned_to, row.state) == (cast.people["general"], states.ASSIGNED)
    with pytest.raises(Refused, match="their own suggestion"):
        answered(cast, row)


def test_only_the_addressee_answers_and_once(cast):
    row = suggested(cast)
    for who in ("manager", "colleague", "department2"):
        with pytest.raises(Refused, match="not addressed to you"):
            answered(cast, row, by=who)
    answered(cast, row)
    with pytest.raises(Refused, match="answered"):
        answered(cast, row)


def test_one_press_makes_an_improvement_item_of_it_once_and_of_none_that_was_not_taken_up(cast, client_as):
    row, url = suggested(cast), reverse("take_up_suggestion", args=[suggested(cast, by="agent").pk])
    answer = [client_as("department").post(url) for _press in range(2)]
    item = Action.objects.get()
    assert answer[0].url == reverse("improvement", args=[item.pk])
    assert (item.source, item.problem, item.owner, item.hall) == ("suggestion", "Books for children", cast.people["department"], cast.hall)
    answered(cast, row, outcome="rejected")
    with pytest.raises(Refused, match="nothing to carry out"):
        services.take_up(cast.actor("department"), row, now=cast.now)


def test_a_department_where_nobody_answers_gets_none(cast):
    cast.hall.department.head = None
    cast.hall.department.save()
    with pytest.raises(Refused, match="Nobody answers there"):
        suggested(cast)
    assert not Suggestion.objects.exists()


def test_after_a_change_of_head_the_clock_asks_the_new_one_once(cast):
    suggested(cast)
    Duty.objects.all().delete()
    cast.hall.department.head = cast.people["manager"]
    cast.hall.department.save()
    assert (plans.write_answers(cast.now, cast.now), plans.write_answers(cast.now, cast.now)) == (1, 0)
    assert Duty.objects.get().employee == cast.people["manager"]


def test_a_suggestion_is_seen_by_who_made_it_their_superiors_and_who_answers(cast, client_as):
    url = reverse("suggestion", args=[suggested(cast).pk])
    codes = {"sales": 200, "supervisor": 200, "manager": 200, "department": 200, "research": 200, "colleague": 404, "manager2": 404, "admin": 403}
    assert {name: client_as(name).get(url).status_code for name in codes} == codes
