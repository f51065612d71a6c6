"""What the report leads to: improvement items from missed lines, evidence that passes on, records of the house as evidence, whom names are shown
(PRF-44, PRF-46; FIELD 2.7 rows 3, 4)."""
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import close_old_connections
from django.urls import reverse

from config.accounts.actor import Actor
from config.contributions.holdings import HOLDINGS
from config.errors import Changed, Refused
from config.web.periods import MONTH, Period
from performance.conformity import computing, plans, queries, services
from performance.conformity.models import ClauseEvidence, ClauseJudgement, MissedObligation
from staff.duties.models import Duty
from staff.improvement.models import Action
from tests.performance.conformity.test_conformity import CLEAN, added, cleanings, judged, month, verdict_of

__all__ = ["cleanings", "month"]  # fixtures


def address_of(cast, month, key="SCH-01"):
    """The page on which a line becomes an improvement item."""
    return reverse("improve_obligation", args=[cast.hall.pk, month.key, "plan", key])


@pytest.mark.req("PRF-46")
def test_a_red_line_becomes_an_improvement_item_with_an_owner_and_leads_there_from_then_on(cast, as_role, month, cleanings):
    cleanings(done=9, missed=1)
    client, report = as_role("manager"), f"{reverse('conformity')}?hall={cast.hall.pk}&month={month.key}"
    address = address_of(cast, month)
    assert address in client.get(report).content.decode()
    form = client.get(address)
    problem = form.context["form"]["problem"].value()
    assert problem.startswith("Daily cleaning, ") and "of 10 that were due 1 missed, 0 late (S0 §5.1.2" in problem
    sent = {"problem": problem, "cause": "", "owner": cast.people["supervisor"].number, "one_off_key": form.context["one_off_key"]}
    for _press in range(2):
        assert client.post(address, sent).status_code == 302
    item = Action.objects.get(kind=queries.MISSED)
    assert (item.owner, item.hall, item.source) == (cast.people["supervisor"], cast.hall, "analysis")
    page = client.get(report).content.decode()
    assert item.number in page and address not in page
    assert item.number in client.get(f"{report}&print").content.decode()
    origin = queries.records.resolve([(item.kind, item.record_id)], cast.user("manager"))[item.kind, item.record_id]
    assert origin.title.startswith("Daily cleaning · ") and origin.address in client.get(reverse("improvement", args=[item.pk])).content.decode()
    assert client.get(origin.address).headers["Location"] == reverse("conformity_records", args=[cast.hall.pk, month.key, "SCH-01"])


def test_what_was_kept_or_stands_in_the_register_is_refused_until_that_item_is_closed(cast, month, cleanings):
    def improve(key="SCH-01"):
        line = computing.obligation("plan", key)
        return services.improve(cast.actor("manager"), hall=cast.hall, month=month, obligation=line, problem="Skipped", now=cast.now)

    with pytest.raises(Refused, match="nothing to improve"):
        improve()
    cleanings(missed=1)
    item = improve()
    with pytest.raises(Refused, match=item.number):
        improve()
    Action.objects.filter(pk=item.pk).update(state="closed", done_at=cast.now, check_on=cast.today, rechecked_at=cast.now,
                                             rechecked_by=cast.people["department"])
    assert improve().pk != item.pk and MissedObligation.objects.count() == 1


def test_who_sees_no_report_of_a_hall_improves_nothing_there(cast, as_role, month):
    assert as_role("sales").get(address_of(cast, month)).status_code == 404
    other = reverse("improve_obligation", args=[cast.other_hall.pk, month.key, "plan", "SCH-01"])
    assert as_role("manager").get(other).status_code == 404
    assert as_role("manager").get(address_of(cast, month, "unknown")).status_code == 404


@pytest.mark.req("PRF-44")
def test_the_list_of_obligations_says_how_often_and_who_and_is_narrowed_sorted_and_exported(cast, as_role):
    client, address = as_role("manager"), reverse("obligations")

    def rows(query):
        return b"".join(client.get(f"{address}?{query}&format=csv")).decode().strip().splitlines()[1:]

    every = rows("")
    cleaning = next(row for row in every if row.startswith("Daily cleaning,"))
    assert "every 10 minutes" in cleaning and "Logistics staff" in cleaning and "S0 §5.1.2" in cleaning
    assert len(every) == len(computing.obligations())
    chapter = rows("source=S0+§5")
    assert cleaning in chapter and len(chapter) < len(rows("source=S0")) < len(every)
    assert rows("q=S0+§5.1.2") == [row for row in every if "S0 §5.1.2" in row]
    assert {row.rsplit(",", 1)[-1] for row in rows("sort_of=control")} == {"control"}
    assert rows("sort=-what")[0].split(",")[0] == max(row.split(",")[0] for row in every)
    shown = client.get(f"{address}?q=cleaning").content.decode()
    assert "Daily cleaning" in shown and "Return visit" not in shown
    assert "No obligation fits" in client.get(f"{address}?q=nonsense").content.decode()


def test_every_schedule_of_the_regulation_has_somebody_responsible():
    named = computing.responsible()
    assert not [one.key for one in computing.obligations() if one.key.startswith("SCH-") and not named.get(one.key)]


