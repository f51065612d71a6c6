"""Every figure of complaints is the number of the list it opens, for every role and scope (CMP-20)."""
import random
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.analysis import figures, rollup, scopes
from complaints.analysis.models import CLOSED, DUE, RECEIVED, ComplaintDay
from complaints.handling import states
from complaints.handling.models import Complaint
from config.accounts.models import User
from config.web.periods import MONTH, Period
from tests.cast import signed_in
from tests.complaints.handling.making import complaint_at
from tests.more import more

pytestmark = pytest.mark.django_db
ROLES = ("manager", "supervisor", "sales", "general", *more("agent", "department", "research", "hr"))
WHOLE = {RECEIVED: ("received", "number"), CLOSED: ("closed", "number"), DUE: ("due", "number")}
PARTS = {RECEIVED: ("acked", "ack_in_time", "repeat"), CLOSED: ("solved", "in_time", "rated", "reopened"), DUE: ()}


def some_of_each(cast, number=45, seed=7):
    """Complaints of two halls at every place, of several people, some about the people themselves."""
    chance = random.Random(seed)  # noqa: S311 - the same every time
    rows = []
    for place in range(number):
        state = chance.choice([states.REGISTERED, states.ASSIGNED, states.PROPOSED, states.SATISFIED, states.SATISFIED, states.NOT_AGREED, states.UNREACHABLE,
                               states.WITHDRAWN, states.IMPLEMENTED])
        hall = chance.choice([cast.hall, cast.hall, cast.other_hall])
        handler = None if state == states.REGISTERED else chance.choice(["agent", "sales", "colleague", "agent2"])
        about = chance.choice([None, None, "manager", "agent", "supervisor"]) if place % 5 == 0 else None
        row = complaint_at(cast, state, hall=hall, handler=handler, about=about if about != handler else None, hours_ago=chance.choice([1, 30, 200, 900]),
                           channel=chance.choice(["phone", "web"]), severity=chance.choice(["minor", "grave"]), product=chance.choice(["", "门"]),
                           satisfaction=chance.choice([None, 3, 5]) if state in states.CLOSED else None, reopened=chance.choice([0, 0, 1]),
                           kind=chance.choice(["complaint"] * 6 + ["praise"]), repeats=rows[0] if rows and chance.random() < 0.2 else None)
        row.save()
        rows.append(row)
    return rows


def spans_of(cast):
    month = Period.of(MONTH, cast.today)
    return [month, month.before(), Period.between(cast.today - timedelta(days=60), cast.today)]


@pytest.mark.parametrize("role", ROLES)
def test_a_figure_is_the_number_of_its_list(cast, role):
    some_of_each(cast)
    spans, user = spans_of(cast), cast.users[role]
    for hall, who in ((None, None), (cast.hall.pk, None), (None, ("person", cast.people["agent"].pk))):
        scope = scopes.scope_of(user, hall=hall, who=who)
        found = figures.Periods(scope, spans)
        for place, span in enumerate(spans):
            for phase, (whole, name) in WHOLE.items():
                sums = found.of(place, phase)
                assert figures.records(scope, whole, span, cast.now).count() == getattr(sums, name), (role, hall, who, phase)
                for part in PARTS[phase]:
                    assert figures.records(scope, part, span, cast.now).count() == getattr(sums, part), (role, hall, who, part)
                dims = {RECEIVED: ("channel", "severity", "product", "kind"), CLOSED: ("cause", "handler"), DUE: ()}[phase]
                for dim in dims:
                    for value, of_value in found.by(place, phase, dim).items():
                        assert figures.records(scope, whole, span, cast.now, **{dim: value}).count() == of_value.number, (role, dim, value)


@pytest.mark.req("CMP-20")
@pytest.mark.parametrize("role", ROLES)
def test_every_number_of_the_dashboard_opens_exactly_its_list(cast, as_role, role):
    some_of_each(cast)
    browser = as_role(role)
    page = browser.get(reverse("complaint_dashboard"), {"hall": ""})
    assert page.status_code == 200
    told = [(bar.values[0], bar.urls[0]) for chart in (page.context["causes"], page.context["volume"], *page.context["tables"]) for bar in chart.bars]
    told += [(int(cell["text"]), cell["url"]) for line in page.context["lines"] for cell in line["cells"] if cell["text"].isdigit() and cell["url"]]
    told += [(page.context[key], page.context[f"{key}_url"]) for key in ("late", "today", "escalated")]
    told += [(int(tile["value"]), tile["url"]) for tile in page.context["tiles"][:2]]
    opened = {url: number for number, url in told if url}
    for url, number in opened.items():
        behind = browser.get(url)
        assert behind.status_code == 200, url
        assert behind.context["page"].total == number, url
    if role in ("manager", "general", "research"):
        assert len(opened) > 10


