"""What templates say with: dates and spans as people say them, signs beside every status, sorting links, the pack of forms."""
import re
import zipfile
from datetime import date, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from config.embedded.places import CHECKOUT
from config.web.forms import HallkeeperForm
from config.web.templatetags import hk

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 1, 14, 14, 5, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def today():
    """Every test stands at 14:05 on Wednesday 14 January 2026, in English."""
    with time_machine.travel(NOON, tick=False), translation.override("en"), timezone.override(SHANGHAI):
        yield


def render(source, **context):
    return Template("{% load hk %}" + source).render(Context(context))


@pytest.mark.parametrize(("language", "short", "old", "long"), [
    ("en", "3 Jan", "28 Dec 2025", "Sat 3 January 2026"),
    ("zh-hans", "1月3日", "2025年12月28日", "2026年1月3日 周六"),
    ("zh-hant", "1月3日", "2025年12月28日", "2026年1月3日 週六"),
])
def test_a_date_is_tight_and_names_its_year_only_when_it_is_another(language, short, old, long):
    with translation.override(language):
        assert hk.day(date(2026, 1, 3)) == short
        assert hk.day(date(2025, 12, 28)) == old
        assert hk.long_day(date(2026, 1, 3)) == long


def test_a_moment_is_said_by_its_nearness():
    assert hk.moment(NOON) == "today 14:05"
    assert hk.moment(NOON - timedelta(days=1, hours=2)) == "yesterday 12:05"
    assert hk.moment(NOON + timedelta(days=1)) == "tomorrow 14:05"
    assert hk.moment(NOON - timedelta(days=8)) == "6 Jan 14:05"


def test_a_moment_is_told_in_the_zone_of_the_hall():
    with timezone.override(ZoneInfo("Europe/Berlin")):
        assert hk.moment(NOON) == "today 07:05"


def test_a_time_element_carries_the_exact_point():
    assert render("{% when at %}", at=NOON) == ('<time datetime="2026-01-14T14:05:00+08:00" title="Wed 14 January 2026 14:05">today 14:05</time>')
    assert render("{% when at 'ago' %}", at=NOON - timedelta(minutes=3)).endswith(">3 min ago</time>")


@pytest.mark.parametrize(("span", "said"), [(0, "0 min"), (27, "27 min"), (65, "1 h 05 min"), (120, "2 h"), (1620, "1 d 3 h"), (2880, "2 d"), (None, "—")])
def test_a_span_of_minutes_is_said_in_its_largest_units(span, said):
    assert hk.minutes(span) == said


def test_spans_are_written_in_chinese_as_people_write_them():
    with translation.override("zh-hans"):
        assert [hk.minutes(span) for span in (27, 60, 65, 1620, 2880)] == ["27 分钟", "1 小时", "1 小时 05 分", "1 天 3 小时", "2 天"]
    with translation.override("zh-hant"):
        assert [hk.minutes(span) for span in (60, 65)] == ["1 小時", "1 小時 05 分"]


def test_seconds_turn_into_minutes_before_they_get_long():
    assert [hk.seconds(45), hk.seconds(125), hk.seconds(3660), hk.seconds(None)] == ["45 s", "2 min 05 s", "1 h 01 min", "—"]


def test_no_date_is_no_text():
    assert [hk.day(None), hk.moment(None), hk.clock(None), hk.ago(None), hk.long_day(None), render("{% when nothing %}")] == [""] * 6


@pytest.mark.parametrize("tone", hk.TONES)
def test_a_status_is_always_sign_and_word_and_colour(tone):
    shown = render("{% status tone word %}", tone=tone, word="12 min <late>")
    assert f"st--{tone}" in shown and "<svg" in shown and "<path" in shown
    assert "12 min &lt;late&gt;" in shown


def test_signs_of_different_meaning_have_different_shapes():
    shapes = [str(hk.SIGNS[hk.TONES[tone]]) for tone in ("wait", "run", "soon", "late", "done", "none", "stop", "up")]
    assert len(set(shapes)) == len(shapes)


def test_every_icon_a_template_names_exists():
    names = {name.removesuffix(".svg") for name in zipfile.ZipFile(str(files("lucide") / "lucide.zip")).namelist()} | set(hk.SIGNS)
    asked = {(path.name, name) for path in (CHECKOUT / "templates").rglob("*.html")
             for name in re.findall(r'icon (?:name=)?"([\w-]+)"|icon\|default:"([\w-]+)"', path.read_text(encoding="utf-8")) for name in name if name}
    assert asked
    assert not {(where, name) for where, name in asked if name not in names}
    assert set(hk.CHAPTER_ICONS.values()) <= names