def test_an_auditor_reads_results_and_records_without_a_name(cast, as_role, month, cleanings):
    at = month.bounds(cast.hall.timezone)[0] + timedelta(hours=9)
    Duty.objects.create(schedule="SCH-34", slot="x", hall=cast.hall, employee=cast.people["sales"], starts_at=at, due_at=at, state="done", done_at=at)
    cleanings(done=3)
    judged(cast, month)
    row = added(cast)
    names = {cast.people[who].name for who in ("sales", "department", "manager", "supervisor")}
    key = [cast.hall.pk, month.key]
    pages = [reverse("conformity_records", args=[*key, "SCH-34"]), reverse("clause_result", args=[*key, *CLEAN]), reverse("evidence_of_clauses"),
             reverse("clause_evidence", args=[row.pk]), f"{reverse('conformity')}?hall={cast.hall.pk}&month={month.key}"]
    told = {role: [as_role(role).get(page).content.decode() for page in pages] for role in ("auditor", "general")}
    assert not [(page, name) for page, text in zip(pages, told["auditor"], strict=True) for name in names if name in text]
    assert all(any(name in text for name in names) for text in told["general"][:4])
    assert "partly compliant" in told["auditor"][1] and "Contract" in told["auditor"][3]


def test_the_records_say_the_role_in_words(cast, as_role, month, cleanings):
    cleanings(done=1)
    assert "Logistics staff" in as_role("manager").get(reverse("conformity_records", args=[cast.hall.pk, month.key, "SCH-01"])).content.decode()


def test_a_past_month_is_judged_by_the_evidence_that_stood_then(cast, month, cleanings):
    cleanings(done=10)
    old = added(cast, effective_on=month.first - timedelta(days=30), expires_on=month.last - timedelta(days=3))
    services.revise(cast.actor("supervisor"), old, title="Contract", owner=cast.people["manager"], effective_on=cast.today, now=cast.now)
    assert verdict_of(cast, month).computed.expired and verdict_of(cast, month).evidence == 0
    this = Period.of(MONTH, cast.today)
    assert not verdict_of(cast, this).computed.expired and verdict_of(cast, this).evidence == 1


def test_the_list_of_clauses_marks_expired_evidence_and_narrows_to_a_chapter(cast, as_role, month, cleanings):
    cleanings(done=10)
    added(cast, expires_on=month.last - timedelta(days=3))
    base = f"{reverse('clause_results')}?hall={cast.hall.pk}&month={month.key}"
    assert "evidence expired" in as_role("manager").get(base).content.decode()
    rows = b"".join(as_role("manager").get(f"{base}&result=all&source=S0+§5&format=csv")).decode().strip().splitlines()[1:]
    assert rows and all(row.startswith("S0 §5") for row in rows)


def test_a_record_of_the_house_is_evidence_for_who_may_open_it(cast, as_role):
    customer = cast.customer_for(owner="sales")
    client, address = as_role("manager"), reverse("add_clause_evidence")
    sent = {"hall": cast.hall.pk, "clause": "S0 §5.1.2", "title": "File", "owner": cast.people["manager"].number, "effective_on": cast.today.isoformat(),
            "one_off_key": client.get(address).context["one_off_key"]}
    for wrong in ("/nowhere/", reverse("people"), reverse("customer", args=[customer.pk + 999]), "http://[bad"):
        refused = client.post(address, sent | {"record": wrong})
        assert refused.status_code == 422 and "not the page of a record" in refused.content.decode(), wrong
    page = f"https://hall.example{reverse('customer', args=[customer.pk])}?tab=1"
    assert client.post(address, sent | {"record": page}).status_code == 302
    row = ClauseEvidence.objects.get()
    assert (row.kind, row.record_id) == ("customer", customer.pk)
    link = reverse("customer", args=[customer.pk])
    assert link in client.get(reverse("clause_evidence", args=[row.pk])).content.decode()
    assert client.get(reverse("revise_evidence", args=[row.pk])).context["form"]["record"].value() == link
    auditor = as_role("auditor").get(reverse("clause_evidence", args=[row.pk])).content.decode()
    assert link not in auditor and "A record that you may not open" in auditor


def test_evidence_of_who_leaves_passes_on_with_what_is_due(cast):
    row = added(cast, expires_on=cast.today + timedelta(days=5))
    plans.write_renewals(cast.now, cast.now)
    held = HOLDINGS.get("clause_evidence_owned")
    held.hand_over(cast.actor("hr"), held.owned(cast.people["manager"]), cast.people["supervisor"], cast.now, reason="leaves")
    row.refresh_from_db()
    assert row.owner == cast.people["supervisor"] and not held.owned(cast.people["manager"]).exists()
    assert plans.write_renewals(cast.now, cast.now) == 0
    assert Duty.objects.get(kind=services.EVIDENCE, state="open").employee == cast.people["supervisor"]


@pytest.mark.django_db(transaction=True)
def test_two_first_judgements_at_the_same_moment_leave_one(cast, month):
    def judge(who):
        try:
            services.judge(Actor(cast.user(who)), hall=cast.hall, source=CLEAN[0], number=CLEAN[1], month=month, result="partial", score=70, reason="Dust",
                           now=cast.now)
            return "judged"
        except Changed:
            return "changed"
        finally:
            close_old_connections()

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(judge, ["department", "hr"]))
    assert told == ["changed", "judged"] and ClauseJudgement.objects.count() == 1
