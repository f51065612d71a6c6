"""Reading changes nothing, and costs the same however much there is: over every address that can be read."""
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.web.lists import ListPage
from facilities.cleaning.models import CleaningRound
from reception.customers.services.checking import check_anew
from staff.archive.models import Stocktaking
from staff.communication.models import Snippet
from staff.duties.models import Duty
from staff.notifications.models import Notification, Robot
from staff.organisation.models import Deputy
from staff.regulation.clauses.models import HallRule, LegalNote, Question
from staff.regulation.parameters.models import ParameterChange
from staff.teamwork.workplans.models import WorkPlan
from tests.access.subjects import (
    SUBJECTS,
    access_request,
    appraisal,
    archive_item,
    board_entry,
    box_check,
    clause_evidence,
    cleaning_round,
    complaint,
    complaint_analysis,
    complaint_channel,
    duty,
    follow_up,
    held,
    improvement,
    incident,
    incoming_mail,
    notice,
    parameter_change,
    promise,
    register,
    sheet_reading,
    shift_handover,
    station,
    suggestion,
    work_request,
)
from tests.addresses import addresses
from tests.more import more

MAY_GROW = {"config_accessevent", "config_loginattempt", "django_session"}  # that one looked is on record
BUDGET = 15  # statements a page, account and rights among them
LIST = 8  # statements a list, whatever the rows
WIDER = {"people": 9, "indicator_records": 12, "control": 12,  # their filters choose among halls, positions, teams, a statement each; must not grow
         "what_if_records": 15}  # and what holds, and what is supposed
DETAIL = {"visit": 10, "customer": 10, "home": 24, "complaint": 32, "complaint_file": 20,  # one record with its history; what every room brings for the day
          "person_holdings": 26, "hand_over_holdings": 26, "leave": 26,  # a statement a room in which somebody can hold something
          "conformity": 66, "clause_results": 22, "clause": 26,  # a statement a control, and for the months beside each other a control and month
         "indicators": 80, "controls": 42}  # a statement an indicator and period, a statement a control and period; however many records
