"""A posting counts on the days it runs: whoever has given notice still works, whoever moves next month does not work there yet (STF-01)."""
from datetime import timedelta

import pytest
from django.urls import reverse

from reception.visits import queries as visits
from reception.visits import states
from staff.organisation import services
from staff.organisation.models import Posting


@pytest.fixture
def moving(cast):
    """`sales` of the first team moves to the second team in five days."""
    sales = cast.people["sales"]
    here = Posting.objects.get(employee=sales)
    services.post_to(cast.actor("hr"), sales, position=here.position, department=here.department, hall=here.hall, team=cast.teams["sales-two"],
                     superior=here.superior, starts_on=cast.today + timedelta(days=5), now=cast.now)
    return sales


def test_the_postings_of_a_day_are_those_that_run_on_it(cast, moving):
    teams = {days: Posting.objects.on(cast.today + timedelta(days=days)).get(employee=moving).team.code for days in (0, 4, 5)}
    assert teams == {0: "sales-one", 4: "sales-one", 5: "sales-two"}


def test_the_desk_still_offers_somebody_whose_posting_ends_later(cast, moving, client_as):
    assert "Sales Wang" in client_as("reception").get(reverse("board")).content.decode()
    assert (moving.pk, moving.name) in visits.choices_in_words(visits.choices_found(cast.user("reception"), cast.today, cast.today), "adviser")
    assert moving in {row["employee"] for row in visits.advisers_of(cast.hall, cast.now)}
    Posting.objects.on(cast.today).filter(employee=moving).delete()
    assert moving not in {row["employee"] for row in visits.advisers_of(cast.hall, cast.now)}


def test_the_superior_of_today_sees_their_customers_and_visits_and_the_coming_one_does_not(cast, moving, visit_for, customer_for, client_as):
    customer = customer_for(owner="sales")
    visit = visit_for(state=states.IN_SERVICE, adviser="sales", customer=customer)
    pages = [reverse("visit", args=[visit.pk]), reverse("customer", args=[customer.pk])]
    assert [client_as("supervisor").get(page).status_code for page in pages] == [200, 200]
    Posting.objects.filter(employee=moving, ends_on=None).update(team=cast.teams["sales-one"])
    Posting.objects.filter(employee=moving, ends_on__isnull=False).update(team=cast.teams["sales-two"])
    assert [client_as("supervisor").get(page).status_code for page in pages] == [404, 404]


def test_a_file_may_be_given_to_somebody_whose_posting_ends_later(cast, moving, customer_for, client_as):
    client = client_as("manager")
    offered = client.get(reverse("edit_customer", args=[customer_for().pk])).context["form"].fields["owner"].queryset
    assert moving in offered
    assert (moving.pk, moving.name) in client.get(reverse("customers")).context["filters"].owners


def test_a_team_does_not_move_while_somebody_is_posted_in_it(cast, moving, as_role):
    team = cast.teams["sales-two"]
    Posting.objects.filter(team=team).exclude(employee=moving).delete()
    typed = {"version": 1, "code": team.code, "name_en": "Second team", "department": team.department_id}
    page = as_role("hr").post(reverse("change_team", args=[team.pk]), typed)
    assert page.status_code == 422 and "People are posted in this team" in page.content.decode()