def test_the_sums_are_what_counting_anew_gives_after_whatever_was_done(cast):
    rows = some_of_each(cast, number=25)
    chance = random.Random(3)  # noqa: S311 - the same every time
    for _step in range(60):
        row = Complaint.objects.select_related("hall").get(pk=chance.choice(rows).pk)
        act = chance.choice(["handler", "cause", "satisfaction", "reopen", "close", "due", "channel"])
        if act == "handler":
            row.handler = cast.people[chance.choice(["agent", "sales"])]
        elif act == "cause":
            row.cause = chance.choice(["person", "price"])
        elif act == "satisfaction":
            row.satisfaction = chance.choice([1, 4])
        elif act == "reopen" and row.state in states.CLOSED:
            row.state, row.closed_at, row.turn, row.reopened = states.ASSIGNED, None, row.turn + 1, row.reopened + 1
        elif act == "close" and row.state in states.OPEN:
            row.state, row.closed_at, row.cause = states.SATISFIED, cast.now, row.cause or "process"
        elif act == "due":
            row.solve_due_at = cast.now + timedelta(days=chance.choice([-20, 0, 9]))
        row.save()
    assert rollup.verify() == 0
    kept = sums()
    rollup.rebuild()
    assert sums() == kept


def sums():
    """Every sum that is not nothing."""
    return sorted(ComplaintDay.objects.exclude(number=0).values_list("hall", "day", "phase", "dim", "value", "number", *rollup.MEASURES))


def test_rows_that_came_by_another_way_are_counted_at_night(cast):
    row = complaint_at(cast, states.ASSIGNED, handler="agent")
    Complaint.objects.filter(pk=row.pk).update(channel="web", handler=cast.people["sales"])
    assert rollup.rebuild() == 1
    row.refresh_from_db()
    assert (row.fact.channel, row.fact.handler_id) == ("web", cast.people["sales"].pk)
    assert rollup.rebuild() == 0
    assert rollup.verify() == 0


def test_who_is_complained_about_counts_without_it(cast, as_role):
    complaint_at(cast, states.ASSIGNED, handler="agent", about="manager").save()
    complaint_at(cast, states.ASSIGNED, handler="agent").save()
    scope = scopes.scope_of(cast.users["manager"])
    found = figures.Periods(scope, spans_of(cast))
    assert found.of(2, RECEIVED).number == 1
    assert figures.standing(scope, cast.now)[0]["open"] == 1
    assert figures.Periods(scopes.scope_of(cast.users["general"]), spans_of(cast)).of(2, RECEIVED).number == 2


def test_whoever_sees_no_names_reads_none(cast, as_role):
    complaint_at(cast, states.ASSIGNED, handler="agent", next_due_at=cast.now - timedelta(hours=5)).save()
    Complaint.objects.update(next_due_at=cast.now - timedelta(hours=5))
    for name in ("complaint_dashboard", "complaint_figure_records"):
        text = as_role("research").get(reverse(name), {"hall": ""}).content.decode()
        assert "李建国" not in text
        assert cast.people["agent"].name not in text
        assert "门装歪了" not in text


@pytest.mark.parametrize("number", [3, 60])
def test_the_dashboard_asks_few_statements_however_many_complaints(cast, as_role, django_assert_max_num_queries, number):
    some_of_each(cast, number)
    browser = as_role("general")
    browser.get(reverse("complaint_dashboard"))
    with django_assert_max_num_queries(15):
        browser.get(reverse("complaint_dashboard"), {"hall": ""})


def test_the_manager_names_the_oldest_late_complaint_its_owner_and_its_cause_from_my_day(cast, as_role):
    row = complaint_at(cast, states.ASSIGNED, handler="agent", cause_told="安装工没到")
    Complaint.objects.filter(pk=row.pk).update(next_due_at=timezone.now() - timedelta(hours=5))
    text = as_role("manager").get("/").content.decode()
    assert reverse("complaint", args=[row.pk]) in text
    assert cast.people["agent"].name in text
    assert "安装工没到" in text
    assert reverse("complaint_dashboard") in text


def test_made_up_values_in_the_address_open_nothing(cast, as_role):
    browser = as_role("manager")
    for query in ("figure=nothing", "figure=open&state=x", "figure=closed&handler=x", "figure=open&age=9", "figure=closed&cause=x"):
        assert browser.get(f"{reverse('complaint_figure_records')}?{query}").status_code == 404, query


@pytest.mark.parametrize("role", ["reception", "auditor", "admin"])
def test_the_dashboard_is_not_everybodys(as_role, role):
    assert as_role(role).get(reverse("complaint_dashboard")).status_code == 403
    assert as_role(role).get(reverse("complaint_figure_records")).status_code == 403


@pytest.mark.req("CMP-20")
@pytest.mark.parametrize("role", ["manager", "supervisor", "agent", "department", "general", "research"])
def test_on_the_demo_every_number_opens_exactly_its_list(demo_company, role):
    browser = signed_in(User.objects.get(username=role))
    page = browser.get(reverse("complaint_dashboard"), {"hall": ""})
    told = {bar.urls[0]: bar.values[0] for chart in (page.context["causes"], page.context["volume"], *page.context["tables"]) for bar in chart.bars}
    told |= {cell["url"]: int(cell["text"]) for line in page.context["lines"] for cell in line["cells"] if cell["text"].isdigit()}
    wrong = {url: (number, behind) for url, number in told.items() if url and (behind := browser.get(url).context["page"].total) != number}
    assert wrong == {}
    assert len(told) > (30 if role in ("manager", "general") else 3)
