"""What rows of the chapter say is seen, through the pages as the people themselves: promise, routing, the way upwards, what customers see, praise."""
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from complaints.analysis import figures, scopes
from complaints.handling.facts import ComplaintRoute
from complaints.handling.models import Complaint
from complaints.handling.services import timing
from config.web import oneoff
from reception.promises.models import Promise
from staff.organisation.models import Department
from tests.complaints.acts import Walk, led_to, taken

pytestmark = pytest.mark.django_db


def do(client, name, pk, **typed):
    """Send a form that is sent once; the page it leads to."""
    answer = client.post(reverse(name, args=[pk]), {"one_off_key": oneoff.new_key(), **typed})
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    return client.get(answer["Location"]).content.decode()


def page(client, name, *keys, **asked):
    answer = client.get(reverse(name, args=keys), asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.req("CMP-05")
def test_the_dashboard_counts_what_is_open_by_the_time_left_until_its_promise(cast, as_role):
    left = {"over": -2, "d1": .5, "d3": 2, "d7": 5, "later": 20}
    for key, days in left.items():
        for _n in range(2 if key == "over" else 1):
            Complaint.objects.filter(pk=taken(cast).pk).update(solve_due_at=cast.now + timedelta(days=days))
    browser = as_role("manager")
    shown = browser.get(reverse("complaint_dashboard"))
    chart = next(one for one in shown.context["tables"] if one.key == "left")
    assert [bar.values[0] for bar in chart.bars] == [2, 1, 1, 1, 1]
    for bar in chart.bars:
        assert browser.get(bar.urls[0]).context["page"].total == bar.values[0]
    assert browser.get(reverse("complaint_figure_records"), {"figure": "open", "left": "soon"}).status_code == 404
    scope = scopes.scope_of(cast.users["manager2"])
    assert figures.standing(scope, cast.now)[3] == {}  # nothing of another hall


@pytest.mark.req("CMP-05")
def test_the_promise_of_a_complaint_stands_in_the_ledger_passes_to_its_handler_and_is_kept_by_the_solution(cast, as_role):
    customer = cast.customer_for()
    browser = as_role("manager")
    answer = browser.post(reverse("new_complaint"), {
        "one_off_key": oneoff.new_key(), "kind": "complaint", "channel": "counter", "who": customer.name, "customer": customer.pk, "hall": cast.hall.pk,
        "matter": "门关不上", "impact": "low", "urgency": "low", "apologised": "on", "promised": "on", "promised_manner": "经理回电"})
    assert answer.status_code == 302, answer.context["form"].errors
    row, promise = Complaint.objects.get(), Promise.objects.get()
    assert (promise.due_at, promise.owner, promise.record_id) == (row.promised_until, cast.people["manager"], row.pk)
    walk = Walk(cast, row)
    walk.to("assigned")
    promise.refresh_from_db()
    assert promise.owner == Complaint.objects.get().handler == cast.people["agent"]
    walk.to("implemented")
    promise.refresh_from_db()
    assert promise.state == Promise.State.KEPT


@pytest.mark.req("CMP-07")
def test_a_complaint_goes_to_handler_and_department_and_the_department_answers_in_the_record(cast, as_role):
    row, people = led_to(cast, "acknowledged"), cast.people
    shown = do(as_role("supervisor"), "assign_complaint", row.pk, handler=people["agent"].number, department=Department.objects.get(code="sales-department").pk,
               note="货运")
    route = ComplaintRoute.objects.get(complaint=row)
    assert (route.handler, route.department.code, route.by) == (people["agent"], "sales-department", people["supervisor"])
    assert "货运" in shown
    shown = do(as_role("agent"), "answer_complaint_route", route.pk, answer="货车装载不当，已更换承运人")
    route.refresh_from_db()
    assert (route.answered_by, bool(route.answered_at)) == (people["agent"], True)
    for reader in ("agent", "manager"):
        assert "货车装载不当" in page(as_role(reader), "complaint", row.pk)
    assert as_role("manager2").get(reverse("complaint", args=[row.pk])).status_code == 404


@pytest.mark.req("CMP-08")
def test_one_click_upwards_puts_it_on_the_superiors_list_and_the_instruction_stands_in_the_record(cast, as_role):
    row, other = led_to(cast, "investigating"), led_to(cast, "investigating")
    do(as_role("agent"), "report_complaint_up", row.pk, note="客户要找媒体")
    row.refresh_from_db()
    superior = next(name for name, person in cast.people.items() if person == row.escalated_to)
    listed = page(as_role(superior), "complaints", escalated="on")
    assert row.number in listed
    assert other.number not in listed
    shown = do(as_role(superior), "instruct_complaint", row.pk, text="今天上门，我一起去")
    assert "今天上门" in shown
    assert "今天上门" in page(as_role("agent"), "complaint", row.pk)
    every = page(as_role("manager"), "complaints")
    assert row.number in every
    assert other.number in every  # the manager sees all of the hall


@pytest.mark.req("CMP-15")
def test_with_code_and_last_digits_the_customer_sees_each_state_and_what_was_told_and_when(cast):
    row = taken(cast)
    walk = Walk(cast, row)
    browser, stages = Client(), []
    for state in ("registered", "investigating", "proposed", "implemented"):
        walk.to(state)
        answer = browser.post(reverse("track"), {"code": row.public_code, "digits": "8123"})
        stages.append(browser.get(answer["Location"]).context["stage"].title)
    assert len(set(stages)) == 4
    walk.row.refresh_from_db()
    timing.tell(cast.actor("agent"), walk.row, method="phone", text="师傅周六上午九点到", now=cast.now)
    walk.row.refresh_from_db()
    assert "师傅周六上午九点到" in browser.get(answer["Location"]).content.decode()
    assert walk.row.entries.get(kind="told", text="师傅周六上午九点到").at == cast.now
    assert walk.row.update_due_at > cast.now  # the next report is due again


@pytest.mark.req("CMP-21")
def test_suggestions_and_praise_stand_in_the_same_register_and_praise_on_the_page_of_whom_it_names(cast, as_role):
    browser = as_role("agent")
    for kind in ("complaint", "suggestion", "praise"):
        answer = browser.post(reverse("new_complaint"), {
            "one_off_key": oneoff.new_key(), "kind": kind, "channel": "counter", "who": "王先生", "hall": cast.hall.pk, "matter": f"说的是{kind}",
            "impact": "low", "urgency": "low", "apologised": "on", "promised": "on", "promised_manner": "回电", "people": [cast.people["sales"].pk]})
        assert answer.status_code == 302, answer.context["form"].errors
    assert set(Complaint.objects.values_list("kind", flat=True)) == {"complaint", "suggestion", "praise"}
    assert not Complaint.objects.get(kind="praise").people.get().complained_about
    light = page(as_role("manager"), "complaints", kind="light")
    assert "说的是praise" in light
    assert "说的是suggestion" in light
    assert "说的是complaint" not in light
    for reader in ("sales", "manager"):
        shown = page(as_role(reader), "person", cast.people["sales"].pk)
        assert "说的是praise" in shown
        assert "说的是complaint" not in shown
    assert "说的是praise" not in page(as_role("manager"), "person", cast.people["colleague"].pk)


def test_the_page_of_a_visit_shows_the_complaints_of_it_to_whom_may_see_them(cast, as_role):
    visit = cast.visit_for()
    row = taken(cast, source=("visit", visit.pk))
    assert row.number in page(as_role("manager"), "visit", visit.pk)
    row.people.create(employee=cast.people["manager"], complained_about=True)
    assert row.number not in page(as_role("manager"), "visit", visit.pk)
