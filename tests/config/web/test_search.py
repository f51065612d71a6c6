"""The page of results: every kind of record by the rights of who asks, within a time (FIELD 2.7 row 29)."""
import re

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.contributions import search
from config.web import finding, results
from config.web.spelling import said
from reception.customers.models import Customer
from staff.communication.notices.models import Notice
from tests.access import subjects

pytestmark = pytest.mark.django_db
FOUND = {  # source: (who makes it, maker, words that find it, a name that only it has); of the first hall
    "customers": (lambda cast: cast.customer_for(name="Zhongli Ngo", owner="sales"), "Zhongli"),
    "visits": (lambda cast: subjects.visit(cast, "sales"), lambda row: row.number),
    "appointments": (lambda cast: cast.appointment_for(employee="sales", customer=cast.customer_for(name="Zhongli Ngo", hall=cast.hall)), "Zhongli"),
    "follow-ups": (lambda cast: named_follow_up(cast), "Zhongli"),
    "duties": (lambda cast: subjects.duty(cast, "sales"), lambda row: row.employee.number),
    "notices": (lambda cast: subjects.notice(cast, "sales"), "Hours"),
    "requests": (lambda cast: subjects.work_request(cast, "sales"), "Folders"),
    "duty-sheets": (lambda cast: subjects.sheet_reading(cast, "sales"), "Sales Wang"),
    "halls": (lambda cast: cast.hall, lambda row: row.code),
    "areas": (lambda cast: cast.areas["sales", "reception"], lambda row: row.name["en"]),
    "rounds": (lambda cast: subjects.cleaning_round(cast, "sales"), lambda row: row.day.isoformat()),
    "incidents": (lambda cast: subjects.incident(cast, "sales"), "Shelf"),
    "complaints": (lambda cast: subjects.complaint(cast, "sales"), lambda row: row.number),
    "clause-evidence": (lambda cast: subjects.clause_evidence(cast, "sales"), "Certificate"),
    "archive": (lambda cast: subjects.archive_item(cast, "sales"), "Order of"),
    "archive-requests": (lambda cast: subjects.access_request(cast, "sales"), "customer asks"),
    "stocktakings": (lambda cast: subjects.stocktaking(cast, "sales"), lambda row: row.slot.isoformat()),
    "snippets": (lambda cast: subjects.snippet(cast, "sales"), "Welcome"),
    "appraisals": (lambda cast: subjects.appraisal(cast, "sales"), lambda row: row.employee.number),
    "promises": (lambda cast: subjects.promise(cast, "sales"), lambda row: row.what),
    "improvements": (lambda cast: subjects.improvement(cast, "sales"), lambda row: row.problem),
    "erasures": (lambda cast: erasure(cast), "asked by letter"),
}
EVERYBODYS = {"people", "structure", "positions", "services", "clauses", "parameters", "regulations", "hall-rules", "questions", "laws", "parameter-changes",
              "info-board"}  # the whole house reads these, by the matrix
ALSO_ELSEWHERE = {"halls", "areas", "rounds", "stocktakings", "snippets"}  # the other hall has one that the same words find


def named_follow_up(cast):
    row = subjects.follow_up(cast, "sales")
    Customer.objects.filter(pk=row.customer_id).update(name="Zhongli Ngo")
    return row


def erasure(cast):
    from config.privacy.models import Erasure
    from reception.customers.services import KIND

    return Erasure.objects.create(kind=KIND, record_ids=[1], hall_ids=[cast.hall.pk], cause="request", reason="asked by letter", by=cast.users["manager"],
                                  at=cast.now)


def made(cast, key):
    """(the record, the words that find it) of a source."""
    maker, words = FOUND[key]
    row = maker(cast)
    return row, words if isinstance(words, str) else words(row)


def groups_of(client, words, kind=""):
    """{kind: html} of the page of results."""
    text = client.get(reverse("search"), {"q": words, "kind": kind}).content.decode()
    return dict(re.findall(r'<section class="sec" id="([a-z-]+)">(.*?)</section>', text, re.DOTALL))


def test_every_source_is_tried_here():
    assert {source.key for source in search.SOURCES.all()} == {*FOUND, *EVERYBODYS}


@pytest.mark.parametrize("key", FOUND)
def test_a_record_is_found_by_who_may_open_it_and_its_link_opens(cast, as_role, key):
    _row, words = made(cast, key)
    client = as_role("manager")
    address = re.search(r'<li>.*?<a href="([^"]+)"', groups_of(client, words)[key], re.DOTALL)[1]
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("key", FOUND)
def test_somebody_of_the_other_hall_finds_no_record_of_this_one(cast, as_role, key):
    row, words = made(cast, key)
    for other in ("sales2", "manager2", "logistics2"):
        hits = groups_of(as_role(other), words).get(key, "")
        if key == "halls":
            continue  # whoever reads the organisation reads the names of all halls
        assert f'/{row.pk}/"' not in hits or key in ALSO_ELSEWHERE and str(cast.hall) not in hits, (other, hits)
        assert key in ALSO_ELSEWHERE or not hits, (other, hits)


@pytest.mark.parametrize("key", FOUND)
def test_taking_a_source_away_changes_the_page(cast, as_role, key):
    _row, words = made(cast, key)
    client = as_role("manager")
    assert key in groups_of(client, words)
    taken = search.SOURCES.without(key)
    try:
        assert key not in groups_of(client, words)
    finally:
        search.SOURCES.add(taken)


@pytest.mark.parametrize("key", [source.key for source in search.SOURCES.all() if source.page and source.key in FOUND])
def test_the_list_behind_all_of_a_kind_shows_what_was_found(cast, as_role, key):
    row, words = made(cast, key)
    client = as_role("manager")
    text = client.get(reverse(search.SOURCES.get(key).page), {"q": words}).content.decode()
    assert f"/{row.pk}/" in text