def test_a_column_sorts_up_then_down_and_starts_at_the_first_page():
    request = RequestFactory().get("/?sort=arrived&after=abc&hall=2")
    head = Template('{% load hk %}{% sort_head "arrived" "Arrived" %}{% sort_head "name" "Name" %}').render(Context({"request": request}))
    first, second = head.strip().split("</th>")[:2]
    assert 'aria-sort="ascending"' in first and "sort=-arrived" in first
    assert "aria-sort" not in second
    query = QueryDict(re.search(r'href="\?([^"]+)"', second).group(1).replace("&amp;", "&"))
    assert query.dict() == {"sort": "name", "hall": "2"}


def test_language_codes_are_written_as_html_wants_them():
    assert [hk.bcp47(code) for code in ("en", "zh-hans", "zh-hant")] == ["en", "zh-Hans", "zh-Hant"]


def test_a_share_stays_between_nothing_and_all():
    assert [hk.share(1, 3), hk.share(5, 3), hk.share(1, 0), hk.share(None, 3)] == [33, 100, 0, 0]


class Question(HallkeeperForm):
    phone = forms.CharField(label="Phone", help_text="Any spelling.")
    way = forms.ChoiceField(label="Way", choices=[("a", "Desk"), ("b", "Mail")], widget=forms.RadioSelect({"class": "digits"}))
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    mail = forms.BooleanField(label="May write", required=False)


def asked(data=None):
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": Question(data)}))


def test_an_error_says_the_same_on_top_and_beside_its_field():
    shown = asked({"phone": "", "note": "kept as typed"})
    said = re.findall(r'<a href="#(id_\w+)">([^<]+)</a>', shown)
    assert [anchor for anchor, _words in said] == ["id_phone", "id_way_0"]
    for anchor, words in said:
        assert f'id="{anchor}"' in shown
        assert shown.count(words) == 2
    assert "kept as typed" in shown


def test_a_field_is_tied_to_its_hint_and_its_error():
    shown = asked({"phone": ""})
    control = re.search(r'<input[^>]*name="phone"[^>]*>', shown).group(0)
    described = re.search(r'aria-describedby="([^"]+)"', control).group(1).split()
    assert set(described) == {"id_phone_helptext", "id_phone_error"}
    assert all(f'id="{place}"' in shown for place in described)
    assert 'aria-invalid="true"' in control


def test_only_the_optional_fields_say_so():
    shown = asked()
    assert shown.count("(optional)") == 1
    assert shown.index("Note") < shown.index("(optional)")


def test_a_choice_strip_is_one_named_group_with_its_digits():
    shown = asked()
    assert re.search(r'<div id="id_way" class="pick" role="radiogroup" aria-labelledby="id_way_label"[^>]* data-digits>', shown)
    assert re.findall(r"<kbd>(\d)</kbd>", shown) == ["1", "2"]


def test_a_module_is_asked_for_with_everything_that_it_imports():
    shown = Template('{% load scripts %}{% module "js/shell.js" %}').render(Context())
    hints, (script,) = re.findall(r'rel="modulepreload" href="/static/js/(\w+).js"', shown), re.findall(r'type="module" src="/static/js/(\w+).js"', shown)
    folder = CHECKOUT / "static" / "js"
    met, wanted = {script}, [script]
    while wanted:
        below = set(re.findall(r'"\./(\w+)\.js"', (folder / f"{wanted.pop()}.js").read_text(encoding="utf-8"))) - met
        met |= below
        wanted += below
    assert sorted(hints) == sorted(met - {script}) and "page" in hints and "vault" in hints


def test_a_module_that_does_not_exist_is_an_error_of_its_page():
    with pytest.raises(ValueError, match="js/nothing.js"):
        Template('{% load scripts %}{% module "js/nothing.js" %}').render(Context())


def test_what_ends_with_a_day_is_due_by_that_day_and_what_has_an_hour_by_its_hour():
    midnight = datetime(2026, 1, 11, tzinfo=SHANGHAI)
    assert hk.day(hk.deadline(midnight)) == "10 Jan" and hk.moment(hk.deadline(midnight)) == "10 Jan 23:59"
    assert hk.deadline(NOON) == NOON and hk.deadline(None) is None
