"""The figures of visits open exactly the visits they count, for every role, hall and period (GEN-17, REC-03, UX 36 and 37)."""
import csv
import io
import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.urls import reverse

from config.accounts.models import AccessEvent
from config.web.periods import Period
from reception.visits import figures, states
from reception.visits.filters import VisitFilters
from reception.visits.models import Visit
from staff.organisation.models import Hall, Posting
from staff.regulation.models import ParameterValue

URL = reverse("visit_figures")
BAR = re.compile(r'<a href="(/reception/visits/\?[^"]+)" tabindex="-1" aria-label="[^"]*: (\d+)">')
READERS = ("reception", "sales", "agent", "supervisor", "manager", "department", "general", "telesales")


@pytest.fixture
def busy(cast, visit_for):
    """Visits of three weeks in both halls, greeted and served in time and late, left, assumed, imported, by several people."""
    ParameterValue.objects.create(key="greeting_target_seconds", value=20, hall=cast.hall, valid_from=cast.today - timedelta(days=5), reason="stricter")
    ParameterValue.objects.create(key="visit_wait_target_minutes", value=4, valid_from=cast.today - timedelta(days=9), reason="stricter")
    made = 0
    for day in (0, 0, 1, 3, 6, 8, 12, 20):
        for adviser in ("sales", "colleague", "outsider", "agent", "sales2", "telesales", "designer"):
            made += 1
            visit = visit_for(adviser=adviser, state=states.CLOSED, minutes_ago=30 + 1440 * day, party_size=1 + made % 3,
                              purpose=cast.purposes["see-products" if made % 3 else "handle-business"])
            facts = {"greeted_at": visit.arrived_at + timedelta(seconds=10 * (made % 9)), "served_at": visit.arrived_at + timedelta(minutes=made % 14),
                     "left_at": visit.arrived_at + timedelta(minutes=20)}
            if made % 7 == 0:
                facts |= {"state": states.LEFT, "outcome": "left", "served_at": None}
            Visit.objects.filter(pk=visit.pk).update(**facts, assumed=made % 11 == 0, imported=made % 13 == 0)
    visit_for()
    visit_for(hall=cast.other_hall)
    return cast


def figures_on(user, hall, first, last):
    """The Figures of some days."""
    span = Period.between(first, last)
    return figures.of_span(figures.by_day(user, hall, span), span)


