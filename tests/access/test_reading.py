"""Reading changes nothing, and costs the same however much there is: over every address that can be read."""
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.web.lists import ListPage
from staff.communication.models import Snippet
from tests.access.subjects import SUBJECTS, held, register, station
from tests.addresses import addresses

MAY_GROW = {"config_accessevent", "config_loginattempt", "django_session"}  # that one looked is on record
BUDGET = 15  # statements a page, account and rights among them
LIST = 8  # statements a list, whatever the rows
WIDER = {"people": 9}  # its filters choose among halls, positions and teams, a statement each; must not grow
DETAIL = {"visit": 10, "customer": 10}  # one record with its history
READABLE = [address for address in addresses() if address.page and hasattr(address.page, "get")]
LISTS = [pytest.param(address, id=address.name) for address in READABLE if issubclass(address.page, ListPage)]
ROWS = {  # one more row of each list, for the general manager or the administrator
    "areas": lambda cast: cast.area_more(),
    "competences": lambda cast: held(cast, cast.person_more()),
    "registers": lambda cast: register(cast, "sales"),
    "appointments": lambda cast: cast.appointment_for(customer=cast.customer_for(), employee="sales"),
    "access_log": lambda cast: cast.looked_at("manager", "customer", cast.customer_for()),
    "customers": lambda cast: cast.customer_for(owner="sales"),
    "duplicates": lambda cast: SUBJECTS["dismiss_pair"].make(cast, "sales"),
    "halls": lambda cast: cast.hall_more(),
    "jobs": lambda cast: cast.job_for("hr"),
    "outbox": lambda cast: cast.message_for(),
    "people": lambda cast: cast.person_more(),
    "stations": lambda cast: station(cast, "sales"),
    "snippets": lambda cast: Snippet.objects.create(hall=cast.hall, code=f"s{Snippet.objects.count()}", name={"en": "A"}, text={"en": "B"}),
    "visits": lambda cast: cast.visit_for(adviser="sales", state="in_service", customer=cast.customer_for(owner="sales")),
}
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


@pytest.mark.parametrize("role", ["reception", "supervisor", "manager", "hr", "admin"])
def test_reading_every_page_changes_nothing(cast, as_role, role):
    client = as_role(role)
    urls = [url_of(address, cast, role) for address in READABLE]
    client.get("/")
    before, wrote = fingerprints(), {}
    for url in [*urls, *(f"{url}?q=%E6%9D%8E&sort=pk&page=2&format=csv&day=2026-01-01" for url in urls)]:
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


def reader_of(address, as_role):
    """A client that may open the list."""
    return next(client for role in READERS if (client := as_role(role)).get(reverse(address.name)).status_code == 200)


def statements(client, url):
    """How many statements a page takes."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("address", LISTS)
def test_a_list_costs_the_same_for_one_row_and_for_ten(address, cast, as_role):
    more, url = ROWS.get(address.name), reverse(address.name)
    assert more, f"{address.name} is a list: say in ROWS how one more row of it comes about."
    more(cast)
    client = reader_of(address, as_role)
    one = statements(client, url)
    for _ in range(9):
        more(cast)
    assert statements(client, url) == one <= WIDER.get(address.name, LIST)


@pytest.mark.parametrize("address", [pytest.param(address, id=address.name) for address in READABLE])
def test_a_page_keeps_within_the_budget_of_statements(address, cast, as_role):
    for role in ("manager", "general", "admin", "hr"):
        client, url = as_role(role), url_of(address, cast, role)
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        told = "\n".join(query["sql"][:150] for query in seen.captured_queries)
        assert len(seen) <= DETAIL.get(address.name, BUDGET), f"{role}: {len(seen)} statements\n{told}"
