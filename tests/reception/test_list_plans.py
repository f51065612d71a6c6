"""The long lists are read in their order from an index, however many records there are: no sort of them all for a first page."""
import pytest
from django.db import connection

from reception.customers.models import Customer
from reception.followups.models import FollowUp
from reception.promises.models import Promise
from staff.duties.models import Duty

pytestmark = pytest.mark.django_db
LISTS = [(Promise, "due_at", "promise_listed"), (FollowUp, "due_at", "follow_up_listed"), (Duty, "due_at", "duty_listed")]


@pytest.fixture(autouse=True)
def tables_are_large():
    """What the planner does with a million rows: it does not read them all."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")


@pytest.mark.parametrize("down", ["-", ""])
@pytest.mark.parametrize(("model", "field", "index"), LISTS)
def test_the_first_page_of_a_list_comes_from_an_index(model, field, index, down):
    plan = model.objects.order_by(f"{down}{field}", f"{down}pk")[:26].explain()
    assert index in plan and "Sort" not in plan, plan


def test_files_opened_in_a_period_come_from_an_index():
    plan = Customer.objects.filter(created_at__gte="2026-01-01T00:00Z", created_at__lt="2026-02-01T00:00Z").explain()
    assert "customer_opened" in plan, plan
