"""Conformity: what the records say of each obligation and clause, what a person says after that, and the evidence beside it (PRF-44, 45; FIELD 2.7)."""
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from config.errors import Changed, Refused
from config.web.models import Attachment
from config.web.periods import MONTH, Period
from performance.conformity import computing, plans, queries, services
from performance.conformity.models import ClauseEvidence, ClauseJudgement, Result
from staff.duties.models import Duty
from staff.regulation.clauses.models import Clause, RegulationVersion
from staff.regulation.models import ParameterValue

CLEAN = ("S0", "5.1.2")  # daily cleaning, SCH-01


@pytest.fixture(autouse=True)
def uploads_folder(tmp_path, monkeypatch):
    """Files lie in a folder of this test."""
    storage = Attachment._meta.get_field("file").storage
    monkeypatch.setattr(storage, "_location", str(tmp_path), raising=False)
    for cached in ("base_location", "location"):
        storage.__dict__.pop(cached, None)
    yield
    for cached in ("base_location", "location"):
        storage.__dict__.pop(cached, None)


@pytest.fixture
def month(cast):
    """The last month, which is over."""
    return Period.of(MONTH, cast.today).before()


@pytest.fixture
def cleanings(cast, month):
    """`cleanings(done=8, late=1, missed=1)`: duties of SCH-01 in the first hall that ended so, each due in the month."""
    def make(hall=None, **counts):
        due = month.bounds((hall or cast.hall).timezone)[0] + timedelta(hours=9)
        for state, number in counts.items():
            for n in range(number):
                at = due + timedelta(days=n)
                Duty.objects.create(schedule="SCH-01", slot=f"{state} {n}", hall=hall or cast.hall, role="logistics", starts_at=at, due_at=at, state=state,
                                    done_at=None if state == "open" else at)
    return make


def line_of(cast, month, key="SCH-01", by="manager", hall=None):
    """The line of one obligation in the report."""
    return next(line for line in queries.report(hall or cast.hall, month, cast.user(by), cast.now) if line.obligation.key == key)


def verdict_of(cast, month, clause=CLEAN, by="manager"):
    """What is computed of a clause."""
    return {(row.clause.source, row.clause.number): row for row in queries.clause_lines(cast.hall, month, cast.user(by), cast.now)}[clause]


def judged(cast, month, by="department", result="partial", score=70, reason="Dust in two corners", **facts):
    """Somebody judges the cleaning clause."""
    return services.judge(cast.actor(by), hall=cast.hall, source=CLEAN[0], number=CLEAN[1], month=month, result=result, score=score, reason=reason,
                          now=cast.now, **facts)


def added(cast, by="supervisor", **facts):
    """Evidence for the cleaning clause."""
    return services.add(cast.actor(by), **{"hall": cast.hall, "source": CLEAN[0], "number": CLEAN[1], "title": "Contract", "owner": cast.people["manager"],
                                           "effective_on": cast.today - timedelta(days=90), "now": cast.now} | facts)


