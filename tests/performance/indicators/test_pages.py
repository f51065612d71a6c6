"""Indicators and controls through their pages: every figure opens exactly its records, each person sees their own scope (GEN-17, PRF-07)."""
import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from config.contributions.figures import ALL, HALL, INDICATORS, PERSON, TEAM, Subjects
from config.web.periods import Period
from reception.visits import states
from reception.visits.models import Visit
from reception.visits.permissions import Can as VisitCan
from staff.organisation.models import Posting
from staff.regulation.models import ParameterValue
from tests.more import more

READERS = ("sales", "supervisor", "manager", *more("reception", "department", "general"))
LIST = reverse("indicators")
LINK = re.compile(r'href="([^"]*/records/[^"]*)"[^>]*>([\d\u202f]+)<')
GREETING, WAITING, WITHIN, TRAFFIC = "greeting-on-time", "waiting", "waiting-within", "traffic"


@pytest.fixture
def busy(cast, visit_for):
    """Visits of three weeks in both halls by several people, greeted and served in time and late, some left, assumed or imported; the
    limits became stricter within that time."""
    ParameterValue.objects.create(key="greeting_target_seconds", value=20, hall=cast.hall, valid_from=cast.today - timedelta(days=5), reason="stricter")
    ParameterValue.objects.create(key="visit_wait_target_minutes", value=4, valid_from=cast.today - timedelta(days=9), reason="stricter")
    made = 0
    for day in (0, 1, 3, 6, 8, 12, 20):
        for adviser in ("sales", "colleague", "outsider", "agent", "sales2", "designer"):
            made += 1
            visit = visit_for(adviser=adviser, state=states.CLOSED, minutes_ago=30 + 1440 * day)
            facts = {"greeted_at": visit.arrived_at + timedelta(seconds=10 * (made % 9)), "served_at": visit.arrived_at + timedelta(minutes=made % 14),
                     "left_at": visit.arrived_at + timedelta(minutes=20), "receptionist": cast.people["sales" if made % 2 else "reception"]}
            if made % 7 == 0:
                facts |= {"state": states.LEFT, "outcome": "left", "served_at": None}
            if made % 10 == 0:
                facts |= {"greeted_at": None}
            Visit.objects.filter(pk=visit.pk).update(**facts, assumed=made % 11 == 0, imported=made % 13 == 0)
    return cast


def span_of(cast):
    """The days in which everything lies."""
    return Period.between(cast.today - timedelta(days=25), cast.today)


def by_hand(cast, visits):
    """{figure: ids} of these visits, worked out one by one by what the regulation said on their own day."""
    found = {"greeted": set(), "in_time": set(), "served": set(), "within": set(), "left out": set()}
    for visit in visits:
        day = visit.arrived_at.astimezone(ZoneInfo(visit.hall.timezone)).date()
        seconds = 20 if visit.hall_id == cast.hall.pk and day >= cast.today - timedelta(days=5) else 60
        minutes = 4 if day >= cast.today - timedelta(days=9) else 10
        real = not (visit.assumed or visit.imported)
        if real and visit.greeted_at:
            found["greeted"].add(visit.pk)
            if visit.greeting_seconds() <= seconds:
                found["in_time"].add(visit.pk)
        else:
            found["left out"].add(visit.pk)
        if real and visit.served_at:
            found["served"].add(visit.pk)
            if visit.waited_seconds() <= minutes * 60:
                found["within"].add(visit.pk)
    return found


def ids(rows):
    """The ids of a queryset."""
    return set(rows.values_list("pk", flat=True))


def figure_of(key, subjects, period, viewer=None):
    """(the Figure, the Behind) of one subject."""
    one = INDICATORS.get(key)
    [pk] = subjects.keys
    facts = one.measure([period], subjects, viewer).get((period, pk))
    return one.read(facts) if facts else None, one.records(period, subjects, viewer)


