"""The rows of a list are put together without templates: every value is made safe, and what is kept is nobody else's."""
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from django.utils.html import format_html

from config.web import lists
from config.web.lists import Column
from config.web.templatetags import drawn
from reception.visits.models import Visit

VISITS = "/reception/visits/"
ROWS = Template("{% load lists %}{% body_rows rows columns bulk %}")
HEAD = Template("{% load lists %}{% head_cells columns sort bulk %}")
WICKED = '<script>alert("{0}")</script>{}{pk}'


def row(**facts):
    return SimpleNamespace(**{"pk": 7, "name": "Li", "count": 3, **facts})


def draw(template, *columns, rows=(), bulk=None, halls=2):
    return template.render(Context({"rows": rows, "columns": columns, "bulk": bulk, "sort": "", "shell": {"halls": range(halls)}}))


def test_values_labels_and_classes_are_made_safe_and_braces_in_them_stay():
    column = Column("name", WICKED, lambda one: one.name, css='x"{}')
    page = draw(ROWS, column, column, rows=[row(name=WICKED), row(name="")])
    assert "<script>" not in page and "{0}" in page
    assert page.count("&lt;script&gt;") == 4 and 'class="x&quot;{}"' in page


def test_what_draws_a_cell_is_not_trusted_either():
    plain, safe = (Column("a", "A", str, draw=lambda one, form=form: form(one.name)) for form in (str, lambda name: format_html("<b>{}</b>", name)))
    page = draw(ROWS, plain, safe, rows=[row(name="<i>")])
    assert '<th scope="row">&lt;i&gt;</th>' in page and '<td data-th="A"><b>&lt;i&gt;</b></td>' in page


@pytest.mark.parametrize("value", [None, "", "—"])
def test_nothing_is_a_dash(value):
    assert '<td data-th="A" class="num none">—</td>' in draw(ROWS, Column("n", "N", str), Column("a", "A", lambda one: value, css="num"), rows=[row()])


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
@pytest.mark.parametrize("value", [0, 12, 1234567, -5, True, 2.5])
def test_figures_stand_as_a_template_writes_them(value, language):
    with translation.override(language):
        as_template = Template("{{ value }}").render(Context({"value": value}))
        assert f'<th scope="row">{as_template}</th>' in draw(ROWS, Column("n", "N", lambda one: value), rows=[row()])


def test_a_tick_names_its_row_and_stands_in_the_head_too():
    name = type("Row", (), {"pk": 7, "__str__": lambda self: 'A"<b>'})()
    column = Column("n", "N", lambda one: "x")
    assert 'value="7" aria-label="Tick A&quot;&lt;b&gt;"' in draw(ROWS, column, rows=[name], bulk=[1])
    assert [draw(HEAD, column, bulk=bulk).count("data-bulk-all") for bulk in (None, [], [1])] == [0, 0, 1]


def test_a_column_for_several_halls_is_not_shown_to_who_works_in_one():
    columns = Column("n", "N", str), Column("h", "Hall", lambda one: "Gate", several_halls=True)
    assert [("Hall" in draw(HEAD, *columns, halls=halls), "Gate" in draw(ROWS, *columns, rows=[row()], halls=halls)) for halls in (1, 2)] == [
        (False, False), (True, True)]


def test_a_name_of_a_visitor_with_marks_in_it_is_text(cast, as_role):
    visit = cast.visit_for()
    Visit.objects.filter(pk=visit.pk).update(visitor_name=WICKED, customer=None)
    page = as_role("reception").get(VISITS).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(&quot;{0}&quot;)&lt;/script&gt;{}{pk}</a>" in page


def test_the_first_page_shows_what_came_a_moment_ago_and_counts_it(cast, as_role, monkeypatch):
    monkeypatch.setattr(lists, "PAGE_SIZE", 2)
    client = as_role("reception")
    for _turn in range(3):  # the third time the database has the statement ready
        visit = cast.visit_for()
        page = client.get(VISITS).context["page"]
        assert visit.pk in [one.pk for one in page.rows]
        whole = Visit.objects.visible_to(cast.user("reception"))
        assert (page.total, [one.pk for one in page.rows]) == (whole.count(), list(whole.order_by("-arrived_at", "-pk").values_list("pk", flat=True)[:2]))
    Visit.objects.filter(pk=visit.pk).update(visitor_name="Renamed", customer=None)
    assert "Renamed" in client.get(VISITS).content.decode()


@pytest.mark.parametrize("query", ["", "?state=waiting", "?q=zz"])
def test_each_person_is_offered_their_own_choices_whoever_drew_the_form_before(cast, client_as, query):
    def form_of(name):
        page = client_as(name).get(f"{VISITS}{query}").content.decode()
        return page.partition('<div class="flt__form">')[2].partition("</form>")[0]

    alone = {}
    for name in ("reception", "general", "manager2"):
        drawn._kept.clear()
        alone[name] = form_of(name)
    assert all(alone.values()) and len(set(alone.values())) == 3
    assert all(form_of(name) == alone[name] for name in ("general", "manager2", "reception", "general"))


def test_what_is_searched_for_is_not_kept_with_the_form(cast, as_role):
    drawn._kept.clear()
    client = as_role("reception")
    assert 'value="Secret"' in client.get(f"{VISITS}?q=Secret").content.decode()
    assert drawn._kept and not any("Secret" in str(look) + kept for look, kept in drawn._kept.items())


def test_a_word_for_a_day_is_another_day_tomorrow(cast, as_role, monkeypatch):
    page = as_role("reception").get(f"{VISITS}?since=today").content.decode()
    assert f'value="{timezone.localdate().isoformat()}"' in page
    kept = set(drawn._kept)
    monkeypatch.setattr(drawn.timezone, "localdate", lambda: cast.today + timedelta(days=1))
    form = SimpleNamespace(prefix=None, is_bound=True, look=lambda: "same")
    tomorrow = drawn.look_of(form)
    monkeypatch.undo()
    assert kept and tomorrow != drawn.look_of(form)
