"""The read API: personal tokens, what they open, and what they never open."""
import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone

from config.accounts import services as accounts
from config.accounts.models import AccessEvent
from config.api import lists, tokens
from config.api.models import ApiToken
from config.errors import Refused
from config.privacy import classes
from staff.organisation.services import leaving
from tests.access import subjects
from tests.architecture.test_pages import MACHINES


def token_of(cast, name, *scope, days=30):
    now = timezone.now()
    return tokens.make(cast.actor(name), name="Figures", scope=scope or ["visit", "customer"], ends_on=timezone.localdate(now) + timedelta(days=days), now=now)


def ask(text, url="/api/v1/visits/", **headers):
    return Client().get(url, headers={"Authorization": f"Bearer {text}", **headers})


def test_a_token_reads_the_rows_of_its_owners_hall_and_never_another_halls(cast):
    mine, theirs = cast.visit_for(adviser="sales"), cast.visit_for(adviser="sales2")
    text = token_of(cast, "manager")[1]
    answer = ask(text)
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    ids = [row["id"] for row in answer.json()["rows"]]
    assert mine.pk in ids and theirs.pk not in ids
    other = token_of(cast, "manager2")[1]
    assert theirs.pk in [row["id"] for row in ask(other).json()["rows"]]
    url = f"/api/v1/visits/{mine.pk}/"
    assert ask(text, url).json() == next(row for row in answer.json()["rows"] if row["id"] == mine.pk)
    assert ask(other, url).status_code == 404 and ask(other, url).json()["error"]


def test_the_values_are_those_of_the_export_with_masked_numbers(cast, as_role):
    cast.customer_for(owner="sales")
    text = token_of(cast, "manager")[1]
    rows = ask(text, "/api/v1/customers/").json()["rows"]
    export = b"".join(as_role("manager").get(reverse("customers") + "?format=csv").streaming_content).decode("utf-8-sig")
    assert rows and len(rows) == len(export.splitlines()) - 1
    phones = [value for row in rows for key, value in row.items() if "phone" in key and value]
    assert phones and all("*" in value for value in phones) == ("*" in export) and all(value in export for value in phones)


def test_pages_of_rows_follow_one_another_without_gap_or_repeat(cast):
    made = {cast.visit_for(adviser="sales").pk for _number in range(5)}
    text, url, seen = token_of(cast, "manager")[1], "/api/v1/visits/?limit=2", []
    while url:
        page = ask(text, url).json()
        seen += [row["id"] for row in page["rows"]]
        url = page["next"]
    assert len(seen) == len(set(seen)) and made <= set(seen)


@pytest.mark.parametrize("query", ["?limit=201", "?limit=0", "?limit=x", "?colour=red", "?sort=nothing", "?sort=--pk", "?after=made-up", "?after=%00",
                                   "?q=%00", "?hall=x", "?hall=99999999999999999999", "?since=0000-00-00", "?state=%F0%9F", "?limit=1&limit=x"])
def test_what_the_list_does_not_know_is_answered_400_with_a_sentence(cast, query):
    answer = ask(token_of(cast, "manager")[1], f"/api/v1/visits/{query}")
    assert answer.status_code == 400 and answer.json()["error"].endswith(".")


def test_a_filter_that_cannot_be_read_is_answered_400_and_narrows_nothing(cast):
    name = next(name for name, field in lists.listed()["visits"].filters.base_fields.items() if "Day" in type(field).__name__)
    answer = ask(token_of(cast, "manager")[1], f"/api/v1/visits/?{name}=nonsense")
    assert answer.status_code == 400 and name in answer.json()["fields"] and answer.json()["error"]


def test_a_token_reads_nothing_outside_its_scope_and_the_refusal_is_on_record(cast):
    answer = ask(token_of(cast, "manager", "customer")[1])
    assert answer.status_code == 403 and "rows" not in answer.json()
    assert AccessEvent.objects.filter(act="refused", kind="visit", outcome="scope").count() == 1


def test_who_may_not_export_reads_nothing_whatever_the_scope_says(cast, as_role):
    assert as_role("reception").get(reverse("visits") + "?format=csv").status_code == 403
    assert ask(token_of(cast, "reception")[1]).status_code == 403


def test_a_kind_set_secret_is_refused_and_leaves_the_index(cast):
    text = token_of(cast, "manager")[1]
    assert "visits" in [one["name"] for one in ask(text, "/api/v1/").json()["lists"]]
    classes.classify(cast.actor("admin"), "visit", confidentiality="secret", reason="A leak", now=timezone.now())
    assert ask(text).status_code == 403
    assert "visits" not in [one["name"] for one in ask(text, "/api/v1/").json()["lists"]]