def shown_by(client, url):
    """How many visits the page behind a link shows."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    assert not answer.context["filters"].errors, (url, answer.context["filters"].errors)
    return answer.context["page"].total


def behind(user, url):
    """How many visits the list behind a link holds: its own filters over its own rows, without drawing the page a thousand times."""
    form = VisitFilters(QueryDict(urlsplit(url).query), viewer=user)
    assert form.is_valid(), (url, form.errors)
    return form.narrow(Visit.objects.visible_to(user)).count()


def figures_of(page):
    """{(address, number)} of every count that a page shows as a link: tiles, cells of the comparison, rows of charts, drawn bars."""
    text, shown = page.content.decode(), set()
    shown |= {(tile["url"], tile["value"]) for tile in page.context["tiles"] if not tile["unit"] and str(tile["value"])[-1].isdecimal()}
    shown |= {(cell["url"], cell["count"]) for line in page.context["lines"] for cell in line["cells"] if cell["count"] is not None}
    for chart in page.context["charts"] + page.context["tables"]:
        shown |= {(url, number) for _name, cells in chart.rows for number, url in cells}
    shown = {(url, int(str(number).replace("\u202f", ""))) for url, number in shown if url}
    assert all(f'href="{url}"'.replace("&", "&amp;") in text for url, _number in shown)
    drawn = {(url.replace("&amp;", "&"), int(number)) for url, number in BAR.findall(text)}
    assert drawn <= shown
    return shown


@pytest.mark.parametrize("role", READERS)
@pytest.mark.req("GEN-17")
def test_every_figure_and_every_bar_opens_as_many_visits_as_it_says(busy, as_role, role):
    client, user, hall = as_role(role), busy.user(role), busy.hall.pk
    first = busy.today - timedelta(days=25)
    for query in (f"period={first}..{busy.today}&hall=", f"period={busy.today.isoformat()}&hall={hall}"):
        links = figures_of(client.get(f"{URL}?{query}"))
        assert links, query
        assert not [(url, said, found) for url, said in links if (found := behind(user, url)) != said]
    url, said = max(links)
    assert shown_by(client, url) == said  # and the page itself, once


@pytest.mark.parametrize("role", ["manager", "supervisor", "general"])
@pytest.mark.req("GEN-17")
def test_the_figures_of_a_team_and_of_a_person_are_those_of_their_visits(busy, as_role, role):
    client, user = as_role(role), busy.user(role)
    period = f"{busy.today - timedelta(days=25)}..{busy.today}"
    own, team = busy.people["sales"], busy.people["sales"].postings.get().team
    for who, visits in ((f"adviser-{own.pk}", Visit.objects.filter(adviser=own)), (f"team-{team.pk}", Visit.objects.filter(adviser__postings__team=team))):
        page = client.get(URL, {"period": period, "hall": busy.hall.pk, "who": who})
        assert 0 < page.context["now"].visits == visits.count() < figures.scope(user, busy.hall).count()
        links = figures_of(page)
        assert links
        assert not [(url, said, found) for url, said in links if (found := behind(user, url)) != said]
    chosen = next(name for kind, pk, name in figures.whose(user, busy.today, busy.today) if (kind, pk) == ("team", team.pk))
    assert f'<span class="name">{chosen}</span>' in page.content.decode()


def test_who_counts_the_own_visits_or_another_hall_cannot_ask_for_somebody_else(busy, as_role):
    stranger = busy.people["sales2"]
    assert figures.whose(busy.user("agent"), busy.today, busy.today) == []
    assert 'name="who"' not in as_role("agent").get(URL).content.decode()
    assert stranger.pk not in {pk for kind, pk, _name in figures.whose(busy.user("supervisor"), busy.today, busy.today) if kind == "adviser"}
    page = as_role("supervisor").get(URL, {"who": f"adviser-{stranger.pk}"})
    assert page.status_code == 200
    assert page.context["who"] is None
    assert "has no such choice" in page.content.decode()


@pytest.mark.req("GEN-17")
def test_everybody_of_the_period_can_be_chosen_and_the_list_knows_them_too(busy, as_role, visit_for):
    client, gone, helper = as_role("manager"), busy.people["sales"], busy.people["sales2"]
    Posting.objects.filter(employee=gone).update(ends_on=busy.today - timedelta(days=10))
    visit_for(minutes_ago=600, adviser="sales2", state=states.CLOSED)
    Visit.objects.filter(adviser=helper).update(hall=busy.hall)
    Posting.objects.filter(employee=helper).delete()

    def offered(first):
        page = client.get(URL, {"period": f"{first}..{busy.today}", "hall": busy.hall.pk})
        return {pk for pk, _name in dict(page.context["bar"].form.fields["who"].choices)["People"]}
    assert {f"adviser-{gone.pk}", f"adviser-{helper.pk}"} <= offered(busy.today - timedelta(days=25))
    assert f"adviser-{gone.pk}" not in offered(busy.today - timedelta(days=5)) or Visit.objects.filter(
        adviser=gone, arrived_at__gte=busy.now - timedelta(days=6)).exists()
    for one in (gone, helper):
        page = client.get(URL, {"period": f"{busy.today - timedelta(days=25)}..{busy.today}", "hall": busy.hall.pk, "who": f"adviser-{one.pk}"})
        links = figures_of(page)
        assert links and not [url for url, said in links if behind(busy.user("manager"), url) != said]
        assert not VisitFilters(QueryDict(f"adviser={one.pk}"), viewer=busy.user("manager")).errors
    assert VisitFilters(QueryDict(f"adviser={helper.pk}"), viewer=busy.user("technician2")).errors  # to whom none of the visits shows


def test_a_visit_counts_for_the_team_of_its_own_day(busy):
    user, posting = busy.user("manager"), busy.people["sales"].postings.get()
    change, old = busy.today - timedelta(days=5), posting.team
    other = busy.people["outsider"].postings.get().team
    first = busy.today - timedelta(days=25)
    before = figures.scope(user, busy.hall, ("team", old.pk)).count()
    Posting.objects.filter(pk=posting.pk).update(ends_on=change - timedelta(days=1))
    posting.pk, posting.starts_on, posting.team = None, change, other
    posting.save()
    moved = Visit.objects.filter(adviser=busy.people["sales"], arrived_at__gt=busy.now - timedelta(days=4)).count()
    assert 0 < moved < before
    assert figures.scope(user, busy.hall, ("team", old.pk)).count() == before - moved
    span = Period.between(first, busy.today)
    assert figures.of_span(figures.by_day(user, busy.hall, span, who=("team", old.pk)), span).visits == before - moved


def test_the_search_for_figures_finds_tiles_cells_and_bars(busy, as_role):
    page = as_role("manager").get(URL, {"period": f"{busy.today - timedelta(days=25)}..{busy.today}"})
    kinds = {key for url, _said in figures_of(page) for key in parse_qs(urlsplit(url).query)}
    assert kinds >= {"since", "until", "hall", "greeting", "wait", "state", "purpose", "hour"}
    assert len(BAR.findall(page.content.decode())) > 20


def test_an_agent_who_reads_the_hall_and_counts_the_own_visits_opens_the_own(busy, as_role):
    page = as_role("agent").get(URL, {"period": f"{busy.today - timedelta(days=25)}..{busy.today}", "hall": busy.hall.pk})
    own = page.context["now"].visits
    assert 0 < own < as_role("agent").get(reverse("visits")).context["page"].total
    assert "counted=on" in page.content.decode()
    assert "counted=on" not in as_role("manager").get(URL).content.decode()


def test_the_counts_of_the_days_add_up_to_the_period(busy):
    user, first = busy.user("general"), busy.today - timedelta(days=25)
    for hall in (None, busy.hall, busy.other_hall):
        whole = figures_on(user, hall, first, busy.today)
        assert whole.visits == figures.scope(user, hall).filter(arrived_at__gt=busy.now - timedelta(days=24)).count()
        counted = figures.counts(user, hall, first, busy.today)
        assert whole.visits == sum(figures.by(counted, 0).values()) == sum(figures.by(counted, 2).values()) > 0
        assert whole.visits == sum(n for _pk, _name, n in figures.by_purpose(counted))
        assert whole.greeted == whole.in_time + whole.greeted_late and whole.served == whole.within + whole.over


def test_the_target_of_the_hall_goes_before_that_of_the_company_and_each_day_has_its_own(cast, visit_for):
    def judged(days_ago, seconds, hall):
        visit = visit_for(hall=hall, minutes_ago=60 + 1440 * days_ago, state=states.CLOSED)
        Visit.objects.filter(pk=visit.pk).update(greeted_at=visit.arrived_at + timedelta(seconds=seconds))
        day = hall.day_of(visit.arrived_at)
        one = figures_on(cast.user("general"), hall, day, day)
        Visit.objects.filter(pk=visit.pk).update(assumed=True)
        return (one.in_time, one.greeted_late)

    ParameterValue.objects.create(key="greeting_target_seconds", value=100, valid_from=cast.today - timedelta(days=3), reason="company")
    ParameterValue.objects.create(key="greeting_target_seconds", value=30, hall=cast.hall, valid_from=cast.today - timedelta(days=6), reason="hall")
    assert judged(10, 60, cast.hall) == (1, 0)  # the default
    assert judged(5, 31, cast.hall) == (0, 1) and judged(5, 30, cast.hall) == (1, 0)
    assert judged(1, 60, cast.hall) == (0, 1)  # the newer one of the company does not reach this hall
    assert judged(1, 100, cast.other_hall) == (1, 0) and judged(1, 101, cast.other_hall) == (0, 1)


def test_a_visit_belongs_to_the_day_of_its_own_hall_in_the_figures_and_in_the_list(cast, visit_for):
    Hall.objects.filter(pk=cast.other_hall.pk).update(timezone="America/New_York")
    for hall in (cast.hall, cast.other_hall):
        for hours in range(0, 48, 3):
            visit_for(hall=hall, minutes_ago=60 * hours, state=states.CLOSED)
    general = cast.user("general")
    for day in (cast.today - timedelta(days=number) for number in range(4)):
        own = [sum(hall.day_of(visit.arrived_at) == day for visit in Visit.objects.filter(hall=hall))
               for hall in Hall.objects.filter(pk__in=[cast.hall.pk, cast.other_hall.pk]).order_by("pk")]
        told = [figures_on(general, hall, day, day).visits for hall in Hall.objects.order_by("pk")]
        both = figures_on(general, None, day, day).visits
        assert told == own and both == sum(own)
        for hall, n in zip(Hall.objects.order_by("pk"), own, strict=True):
            assert behind(general, f"?since={day}&until={day}&hall={hall.pk}") == n
        assert behind(general, f"?since={day}&until={day}") == both


def test_another_hall_is_not_in_the_figures(busy, as_role):
    page = as_role("manager2").get(URL, {"period": "2026", "hall": busy.hall.pk})
    assert page.status_code == 200 and page.context["bar"].form.errors["hall"]
    assert page.context["hall"] == busy.other_hall
    ours = Visit.objects.filter(hall=busy.other_hall, arrived_at__year=2026).count()
    if busy.today.year == 2026:
        assert page.context["now"].visits == ours


def test_days_that_cannot_be_get_a_sentence_and_the_usual_month(busy, as_role):
    client = as_role("manager")
    for since, until, sentence in (("2026-05-02", "2026-05-01", "The last day lies before the first"), ("2026-05-02", "", "Enter both days"),
                                   ("2001-01-01", "2026-05-01", "at most five years"), ("2026-05-99", "2026-05-01", "such as 2026-01-14")):
        page = client.get(URL, {"since": since, "until": until})
        assert page.status_code == 200 and sentence in page.content.decode()
        assert page.context["bar"].period.kind == "month"
    chosen = client.get(URL, {"since": "2026-05-01", "until": "2026-05-03"}).context["bar"].period
    assert (chosen.first, chosen.last) == (date(2026, 5, 1), date(2026, 5, 3))


@pytest.mark.parametrize("text", ["2026-13", "2026-W60", "x", "9999", "0001-01-01", "2026-01-02..2026-01-01"])
def test_a_period_that_there_is_not_is_not_found(busy, as_role, text):
    assert as_role("manager").get(URL, {"period": text}).status_code == 404


def test_each_chart_can_be_taken_along_and_says_what_its_table_says(busy, as_role):
    client, query = as_role("manager"), {"period": f"{busy.today - timedelta(days=25)}..{busy.today}"}
    page = client.get(URL, query)
    for chart in page.context["charts"] + page.context["tables"]:
        answer = client.get(URL, query | {"csv": chart.key})
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[0] == [str(text) for text in chart.header]
        assert rows[1:] == [[name, *(str(text) for text, _url in cells)] for name, cells in chart.rows]
    assert AccessEvent.objects.filter(act="export", kind="visit_figures").count() == len(page.context["charts"] + page.context["tables"])
    assert client.get(URL, query | {"csv": "nothing"}).status_code == 404


def test_the_title_of_a_chart_says_what_was_found(cast, visit_for, as_role):
    yesterday = cast.today - timedelta(days=1)
    for seconds, day in ((30, 0), (30, 0), (90, 1), (30, 1)):
        visit = visit_for(state=states.CLOSED, minutes_ago=5 + 1440 * day)
        Visit.objects.filter(pk=visit.pk).update(greeted_at=visit.arrived_at + timedelta(seconds=seconds))
    charts = {chart.key: chart for chart in as_role("manager").get(URL, {"period": f"{yesterday}..{cast.today}"}).context["charts"]}
    if cast.hall.day_of(cast.now - timedelta(minutes=5)) == cast.today:
        assert charts["greeting"].finding.startswith("75 % of 4 greetings were in time; the lowest on ")
        assert charts["greeting"].finding.endswith("(50 %)")
    assert "4 visits" in charts["traffic"].finding


def test_an_empty_period_says_so_and_draws_nothing(cast, as_role):
    page = as_role("manager").get(URL, {"period": "2001-05"})
    assert page.context["now"].visits == 0 and all(chart.is_empty for chart in page.context["charts"])
    assert page.content.decode().count("There is nothing to count in this period.") == 5


def test_the_figures_cost_the_same_for_one_day_and_for_many(cast, visit_for, cost):
    visit_for(state="closed", greeted_at=cast.now)
    cost(URL)
    one = cost(URL)
    for day in range(20):
        visit_for(state="closed", minutes_ago=10 + 1440 * day)
    assert cost(URL) == one <= 15
