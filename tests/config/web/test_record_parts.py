"""The parts of a record's page that are put together in Python: they say the same, and whatever was typed is text in them."""
from datetime import UTC, datetime

import pytest
from django.template import Context, Template

from config.web.history import Entry

EVIL = "<script>alert('x')</script> & \"y\""
SAFE = "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;y&quot;"


def draw(source, **context):
    return Template("{% load record_parts %}" + source).render(Context(context))


def test_a_fact_without_a_value_is_a_dash_and_what_was_typed_is_text():
    rows = [{"label": "Party", "value": None}, {"label": "Need", "value": EVIL, "kind": "text"}, {"label": EVIL, "value": 1200},
            {"label": "Day", "value": datetime(2026, 1, 14, tzinfo=UTC)}, {"label": "File", "value": EVIL, "url": "/x/?a=1&b=2"}]
    shown = draw("{% fact_lines rows %}", rows=rows)
    assert shown.startswith(f'<div><dt>Party</dt><dd>—</dd></div><div><dt>Need</dt><dd class="text">{SAFE}</dd></div><div><dt>{SAFE}</dt><dd>1200</dd></div>')
    assert "Jan. 14, 2026" in shown and shown.endswith(f'<dd><a href="/x/?a=1&amp;b=2">{SAFE}</a></dd></div>')


def test_the_stage_one_is_at_is_told_to_screen_readers():
    stages = [{"label": label, "note": note, "state": state} for label, note, state in (
        ("Waits", "14:05", "done"), (EVIL, "", "now"), ("Closed", "", "todo"))]
    assert draw("{% stage_lines stages %}", stages=stages) == (
        f'<li class="done">Waits<small>14:05</small></li><li class="now" aria-current="step">{SAFE}</li><li class="todo">Closed</li>')


def test_changes_say_who_did_what_why_and_what_stood_there():
    entry = Entry(datetime(2026, 1, 14, 6, 5, tzinfo=UTC), EVIL, "changed", EVIL, [("Need", EVIL, "a lock")])
    shown = draw("{% change_lines history %}", history=[entry])
    assert f'<span class="name">{SAFE}</span> · changed <span class="mut">· {SAFE}</span>' in shown
    assert f'<p class="mut">Need: <del class="was">{SAFE}</del> → a lock</p>' in shown and "<script" not in shown


@pytest.mark.parametrize(("seconds", "tone", "said"), [(None, "", "—"), (45, "", "45 s"), (0, "", "0 s")])
def test_a_span_nobody_measured_is_a_dash(seconds, tone, said):
    row = {"label": "Waited", "seconds": seconds, "tone": tone, "definition": "Counts <b>"}
    assert draw("{% time_lines rows %}", rows=[row]) == f'<div><dt>Waited</dt><dd class="num">{said}</dd></div>'
    assert draw("{% definition_lines rows %}", rows=[row]) == "<div><dt>Waited</dt><dd>Counts &lt;b&gt;</dd></div>"


def test_a_late_span_says_so_by_more_than_its_colour():
    assert "st--late" in draw("{% time_lines rows %}", rows=[{"label": "Waited", "seconds": 4000, "tone": "late"}])


def test_an_act_is_a_form_with_the_pages_token_or_a_link():
    actions = [{"label": EVIL, "url": "/a/?b=1&c=2", "icon": "play", "key": "s", "method": "post", "primary": True},
               {"label": "Correct", "url": "/e/", "note": "of yesterday"}]
    sent, led = draw("{% action_lines actions %}", actions=actions, csrf_token="tok\"en").split("</li>")[:2]
    assert sent.startswith('<li class="first"><form method="post" action="/a/?b=1&amp;c=2" data-form>') and 'value="tok&quot;en"' in sent
    assert '<button data-key="s">' in sent and f"<span>{SAFE}</span><kbd>S</kbd></button></form>" in sent
    assert led.startswith('<li><a href="/e/">') and led.endswith("<span>Correct</span><small>of yesterday</small></a>")


def test_tabs_say_where_one_is_how_much_there_is_and_keep_their_place():
    tabs = [{"label": EVIL, "url": "?a=1&b=2", "active": True, "count": 0}, {"label": "Mine", "url": "?m", "mark": "bookmark", "count": "999+", "late": True}]
    first, second = draw("{% tab_links tabs True %}", tabs=tabs).split("</a>")[:2]
    assert first == f'<a id="view-1" href="?a=1&amp;b=2" aria-current="page">{SAFE}<span class="n">0</span>'
    assert second.startswith('<a id="view-2" href="?m"><svg') and second.endswith('Mine<span class="n n--late">999+</span>')
    assert draw("{% tab_links tabs %}", tabs=[{"label": "All", "url": "?", "count": None}]) == '<a href="?">All</a>'