@pytest.mark.parametrize("whose", ["all", "hall", "team", "greeter", "adviser"])
def test_a_figure_is_made_of_exactly_its_records_each_judged_by_its_own_day(busy, whose):
    period, people = span_of(busy), busy.people
    team = people["sales"].postings.get().team
    members = Posting.objects.filter(team=team).values("employee")
    greeted, served, subjects = {
        "all": (Visit.objects.all(), Visit.objects.all(), Subjects(ALL)),
        "hall": (Visit.objects.filter(hall=busy.hall), Visit.objects.filter(hall=busy.hall), Subjects(HALL, (busy.hall.pk,))),
        "team": (Visit.objects.filter(receptionist__in=members), Visit.objects.filter(adviser__in=members), Subjects(TEAM, (team.pk,))),
        "greeter": (Visit.objects.filter(receptionist=people["reception"]), Visit.objects.none(), Subjects(PERSON, (people["reception"].pk,))),
        "adviser": (Visit.objects.filter(receptionist=people["sales"]), Visit.objects.filter(adviser=people["sales"]), Subjects(PERSON, (people["sales"].pk,))),
    }[whose]
    hand, other = by_hand(busy, greeted.select_related("hall")), by_hand(busy, served.select_related("hall"))
    figure, behind = figure_of(GREETING, subjects, period)
    assert (figure.part, figure.whole) == (len(hand["in_time"]), len(hand["greeted"]))
    assert 0 < figure.part < figure.whole
    assert (ids(behind.part), ids(behind.whole), ids(behind.excluded)) == (hand["in_time"], hand["greeted"], hand["left out"])
    if other["served"]:
        figure, behind = figure_of(WITHIN, subjects, period)
        assert (figure.part, figure.whole) == (len(other["within"]), len(other["served"]))
        assert (ids(behind.part), ids(behind.whole)) == (other["within"], other["served"])
        figure, behind = figure_of(WAITING, subjects, period)
        waits = sorted(visit.waited_seconds() for visit in Visit.objects.filter(pk__in=other["served"]))
        assert figure.value == round(sum(waits) / len(waits)) and ids(behind.whole) == other["served"]
        middle = figure_of("waiting-median", subjects, period)[0].value
        half = len(waits) // 2
        assert middle == round(waits[half] if len(waits) % 2 else (waits[half - 1] + waits[half]) / 2)
        assert figure_of(TRAFFIC, subjects, period)[0].value == served.count()


def test_what_is_left_out_says_why(busy):
    behind = figure_of(GREETING, Subjects(ALL), span_of(busy))[1]
    told = {row.pk: row.why for row in behind.excluded}
    assert set(told.values()) == {"assumed", "imported", "never"} <= set(behind.reasons)
    assert all(Visit.objects.get(pk=pk).greeted_at is None for pk, why in told.items() if why == "never")


def shown_by(client, url):
    """How many records the list behind a link shows."""
    page = client.get(url)
    assert page.status_code == 200, url
    return page.context["page"].total


@pytest.mark.parametrize("role", READERS)
@pytest.mark.req("PRF-07")
def test_every_figure_on_the_pages_opens_as_many_records_as_it_says(busy, as_role, role):
    client, period, asked = as_role(role), span_of(busy).key, 0
    for key in (GREETING, WITHIN, WAITING, TRAFFIC):
        text = client.get(reverse("indicator", args=[key]), {"period": period, "hall": ""}).content.decode()
        links = {(unescape(url), int(number.replace("\u202f", ""))) for url, number in LINK.findall(text)}
        if key == WAITING:  # the bars of its chart say seconds
            links = {link for link in links if f"period={quote(period)}" in link[0]}
        assert links
        assert not [(url, said) for url, said in links if shown_by(client, url) != said]
        asked += len(links)
    assert asked > 8


@pytest.mark.parametrize("role", READERS)
def test_one_sees_the_figures_of_the_own_scope_and_of_nobody_else(busy, as_role, role):
    page = as_role(role).get(LIST, {"period": span_of(busy).key, "hall": ""})
    rows = {(line["row"].kind, line["row"].pk) for line in page.context["rows"]}
    names = {"sales": {"sales"}, "reception": {"reception", "sales", "colleague", "outsider", "agent", "designer"}}
    if role == "sales":
        assert rows == {(PERSON, busy.people["sales"].pk)}
    elif role == "general":
        assert (HALL, busy.other_hall.pk) in rows and (PERSON, busy.people["sales2"].pk) in rows
    else:
        assert (PERSON, busy.people["sales2"].pk) not in rows and (HALL, busy.other_hall.pk) not in rows
        assert (PERSON, busy.people["sales"].pk) in rows
    if role == "supervisor":
        assert (PERSON, busy.people["outsider"].pk) not in rows and not [row for row in rows if row[0] == HALL]
    if role in names:
        assert {pk for kind, pk in rows if kind == PERSON} <= {busy.people[name].pk for name in names[role]}


def test_a_stranger_cannot_be_asked_for_by_address(busy, as_role):
    client, stranger = as_role("supervisor"), busy.people["sales2"]
    for name, keys in (("indicators", []), ("indicator", [WAITING]), ("indicator_records", [WAITING])):
        page = client.get(reverse(name, args=keys), {"period": span_of(busy).key, "who": f"person-{stranger.pk}"})
        assert page.status_code == 200 and page.context["who"] is None
        assert str(stranger.name) not in page.content.decode()
    own = as_role("sales").get(reverse("indicator_records", args=[TRAFFIC]), {"period": span_of(busy).key, "hall": busy.hall.pk})
    assert own.context["page"].total == Visit.objects.filter(adviser=busy.people["sales"]).count()


