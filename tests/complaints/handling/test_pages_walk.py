"""A complaint walked through by its pages alone, from the first answer to the end: each step is the one that the page expects (CMP-06 to CMP-18)."""
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from complaints.handling import acts, queries, states
from complaints.handling.models import Complaint
from staff.improvement.models import Action
from tests.complaints.handling.making import complaint_at

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 a paper"


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path, monkeypatch, cast):
    """Files in a folder of this test, and heads of the hall."""
    from config.web.models import private_storage

    monkeypatch.setattr(private_storage(), "_location", str(tmp_path))
    for name in ("base_location", "location"):
        private_storage().__dict__.pop(name, None)
    cast.hall.manager = cast.people["manager"]
    cast.hall.save()
    yield
    for name in ("base_location", "location"):
        private_storage().__dict__.pop(name, None)


def expected(cast, name, row):
    """The verb that the page of this person puts first."""
    user = cast.user(name)
    at = acts.Standing(queries.detail(user, row.pk), user)
    return acts.first(at, acts.offered(at))


def do(client, page, pk, **answers):
    """Open a form and send it; the answer has to lead on."""
    url = reverse(page, args=[pk])
    opened = client.get(url)
    data = {"one_off_key": opened.context["one_off_key"], **answers} if opened.status_code == 200 else answers
    if opened.status_code == 200 and "version" in opened.context["form"].fields:
        data["version"] = opened.context["form"]["version"].value()
    answer = client.post(url, data)
    assert answer.status_code == 302, (page, answer.context and answer.context["form"].errors)
    return answer


def offer(cast, text, **more):
    """The answers of the form of a solution."""
    return {"offer": text, "compensation": "0", "goodwill": "100", "demands_0_text": "重新安装", "demands_0_reasonable": "yes", "measures_0_what": "重装",
            "measures_0_owner": cast.people["agent"].number, "measures_0_due_on": str(cast.today + timedelta(days=2)), **more}


def to_proposed(cast, as_role, row):
    """As far as the first offer, by the pages."""
    agent, boss = as_role("agent"), as_role("supervisor")
    assert expected(cast, "agent", row) == "acknowledge"
    do(agent, "acknowledge_complaint", row.pk, method="phone", text="已收到")
    assert expected(cast, "agent", row) == "assign"
    do(agent, "assign_complaint", row.pk, handler=cast.people["agent"].number, department="", note="")
    assert expected(cast, "agent", row) == "investigate"
    agent.post(reverse("investigate_complaint", args=[row.pk]))
    assert expected(cast, "agent", row) == "add_evidence"
    do(agent, "add_investigation_task", row.pk, what="问安装师傅", owner=cast.people["colleague"].number, due_on=str(cast.today))
    task = row.tasks.get()
    do(as_role("colleague"), "finish_investigation_task", task.pk, result="门框不平")
    for kind, person in (("customer", ""), ("staff", cast.people["sales"].number)):
        do(agent, "add_evidence", row.pk, kind=kind, text="安装时门框不平", shows_on=str(cast.today), person=person, witness="",
           file=SimpleUploadedFile("a.pdf", PDF, "application/pdf"))
    assert expected(cast, "agent", row) == "verify"
    do(agent, "verify_complaint", row.pk, facts="门框不平，安装未校正")
    assert expected(cast, "agent", row) == "set_liability"
    do(boss, "set_complaint_liability", row.pk, validity="partly", grounds="安装规范第三条", parties_0_party="person",
       parties_0_employee=cast.people["sales"].number, parties_0_share="60", parties_1_party="process", parties_1_share="40")
    assert expected(cast, "agent", row) == "propose"
    do(agent, "propose_solution", row.pk, **offer(cast, "重新安装并减免费用"))
    return agent


@pytest.mark.req("CMP-09", "CMP-12", "CMP-13")
def test_a_complaint_goes_from_the_first_answer_to_its_end_by_its_pages(cast, as_role):
    row = complaint_at(cast, about="sales")
    row.demands.create(text="重新安装")
    agent = to_proposed(cast, as_role, row)
    assert expected(cast, "agent", row) == "answer_round"
    do(agent, "answer_solution", row.pk, answer="counter", opinion="减免太少", consent_by="")
    assert expected(cast, "agent", row) == "adjust"
    do(agent, "adjust_solution", row.pk, opinion="减免太少", **offer(cast, "再减免"))
    do(agent, "answer_solution", row.pk, answer="accepted", opinion="", consent_by="phone")
    assert expected(cast, "agent", row) == "implement"
    agent.post(reverse("implement_solution", args=[row.pk]))
    measure = row.measures.filter(done_at=None).order_by("-pk").first()
    do(agent, "finish_solution_measure", measure.pk, result="装好了")
    assert expected(cast, "agent", row) == "finish_implementing"
    do(agent, "finish_complaint", row.pk, method="phone", text="已装好")
    assert expected(cast, "supervisor", row) == "follow_up"
    refused = agent.post(reverse("follow_complaint_up", args=[row.pk]), {
        "one_off_key": agent.get(reverse("follow_complaint_up", args=[row.pk])).context["one_off_key"], "method": "phone", "stars": "5", "opinions": ""})
    assert refused.status_code == 422
    do(as_role("supervisor"), "follow_complaint_up", row.pk, method="phone", stars="5", opinions="谢谢")
    assert expected(cast, "agent", row) == "close"
    do(agent, "close_complaint", row.pk, cause="process", cause_detail="安装未校正", why_0="没有水平仪", improvement="配备水平仪", prevention="培训",
       owner=cast.people["agent"].number, no_improvement="")
    row.refresh_from_db()
    assert (row.state, row.whys) == (states.SATISFIED, ["没有水平仪"])
    assert Action.objects.filter(source=Action.Source.COMPLAINT).exists()
    html = agent.get(reverse("complaint", args=[row.pk])).content.decode()
    for words in ("安装规范第三条", "再减免", "SHA-256", "没有水平仪", "配备水平仪"):
        assert words in html
    paper = agent.get(reverse("complaint_file", args=[row.pk])).content.decode()
    for words in ("安装规范第三条", "再减免", "没有水平仪", "重装"):
        assert words in paper


