"""The pages over the plumbing: registries, access log, long work."""
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from config.accounts.actor import Actor
from config.accounts.models import AccessEvent
from config.contributions import search
from config.contributions.registry import ALL
from config.jobs import services, works
from config.jobs.models import Job, JobFile
from config.privacy import log


def test_each_registry_shows_its_members_and_loses_the_one_that_is_taken_away(cast, as_role):
    client = as_role("hr")
    page = client.get("/house/").content.decode()
    assert all(f'id="{name.replace(" ", "-")}"' in page for name, registry in ALL.items() if registry.all())
    search.register(key="a-probe", label="Probes", find=lambda user, words, limit: [])
    try:
        assert "<code>a-probe</code>" in client.get("/house/").content.decode()
    finally:
        search.SOURCES.without("a-probe")
    assert "<code>a-probe</code>" not in client.get("/house/").content.decode()


def note(cast, name, act="view", **facts):
    return AccessEvent.objects.create(at=timezone.now(), user_id=cast.users[name].pk, act=act, **facts)


def test_the_access_log_is_searched_by_person_act_record_and_day(cast, as_role):
    note(cast, "reception", kind="account", record_id=cast.users["sales"].pk, reference="AAAA0001")
    note(cast, "agent", act="print", kind="account", record_id=7, reference="AAAA0002")
    client = as_role("hr")
    for query, hit, miss in (("person=Recep", "AAAA0001", "AAAA0002"), ("act=print", "AAAA0002", "AAAA0001"), ("record=7&kind=account", "AAAA0002", "AAAA0001"),
                             (f"since={cast.today + timedelta(days=1)}", "Nothing matches", "AAAA0001"),
                             (f"until={cast.today - timedelta(days=1)}", "Nothing matches", "AAAA0001"),
                             (f"since={cast.today}&until={cast.today}", "AAAA0001", "Nothing matches")):
        page = client.get(f"/house/access-log/?{query}").content.decode()
        assert hit in page and miss not in page, query


def test_a_manager_reads_the_rows_of_the_own_hall_alone(cast, as_role):
    note(cast, "reception", reference="HERE0001")
    note(cast, "reception2", reference="THERE001")
    page = as_role("manager").get("/house/access-log/").content.decode()
    assert "HERE0001" in page and "THERE001" not in page


def test_the_log_names_a_record_only_to_who_may_see_it(cast, as_role):
    kind = "account"
    note(cast, "general", kind=kind, record_id=cast.users["agent2"].pk)
    assert "Agent2" in as_role("hr").get("/house/access-log/?person=general").content.decode()
    note(cast, "reception", kind=kind, record_id=cast.users["agent2"].pk, reference="FOREIGN1")
    page = as_role("manager").get("/house/access-log/").content.decode()
    assert "FOREIGN1" in page and "Agent2" not in page


def test_a_numbered_record_stands_in_the_log_by_its_number_where_it_may_not_be_opened(cast, as_role):
    customer = cast.customer_for(name="Li Jianguo")
    note(cast, "general", kind="customer", record_id=customer.pk)
    page = as_role("admin").get("/house/access-log/?person=general").content.decode()
    assert customer.number in page and "Li Jianguo" not in page


def test_rows_of_the_access_log_are_only_ever_added(cast, as_application):
    event = note(cast, "reception")
    for change in (lambda: AccessEvent.objects.filter(pk=event.pk).update(outcome="x"), event.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_note_holds_ids_and_a_digest_of_the_address(cast, rf):
    request = rf.get("/", REMOTE_ADDR="203.0.113.9")
    request.user, request.reference = cast.user("reception"), "ABCD1234"
    event = log.note(request, "unmask", kind="customer", record_id=5, fields=["phone"], hall_id=cast.hall.pk)
    assert (event.user_id, event.record_id, event.fields, event.reference) == (request.user.pk, 5, ["phone"], "ABCD1234")
    assert "203" not in event.address_key and event.address_key == log.address_key("203.0.113.9")


@pytest.fixture
def job(cast, monkeypatch):
    """A running job of the receptionist with an input, a result and a problem file."""
    monkeypatch.setattr(services, "ring", lambda job_id: None)
    works.register(key="probe", step=lambda job: True)
    job = services.start(Actor(cast.user("reception")), "probe", title="Import of March", now=timezone.now() - timedelta(minutes=2),
                         files=[("input", "march.xlsx", "text/plain", b"in"), ("refused", "refused <1>.csv", "text/csv", b"row,reason")])
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, done=50, total=200)
    yield job
    works.WORKS.without("probe")


def test_progress_is_shown_and_refreshes_itself_until_the_end(job, as_role):
    client = as_role("reception")
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    assert 'aria-valuetext="50 / 200"' in page and f'data-live-url="/jobs/{job.pk}/"' in page
    assert "about 6 minutes left" in page
    part = client.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "50" in part
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE, done=200)
    ended = client.get(f"/jobs/{job.pk}/").content.decode()
    assert f'data-live-url="/jobs/{job.pk}/"' not in ended
    assert "refused &lt;1&gt;.csv" in ended and "march.xlsx" not in ended


def test_a_failed_job_says_why(job, as_role):
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, problem="internal")
    assert "The work stopped because of a fault in the software." in as_role("reception").get(f"/jobs/{job.pk}/").content.decode()


def test_its_owner_stops_it_and_finds_it_on_the_own_day(job, as_role):
    client = as_role("reception")
    assert "Import of March" in client.get("/").content.decode()
    assert client.post(f"/jobs/{job.pk}/cancel/")["Location"] == f"/jobs/{job.pk}/"
    assert Job.objects.get().cancel_asked
    assert client.get(f"/jobs/{job.pk}/cancel/").status_code == 405


def test_nobody_else_finds_stops_or_fetches_it(job, as_role):
    file = JobFile.objects.get(role="refused")
    for role in ("reception2", "manager"):
        client = as_role(role)
        assert client.get(f"/jobs/{job.pk}/").status_code == 404
        assert client.post(f"/jobs/{job.pk}/cancel/").status_code == 404
        assert client.get(f"/jobs/{job.pk}/files/{file.pk}/").status_code == 404
        assert "Import of March" not in client.get("/jobs/").content.decode()


def test_who_keeps_the_jobs_of_the_house_sees_it_without_its_files(job, as_role):
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)
    client = as_role("admin")
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    assert "Import of March" in page and "refused" not in page
    assert client.get(f"/jobs/{job.pk}/files/{JobFile.objects.first().pk}/").status_code == 404


def test_its_owner_fetches_a_file_as_a_download_and_that_is_noted(job, as_role):
    answer = as_role("reception").get(f"/jobs/{job.pk}/files/{JobFile.objects.get(role='refused').pk}/")
    assert answer.content == b"row,reason"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert AccessEvent.objects.get(act="download").fields == ["refused"]
