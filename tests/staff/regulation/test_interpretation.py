"""Questions to HR with public answers, rules that halls add, laws with their changes (GEN-04, GEN-22, INF-03)."""
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from config.errors import Changed, Refused
from config.web.oneoff import new_key
from staff.regulation.clauses.models import HallRule, LegalNote, Question, RegulationVersion
from staff.regulation.clauses.services import hall_rules, laws, readers
from tests.cast import three


def shown(client, name, *keys, **query):
    answer = client.get(reverse(name, args=keys), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def question(cast, now):
    """A salesperson asks about greeting."""
    return readers.ask(cast.actor("sales"), text="Whom do I greet first?", citation="S0 §3.3.1.1", now=now)


@pytest.mark.req("GEN-04")
def test_a_question_and_its_answer_are_read_by_all_staff(cast, as_role, question):
    assert "waiting for an answer" in shown(as_role("technician"), "questions")
    answer = as_role("hr").post(reverse("answer_question", args=[question.pk]), {"answer": "Whoever came first.", "version": question.version,
                                                                                 "one_off_key": new_key()})
    assert answer.status_code == 302
    for role in ("technician", "trainee", "sales2"):
        page = shown(as_role(role), "questions")
        assert "Whom do I greet first?" in page and "Whoever came first." in page
    assert "Whoever came first." in shown(as_role("reception"), "clause", "S0", "3.3.1.1")


def test_a_question_is_asked_from_the_page_of_a_clause(cast, as_role):
    client = as_role("reception")
    form = shown(client, "ask_hr", about="S0 §3.3.1.2")
    assert "S0 §3.3.1.2" in form
    client.post(reverse("ask_hr"), {"citation": "S0 §3.3.1.2", "text": "How long may it ring?", "one_off_key": new_key()})
    asked = Question.objects.get()
    assert (asked.citation, asked.regulation.key, asked.asked_by) == ("S0 §3.3.1.2", "sales-hall", cast.people["reception"])


def test_only_hr_answers_and_the_earlier_answer_stays_in_the_history(cast, as_role, question, now):
    with pytest.raises(Refused, match="Only human resources"):
        readers.answer(cast.actor("manager"), question, answer="x", now=now)
    readers.answer(cast.actor("hr"), question, answer="The first.", now=now)
    with pytest.raises(Changed):
        readers.answer(cast.actor("hr2"), question, answer="The last.", given=question.version, now=now)
    readers.answer(cast.actor("hr"), question, answer="The one who came first.", now=now)
    assert "The first." in shown(as_role("sales"), "question", question.pk)


def test_a_question_about_no_clause_is_refused_with_how_to_write_it(cast, now):
    with pytest.raises(Refused, match="Write it as S0"):
        readers.ask(cast.actor("sales"), text="x", citation="S0 §99", now=now)


def test_who_asked_takes_it_back_until_it_is_answered(cast, question, now):
    with pytest.raises(Refused, match="Only who asked"):
        readers.withdraw(cast.actor("colleague"), question, now=now)
    readers.answer(cast.actor("hr"), question, answer="The first.", now=now)
    with pytest.raises(Refused, match="stays public"):
        readers.withdraw(cast.actor("sales"), question, now=now)


# ---------------------------------------------------------------------------------------------------------- rules of halls

@pytest.fixture
def proposal(cast, now):
    """The manager of the first hall proposes a rule."""
    return hall_rules.propose(cast.actor("manager"), hall=cast.hall, citation="S0 §3.3.1.1", text=three("Two people at the door.", "两人迎接。", "兩人迎接。"),
                              valid_from=cast.today, reason="Crowds on Saturdays", now=now)


@pytest.mark.req("INF-03")
def test_a_hall_adds_its_own_rule_which_stands_beside_the_clause(cast, as_role, proposal):
    assert "Two people at the door." not in shown(as_role("sales"), "clause", "S0", "3.3.1.1")
    as_role("hr").post(reverse("decide_rule", args=[proposal.pk]), {"outcome": "agree", "one_off_key": new_key()})
    assert "Two people at the door." in shown(as_role("sales"), "clause", "S0", "3.3.1.1")
    assert "Two people at the door." in shown(as_role("sales2"), "hall_rules")
    version = RegulationVersion.objects.get(regulation__key="sales-hall")
    for name in ("regulation_version", "print_regulation"):
        assert "Two people at the door." in shown(as_role("sales"), name, version.pk)


def test_only_the_manager_of_a_hall_proposes_for_it(cast, as_role, now):
    facts = {"citation": "S0 §3.3.1.1", "text": {"en": "x"}, "valid_from": cast.today, "reason": "x", "now": now}
    for who in ("supervisor", "manager2", "hr"):
        with pytest.raises(Refused, match="Only the manager"):
            hall_rules.propose(cast.actor(who), hall=cast.hall, **facts)
    with pytest.raises(Refused, match="holds from today or a later day"):
        hall_rules.propose(cast.actor("manager"), hall=cast.hall, **facts | {"valid_from": cast.today - timedelta(days=1)})
    assert reverse("propose_rule") in shown(as_role("manager"), "hall_rules")
    assert reverse("propose_rule") not in shown(as_role("supervisor"), "hall_rules")


def test_a_proposal_is_seen_by_hr_and_who_made_it_alone(as_role, proposal):
    url = reverse("hall_rule", args=[proposal.pk])
    assert {role: as_role(role).get(url).status_code for role in ("hr", "manager", "manager2", "sales")} == {
        "hr": 200, "manager": 200, "manager2": 404, "sales": 404}


def test_a_declined_proposal_says_why_and_holds_nowhere(cast, as_role, proposal, now):
    with pytest.raises(Refused, match="Say why"):
        hall_rules.decide(cast.actor("hr"), proposal, agree=False, now=now)
    hall_rules.decide(cast.actor("hr"), proposal, agree=False, answer="One is enough.", now=now)
    assert "One is enough." in shown(as_role("manager"), "hall_rule", proposal.pk)
    assert not HallRule.objects.in_force(cast.today).exists()


def test_nobody_decides_on_their_own_proposal_in_the_database_either(cast, proposal):
    with pytest.raises(IntegrityError, match="rule_decided_by_another"), transaction.atomic():
        HallRule.objects.filter(pk=proposal.pk).update(decided_by=proposal.proposed_by)


def test_an_ended_rule_held_until_the_day_it_ended(cast, proposal, now):
    hall_rules.decide(cast.actor("hr"), proposal, agree=True, now=now)
    hall_rules.end(cast.actor("hr"), proposal, reason="No crowds", now=now + timedelta(days=5))
    assert HallRule.objects.in_force(cast.today + timedelta(days=4)).exists()
    assert not HallRule.objects.in_force(cast.today + timedelta(days=5)).exists()


# -------------------------------------------------------------------------------------------------------------------- laws

@pytest.fixture
def law(cast, now):
    """A law that one clause rests on."""
    return laws.save_law(cast.actor("hr"), None, kind="law", title=three("Consumer law", "消费者权益保护法", "消費者權益保護法"),
                         text={"en": "No forced selling."},
                         issued_by="", in_force_from=None, link="https://flk.npc.gov.cn/", clauses="S0 §3.2.4", for_contracts=True, now=now)


@pytest.mark.req("GEN-22")
def test_the_list_of_laws_leads_to_their_text_and_clauses_and_a_change_is_announced_to_all(cast, as_role, law):
    assert reverse("law", args=[law.pk]) in shown(as_role("sales"), "laws")
    page = shown(as_role("sales"), "law", law.pk)
    assert 'href="https://flk.npc.gov.cn/"' in page and reverse("clause", args=["S0", "3.2.4"]) in page
    assert reverse("law", args=[law.pk]) in shown(as_role("sales"), "clause", "S0", "3.2.4")
    as_role("hr").post(reverse("announce_change", args=[law.pk]), {"text_en": "Ask for consent anew.", "one_off_key": new_key(),
                                                                   "holds_from": (cast.today + timedelta(days=9)).isoformat()})
    assert "Ask for consent anew." in shown(as_role("technician"), "home")


def test_a_law_names_only_clauses_that_there_are_and_hr_alone_keeps_it(cast, law, now):
    facts = {"kind": "law", "title": law.title, "text": law.text, "issued_by": "", "in_force_from": None, "link": "", "for_contracts": False, "now": now}
    with pytest.raises(Refused, match="S0 §99"):
        laws.save_law(cast.actor("hr"), law, clauses="S0 §3.2.4, S0 §99", **facts)
    with pytest.raises(Refused, match="Only human resources"):
        laws.save_law(cast.actor("general"), law, clauses="", **facts)
    assert LegalNote.objects.get().clauses == ["S0 §3.2.4"]
