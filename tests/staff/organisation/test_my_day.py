"""What the start pages show of people, halls and the house."""
from datetime import timedelta

from django.urls import reverse

from config.outbox.models import Message
from staff.organisation.models import Deputy, Employee


def home(client):
    """The start page as text."""
    return client.get(reverse("home")).content.decode()


def test_hr_sees_who_is_in_training_and_who_has_no_account_and_a_receptionist_does_not(cast, as_role):
    Employee.objects.create(number="E9001", name="Newcomer", sort_key="newcomer", hired_on=cast.today - timedelta(days=2), state="training")
    page = home(as_role("hr"))
    assert "in training for 2 days" in page and "no account yet" in page
    assert "Newcomer" not in home(as_role("reception"))


def test_both_sides_of_a_deputyship_are_told_until_when(cast, as_role):
    Deputy.objects.create(employee=cast.people["sales"], deputy=cast.people["colleague"], starts_on=cast.today, ends_on=cast.today + timedelta(days=3))
    assert "stands in for you until" in home(as_role("sales"))
    assert "You stand in for" in home(as_role("colleague"))
    assert "Standing in" not in home(as_role("agent"))


def test_the_administrator_is_told_of_messages_that_did_not_go_out(cast, as_role):
    assert "waits for your word" not in home(as_role("admin"))
    Message.objects.create(key="probe", channel="email", address="a@example.com", body="x", state="parked", due_at=cast.now, created_at=cast.now)
    assert "1 message waits for your word" in home(as_role("admin"))
    assert "waits for your word" not in home(as_role("manager"))


def test_the_general_manager_sees_every_hall_and_opens_its_board_from_there(cast, as_role):
    client = as_role("general")
    page = home(client)
    assert "Halls today" in page and all(str(hall) in page for hall in cast.halls.values())
    other = cast.halls["showroom"]
    assert client.post(reverse("set_hall"), {"hall": other.pk, "next": reverse("board")})["Location"] == reverse("board")
    assert str(other) in client.get(reverse("board")).content.decode()
    assert "Halls today" not in home(as_role("reception"))


def test_a_role_is_shown_as_what_it_may_and_what_it_does_not_open(cast, as_role):
    page = as_role("hr").get(reverse("rights") + "?role=designer").content.decode()
    assert "Not opened by this role" in page and "Discount approval" in page.split("Not opened by this role")[1]
    assert "Display zone" in page.split("Not opened by this role")[0]


def test_a_lone_form_tells_what_it_ends(cast, as_role):
    row = Deputy.objects.create(employee=cast.people["manager"], deputy=cast.people["supervisor"], starts_on=cast.today - timedelta(days=1),
                                ends_on=cast.today + timedelta(days=3))
    page = as_role("hr").get(reverse("end_deputy", args=[row.pk])).content.decode()
    assert cast.people["supervisor"].name in page and "Yesterday becomes the last day" in page
