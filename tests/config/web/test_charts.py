"""A chart is its table is its CSV; bars begin at zero, empty places stay, nothing is told by colour alone (UX 36)."""
import csv
import io

from django.template.loader import render_to_string
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from config.web.charts import HEIGHT, Bar, Chart, Series

SERIES = [Series("good", "Good"), Series("late", "Late", "bar-late", pattern=True)]
pairs = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=60)


def chart_of(values):
    """A chart of pairs."""
    bars = [Bar(str(index), f"place {index}", pair, (f"/good/{index}" if pair[0] else "", "")) for index, pair in enumerate(values)]
    return Chart("test", "Most were good", "What is counted", "Place", SERIES, bars, share_of="good", share_label="Share", total_label="All")


def told(chart):
    """The rows of the chart's file."""
    text = chart.csv("visits").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@given(pairs)
def test_bars_are_as_tall_as_their_values_and_begin_at_zero(values):
    chart = chart_of(values)
    assert chart.top >= max(sum(pair) for pair in values) and chart.top % 2 == 0
    for place, pair in zip(chart.drawn, values, strict=True):
        below = chart.base
        for part in place["parts"]:
            assert abs(float(part.height) - HEIGHT * part.value / chart.top) <= 0.06
            assert abs(float(part.y) + float(part.height) - below) <= 0.21
            below = float(part.y)
        assert sum(part.value for part in place["parts"]) == sum(pair)
        assert float(place["middle"]) <= chart.end


@given(pairs)
def test_the_file_says_what_the_table_says_and_the_drawing_draws(values):
    chart = chart_of(values)
    head, *rows = told(chart)
    assert head == ["Place", "All", "Good", "Late", "Share"] == chart.header
    assert [[name, *(str(text) for text, _url in cells)] for name, cells in chart.rows] == rows
    assert [(int(row[2]), int(row[3])) for row in rows] == values and all(int(row[1]) == int(row[2]) + int(row[3]) for row in rows)


def test_empty_places_stay_and_are_told_as_nothing():
    chart = chart_of([(3, 1), (0, 0), (2, 0)])
    assert [len(place["parts"]) for place in chart.drawn] == [2, 0, 1]
    assert told(chart)[2] == ["place 1", "0", "0", "0", "—"]
    assert chart_of([(0, 0)]).is_empty


def test_a_page_shows_finding_pattern_table_and_links():
    page = render_to_string("parts/chart.html", {"chart": chart_of([(3, 1), (0, 0)])}, request=RequestFactory().get("/"))
    assert "Most were good" in page and "hatch-test" in page and "csv=test" in page and page.count("/good/0") == 2
    assert "place 1" in page and "<title>place 0, Late: 1</title>" in page


def test_a_name_that_reads_like_a_formula_is_no_formula_in_the_file():
    chart = Chart("test", "", "", "Place", SERIES[:1], [Bar("", "=1+1", (2,), ("",))])
    assert told(chart)[1] == ["'=1+1", "2"]
