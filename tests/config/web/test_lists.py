"""Lists: cut by key, sorted, narrowed, counted up to a bound, exported as shown."""
import base64
import csv
import io
import json
import re
import weakref
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.accounts.models import AccessEvent, User
from config.web import lists
from config.web.exports import safe
from config.web.lists import Column, ListPage

LOG = "/house/access-log/"


@pytest.fixture
def events(cast):
    """Sixty views of the same three moments, so that ties have to be broken by id."""
    base = timezone.now() - timedelta(hours=3)
    return AccessEvent.objects.bulk_create(
        AccessEvent(at=base + timedelta(minutes=number % 3), user_id=cast.users["reception"].pk, act="view", kind="account",
                    record_id=cast.users["sales"].pk, reference=f"R{number:04d}") for number in range(60))


def shown(page):
    return re.findall(r"\bR\d{4}\b", page)  # and no part of a random token


def link(page, direction):
    found = re.search(rf'href="(\?[^"]*)" rel="{direction}"', page)
    return found and found[1].replace("&amp;", "&")


@pytest.mark.parametrize("sort", ["", "&sort=at", "&sort=-at"])
def test_going_on_and_back_shows_every_row_once_in_one_order(events, as_role, sort):
    client, address, seen = as_role("hr"), f"?act=view{sort}", []
    page = client.get(LOG + address).content.decode()
    first = shown(page)
    while True:
        seen += shown(page)
        address = link(page, "next")
        if not address:
            break
        page = client.get(LOG + address).content.decode()
    assert len(seen) == len(set(seen)) == 60
    ordered = sorted(events, key=lambda event: (event.at, event.pk), reverse=sort != "&sort=at")
    assert seen == [event.reference for event in ordered]
    while address := link(page, "prev"):
        page = client.get(LOG + address).content.decode()
    assert shown(page) == first


def test_a_row_added_meanwhile_neither_repeats_nor_hides_one(events, as_role):
    client = as_role("hr")
    first = client.get(f"{LOG}?act=view").content.decode()
    AccessEvent.objects.create(at=timezone.now(), act="view", reference="NEW")
    second = client.get(LOG + link(first, "next")).content.decode()
    assert not set(shown(first)) & set(shown(second))
    assert len(shown(first)) == len(shown(second)) == lists.PAGE_SIZE