def test_a_figure_that_is_not_ones_to_see_does_not_exist(cast, as_role):
    assert as_role("hr").get(reverse("indicator", args=[WAITING])).status_code == 404
    assert as_role("manager").get(reverse("indicator", args=["no-such-figure"])).status_code == 404
    assert as_role("manager").get(reverse("indicator_records", args=[WAITING]), {"part": "part"}).status_code == 404  # a mean has no share
    assert as_role("manager").get(reverse("control", args=["no-such-control"])).status_code == 404


def test_who_sees_figures_and_no_visits_is_told_no_names(busy, as_role, customer_for):
    someone = customer_for(name="周明远")
    Visit.objects.update(customer=someone)
    address = reverse("indicator_records", args=[TRAFFIC])
    assert "周明远" in as_role("manager").get(address, {"period": span_of(busy).key}).content.decode()
    page = as_role("research").get(address, {"period": span_of(busy).key, "hall": ""})
    assert page.context["page"].total == Visit.objects.count()
    assert "周明远" not in page.content.decode() and "not yours to open" in page.content.decode()


def test_a_figure_of_few_records_stands_pale_and_a_target_is_judged(busy, as_role):
    page = as_role("manager").get(reverse("indicator", args=[WAITING]), {"period": span_of(busy).key})
    shown = page.context["shown"]
    assert not shown.few and page.context["goal"] == "4 min 00 s" and shown.met is (shown.figure.value <= 240)
    Visit.objects.exclude(pk__in=ids(Visit.objects.filter(hall=busy.hall, served_at__isnull=False, assumed=False, imported=False)[:2])).update(imported=True)
    page = as_role("manager").get(reverse("indicator", args=[WAITING]), {"period": span_of(busy).key})
    assert page.context["shown"].figure.whole == 2 and page.context["shown"].few
    assert "2 records" in as_role("manager").get(LIST, {"period": span_of(busy).key}).content.decode()


def test_the_page_of_an_indicator_says_by_what_it_was_judged(busy, as_role):
    text = as_role("manager").get(reverse("indicator", args=[GREETING]), {"period": span_of(busy).key, "hall": busy.hall.pk}).content.decode()
    assert reverse("parameter", args=["greeting_target_seconds"]) in text
    judged = as_role("manager").get(reverse("indicator", args=[GREETING]), {"period": span_of(busy).key, "hall": busy.hall.pk}).context["judged_by"]
    [(key, _meaning, steps)] = judged
    assert key == "greeting_target_seconds"
    assert [day for day, _value in steps] == [busy.today - timedelta(days=25), busy.today - timedelta(days=5)]


def test_an_indicator_taken_away_leaves_the_pages(busy, as_role):
    client, address = as_role("manager"), reverse("indicator", args=[GREETING])
    assert address in client.get(LIST).content.decode()
    member = INDICATORS.without(GREETING)
    try:
        assert address not in client.get(LIST).content.decode()
        assert client.get(address).status_code == 404
    finally:
        INDICATORS.add(member)


@pytest.mark.parametrize("name", ["indicators", "controls"])
def test_a_page_takes_as_many_statements_for_many_as_for_few(busy, cost, visit_for, name):
    url = f"{reverse(name)}?period={span_of(busy).key}"
    cost(url)
    before = cost(url)
    for _n in range(3):
        for adviser in ("sales", "colleague", "outsider", "agent", "designer"):
            visit = visit_for(adviser=adviser, state=states.CLOSED, minutes_ago=50)
            Visit.objects.filter(pk=visit.pk).update(greeted_at=visit.arrived_at, served_at=visit.arrived_at, receptionist=busy.people["agent"])
    assert cost(url) == before


def test_visits_of_a_person_are_read_by_the_capability_of_figures(busy):
    seen = ids(Visit.objects.visible_to(busy.user("sales"), VisitCan.ANALYSE))
    behind = figure_of(TRAFFIC, Subjects(ALL), span_of(busy), busy.user("sales"))[1]
    assert ids(behind.whole) <= seen < ids(Visit.objects.all())


def test_a_day_without_anything_draws_no_figure(cast, as_role):
    page = as_role("manager").get(reverse("indicator", args=[WAITING]), {"period": date(2020, 1, 6).isoformat()})
    assert page.context["shown"].text == "—" and page.context["rows"] == []


def test_a_reason_that_is_none_narrows_nothing(busy, as_role):
    address = {"period": span_of(busy).key, "hall": "", "part": "left-out"}
    client, url = as_role("manager"), reverse("indicator_records", args=[GREETING])
    assert client.get(url, address | {"why": "x\0"}).context["page"].total == client.get(url, address).context["page"].total > 0
