"""What no template does: style or script in the page, raw fields, unescaped text, words that no translator sees."""
import re

import pytest
from django.template.loader import get_template

from config.embedded.places import CHECKOUT

FOLDER = CHECKOUT / "templates"
ALL = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*"))
PRODUCT = ("config", "staff", "facilities", "reception", "complaints", "performance")
RAW_FIELDS = {  # a field that is no question of a form: the command bar, ticks of a table, filters of one line
    "shell/_dialogs.html", "parts/bulk_bar.html", "parts/texts_widget.html", "parts/filters.html", "parts/_rows.html", "shell/search.html",
    "bench/bare.html",  # no page of ours: what the floors of the bench show
}
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.S)
COMMENTS = re.compile(r"\{% comment.*?endcomment %\}|<!--.*?-->", re.S)
TRANSLATED = re.compile(r"\{% blocktrans(?:late)?\b.*?\{% endblocktrans(?:late)? %\}", re.S)
NAMES = {"Hallkeeper", "EN", "CNY", "CSV", "Ctrl", "Esc", "Enter", "Alt", "Shift", "Tab", "KB", "MB",  # the same in every language
         "Authorization", "Bearer", "VS",  # as programs, and numbers of records, are written
         "English", "简体", "繁體"}
CLASSES = re.compile(r"\{% block (?:\w*class|text_size) %\}.*?\{% endblock", re.S)  # what stands within a tag


def text_of(name):
    """The source of a template, without its comments."""
    return COMMENTS.sub("", (FOLDER / name).read_text(encoding="utf-8"))


def those(pattern, *, among=None):
    """'template: what was found' for each template in which `pattern` is found."""
    return [f"{name}: {found.group(0)[:80]}" for name in among or ALL for found in re.finditer(pattern, text_of(name), re.I | re.S)]


@pytest.mark.parametrize("name", ALL)
def test_it_compiles(name):
    get_template(name)


def test_there_is_no_style_or_script_in_the_page():
    assert not those(r"\sstyle\s*=|<style\b")
    assert not those(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>")
    assert not those(r"<[^>]*\son[a-z]+\s*=|javascript:")


def test_nothing_is_loaded_from_another_house():
    assert not those(r"(?:src|href|action|hx-\w+)\s*=\s*[\"'](?:https?:)?//[^\"']*")


def test_what_is_kept_for_everybody_holds_nothing_of_a_request_or_a_person():
    parts = [(name, named, part + "".join(text_of(one) for one in re.findall(r'{% include "(.*?)"', part)))
             for name in ALL for named, part in re.findall(r"{% kept\b(.*?)%}(.*?){% endkept %}", text_of(name), re.S)]
    assert len(parts) >= 9
    assert not [name for name, named, part in parts
                if re.search(r"csrf_token|request\.|user\b|user_name|initials|shell\.(?:hall|person|vault|today)\b", named + part)
                or "shell.theme" in part and "shell.theme" not in named or "shell.text_size" in part and "shell.text_size" not in named
                or "shell.keys_on" in part and "shell.keys_on" not in named
                or "shell.can_log_visit" in part and "shell.can_log_visit" not in named]


def test_typed_text_is_always_escaped():
    assert not those(r"\|\s*safe\b|\|\s*safeseq\b|autoescape off")
    guilty = [str(path.relative_to(CHECKOUT)) for top in PRODUCT for path in (CHECKOUT / top).rglob("*.py")
              if re.search(r"\bmark_safe\b|\bSafeString\(", path.read_text(encoding="utf-8"))]
    assert not guilty


def test_no_template_hides_in_a_source_file_where_no_translator_finds_it():
    guilty = [str(path.relative_to(CHECKOUT)) for top in PRODUCT for path in (CHECKOUT / top).rglob("*.py")
              if re.search(r"\{% \w+|\bHTML\(", path.read_text(encoding="utf-8"))]
    assert not guilty


def test_every_form_renders_through_crispy():
    pages = [name for name in ALL if not name.startswith(("hallkeeper/", "django/"))]
    assert not those(r"\{\{\s*(?:\w*form|\w*formset|field)(?:\.as_\w+)?\s*\}\}", among=pages)
    raw = re.compile(r"<(?:select|textarea|input)\b(?![^>]*type=\"hidden\")", re.I)
    assert {name for name in pages if raw.search(text_of(name))} <= RAW_FIELDS


def test_every_form_that_posts_carries_its_token():
    for name in ALL:
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text_of(name), re.I | re.S):
            assert "{% csrf_token %}" in form or "{% block" in form, f"{name} posts a form without csrf_token."


def bare_words(name):
    """The words a person reads in a template that no translator is given."""
    text = TAGS.sub(" ", TRANSLATED.sub(" ", CLASSES.sub("{% endblock", text_of(name))))
    spoken = re.findall(r"\s(?:placeholder|aria-label|title|alt)=\"([^\"]*)\"", text)
    spoken.append(re.sub(r"<[^>]*>", " ", re.sub(r"<(script|svg)\b.*?</\1>", " ", text, flags=re.S)))
    return {word for part in spoken for word in re.findall(r"&\w+;|[A-Za-z][A-Za-z’']+|[\u3400-\u9fff]+", part)
            if word not in NAMES and not word.startswith("&")}


@pytest.mark.parametrize("name", [name for name in ALL if name.endswith(".html")])
def test_every_word_in_it_can_be_translated(name):
    assert not bare_words(name)


def test_the_search_for_bare_words_finds_one(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.FOLDER", tmp_path)
    (tmp_path / "page.html").write_text("<p title=\"Open\">{% translate 'Save' %} later {{ name }}</p>", encoding="utf-8")
    assert bare_words("page.html") == {"Open", "later"}
