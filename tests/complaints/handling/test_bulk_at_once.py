"""Many complaints are assigned at once while somebody acts on one of them: both are done, neither waits for the other for ever (RELIABILITY)."""
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from complaints.analysis import rollup
from complaints.handling import states
from complaints.handling.models import Complaint
from complaints.handling.services import routing, timing
from config.jobs import services as jobs
from config.web import bulk
from tests.complaints.acts import led_to


def work(run, wrong):
    """Do a whole run on a connection of this thread's own; what the database says against it comes into `wrong`."""
    try:
        while jobs.take_step(run.job_id):
            pass
    except DatabaseError as problem:
        wrong.append(problem)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_an_act_on_one_row_of_a_running_step_and_the_step_both_end(cast):
    first, second = (led_to(cast, states.ACKNOWLEDGED) for _n in range(2))
    run = bulk.start(cast.actor("supervisor"), page="complaints", act="assign", ids=[first.pk, second.pk], back="", title="x", now=timezone.now(),
                     answers={"handler": cast.people["agent"].number, "note": ""})
    held, wrong = threading.Event(), []

    def step():
        held.wait(10)
        work(run, wrong)

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


@pytest.mark.django_db(transaction=True)
def test_two_runs_that_count_in_two_halls_crosswise_both_end(cast, monkeypatch):
    here = [led_to(cast, states.ACKNOWLEDGED) for _n in range(2)]
    there = [led_to(cast, states.ACKNOWLEDGED, hall=cast.other_hall, by="agent2", handler="agent2") for _n in range(2)]
    answers = {"handler": cast.people["agent"].number, "note": ""}
    runs = [bulk.start(cast.actor("general"), page="complaints", act="assign", ids=[row.pk for row in rows], back="", title="x", now=timezone.now(),
                       answers=answers) for rows in ((here[0], there[0]), (there[1], here[1]))]
    keep, both, thread, wrong = rollup.keep, threading.Barrier(2), threading.local(), []

    def keep_and_wait_once(row, **more):
        keep(row, **more)
        if not hasattr(thread, "waited"):
            thread.waited = True
            both.wait(10)  # each holds the sums of one hall now and will want those of the other

    monkeypatch.setattr(rollup, "keep", keep_and_wait_once)
    threads = [threading.Thread(target=work, args=[run, wrong]) for run in runs]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert not any(one.is_alive() for one in threads)
    assert wrong == []
    for run in runs:
        run.refresh_from_db()
        assert [refusal for _pk, _name, refusal in run.results] == ["", ""]
        assert run.job.state == "done"
    assert set(Complaint.objects.values_list("handler", flat=True)) == {cast.people["agent"].pk}