def photo():
    """A photo as it is handed in."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return SimpleUploadedFile("proof.jpg", out.getvalue())


@pytest.mark.parametrize(("ended", "state"), [({}, "not_due"), ({"done": 5}, "kept"), ({"done": 5, "late": 1}, "late"), ({"done": 5, "missed": 1}, "missed"),
                                              ({"done": 5, "open": 1}, "missed"), ({"excused": 2}, "not_due")])
def test_an_obligation_is_kept_late_missed_or_not_due(cast, month, cleanings, ended, state):
    cleanings(**ended)
    assert line_of(cast, month).state == state


@pytest.mark.req("PRF-44")
def test_every_obligation_names_its_clauses_and_what_tells_of_it(cast, as_role):
    listed = computing.obligations()
    assert {one.sort for one in listed} == {"plan", "control"} and all(one.clauses for one in listed) and len(listed) > 20
    page = as_role("manager").get(reverse("obligations"))
    text = page.content.decode()
    assert page.status_code == 200 and "S0 §5.1.2" in text and "Confirm an incident" in text
    only = as_role("manager").get(reverse("obligations") + "?source=S4").content.decode()
    assert "S4 §" in only and only.count("<tr>") < text.count("<tr>")


@pytest.mark.req("PRF-45")
def test_a_skipped_round_turns_its_line_red_in_the_month_and_leads_to_the_round(cast, as_role, month, cleanings):
    cleanings(done=9, missed=1)
    client = as_role("manager")
    page = client.get(f"{reverse('conformity')}?hall={cast.hall.pk}&month={month.key}").content.decode()
    address = reverse("conformity_records", args=[cast.hall.pk, month.key, "SCH-01"])
    assert address in page and "missed" in page
    records = client.get(address).content.decode()
    assert records.count('<tr') - 1 == 10
    assert line_of(cast, month.before()).state == "not_due" and line_of(cast, month, hall=cast.other_hall, by="general").state == "not_due"
    kept, due, share = queries.kept_share(queries.report(cast.hall, month, cast.user("manager"), cast.now))
    assert f"{kept} of {due} obligations" in page and f"{share} %" in page
    paper = client.get(f"{reverse('conformity')}?hall={cast.hall.pk}&month={month.key}&print").content.decode()
    assert "FRM-62" in paper and "S0 §5.1.2" in paper


def test_whose_reach_is_a_team_counts_no_duty_of_a_person_of_another_team(cast, month):
    at = month.bounds(cast.hall.timezone)[0] + timedelta(hours=9)
    for who in ("sales", "outsider"):
        Duty.objects.create(schedule="SCH-34", slot="x", hall=cast.hall, employee=cast.people[who], starts_at=at, due_at=at, state="done", done_at=at)
    assert line_of(cast, month, "SCH-34").tally.whole == 2
    assert line_of(cast, month, "SCH-34", by="supervisor").tally.whole == 1


def test_the_score_is_the_share_kept_late_ones_half_and_the_limits_are_those_of_the_hall(cast, month, cleanings):
    cleanings(done=8, late=1, missed=1)
    found = verdict_of(cast, month).computed
    assert (found.result, found.score, found.tally.whole) == (Result.PARTIAL, 85, 10)
    ParameterValue.objects.create(key="conformity_target", value=80, hall=cast.hall, valid_from=month.first)
    assert verdict_of(cast, month).computed.result == Result.COMPLIANT
    ParameterValue.objects.create(key="conformity_target", value=95, hall=cast.hall, valid_from=month.last)
    ParameterValue.objects.create(key="conformity_partial_from", value=90, hall=cast.hall, valid_from=month.first)
    assert verdict_of(cast, month).computed.result == Result.NOT


def test_a_clause_without_records_is_not_assessed_and_one_of_other_halls_not_applicable(cast, month):
    assert verdict_of(cast, month).computed.result == Result.NOT_ASSESSED
    edition = Clause.objects.get(source="S0", number="5.1.2", edition__in=RegulationVersion.objects.in_force(cast.today)).edition
    RegulationVersion.objects.filter(pk=edition.pk).update(hall_kinds=["nothing"])
    assert verdict_of(cast, month).computed.result == Result.NOT_APPLICABLE


def test_one_clause_alone_is_computed_as_in_the_list(cast, month, cleanings):
    cleanings(done=3, late=1)
    clause = queries.clause_in_force(*CLEAN, month.last)
    assert services.computed_of(clause, cast.hall, month, cast.user("manager"), cast.now) == verdict_of(cast, month).computed


def test_a_judgement_keeps_what_was_computed_and_counts_from_then_on(cast, month, cleanings):
    cleanings(done=10)
    row = judged(cast, month)
    assert (row.computed, row.computed_score, row.result, row.score, row.judged_by) == ("compliant", 100, "partial", 70, cast.people["department"])
    line = verdict_of(cast, month)
    assert (line.result, line.score, line.computed.result) == ("partial", 70, "compliant")
    assert verdict_of(cast, month.before()).judged is None
    again = judged(cast, month, by="hr", score=75, version=row.version)
    assert again.pk == row.pk and [one.score for one in again.history.order_by("history_id")] == [70, 75]


def test_who_leads_the_hall_never_judges_it_and_departing_needs_a_reason(cast, month, cleanings, as_role):
    cleanings(done=10)
    cast.hall.manager = cast.people["department"]
    cast.hall.save()
    with pytest.raises(Refused, match="You lead this hall"):
        judged(cast, month)
    with pytest.raises(Refused, match="Give the reason"):
        judged(cast, month, by="hr", reason=" ")
    assert judged(cast, month, by="hr", result="compliant", score=100, reason="").reason == ""
    page = reverse("judge_clause", args=[cast.hall.pk, month.key, *CLEAN])
    assert as_role("manager").get(page).status_code == 403
    refused = as_role("hr").post(page, {"result": "not", "score": "10", "reason": "", "version": "1"})
    assert refused.status_code == 422 and "Give the reason" in refused.content.decode()


def test_two_who_judge_at_once_do_not_overwrite_each_other(cast, month, cleanings):
    cleanings(done=10)
    row = judged(cast, month)
    judged(cast, month, by="hr", score=80, version=row.version)
    with pytest.raises(Changed):
        judged(cast, month, by="general", score=10, version=row.version)
    with pytest.raises(Changed):
        judged(cast, month, by="general", score=10)
    with pytest.raises(Refused, match="still to come"):
        judged(cast, Period.of(MONTH, cast.today).next())
    with pytest.raises(IntegrityError), transaction.atomic():
        ClauseJudgement.objects.create(hall=cast.hall, source="S0", number="5.1.2", month=month.first, result="not", computed="not",
                                       judged_by=cast.people["hr"], judged_at=cast.now)


def test_a_judgement_that_is_gone_is_not_written_again_as_if_it_stood(cast, month, cleanings):
    cleanings(done=10)
    with pytest.raises(Refused, match="This judgement is gone"):
        judged(cast, month, version=1)
    assert not ClauseJudgement.objects.exists()


def test_the_page_of_a_clause_shows_computed_judged_and_evidence_and_the_export_says_the_same(cast, month, cleanings, as_role):
    cleanings(done=8, late=1, missed=1)
    judged(cast, month, result="not", score=40)
    added(cast, title="Cleaning contract")
    page = as_role("manager").get(reverse("clause_result", args=[cast.hall.pk, month.key, *CLEAN])).content.decode()
    assert "85 %" in page and "partly compliant" in page and "not compliant" in page and "Dust in two corners" in page and "Cleaning contract" in page
    rows = b"".join(as_role("manager").get(f"{reverse('clause_results')}?hall={cast.hall.pk}&month={month.key}&result=not&format=csv")).decode().splitlines()
    assert len(rows) == 2 and rows[1].startswith("S0 §5.1.2") and ",85,not compliant,40,Dust in two corners,1" in rows[1]


def test_the_clause_of_the_regulation_shows_how_it_is_kept(cast, as_role, month):
    at = Period.of(MONTH, cast.today).bounds(cast.hall.timezone)[0]
    Duty.objects.create(schedule="SCH-01", slot="now", hall=cast.hall, role="logistics", starts_at=at, due_at=at, state="done", done_at=at)
    page = as_role("manager").get(reverse("clause", args=CLEAN)).content.decode()
    assert "How it is kept" in page and "Score 100 %" in page
    assert "How it is kept" not in as_role("sales").get(reverse("clause", args=CLEAN)).content.decode()


def test_evidence_that_ran_out_lets_a_clause_be_partly_kept_until_a_new_revision_stands(cast, month, cleanings):
    cleanings(done=10)
    row = added(cast, expires_on=month.last - timedelta(days=1))
    found = verdict_of(cast, month).computed
    assert (found.result, found.score, found.expired) == ("partial", 100, True)
    new = services.revise(cast.actor("supervisor"), row, title="Contract", owner=cast.people["manager"], effective_on=month.first, now=cast.now)
    assert (new.revision, new.replaces) == (2, row) and verdict_of(cast, month).computed.result == "compliant"
    with pytest.raises(Refused, match="newer revision"):
        services.revise(cast.actor("manager"), row, title="Contract", owner=cast.people["manager"], effective_on=month.first, now=cast.now)


def test_a_changed_byte_keeps_the_file_shut_and_a_gone_one_says_so(cast, as_role):
    row = added(cast, upload=photo())
    address = reverse("open_evidence", args=[row.pk])
    shown = as_role("manager").get(address)
    assert shown.status_code == 200 and shown.headers["Content-Type"] == "image/jpeg" and len(row.checksum) == 64
    with open(row.attachment.file.path, "r+b") as file:
        file.seek(30)
        file.write(b"x")
    assert "its checksum differs" in as_role("manager").get(address, follow=True).content.decode()
    row.attachment.file.storage.delete(row.attachment.file.name)
    assert "The file is gone" in as_role("manager").get(address, follow=True).content.decode()


def test_its_owner_has_it_on_my_day_before_it_runs_out_and_a_revision_ends_that(cast, month):
    far, near = added(cast, expires_on=cast.today + timedelta(days=31)), added(cast, title="Near", expires_on=cast.today + timedelta(days=30))
    assert plans.write_renewals(cast.now, cast.now) == 1 and plans.write_renewals(cast.now, cast.now) == 0
    due = Duty.objects.get(schedule=services.RENEWAL)
    assert (due.employee, due.record_id, due.state) == (cast.people["manager"], near.pk, "open")
    assert cast.hall.day_of(due.due_at) == near.expires_on + timedelta(days=1)
    ParameterValue.objects.create(key="evidence_renewal_days", value=31, hall=cast.hall, valid_from=cast.today)
    assert plans.write_renewals(cast.now, cast.now) == 1
    services.revise(cast.actor("manager"), near, title="Near", owner=cast.people["manager"], effective_on=cast.today, now=cast.now)
    services.take_back(cast.actor("manager"), far, reason="Contract ended", now=cast.now)
    assert dict(Duty.objects.filter(schedule=services.RENEWAL).values_list("record_id", "state")) == {near.pk: "done", far.pk: "excused"}
    assert plans.write_renewals(cast.now, cast.now) == 0


def test_evidence_is_taken_back_once(cast):
    row = added(cast)
    services.take_back(cast.actor("manager"), row, reason="Contract ended", now=cast.now)
    with pytest.raises(Refused, match="taken back already"):
        services.take_back(cast.actor("general"), row, reason="Another reason", now=cast.now)
    row.refresh_from_db()
    assert row.ended_reason == "Contract ended"


def test_evidence_is_added_through_the_page_once_and_bad_input_stays_in_the_form(cast, as_role):
    client, address = as_role("supervisor"), reverse("add_clause_evidence")
    key = client.get(address).context["one_off_key"]
    good = {"hall": cast.hall.pk, "clause": "S0 §5.1.2", "title": "Photo of the hall", "owner": "manager", "effective_on": cast.today.isoformat(),
            "one_off_key": key}
    good["owner"] = cast.people["manager"].number
    bad = client.post(address, good | {"clause": "S9 §1", "expires_on": "1999-01-01"})
    assert bad.status_code == 422 and "No regulation has this clause" in bad.content.decode() and "Photo of the hall" in bad.content.decode()
    for _press in range(2):
        assert client.post(address, good).status_code == 302
    assert ClauseEvidence.objects.get().title == "Photo of the hall"
    early = client.post(address, good | {"expires_on": (cast.today - timedelta(days=1)).isoformat(), "one_off_key": client.get(address).context["one_off_key"]})
    assert early.status_code == 422 and "It ends before it begins" in early.content.decode()
    other = client.post(address, good | {"hall": cast.other_hall.pk, "one_off_key": client.get(address).context["one_off_key"]})
    assert other.status_code == 422 and ClauseEvidence.objects.count() == 1


def test_the_report_asks_as_many_statements_for_a_hundred_duties_as_for_one(cast, cost, month, cleanings):
    cleanings(done=1)
    one = cost(f"{reverse('clause_results')}?hall={cast.hall.pk}&month={month.key}")
    cleanings(late=28, missed=28, open=28)
    assert cost(f"{reverse('clause_results')}?hall={cast.hall.pk}&month={month.key}") == one <= 25
