"""What rows of the chapter say is refused, listed or counted, through the pages as the people themselves: who is responsible, who may not take part,
measures that are late, the call afterwards, the end."""
from datetime import timedelta

import pytest
from django.urls import reverse

from complaints.handling import states
from complaints.handling.models import Complaint
from complaints.handling.solving import SolutionMeasure
from config.web import oneoff
from reception.followups.models import FollowUp
from staff.improvement.models import Action
from tests.complaints.acts import CLOSE, ROUNDS, led_to, walk_to

pytestmark = pytest.mark.django_db


def sent(client, name, pk, **typed):
    """The answer to a form that is sent once."""
    return client.post(reverse(name, args=[pk]), {"one_off_key": oneoff.new_key(), **typed})


def wrong(client, name, pk, **typed):
    """The fields beside which a refused form says why, and the page; nothing typed is lost."""
    answer = sent(client, name, pk, **typed)
    assert answer.status_code == 422, answer
    return set(answer.context["form"].errors), answer.content.decode()


def listed(client, **asked):
    """The numbers of the complaints on the register, narrowed like this."""
    return {row.number for row in client.get(reverse("complaints"), asked).context["page"].rows}


def offer(cast, owner="colleague"):
    """The form of a solution with one measure."""
    return {"offer": "送一张新桌子", "compensation": "0", "goodwill": "0", "measures_0_what": "送货", "measures_0_owner": cast.people[owner].number,
            "measures_0_due_on": str(cast.today + timedelta(days=2))}


@pytest.mark.req("CMP-10")
def test_no_solution_before_it_is_decided_who_is_responsible_and_no_decision_without_grounds(cast, as_role):
    row, agent = led_to(cast, states.VERIFIED), as_role("agent")
    assert sent(agent, "propose_solution", row.pk, **offer(cast)).status_code in (404, 422)
    assert not row.rounds.exists()
    decision = {"validity": "partly", "grounds": "运输单第三条", "parties_0_party": "process", "parties_0_share": "60",
                "parties_1_party": "partner", "parties_1_name": "快运", "parties_1_share": "40"}
    for field in ("validity", "grounds"):
        errors, page = wrong(agent, "set_complaint_liability", row.pk, **decision | {field: ""})
        assert errors == {field}
        assert "快运" in page
    assert sent(agent, "set_complaint_liability", row.pk, **decision).status_code == 302
    assert sent(agent, "propose_solution", row.pk, **offer(cast)).status_code == 302
    shown = as_role("manager").get(reverse("complaint", args=[row.pk])).content.decode()
    for words in ("运输单第三条", "快运", "60", "40"):
        assert words in shown


@pytest.mark.req("CMP-11")
def test_the_page_refuses_who_is_complained_about_as_handler_investigator_and_carrier_of_a_measure(cast, as_role):
    about = [(cast.people["sales"], True)]
    row = led_to(cast, states.INVESTIGATING, people=about)
    number = cast.people["sales"].number
    errors, page = wrong(as_role("supervisor"), "assign_complaint", row.pk, handler=number, note="请跟进")
    assert errors == {"handler"}
    assert "complained about" in page
    errors, page = wrong(as_role("agent"), "add_investigation_task", row.pk, what="问师傅", owner=number, due_on=str(cast.today))
    assert errors == {"owner"}
    assert "问师傅" in page
    _errors, page = wrong(as_role("agent"), "verify_complaint", row.pk, facts="门框不平", no_evidence="没有留下东西")
    assert "Hear Sales" in page  # both sides first
    row = led_to(cast, states.LIABILITY_SET, people=about)
    errors, page = wrong(as_role("agent"), "propose_solution", row.pk, **offer(cast, "sales"))
    assert "complained about" in page
    assert Complaint.objects.exclude(handler=cast.people["sales"]).count() == 2
    assert not SolutionMeasure.objects.exists()
    assert as_role("sales").get(reverse("complaint", args=[row.pk])).status_code == 404


@pytest.mark.req("CMP-14")
def test_a_measure_whose_day_passed_is_on_the_overdue_list_until_it_is_done(cast, as_role):
    late, other = (led_to(cast, states.IMPLEMENTING) for _n in range(2))
    walk = walk_to(cast, states.PROPOSED)
    SolutionMeasure.objects.filter(complaint=walk.row).update(due_on=cast.today - timedelta(days=1))
    walk.adjusted()
    walk.to(states.IMPLEMENTING)  # the measure of the offer that was not taken counts for nothing
    measure = late.measures.get()
    SolutionMeasure.objects.filter(pk=measure.pk).update(due_on=cast.today - timedelta(days=1))
    manager = as_role("manager")
    assert listed(manager, due="measure") == {late.number}
    assert other.number not in listed(manager, due="measure")
    assert listed(as_role("manager2"), due="measure") == set()
    assert "overdue" in manager.get(reverse("complaint", args=[late.pk])).content.decode()
    answer = sent(as_role("colleague"), "finish_solution_measure", measure.pk, result="已送到")
    assert answer.status_code == 302
    measure.refresh_from_db()
    assert (measure.result, measure.done_at is not None) == ("已送到", True)
    assert listed(manager, due="measure") == set()


