"""All pages of figures stand under the same bar: period, hall, team, person, comparison; each of them changes what is counted (GEN-17)."""
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from config.embedded.places import CHECKOUT
from config.web.analysis import AnalysisPage
from config.web.period_bar import AGAINST
from reception.visits import states
from reception.visits.models import Visit
from staff.regulation.models import ParameterValue
from tests.addresses import addresses
from tests.complaints.handling.making import complaint_at

BAR = 'include "parts/period_bar.html"'
FIELDS = ["hall", "who", "against", "since", "until"]
KEYS = {"indicator": {"key": "waiting"}, "indicator_records": {"key": "waiting"}, "control": {"key": "waiting"},
        "what_if_records": {"sort": "indicator", "key": "waiting-within"}}
ASKED = dict.fromkeys(("what_if", "what_if_records"), {"visit_wait_target_minutes": 25})  # else nothing is judged otherwise
ASKED["complaint_figure_records"] = {"figure": "received"}  # what is open now is of no period
PAGES = [one for one in addresses() if one.page and issubclass(one.page, AnalysisPage)]
SUMS = ("visit_figures", "complaint_dashboard", "indicators", "indicator", "controls")  # those that compare; the others are lists of records


@pytest.fixture
def busy(cast, visit_for):
    """Visits, and a complaint of each, of today, of last month and of last year, in two halls and by several people of several teams."""
    for days in (0, 30, 31, 32, 365, 366):
        for number, adviser in enumerate(("sales", "sales", "colleague", "outsider", "sales2")):
            if days and number == days % 3:
                continue
            visit = visit_for(adviser=adviser, state=states.CLOSED, minutes_ago=30 + 1440 * days)
            Visit.objects.filter(pk=visit.pk).update(greeted_at=visit.arrived_at + timedelta(seconds=30 + number * 20), receptionist=visit.adviser,
                                                     served_at=visit.arrived_at + timedelta(minutes=5 + number * 3 + days % 7))
            complaint_at(cast, "assigned", hall=visit.hall, handler=adviser, hours_ago=1 + 24 * days).save()
    return cast


def address_of(page):
    """The address of one of the pages."""
    return reverse(page.name, kwargs=KEYS.get(page.name))


def body(page):
    """What a page says below its bar."""
    text = page.content.decode()
    inside = text[text.index('<div class="pbar'):]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", inside[inside.index("</form>"):inside.index("</main>")])).strip()


def test_every_page_with_the_bar_is_one_of_these_and_every_one_of_these_has_it():
    assert {page.name for page in PAGES} == {"visit_figures", "indicators", "indicator", "indicator_records", "controls", "control",
                                             "what_if", "what_if_records", "complaint_dashboard", "complaint_figure_records"}
    shown = {path.relative_to(CHECKOUT / "templates").as_posix() for path in (CHECKOUT / "templates").rglob("*.html") if BAR in path.read_text("utf-8")}
    ours = ("list", "indicator", "records", "controls", "control", "what_if", "what_if_records")
    assert shown == {"reception/visits/figures.html", "complaints/analysis/dashboard.html", "complaints/analysis/records.html",
                     *(f"performance/indicators/{name}.html" for name in ours)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.req("GEN-17")
def test_each_page_of_figures_shows_the_same_bar(busy, as_role, page):
    shown = as_role("general").get(address_of(page))
    text = shown.content.decode()
    assert list(shown.context["bar"].form.fields) == FIELDS
    bar = text[text.index('<div class="pbar'):]
    bar = bar[:bar.index("</form>")]
    assert [bar.count(f'name="{name}"') for name in FIELDS] == [1] * len(FIELDS)
    assert text.count('class="pbar__k"') == 1 and re.findall(r'period=(\d{4}-\d\d-\d\d|\d{4}-W\d\d|\d{4}-\d\d|\d{4}-Q\d|\d{4})["&]', text)
    assert list(shown.context["bar"].form.fields["against"].choices) == list(AGAINST)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.req("GEN-17")
def test_each_part_of_the_bar_changes_what_is_counted(busy, as_role, page):
    client, url, person = as_role("general"), address_of(page), "adviser" if page.name == "visit_figures" else "person"
    ParameterValue.objects.create(key="visit_wait_target_minutes", value=3, valid_from=busy.today - timedelta(days=900), reason="strict")
    people = {"part": "all"} if page.name == "control" else ASKED.get(page.name, {})
    usual = {"period": busy.today.strftime("%Y-%m"), "hall": "", **people}
    team, chosen = busy.people["sales"].postings.get().team, busy.people["colleague"]
    asked = {"period": usual | {"period": (busy.today - timedelta(days=31)).strftime("%Y-%m")},
             "hall": usual | {"hall": busy.hall.pk}, "team": usual | {"who": f"team-{team.pk}"}, "person": usual | {"who": f"{person}-{chosen.pk}"}}
    told = {name: body(client.get(url, query)) for name, query in {"": usual, **asked}.items()}
    assert len(set(told.values())) == len(told), [name for name in told if list(told.values()).count(told[name]) > 1]


@pytest.mark.parametrize("name", SUMS)
@pytest.mark.req("GEN-17")
def test_one_compares_with_the_period_before_or_a_year_ago_or_both(busy, as_role, name):
    url = reverse(name, kwargs=KEYS.get(name))
    told = {}
    for against in ("", "before", "ago"):
        page = as_role("general").get(url, {"period": busy.today.strftime("%Y-%m"), "hall": "", "against": against})
        told[against] = body(page)
        assert [key for key, _name, _span in page.context["bar"].others] == ([against] if against else ["before", "ago"])
    assert len(set(told.values())) == 3
    assert "A year ago:" in told["ago"] and "Before:" not in told["ago"]
    assert "Before:" in told["before"] and "A year ago:" not in told["before"]
