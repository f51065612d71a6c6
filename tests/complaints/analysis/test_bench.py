"""What the bench fills in of complaints is counted as the register would be, and its floor reads it."""
import pytest
from django.db import connection
from django.test import RequestFactory

from complaints.analysis import bench, bench_rows, rollup
from complaints.analysis.models import RECEIVED, ComplaintDay
from complaints.handling import states
from complaints.handling.models import Complaint

pytestmark = pytest.mark.django_db


def test_the_rows_of_the_bench_are_complaints_whose_sums_are_right(cast):
    with connection.cursor() as cursor:
        bench_rows.write(cursor, 1000)
    assert Complaint.objects.filter(state__in=states.OPEN).count() == 20
    assert sum(ComplaintDay.objects.filter(dim="all", phase=RECEIVED).values_list("number", flat=True)) == 1000
    assert rollup.verify() == 0
    request = RequestFactory().get("/complaint-dashboard/")
    request.user, request.session, request._messages = cast.users["general"], {}, []
    assert bench.floor(request).status_code == 200