def word(values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


ALTERED = ["", "x", "====", "é", "%00", word([1]), word({"a": 1}), word(["a", "b"]), word([None, None]), word([{"a": 1}, 5]), word([[1], 5]), word(["\0", 5]),
           word([1e400, 5]), word(["2026-13-45", 5]), word(["'; drop table", 5]), word([True, True]), word(["2026-01-01T00:00:00", 2**80]), word([9**99, 1]),
           word(["0001-01-01T00:00:00+14:00", 1]), word(["9999-12-31T23:59:59+23:59", 1]), word(["\ud800", 1]), "A" * 3000,
           lists.encode(["a word of another list", 1]), lists.encode([3, 1]), lists.encode([None, 1])]


@pytest.mark.parametrize("name", ["after", "before"])
@pytest.mark.parametrize("cursor", ALTERED)
def test_an_altered_place_shows_the_list_and_breaks_nothing(events, as_role, name, cursor):
    assert as_role("hr").get(LOG, {name: cursor, "n": "-7"}).status_code == 200


class People(ListPage):
    """A list sorted by a text."""

    public = True
    columns = (Column("username", "Name", lambda user: user.username, sort="username"),)
    default_sort = "username"

    def rows(self):
        return User.objects.all()


@pytest.mark.parametrize("cursor", ALTERED)
def test_an_altered_place_in_a_list_of_texts_breaks_nothing(cast, cursor):
    request = RequestFactory().get("/", {"after": cursor})
    request.user = AnonymousUser()
    page = People()
    page.setup(request)
    assert page.cut(page.rows(), "username", False).total == User.objects.count()


@pytest.mark.parametrize("sort", ["password", "user__password", "-password", "?", "at__year", "pk; drop table", "\0"])
def test_only_columns_that_say_so_are_sorted_by(events, as_role, sort):
    page = as_role("hr").get(LOG, {"act": "view", "sort": sort}).content.decode()
    assert shown(page) == shown(as_role("hr").get(LOG, {"act": "view"}).content.decode())


def test_counting_stops_at_a_bound_and_says_so(events, as_role, monkeypatch):
    monkeypatch.setattr(lists, "COUNT_CAP", 50)
    assert "50+" in as_role("hr").get(f"{LOG}?act=view").content.decode()


def test_a_list_costs_the_same_for_one_row_and_for_many(cast, cost):
    AccessEvent.objects.create(at=timezone.now(), act="view", kind="account", record_id=cast.users["sales"].pk, user_id=cast.users["sales"].pk)
    one = cost(f"{LOG}?act=view", by="hr")
    AccessEvent.objects.bulk_create(AccessEvent(at=timezone.now(), act="view", kind="account", record_id=cast.users[name].pk, user_id=cast.users[name].pk)
                                    for name in ("sales", "agent", "manager", "reception2", "hr", "admin"))
    assert cost(f"{LOG}?act=view", by="hr") == one


def test_a_script_gets_the_rows_alone_and_caches_are_told(events, as_role):
    client = as_role("hr")
    part, whole = client.get(LOG, headers={"HX-Request": "true"}), client.get(LOG)
    assert "<html" not in part.content.decode() and "<html" in whole.content.decode()
    assert "HX-Request" in part["Vary"] and "HX-Request" in whole["Vary"]
    restored = client.get(LOG, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in restored.content.decode()


def test_an_empty_list_says_whether_the_filter_or_the_house_is_empty(cast, as_role):
    client = as_role("hr")
    assert "Nothing matches this filter" in client.get(f"{LOG}?act=print").content.decode()
    assert "No long work yet." in client.get("/jobs/").content.decode()


def test_an_export_holds_what_the_filter_shows_and_is_noted(events, as_role, cast):
    answer = as_role("hr").get(f"{LOG}?act=view&format=csv")
    text = b"".join(answer.streaming_content).decode()
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff")
    assert len(rows) == 1 + 60
    row = AccessEvent.objects.get(act="export")
    assert (row.user_id, row.kind, row.fields[0]) == (cast.user("hr").pk, "access_log", "at")


@pytest.mark.parametrize("sort", ["at", "-at", "pk"])
def test_an_export_reads_chunk_by_chunk_and_writes_each_row_once_in_the_order_of_the_list(events, as_role, monkeypatch, sort):
    monkeypatch.setattr(lists, "CHUNK", 7)
    answer = as_role("hr").get(f"{LOG}?act=view&sort={sort}&format=csv")
    with CaptureQueriesContext(connection) as asked:
        text = b"".join(answer.streaming_content).decode()
    chunks = [one["sql"] for one in asked if "LIMIT 7" in one["sql"]]
    assert len(chunks) == len(asked) == 60 // 7 + 1
    assert all("OFFSET" not in chunk for chunk in chunks)
    rows = AccessEvent.objects.filter(act="view").order_by(*ListPage.order("at" if sort == "pk" else sort.lstrip("-"), sort != "at"))
    assert re.findall(r"R\d{4}", text) == list(rows.values_list("reference", flat=True))


def test_an_export_holds_no_more_rows_at_a_time_than_a_chunk(events, monkeypatch):
    monkeypatch.setattr(lists, "CHUNK", 7)
    alive, most = weakref.WeakSet(), 0
    for row in ListPage.in_chunks(ListPage(), AccessEvent.objects.all(), "at", False):
        alive.add(row)
        most = max(most, len(alive))
    assert most <= 14


def test_who_may_read_but_not_export_is_refused_and_that_is_noted(events, as_role, cast):
    assert as_role("general").get(f"{LOG}?format=csv").status_code == 403
    assert AccessEvent.objects.get(act="refused").outcome == "export"


@pytest.mark.parametrize("leader", "=+-@\t\r\n\0＝＋－＠")
def test_no_exported_cell_is_run_by_a_spreadsheet_and_the_text_reads_back(leader):
    text = f"{leader}cmd|' /C calc'!A0"
    assert safe(text) == "'" + text
    assert safe(text).removeprefix("'") == text


def test_harmless_cells_stay_as_they_are():
    assert [safe(value) for value in (None, 12, "李建国", "a=b", " =1")] == ["", "12", "李建国", "a=b", " =1"]
