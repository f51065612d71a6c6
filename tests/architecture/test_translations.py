"""Both Chinese catalogues hold every text of the product, finished, with the same blanks and in their own characters (GEN-18)."""
import re

import polib
import pytest
from django.utils.translation import override

from config.embedded.places import CHECKOUT
from tests.architecture import messages

LOCALES = ("zh_Hans", "zh_Hant")
BLANK = re.compile(r"%\((\w+)\)[sd]|(%[sd])|\{(\w+)\}")
# Pairs of common characters that differ between the two ways of writing; neither may stand in the other's catalogue.
SIMPLIFIED = "访这时间门见长东车来对话号码录务员单电请选择设语简体历资订称签约图规标题览产预处无态动进开关书写应该还从会让给变问导读闭"
TRADITIONAL = "訪這時間門見長東車來對話號碼錄務員單電請選擇設語簡體歷資訂稱簽約圖規標題覽產預處無態動進開關書寫應該還從會讓給變問導讀閉"
FOREIGN = {"zh_Hans": set(TRADITIONAL) - set(SIMPLIFIED), "zh_Hant": set(SIMPLIFIED) - set(TRADITIONAL)}


@pytest.fixture(scope="module")
def texts():
    """Every text that is found in the source."""
    return messages.everything()


def catalogue(locale):
    """One catalogue, by (English, context)."""
    path = CHECKOUT / "config" / "locale" / locale / "LC_MESSAGES" / "django.po"
    return {(entry.msgid, entry.msgctxt or ""): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


def test_gettext_is_imported_only_under_a_name_that_is_searched_for():
    pattern = re.compile(r"from django\.utils\.translation import (?:n|p|np)?gettext\w* as (\w+)")
    names = {name for top in messages.PRODUCT for path in (CHECKOUT / top).rglob("*.py") for name in pattern.findall(path.read_text(encoding="utf-8"))}
    assert names <= set(messages.CALLS)


def test_no_text_is_put_together_at_run_time(texts):
    assert not [found.place for found in texts if found.text is None or found.plural is None]


def test_texts_with_several_blanks_name_them(texts):
    assert not [f"{found.place}: {found.text}" for found in texts if found.text and len(re.findall(r"%[sd]", found.text)) > 1]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_is_translated(texts, locale):
    entries = catalogue(locale)
    missing = sorted({f"{found.place}: {found.text}" for found in texts
                      if (found.text, found.context) not in entries or not entries[found.text, found.context].translated()})
    assert not missing, f"{len(missing)} texts are missing in {locale}."


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_in_it_is_doubtful_or_left_over(texts, locale):
    wanted = {(found.text, found.context) for found in texts}
    entries = catalogue(locale)
    assert not [entry.msgid for entry in entries.values() if entry.fuzzy]
    assert not sorted(key for key in entries if key not in wanted)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_translation_has_the_blanks_of_its_english(locale):
    for entry in catalogue(locale).values():
        for written in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert blanks(written) <= blanks(entry.msgid) | blanks(entry.msgid_plural), entry.msgid
            assert blanks(entry.msgid) - {"n", "count"} <= blanks(written), entry.msgid


def blanks(text):
    """The names of the blanks in a text."""
    return {next(filter(None, found)) for found in BLANK.findall(text)}


@pytest.mark.parametrize("locale", LOCALES)
def test_it_is_written_in_its_own_characters(locale):
    assert not [f"{entry.msgid}: {entry.msgstr}" for entry in catalogue(locale).values() if set(entry.msgstr) & FOREIGN[locale]]


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
@pytest.mark.req("GEN-18")
def test_the_pages_speak_the_language_that_a_person_chose(as_role, language):
    client = as_role("manager")
    client.post("/me/language/", {"language": language, "next": "/"})
    for address in ("/", "/reception/visits/", "/reception/customers/", "/staff/people/"):
        page = client.get(address)
        assert page.headers["Content-Language"] == language, address
        assert not re.findall(r">\s*(Save|Visits|Customers|Filter|My day|Log out)\s*<", page.content.decode()), address


def test_the_extraction_sees_texts_of_both_kinds(tmp_path):
    found = list(messages.calls_in('_("Save")\nngettext("%(n)s visit", "%(n)s visits", 2)\n_(f"x{y}")', "here"))
    assert [(one.text, one.plural) for one in found] == [("Save", ""), ("%(n)s visit", "%(n)s visits"), (None, "")]
    assert messages.whole_call("gettext('a (b)') x)", "here") == "gettext('a (b)')"
    with override("en"):
        assert {one.text for one in messages.in_templates()} >= {"Log in"}
