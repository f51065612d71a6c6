"""A narrowed role stays narrow in its own place, whatever else the person does elsewhere (GEN-01, REC-30)."""
import pytest
from django.urls import reverse

from config.accounts.access import reach
from reception.customers.permissions import Can
from staff.organisation.models import Assignment


@pytest.fixture
def second_role(cast):
    """Gives the receptionist of the first hall another role in the second."""
    return lambda role: Assignment.objects.create(employee=cast.people["reception"], role=role, hall=cast.other_hall, starts_on=cast.today)


def test_a_role_in_another_hall_opens_its_files_in_full_and_no_others(cast, as_role, second_role):
    here, there = cast.customer_for(note="Pays late"), cast.customer_for(hall=cast.other_hall, note="Likes oak")
    second_role("agent")
    client = as_role("reception")
    for customer, code in ((here, 404), (there, 200)):
        assert client.get(reverse("customer", args=[customer.pk])).status_code == 200
        assert client.get(reverse("customer_history", args=[customer.pk])).status_code == code
        assert client.get(reverse("add_communication", args=[customer.pk])).status_code == code
        assert ("note" in client.get(reverse("edit_customer", args=[customer.pk])).context["form"].fields) == (code == 200)


def test_two_narrowed_roles_do_not_widen_each_other(cast, as_role, second_role):
    here = cast.customer_for()
    second_role("technician")
    far = reach(cast.user("reception"), Can.READ)
    assert far.limits == {"basic", "address", "job"} and not far.full
    assert as_role("reception").get(reverse("customer_history", args=[here.pk])).status_code == 404


def test_who_has_roles_of_one_kind_alone_costs_no_more(cast, cost):
    customer = cast.customer_for()
    url = reverse("customer", args=[customer.pk])
    narrow, wide = cost(url, by="reception"), cost(url, by="agent")
    Assignment.objects.create(employee=cast.people["agent"], role="agent", hall=cast.other_hall, starts_on=cast.today)
    assert cost(url, by="agent") == wide and narrow <= wide
    Assignment.objects.create(employee=cast.people["reception"], role="agent", hall=cast.hall, starts_on=cast.today)
    assert cost(url, by="reception") <= wide + 3
