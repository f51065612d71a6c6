"""Long work: stepped, killed, cancelled, parked; never twice and never forgotten."""
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from config.accounts.actor import Actor
from config.errors import Refused
from config.jobs import services, tasks, works
from config.jobs.models import Job


class Killed(BaseException):
    """What a killed worker looks like from inside: nothing catches it."""


@pytest.fixture
def count_to():
    """A kind of work that counts to `total`, with a hook that may interrupt a step."""
    hook = {"before_end": lambda job: None}

    def step(job):
        job.total = job.arguments["total"]
        job.done += 1
        hook["before_end"](job)
        job.cursor = {"at": job.done}
        return job.done >= job.total

    works.register(key="counting", step=step)
    yield hook
    works.WORKS.without("counting")


@pytest.fixture
def started(db, count_to, monkeypatch):
    """Starts a counting job; the doorbell is kept from ringing."""
    monkeypatch.setattr(services, "ring", lambda job_id: None)

    def start(total=3, user=None):
        return services.start(Actor(user) if user else Actor.system("test"), "counting", title="Counting", now=timezone.now(), arguments={"total": total})
    return start


def test_it_steps_to_its_end_and_then_rests(started):
    job = started(3)
    assert [services.take_step(job.pk) for _step in range(4)] == [True, True, False, False]
    job.refresh_from_db()
    assert (job.state, job.done, job.percent, job.cursor) == (Job.State.DONE, 3, 100, {"at": 3})
    assert job.finished_at is not None


def test_a_worker_killed_in_a_step_leaves_neither_the_half_nor_the_whole_of_it(started, count_to):
    job = started(3)
    services.take_step(job.pk)

    def die(job):
        raise Killed

    count_to["before_end"] = die
    with pytest.raises(Killed):
        services.take_step(job.pk)
    job.refresh_from_db()
    assert (job.done, job.state) == (1, Job.State.RUNNING)
    count_to["before_end"] = lambda job: None
    while services.take_step(job.pk):
        pass
    job.refresh_from_db()
    assert (job.done, job.state) == (3, Job.State.DONE)


def test_a_job_that_nobody_touched_lately_is_found_again_by_the_sweep(started, monkeypatch):
    job, done = started(), started(1)
    services.take_step(done.pk)
    now = timezone.now()
    assert services.stale(now=now) == []
    assert services.stale(now=now + services.STALE_AFTER + timedelta(seconds=1)) == [job.pk]
    rung = []
    monkeypatch.setattr(services, "ring", rung.append)
    Job.objects.update(touched_at=now - timedelta(minutes=5))
    tasks.sweep()
    assert rung == [job.pk]


def test_one_ring_steps_a_while_and_rings_again_rather_than_running_for_ever(started, monkeypatch):
    job = started(tasks.STEPS_A_RING + 5)
    rung = []
    monkeypatch.setattr(services, "ring", rung.append)
    tasks.run(job.pk)
    job.refresh_from_db()
    assert (job.done, rung) == (tasks.STEPS_A_RING, [job.pk])
    tasks.run(job.pk)
    job.refresh_from_db()
    assert (job.state, rung) == (Job.State.DONE, [job.pk])


def test_a_task_that_is_delivered_five_times_does_the_work_once(started):
    job = started(3)
    for _delivery in range(5):
        tasks.run(job.pk)
    job.refresh_from_db()
    assert job.done == 3


def test_a_step_with_a_fault_is_tried_five_times_and_then_parked(started, count_to):
    job = started()

    def fault(job):
        raise ZeroDivisionError

    count_to["before_end"] = fault
    waits = []
    for _ring in range(services.MAX_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            tasks.run(job.pk)
        waits.append(next((after for after in range(0, 3600, 10) if services.stale(now=timezone.now() + timedelta(seconds=after))), None))
    assert waits == [30, 90, 210, 450, None]  # seconds until the sweep takes it up again
    job.refresh_from_db()
    assert (job.state, job.problem, job.done) == (Job.State.FAILED, "internal", 0)
    tasks.run(job.pk)


def test_a_fault_in_a_second_hand_does_not_reopen_a_job_that_came_to_its_end(started):
    job = started(1)
    tasks.run(job.pk)
    for _fault in range(services.MAX_ATTEMPTS):
        services.blame(job.pk)
    job.refresh_from_db()
    assert (job.state, job.problem) == (Job.State.DONE, "")


def test_a_rule_that_refuses_ends_the_job_with_its_sentence(started, count_to):
    job = started()

    def refuse(job):
        raise Refused("The sheet was taken away. Upload it again.")

    count_to["before_end"] = refuse
    tasks.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.problem, job.done) == (Job.State.FAILED, "The sheet was taken away. Upload it again.", 0)


def test_its_owner_stops_it_before_the_next_step_and_nobody_else_does(started, cast):
    job = started(9, user=cast.user("reception"))
    services.take_step(job.pk)
    services.ask_to_cancel(cast.actor("manager"), job)
    assert services.take_step(job.pk)
    services.ask_to_cancel(cast.actor("reception"), job)
    assert not services.take_step(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.CANCELLED, 2)


def test_the_doorbell_is_not_needed(db, count_to, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("config.celery.app.send_task", broker_away)
    with django_capture_on_commit_callbacks(execute=True):
        job = services.start(Actor.system("test"), "counting", title="Counting", now=timezone.now(), arguments={"total": 1})
    job.refresh_from_db()
    assert job.state == Job.State.WAITING


def broker_away(*args, **kwargs):
    from kombu.exceptions import OperationalError

    raise OperationalError("no broker")


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_step_the_same_job(count_to, monkeypatch):
    monkeypatch.setattr(services, "ring", lambda job_id: None)
    job = services.start(Actor.system("test"), "counting", title="Counting", now=timezone.now(), arguments={"total": 40})
    met = threading.Barrier(2, timeout=20)

    def work():
        try:
            met.wait()
            for _try in range(60):
                services.take_step(job.pk)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _worker in range(2)]
    [worker.start() for worker in workers], [worker.join() for worker in workers]
    while services.take_step(job.pk):
        pass
    job.refresh_from_db()
    assert (job.state, job.done, job.cursor) == (Job.State.DONE, 40, {"at": 40})


def test_a_job_of_a_transaction_that_fails_never_was(started):
    with pytest.raises(Refused), transaction.atomic():
        started()
        raise Refused("No.")
    assert not Job.objects.exists()