READABLE = [address for address in addresses() if address.page and hasattr(address.page, "get")]
LISTS = [pytest.param(address, id=address.name) for address in READABLE if issubclass(address.page, ListPage)]
ROWS = {  # one more row of each list, for the general manager or the administrator
    "agreements": lambda cast: cast.person_more(),
    "archive": lambda cast: archive_item(cast, "sales"),
    "archive_requests": lambda cast: access_request(cast, "sales"),
    "areas": lambda cast: cast.area_more(),
    "appraisals": lambda cast: appraisal(cast, cast.person_more()),
    "competences": lambda cast: held(cast, cast.person_more()),
    "registers": lambda cast: register(cast, "sales"),
    "appointments": lambda cast: cast.appointment_for(customer=cast.customer_for(), employee="sales"),
    "access_log": lambda cast: cast.looked_at("manager", "customer", cast.customer_for()),
    "conformity_records": lambda cast: done_more(cast),
    "evidence_of_clauses": lambda cast: clause_evidence(cast, "sales"),
    "customers": lambda cast: cast.customer_for(owner="sales"),
    "decisions": lambda cast: access_request(cast, "manager"),
    "deputies": lambda cast: Deputy.objects.create(employee=cast.person_more(), deputy=cast.people["sales"], starts_on=cast.today, ends_on=cast.today),
    "duties": lambda cast: duty(cast, "sales", slot=str(Duty.objects.count())),
    "duty_sheets": lambda cast: sheet_reading(cast, cast.person_more()),
    "control": lambda cast: cast.visit_for(state="closed"),
    "indicator_records": lambda cast: rated_more(cast),
    "what_if_records": lambda cast: cast.visit_for(state="closed"),  # judged otherwise in tests/performance/indicators/test_whatif.py
    "deliveries": lambda cast: cast.message_for(kind="notification", record_id=news(cast).pk),
    "duplicates": lambda cast: SUBJECTS["dismiss_pair"].make(cast, "sales"),
    "follow_ups": lambda cast: follow_up(cast, "sales"),
    "promises": lambda cast: promise(cast, "sales"),
    "halls": lambda cast: cast.hall_more(),
    "incomplete_files": lambda cast: lacking(cast),
    "incidents": lambda cast: incident(cast, "sales"),
    "complaints": lambda cast: complaint(cast, "sales"),
    "complaint_channels": lambda cast: complaint_channel(cast, "sales"),
    "box_checks": lambda cast: box_check(cast, "sales"),
    "incoming_mails": lambda cast: incoming_mail(cast, "sales"),
    "complaint_analyses": lambda cast: complaint_analysis(cast, "sales"),
    "complaint_figure_records": lambda cast: complaint(cast, "sales"),
    "goodwill_ledger": lambda cast: costing(cast),
    "info_board": lambda cast: board_entry(cast, "sales"),
    "jobs": lambda cast: cast.job_for("hr"),
    "notices": lambda cast: notice(cast, "sales"),
    "notifications": lambda cast: news(cast),
    "outbox": lambda cast: cast.message_for(),
    "parameter_changes": lambda cast: asked_more(cast),
    "people": lambda cast: cast.person_more(),
    "requests": lambda cast: work_request(cast, "sales"),
    "improvements": lambda cast: improvement(cast, "sales"),
    "suggestions": lambda cast: suggestion(cast, "sales"),
    "work_plans": lambda cast: plan_more(cast),
    "robots": lambda cast: Robot.objects.create(service="wecom", name="Hall", hall=cast.hall, token=f"key-{Robot.objects.count()}", created_at=cast.now),
    "rounds": lambda cast: cleaning_round(cast, "logistics", days_ago=CleaningRound.objects.count()),
    "stocktakings": lambda cast: stocktaking_more(cast),
    "stations": lambda cast: station(cast, "sales"),
    "questions": lambda cast: Question.objects.create(asked_by=cast.people["sales"], text="May I?", asked_at=cast.now, source="S0", number="3.3.1.1"),
    "laws": lambda cast: LegalNote.objects.create(title={"en": "A"}, text={"en": "B"}, clauses=["S0 §3.2.4"]),
    "hall_rules": lambda cast: HallRule.objects.create(hall=cast.hall, source="S0", number="3.3.1.1", text={"en": "A"}, state="in_force",
                                                       proposed_by=cast.users["manager"], proposed_at=cast.now, valid_from=cast.today, reason="B"),
    "shift_handovers": lambda cast: shift_handover(cast, "sales"),
    "snippets": lambda cast: Snippet.objects.create(hall=cast.hall, code=f"s{Snippet.objects.count()}", name={"en": "A"}, text={"en": "B"}),
    "visits": lambda cast: cast.visit_for(adviser="sales", state="in_service", customer=cast.customer_for(owner="sales")),
}


def done_more(cast):
    """One more cleaning that was due in the first hall this month and was done."""
    return Duty.objects.create(schedule="SCH-01", slot=f"more {Duty.objects.count()}", hall=cast.hall, role="logistics", starts_at=cast.now,
                               due_at=cast.now, done_at=cast.now, state="done")


def rated_more(cast):
    """One more request that somebody answered for and that was rated."""
    return work_request(cast, "sales", owner=cast.people["logistics"], score=4, rated_at=cast.now)


def plan_more(cast):
    """The plan of the first hall for one more month."""
    n = WorkPlan.objects.count()
    return WorkPlan.objects.create(hall=cast.hall, period=f"{2020 + n // 12}-{n % 12 + 1:02d}", opens_at=cast.now, due_at=cast.now)


def lacking(cast):
    """One more file that lacks where the customer heard of us."""
    file = cast.customer_for(owner="sales")
    check_anew([file.pk])
    return file