@pytest.mark.parametrize("key", sorted(EVERYBODYS))
def test_what_the_whole_house_reads_is_found_from_every_hall(cast, as_role, key):
    subjects.board_entry(cast, "sales"), subjects.question(cast, "sales"), subjects.hall_rule(cast, "sales"), subjects.law(cast, "sales")
    subjects.parameter_change(cast, "sales")
    if key == "parameter-changes":
        from staff.regulation.parameters.models import ParameterChange

        ParameterChange.objects.update(state="confirmed", decided_by=cast.users["hr2"], decided_at=cast.now, reason="Crowds at noon")
    words = {"people": cast.people["sales"].number, "structure": str(cast.teams["sales-one"]), "positions": "sales", "services": "", "clauses": "S0 §3.3.1.1",
             "parameters": "greeting", "regulations": "sales", "hall-rules": "Two at the door", "questions": "May I", "laws": "Consumer",
             "parameter-changes": "Crowds at noon", "info-board": "Trade-in"}[key] or str(next(iter(cast.services.values())))
    assert key in groups_of(as_role("sales2"), words)


def test_only_kinds_that_one_has_a_right_over_are_asked(cast, as_role):
    source, asked = search.SOURCES.get("robots-probe"), []
    assert source is None
    search.register(key="robots-probe", label="Probe", find=lambda user, words, limit: asked.append(user.username) or [], capability="robots.edit")
    try:
        for role in ("sales", "manager"):
            groups_of(as_role(role), "anything")
    finally:
        search.SOURCES.without("robots-probe")
    assert asked == ["manager"]


@pytest.mark.parametrize("typed", ["yingye", "营业", "yysj", "shijian"])
def test_a_title_is_found_by_its_characters_its_sound_and_its_initials(cast, as_role, typed):
    subjects.notice(cast, "sales")
    Notice.objects.update(title="国庆营业时间调整")
    assert "国庆营业时间调整" in groups_of(as_role("manager"), typed)["notices"]


def test_what_sounds_otherwise_is_not_meant():
    assert said("yysj", "国庆营业时间调整") and not said("ysj", "营业厅") and not said("ngye", "营业厅")


def test_more_than_a_few_lead_to_all_of_the_kind_and_the_count_is_capped(cast, as_role):
    for n in range(results.MOST + 2):
        cast.customer_for(name=f"Zhongli {n}", owner="sales")
    group = groups_of(as_role("manager"), "Zhongli")["customers"]
    assert group.count("<li>") == results.SHOWN and f"{results.MOST}+" in group and f"{reverse('customers')}?q=Zhongli" in group
    assert groups_of(as_role("manager"), "Zhongli", kind="customers")["customers"].count("<li>") == results.MOST


def test_the_statements_do_not_grow_with_what_is_found(cast, as_role):
    client = as_role("manager")

    def statements():
        with CaptureQueriesContext(connection) as seen:
            assert groups_of(client, "Zhongli") or True
        return len(seen)

    statements()
    for n in range(2):
        subjects.visit(cast, "sales")
        cast.customer_for(name=f"Zhongli {n}", owner="sales")
        subjects.incident(cast, "sales")
    few = statements()
    for n in range(12):
        cast.customer_for(name=f"Zhongli {n + 5}", owner="sales")
        subjects.incident(cast, "sales")
    assert statements() == few


def test_a_phone_number_never_stands_in_an_address_and_a_name_may(cast, as_role):
    customer = cast.customer_for(owner="sales")
    client, number = as_role("manager"), customer.contacts.get().value
    answer = client.post(reverse("search"), {"q": number})
    assert answer.status_code == 200 and reverse("customer", args=[customer.pk]) in answer.content.decode()
    assert number not in re.sub(r'value="[^"]*"|<title>.*?</title>', "", answer.content.decode())
    named = client.post(reverse("search"), {"q": "Zhongli"})
    assert (named.status_code, named["Location"]) == (302, f"{reverse('search')}?q=Zhongli")


def test_a_source_that_takes_too_long_is_said_and_the_others_are_shown(cast, as_role):
    def slow(user, words, limit):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(20)")

    cast.customer_for(name="Zhongli Ngo", owner="sales")
    search.register(key="slow", label="Slow things", find=slow, order=1)
    patience, finding.PATIENCE = finding.PATIENCE, .2
    try:
        text = as_role("manager").get(reverse("search"), {"q": "Zhongli", "kind": "slow"}).content.decode()
        finding.PATIENCE = patience
        assert "Slow things" in text and "too short" in text
        found, late = finding.ask([search.SOURCES.get("customers")], cast.user("manager"), "Zhongli", 5)
        assert found[0][1] and not late
    finally:
        finding.PATIENCE = patience
        search.SOURCES.without("slow")


def test_another_fault_of_a_source_is_not_swallowed(cast, as_role):
    for fault in (ValueError("broken"), OperationalError("the line is away")):
        def broken(user, words, limit, fault=fault):
            raise fault

        search.register(key="broken", label="Broken", find=broken)
        try:
            with pytest.raises(type(fault), match=str(fault)):
                as_role("manager").get(reverse("search"), {"q": "Zhongli"})
        finally:
            search.SOURCES.without("broken")


def test_the_command_bar_ends_with_everything_that_fits(cast, as_role):
    text = as_role("reception").post("/commands/", {"q": "Zhongli"}).content.decode()
    assert 'action="/search/"' in text and 'name="q" value="Zhongli"' in text
    assert 'action="/search/"' not in as_role("reception").post("/commands/", {"q": ""}).content.decode()
