"""Whom a complaint is about is heard by a question that names no customer, on a page of their own, and sees nothing else of it (CMP-09, CMP-11)."""
from datetime import timedelta

import pytest
from django.urls import reverse

from complaints.handling import states, turns
from complaints.handling.facts import Evidence
from complaints.handling.services import statements
from config.errors import Refused
from staff.duties.models import Duty
from tests.complaints.acts import walk_to

QUESTION = "On Monday a door was hung crooked at the showroom. What happened?"


@pytest.fixture
def asked(cast):
    """A walk whose person `sales` was asked."""
    walk = walk_to(cast, states.INVESTIGATING, people=[(cast.people["sales"], True)])
    statements.ask(cast.actor("agent"), walk.row, person=walk.row.people.get(), question=QUESTION, now=walk.tick())
    return walk


def test_the_question_stands_on_my_day_leads_to_the_statement_and_shows_nothing_of_the_complaint(cast, asked, client_as):
    person, client = asked.row.people.get(), client_as("sales")
    address = reverse("complaint_statement", args=[person.pk])
    duty = Duty.objects.get(schedule=turns.STATEMENT)
    assert (duty.kind, duty.record_id, duty.employee) == (turns.SAID, person.pk, cast.people["sales"])
    assert address in client.get(reverse("home")).content.decode()
    page = client.get(address).content.decode()
    assert QUESTION in page
    assert not any(secret in page for secret in (asked.row.number, asked.row.matter, "王芳", "13800138123", "8123", asked.row.public_code))
    assert client.get(reverse("complaint", args=[asked.row.pk])).status_code == 404
    answer = client.post(address, {"text": "It was straight when I left", "one_off_key": page.split('name="one_off_key" value="')[1].split('"')[0]})
    assert answer.status_code == 302
    said = Evidence.objects.get(kind="staff")
    assert (said.person, said.added_by, said.text) == (cast.people["sales"], cast.people["sales"], "It was straight when I left")
    duty.refresh_from_db()
    assert duty.state == "done" and address not in client.get(reverse("home")).content.decode()


def test_nobody_else_opens_or_gives_it(cast, asked, client_as):
    person = asked.row.people.get()
    for name in ("colleague", "agent", "supervisor", "manager"):
        assert client_as(name).get(reverse("complaint_statement", args=[person.pk])).status_code == 404
    with pytest.raises(Refused, match="their own"):
        statements.give(cast.actor("agent"), person, text="He did it", now=asked.tick())


@pytest.mark.parametrize("question", ["王芳 complains about you", "Who rang 8123?", "+86 138 0013 8123 rang"])
def test_a_question_that_names_the_customer_is_refused(cast, question):
    walk = walk_to(cast, states.ASSIGNED, people=[(cast.people["sales"], True)])
    with pytest.raises(Refused, match="names the customer"):
        statements.ask(cast.actor("agent"), walk.row, person=walk.row.people.get(), question=question, now=walk.tick())


def test_it_is_asked_once_answered_once_and_may_be_asked_again(cast, asked):
    person = asked.row.people.get()
    with pytest.raises(Refused, match="asked already"):
        statements.ask(cast.actor("agent"), asked.row, person=person, question=QUESTION, now=asked.tick())
    statements.give(cast.actor("sales"), person, text="It was straight", now=asked.tick())
    with pytest.raises(Refused, match="any more"):
        statements.give(cast.actor("sales"), person, text="Once more", now=asked.tick())
    statements.ask(cast.actor("agent"), asked.row, person=person, question="And the second door?", now=asked.tick())
    assert Duty.objects.filter(schedule=turns.STATEMENT).count() == 2 and Duty.objects.get(schedule=turns.STATEMENT, state="open").slot.endswith("/2")


def test_once_the_facts_are_verified_it_is_asked_no_more(cast, asked):
    asked.to(states.VERIFIED)
    assert not Duty.objects.filter(schedule=turns.STATEMENT, state="open").exists()


def test_only_whom_it_is_about_is_asked_and_only_while_it_is_looked_into(cast):
    walk = walk_to(cast, states.INVESTIGATING, people=[(cast.people["sales"], True), (cast.people["colleague"], False)])
    witness = walk.row.people.get(complained_about=False)
    with pytest.raises(Refused, match="whom the complaint is about"):
        statements.ask(cast.actor("agent"), walk.row, person=witness, question=QUESTION, now=walk.tick())
    walk.to(states.VERIFIED)
    with pytest.raises(Refused, match="while it is being investigated"):
        statements.ask(cast.actor("agent"), walk.row, person=walk.row.people.get(complained_about=True), question=QUESTION, now=walk.tick())


def test_the_handler_asks_from_the_page_of_the_complaint(cast, client_as):
    walk = walk_to(cast, states.INVESTIGATING, people=[(cast.people["sales"], True)])
    client, address = client_as("agent"), reverse("ask_statement", args=[walk.row.pk])
    assert address in client.get(reverse("complaint", args=[walk.row.pk])).content.decode()
    page = client.get(address).content.decode()
    key = page.split('name="one_off_key" value="')[1].split('"')[0]
    client.post(address, {"person": walk.row.people.get().pk, "question": QUESTION, "one_off_key": key})
    assert Duty.objects.filter(schedule=turns.STATEMENT, employee=cast.people["sales"], state="open").exists()
    assert timedelta(0) < Duty.objects.get(schedule=turns.STATEMENT).due_at - walk.now