def test_a_token_ends_when_revoked_when_over_and_with_the_account(cast):
    revoked, over, closed = token_of(cast, "manager"), token_of(cast, "manager"), token_of(cast, "manager2")
    assert {ask(text).status_code for _token, text in (revoked, over, closed)} == {200}
    tokens.revoke(cast.actor("manager"), revoked[0], now=timezone.now())
    ApiToken.objects.filter(pk=over[0].pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    accounts.deactivate(cast.actor("admin"), cast.users["manager2"], now=timezone.now())
    assert {ask(text).status_code for _token, text in (revoked, over, closed)} == {401}
    accounts.reactivate(cast.actor("admin"), cast.users["manager2"], now=timezone.now())
    type(cast.users["manager2"]).objects.update(must_change_password=False)
    assert ask(closed[1]).status_code == 401


def test_a_session_opens_no_api_and_a_token_no_page(cast, as_role):
    assert as_role("manager").get("/api/v1/visits/").status_code == 401
    answer = ask(token_of(cast, "manager")[1], reverse("visits"))
    assert answer.status_code == 302 and reverse("login") in answer["Location"]


def test_a_token_beside_anothers_session_reads_as_its_owner(cast, as_role):
    theirs = cast.visit_for(adviser="sales2")
    answer = as_role("manager2").get("/api/v1/visits/", headers={"Authorization": f"Bearer {token_of(cast, 'manager')[1]}"})
    assert answer.status_code == 200 and theirs.pk not in [row["id"] for row in answer.json()["rows"]]


def test_a_token_ends_with_a_new_second_step_and_with_who_left(cast):
    texts = [token_of(cast, name)[1] for name in ("manager", "supervisor")]
    accounts.reset_second_factor(cast.actor("admin"), cast.users["manager"], now=timezone.now())
    leaving.close(cast.actor("hr"), cast.people["supervisor"], timezone.now())
    assert [ask(text).status_code for text in texts] == [401, 401]


def test_a_secret_item_of_the_archive_leaves_by_no_program(cast):
    secret = subjects.archive_item(cast, "manager")
    text = token_of(cast, "department", "archive_item")[1]
    assert secret.pk in [row["id"] for row in ask(text, "/api/v1/archive/").json()["rows"]]
    type(secret).objects.filter(pk=secret.pk).update(confidentiality="secret")
    assert secret.pk not in [row["id"] for row in ask(text, "/api/v1/archive/").json()["rows"]]
    assert ask(text, f"/api/v1/archive/{secret.pk}/").status_code == 404


def test_each_customer_file_that_goes_out_is_on_record(cast):
    file = cast.customer_for(owner="sales")
    ask(token_of(cast, "manager")[1], "/api/v1/customers/")
    assert AccessEvent.objects.filter(act="export", kind="customer", record_id=file.pk, user_id=cast.users["manager"].pk).count() == 1


def test_an_administrator_sees_and_revokes_the_tokens_of_others_and_colleagues_do_not(cast, as_role):
    token, text = token_of(cast, "manager")
    assert "Figures" in as_role("admin").get(reverse("api_tokens")).content.decode()
    assert "Figures" not in as_role("supervisor").get(reverse("api_tokens")).content.decode()
    assert as_role("supervisor").post(reverse("revoke_token", args=[token.pk])).status_code == 404
    assert as_role("admin").post(reverse("revoke_token", args=[token.pk])).status_code == 302
    assert ask(text).status_code == 401


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_but_reading_is_answered(cast, method):
    answer = getattr(Client(), method)("/api/v1/visits/", headers={"Authorization": f"Bearer {token_of(cast, 'manager')[1]}"})
    assert answer.status_code == 405 and answer["Allow"] == "GET" and answer.json()["error"]


def test_each_read_and_the_first_use_of_a_day_leave_a_row(cast):
    token, text = token_of(cast, "manager")
    ask(text), ask(text)
    user = cast.users["manager"].pk
    assert AccessEvent.objects.filter(user_id=user, act="export", kind="visit", outcome="api").count() == 2
    assert AccessEvent.objects.filter(user_id=user, act="token", record_id=token.pk, outcome="used").count() == 1
    assert ApiToken.objects.get().used_at and text not in ApiToken.objects.values_list("digest", flat=True)


def test_too_many_reads_and_too_many_unknown_tokens_wait(cast, monkeypatch):
    monkeypatch.setattr("config.api.reading.READS", 2)
    monkeypatch.setattr("config.api.reading.TRIES", 2)
    text = token_of(cast, "manager")[1]
    answers = [ask(text, "/api/v1/") for _try in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429] and answers[2]["Retry-After"] == "60"
    assert [ask("hk_unknown").status_code for _try in range(3)] == [401, 401, 429]


def test_a_refusal_speaks_the_asked_language(cast):
    assert "令牌" in ask("hk_x", **{"Accept-Language": "zh-CN"}).json()["error"]


def test_the_description_names_every_list_with_its_filters_and_columns(cast):
    text = token_of(cast, "manager", *{page.kind for page in lists.listed().values()})[1]
    described, index = ask(text, "/api/v1/openapi.json").json(), ask(text, "/api/v1/").json()["lists"]
    assert described["openapi"] == "3.1.0" and described["info"] and described["components"]["securitySchemes"]
    assert len(index) > 3
    lists_of = {url for url in described["paths"] if resolve(url.replace("{id}", "1")).url_name == "api_list"}
    assert lists_of == {one["url"] for one in index}
    table = {resolve(url.replace("{id}", "1")).url_name for url in described["paths"]}
    assert table == {name for name in MACHINES if name.startswith("api")}
    for one in index:
        page, reading = lists.listed()[one["name"]], described["paths"][one["url"]]["get"]
        names = [parameter["name"] for parameter in reading["parameters"]]
        assert len(names) == len(set(names)) and {"sort", "limit", "after"} <= set(names)
        row = reading["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["rows"]["items"]
        assert set(row["properties"]) == {"id", *(column.key for column in page.columns)}
        assert ask(text, one["url"]).status_code == 200, one


def test_more_rows_cost_no_more_statements(cast):
    text, costs = token_of(cast, "manager")[1], []
    for _round in range(3):
        for _number in range(3):
            cast.visit_for(adviser="sales", customer=cast.customer_for(owner="sales"))
        with CaptureQueriesContext(connection) as seen:
            ask(text)
        costs.append(len(seen))
    assert costs[1] == costs[2], costs


def test_a_token_is_made_shown_once_and_revoked_on_the_own_pages(cast, as_role):
    client, url = as_role("manager"), reverse("api_tokens")
    form = {"name": "Figures", "scope": ["visit"], "ends_on": str(timezone.localdate()), "one_off_key": "0d6f1a52-6a5c-4b5e-9d8e-0b6f5d6f7a10"}
    page = client.post(url, form).content.decode()
    text = page[page.index("hk_"):].partition("<")[0]
    assert ask(text).status_code == 200 and text not in client.get(url).content.decode()
    token = ApiToken.objects.get()
    assert as_role("manager2").get(reverse("revoke_token", args=[token.pk])).status_code == 404
    assert client.post(reverse("revoke_token", args=[token.pk])).status_code == 302
    assert ask(text).status_code == 401
    assert list(AccessEvent.objects.filter(act="token").order_by("pk").values_list("outcome", flat=True)) == ["made", "used", "revoked"]


def test_no_token_lasts_longer_than_a_year(cast):
    with pytest.raises(Refused):
        token_of(cast, "manager", days=366)


def test_the_description_is_openapi_as_the_standard_writes_it(cast):
    described = ask(token_of(cast, "manager", *{page.kind for page in lists.listed().values()})[1], "/api/v1/openapi.json").json()
    assert {"openapi", "info", "paths", "components", "security"} == set(described) and {"title", "version"} == set(described["info"])
    assert described["security"] == [{name: []} for name in described["components"]["securitySchemes"]]
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))
    for url, path in described["paths"].items():
        assert set(path) == {"get"} and ("{id}" in url) == any(one["in"] == "path" and one["required"] for one in path["get"]["parameters"])
        for one in path["get"]["parameters"]:
            assert {"name", "in", "required", "schema"} <= set(one) and one["in"] in {"query", "path"}
        for status, answer in path["get"]["responses"].items():
            assert status.isdigit() and answer["description"] and set(answer["content"]) == {"application/json"}
    for schema in schemas_in(described):
        assert "$ref" in schema or set([schema["type"]] if isinstance(schema["type"], str) else schema["type"]) <= TYPES
        assert set(schema.get("required", ())) <= set(schema.get("properties", ())) and ("items" in schema) == (schema.get("type") == "array")
    assert {schema["$ref"] for schema in schemas_in(described) if "$ref" in schema} == {"#/components/schemas/Error"}


TYPES = {"object", "array", "string", "number", "integer", "boolean", "null"}


def schemas_in(described):
    """Every schema of a description, those inside others too."""
    paths = [path["get"] for path in described["paths"].values()]
    waiting = [*described["components"]["schemas"].values(), *(one["schema"] for path in paths for one in path["parameters"]),
               *(answer["content"]["application/json"]["schema"] for path in paths for answer in path["responses"].values())]
    while waiting:
        schema = waiting.pop()
        yield schema
        waiting += [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]


def test_times_are_told_with_their_offset(cast):
    cast.visit_for(adviser="sales")
    rows = ask(token_of(cast, "manager")[1]).json()["rows"]
    times = [value for row in rows for value in row.values() if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value)]
    assert times and all(datetime.fromisoformat(time).utcoffset() is not None for time in times)
