"""Many complaints are assigned at once while somebody acts on one of them: both are done, neither waits for the other for ever (RELIABILITY)."""
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from complaints.handling import states
from complaints.handling.models import Complaint
from complaints.handling.services import routing, timing
from config.jobs import services as jobs
from config.web import bulk
from tests.complaints.acts import led_to


@pytest.mark.django_db(transaction=True)
def test_an_act_on_one_row_of_a_running_step_and_the_step_both_end(cast):
    first, second = (led_to(cast, states.ACKNOWLEDGED) for _n in range(2))
    run = bulk.start(cast.actor("supervisor"), page="complaints", act="assign", ids=[first.pk, second.pk], back="", title="x", now=timezone.now(),
                     answers={"handler": cast.people["agent"].number, "note": ""})
    held, wrong = threading.Event(), []

    def step():
        held.wait(10)
        try:
            while jobs.take_step(run.job_id):
                pass
        except DatabaseError as problem:
            wrong.append(problem)
        finally:
            connection.close()

    worker = threading.Thread(target=step)
    worker.start()
    with transaction.atomic():
        Complaint.objects.select_for_update(no_key=True).get(pk=second.pk)
        held.set()
        worker.join(1)  # the step runs as far as it comes
        timing.note(cast.actor("manager"), second, text="Called back", now=timezone.now())
        routing.assign(cast.actor("manager"), second, handler=cast.people["supervisor"], now=timezone.now())
    worker.join(20)
    assert not worker.is_alive()
    assert wrong == []
    run.refresh_from_db()
    assert [refusal for _pk, _name, refusal in run.results] == ["", ""]
    assert set(Complaint.objects.values_list("handler", flat=True)) == {cast.people["agent"].pk}
    assert second.routes.count() == 2