@pytest.mark.req("CMP-16")
def test_carried_out_somebody_else_finds_the_call_on_their_day_and_what_the_customer_says_is_kept(cast, as_role):
    walk = walk_to(cast, states.IMPLEMENTED, customer=cast.customer_for(phone="13800138123"))
    call = FollowUp.objects.get()
    caller = next(name for name, person in cast.people.items() if person == call.employee)
    assert caller != "agent"
    assert cast.hall.day_of(call.due_at - timedelta(minutes=1)) <= cast.hall.day_of(walk.row.implemented_at) + timedelta(days=3)
    assert reverse("follow_up", args=[call.pk]) in as_role(caller).get(reverse("home")).content.decode()
    said = {"method": "phone", "stars": "4", "opinions": "师傅很好，抽屉有点紧"}
    assert sent(as_role("agent"), "follow_complaint_up", walk.row.pk, **said).status_code in (404, 422)
    assert sent(as_role(caller), "follow_complaint_up", walk.row.pk, **said).status_code == 302
    row = Complaint.objects.get()
    assert (row.state, row.satisfaction) == (states.FOLLOWED_UP, 4)
    assert "抽屉有点紧" in as_role("manager").get(reverse("complaint", args=[row.pk])).content.decode()
    assert reverse("follow_up", args=[call.pk]) not in as_role(caller).get(reverse("home")).content.decode()


@pytest.mark.req("CMP-17")
def test_a_customer_who_is_not_satisfied_keeps_it_open_and_what_was_handled_again_is_counted(cast, as_role):
    walk, agent = walk_to(cast, states.IMPLEMENTED), as_role("agent")
    walk.followed_up(stars=2)
    closing = {"cause": "process", "cause_detail": "无人检查", "improvement": "门口检查", "prevention": "检查表", "no_improvement": ""}
    _errors, page = wrong(agent, "close_complaint", walk.row.pk, **closing)
    assert "not satisfied" in page
    assert "门口检查" in page
    again = walk_to(cast, states.IMPLEMENTED)
    assert sent(as_role("supervisor"), "handle_complaint_again", again.row.pk, reason="还是晃").status_code == 302
    again.row.refresh_from_db()
    again.assigned()
    again.row.refresh_from_db()
    again.to(states.SATISFIED)
    led_to(cast, states.SATISFIED)
    shown = as_role("manager").get(reverse("complaint_figure_records"), {"figure": "reopened"})
    assert [row.number for row in shown.context["page"].rows] == [again.row.number]


@pytest.mark.req("CMP-17")
def test_not_agreed_is_the_word_of_the_manager_of_the_hall_with_reason_and_advice(cast, as_role):
    walk = walk_to(cast, states.PROPOSED)
    for _round in range(ROUNDS - 1):
        walk.adjusted()
    word = {"reason": "三轮未达成一致", "advice": "可向消费者协会投诉"}
    for name in ("agent", "supervisor", "manager2", "reception"):
        assert sent(as_role(name), "close_complaint_not_agreed", walk.row.pk, **word).status_code in (403, 404, 422), name
    for field in word:
        assert wrong(as_role("manager"), "close_complaint_not_agreed", walk.row.pk, **word | {field: ""})[0] == {field}
    walk.row.refresh_from_db()
    assert walk.row.state == states.PROPOSED
    assert sent(as_role("manager"), "close_complaint_not_agreed", walk.row.pk, **word).status_code == 302
    walk.row.refresh_from_db()
    assert (walk.row.state, walk.row.advice) == (states.NOT_AGREED, "可向消费者协会投诉")


@pytest.mark.req("CMP-18")
def test_closing_asks_for_cause_and_improvement_and_the_improvement_stands_on_the_register_of_improvements(cast, as_role):
    row, agent = led_to(cast, states.FOLLOWED_UP), as_role("agent")
    closing = {"cause": "process", "cause_detail": "无人检查货物", "why_0": "没有清单", "improvement": "门口逐件检查", "prevention": "写进检查表",
               "no_improvement": "", "owner": cast.people["manager"].number}
    for field in ("cause", "cause_detail", "improvement"):
        errors, page = wrong(agent, "close_complaint", row.pk, **closing | {field: ""})
        assert len(errors) == 1, (field, errors)
        assert "写进检查表" in page
    assert sent(agent, "close_complaint", row.pk, **closing).status_code == 302
    action = Action.objects.get(kind="complaint", record_id=row.pk)
    assert "门口逐件检查" in as_role("manager").get(reverse("improvements")).content.decode()
    assert (action.owner, action.cause) == (cast.people["manager"], "Process: 无人检查货物")
    lightning = led_to(cast, states.FOLLOWED_UP)
    nothing = {"improvement": "", "prevention": "", "no_improvement": "雷击", "owner": ""}
    assert sent(agent, "close_complaint", lightning.pk, **closing | nothing).status_code == 302
    lightning.refresh_from_db()
    assert (lightning.state, lightning.no_improvement, Action.objects.count()) == (states.SATISFIED, "雷击", 1)
    assert CLOSE["cause"] == lightning.cause