@pytest.mark.req("CMP-12")
def test_a_cost_above_the_limit_waits_for_the_manager_who_did_not_offer_it(cast, as_role):
    row = complaint_at(cast, states.LIABILITY_SET, handler="agent", validity="justified", grounds="规范")
    row.liabilities.create(party="process", share=100, decided_by=cast.people["supervisor"], decided_at=cast.now)
    agent = as_role("agent")
    do(agent, "propose_solution", row.pk, **offer(cast, "赔偿", compensation="900"))
    assert expected(cast, "agent", row) is None
    assert expected(cast, "manager", row) == "approve"
    assert "900" in as_role("manager").get(reverse("approve_complaint_solution", args=[row.pk])).content.decode()
    do(as_role("manager"), "approve_complaint_solution", row.pk, approved="yes", answer="同意")
    assert expected(cast, "agent", row) == "answer_round"


def test_shares_that_make_no_hundred_and_half_filled_rows_are_told_at_their_fields(cast, as_role):
    row = complaint_at(cast, states.VERIFIED, handler="agent")
    client, url = as_role("supervisor"), reverse("set_complaint_liability", args=[row.pk])
    key = client.get(url).context["one_off_key"]
    answer = client.post(url, {"one_off_key": key, "validity": "justified", "grounds": "规范", "parties_0_party": "process", "parties_0_share": "50"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["parties_0_share"]
    row = complaint_at(cast, states.LIABILITY_SET, handler="agent")
    url = reverse("propose_solution", args=[row.pk])
    key = client.get(url).context["one_off_key"]
    answer = client.post(url, {"one_off_key": key, **offer(cast, "重装", measures_0_owner="", demands_0_reasonable="no")})
    assert {"measures_0_owner", "demands_0_reason"} <= answer.context["form"].errors.keys()


def test_a_second_person_settles_what_is_not_accepted_and_more_time(cast, as_role):
    row = complaint_at(cast)
    do(as_role("agent"), "ask_complaint_refusal", row.pk, reason="不是我们的产品", method="phone", text="请联系厂家")
    assert expected(cast, "agent", row) != "settle_refusal"
    assert expected(cast, "manager", row) == "settle_refusal"
    do(as_role("manager"), "settle_complaint_refusal", row.pk, approved="yes", answer="同意")
    row.refresh_from_db()
    assert row.state == states.NOT_ACCEPTED
    other = complaint_at(cast, states.INVESTIGATING, handler="agent")
    do(as_role("agent"), "ask_complaint_extension", other.pk, days="2", reason="等配件")
    assert expected(cast, "manager", other) == "decide_extension"
    was = Complaint.objects.get(pk=other.pk).solve_due_at
    do(as_role("manager"), "decide_complaint_extension", other.pk, granted="yes", method="phone", text="多等两天")
    assert Complaint.objects.get(pk=other.pk).solve_due_at > was


def test_merging_offers_likely_ones_and_is_taken_apart_again(cast, as_role):
    row, into, other = complaint_at(cast), complaint_at(cast), complaint_at(cast, contact_phone="+8613900139999", matter="灯不亮", hall=cast.other_hall)
    boss = as_role("manager")
    html = boss.get(reverse("merge_complaint", args=[row.pk])).content.decode()
    assert into.number in html
    assert other.number not in html
    do(boss, "merge_complaint", row.pk, into=str(into.pk), reason="同一件事")
    row.refresh_from_db()
    assert row.merged_into == into
    assert into.number in boss.get(reverse("complaint", args=[row.pk])).content.decode()
    do(boss, "unmerge_complaint", row.pk, reason="弄错了")
    row.refresh_from_db()
    assert row.state == states.REGISTERED
    do(boss, "split_complaint", row.pk, reason="两件事", matters_0_text="发票没开")
    assert row.parts.get().matter == "发票没开"


def test_praise_takes_the_lighter_path(cast, as_role):
    row = complaint_at(cast, kind="praise", channel="web")
    assert expected(cast, "agent", row) == "answer_light"
    do(as_role("agent"), "answer_complaint", row.pk, method="phone", text="谢谢您")
    row.refresh_from_db()
    assert row.state == states.DONE