def asked_more(cast):
    """One more change of a parameter; one waits at a place, the others are history."""
    ParameterChange.objects.filter(state="waiting").update(state="withdrawn")
    return parameter_change(cast, "hr")
def stocktaking_more(cast):
    """One more stocktaking, half a year before the last."""
    first = cast.today.replace(day=1)
    Stocktaking.objects.create(hall=cast.hall, slot=first.replace(year=first.year - Stocktaking.objects.count()), due_on=cast.today)
def news(cast):
    """One more notification of the manager, about a record of its own."""
    return Notification.objects.create(user=cast.users["manager"], kind="duty-new", event=str(Notification.objects.count()), record_kind="visit",
                                       record_id=cast.visit_for().pk, values={"what": "x", "due": "y"}, at=cast.now)




def costing(cast):
    """A complaint whose solution costs something."""
    row = complaint(cast, "sales")
    row.rounds.create(number=1, offer="A new table", compensation=50, offered_at=cast.now, offered_by=cast.people["sales"])


READERS = ("manager", "hr", "admin", "general")  # one of them may open each list


def fingerprints():
    """What every table holds, as one figure a table."""
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - MAY_GROW)
        parts = [f"SELECT '{table}', count(*)::text || ':' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM \"{table}\" t"  # noqa: S608 - names of our own tables
                 for table in tables]
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def url_of(address, cast, who):
    """The address of a record that belongs to `who`."""
    return reverse(address.name, kwargs=SUBJECTS[address.name].make(cast, who) if address.keys else None)


@pytest.mark.parametrize("asked", ["", *more("?q=%E6%9D%8E&sort=pk&page=2&format=csv&day=2026-01-01")])
@pytest.mark.parametrize("role", ["manager", *more("reception", "supervisor", "hr", "admin")])
def test_reading_every_page_changes_nothing(cast, as_role, role, asked):
    client = as_role(role)
    urls = [url_of(address, cast, role) + asked for address in READABLE]
    client.get("/")
    before, wrote = fingerprints(), {}
    for url in urls:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code < 500, url
        wrote[url] = [query["sql"][:80] for query in seen.captured_queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    after = fingerprints()
    changed = {table for table, figure in after.items() if figure != before[table]}
    assert not changed, {url: told for url, told in wrote.items() if any(table in sql for table in changed for sql in told)} or changed


def test_the_comparison_sees_a_changed_row(cast):
    before = fingerprints()
    cast.people["sales"].name = "Somebody else"
    cast.people["sales"].save()
    assert {table for table, figure in fingerprints().items() if figure != before[table]} == {"staff_employee", "staff_historicalemployee"}


def reader_of(url, as_role):
    """A client that may open the list."""
    return next(client for role in READERS if (client := as_role(role)).get(url).status_code == 200)


def statements(client, url):
    """How many statements a page takes."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("address", LISTS)
def test_a_list_costs_the_same_for_one_row_and_for_ten(address, cast, as_role):
    more, url = ROWS.get(address.name), url_of(address, cast, "manager")
    assert more, f"{address.name} is a list: say in ROWS how one more row of it comes about."
    more(cast)
    client = reader_of(url, as_role)
    one = statements(client, url)
    for _ in range(9):
        more(cast)
    assert statements(client, url) == one <= WIDER.get(address.name, LIST)


@pytest.mark.parametrize("address", [pytest.param(address, id=address.name) for address in READABLE])
def test_a_page_keeps_within_the_budget_of_statements(address, cast, as_role):
    for role in ("manager", "general", "admin", "hr"):
        client, url = as_role(role), url_of(address, cast, role)
        for _time in ("first", "again"):  # the first look may read what is remembered afterwards
            with CaptureQueriesContext(connection) as seen:
                client.get(url)
            if len(seen) <= DETAIL.get(address.name, BUDGET):
                break
        told = "\n".join(query["sql"][:150] for query in seen.captured_queries)
        assert len(seen) <= DETAIL.get(address.name, BUDGET), f"{role}: {len(seen)} statements\n{told}"
