"""The written regulation as clauses: all of it is there, each clause opens what carries it out, and fields say which clause asks (FIELD 2.7)."""
import re

import pytest
import yaml
from django.apps import apps
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from config.contributions.clauses import SCREENS
from config.web.texts import CODES
from staff.regulation.clauses import delivered, links, queries, rules
from staff.regulation.clauses.models import Clause, Regulation, RegulationVersion

CUT_OFF = {("S0", "7.5"), ("S1b", "5.3"), ("S2", "5.2.1"), ("S3", "8.3.1"), ("S4", "6.2.1")}


def in_force():
    """The clauses by which the halls work today."""
    return Clause.objects.filter(edition__in=RegulationVersion.objects.in_force(timezone.localdate()))


def page(client, name, *keys):
    answer = client.get(reverse(name, args=keys))
    assert answer.status_code == 200
    return answer.content.decode()


def test_all_342_clauses_are_in_force_from_the_first_day_in_three_languages(db):
    rows = list(in_force().filter(kind=Clause.Kind.CLAUSE))
    assert len(rows) == 342
    assert not [row.citation for row in rows for text in (row.title, row.text, row.evidence or row.text) if set(text) != set(CODES)]
    assert {(row.source, row.number) for row in rows if row.cut_off} == CUT_OFF


def test_loading_the_delivered_regulations_again_changes_nothing_and_brings_back_what_is_missing(db):
    assert delivered.load(apps.get_model, timezone.localdate()) == 0
    Regulation.objects.get(key="sales-service").versions.all().delete()
    assert delivered.load(apps.get_model, timezone.localdate()) == 44
    assert Clause.objects.filter(kind=Clause.Kind.CLAUSE).count() == 342


def test_a_parent_stands_before_its_children_and_each_clause_is_below_the_chapter_it_names(db):
    for version in RegulationVersion.objects.all():
        met = set()
        for node in queries.tree(version):
            row = node.clause
            assert not row.parent or (row.source, row.parent) in met, row.citation
            met |= {(row.source, row.number)} if row.kind == Clause.Kind.CHAPTER else set()


def test_traditional_chinese_says_the_words_of_the_glossary(db):
    said = " ".join(row.text["zh-hant"] for row in in_force() if row.text)
    assert "客戶" in said and "前台" not in said and "合作伙伴" not in said
    assert not re.search("[们这时为动务员处]", said)


def test_every_clause_opens(as_role):
    client = as_role("hr")
    for clause in in_force().filter(kind=Clause.Kind.CLAUSE):
        address = reverse("clause", args=[clause.source, clause.number])
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("role", ["hr", "general"])
def test_every_link_of_every_clause_opens(role, cast, as_role):
    client, user, met = as_role(role), cast.user(role), set()
    for clause in in_force().filter(kind=Clause.Kind.CLAUSE).select_related("edition"):
        met |= {one.address for one in links.links(clause, user, timezone.localdate()) if one.address}
    assert len(met) > 5
    assert not {address: code for address in sorted(met) if (code := client.get(address).status_code) != 200}


def test_everything_that_a_clause_names_has_a_name_in_each_language(db):
    for language in CODES:
        with translation.override(language):
            for clause in in_force():
                for kind in ("schedules", "checklists", "indicators"):
                    assert not [key for key in getattr(clause, kind) if kind != "indicators" and links.named(kind, key) == key], clause.citation
                    assert not [key for key in getattr(clause, kind) if key not in links.names()[kind] and "-" not in key], clause.citation


def test_a_clause_shows_the_page_that_carries_it_out_its_value_and_its_schedules(cast, as_role):
    shown = page(as_role("reception"), "clause", "S0", "3.3.1.1")
    assert f'href="{reverse("desk")}"' in shown and "60 seconds" in shown
    assert "S0 §3.3.1.1" in shown and "declared only" not in shown


def test_a_page_that_the_reader_may_not_open_is_named_without_a_link(cast, as_role):
    shown = page(as_role("trainee"), "clause", "S0", "3.3.1.1")
    assert "The desk: a visitor is logged" in shown and f'href="{reverse("desk")}"' not in shown


def test_a_clause_with_nothing_behind_it_is_declared_only(cast, as_role, monkeypatch):
    monkeypatch.setattr(SCREENS, "_members", {})
    shown = page(as_role("hr"), "clause", "S1a", "17")
    assert "declared only" in shown and f'href="{reverse("questions")}"' not in shown.partition("Carried out by")[2]


def test_the_tree_prints_like_the_original_with_numbers_scope_office_and_lines_to_sign(cast, as_role):
    version = RegulationVersion.objects.get(regulation__key="service-adviser")
    sheet = page(as_role("manager"), "print_regulation", version.pk)
    assert sheet.count('class="a4__c"') == 61
    for words in ("Human resources department", "Service adviser (reception desk)", "every hall", "Read and understood", "S1a", "S1b", "4.5"):
        assert words in sheet


def test_the_tree_reads_in_the_language_of_the_reader(cast, as_role):
    version = RegulationVersion.objects.get(regulation__key="sales-hall")
    for language, words in (("zh-hans", "迎接与引导"), ("zh-hant", "迎接與引導")):
        shown = as_role("sales").get(reverse("regulation_version", args=[version.pk]), headers={"accept-language": language}).content.decode()
        assert words in shown


@pytest.mark.parametrize(("source", "number"), [("S0", "99"), ("x", "1"), ("S0", "1' OR 1=1"), ("S0", "a\0b"), ("S0", "１")])
def test_a_clause_that_is_none_is_not_found(cast, as_role, source, number):
    assert as_role("hr").get(reverse("clause", args=[source, number])).status_code == 404


# ------------------------------------------------------------------------------------------------- why am I asked this?

def test_the_fields_of_the_desk_lead_to_the_clauses_that_ask_for_them(cast, as_role):
    desk = page(as_role("reception"), "desk")
    cited = set(re.findall(r'href="([^"]+)" data-why', desk))
    assert reverse("clause", args=["S0", "3.3.1.1"]) in cited and len(cited) >= 4
    for address in cited:
        assert as_role("reception").get(address).status_code == 200


def test_a_script_gets_the_clause_alone_with_the_value_of_the_hall(cast, as_role):
    answer = as_role("reception").get(reverse("clause", args=["S0", "3.3.1.1"]), headers={"x-requested-with": "fetch"})
    shown = answer.content.decode()
    assert "<html" not in shown and "60 seconds" in shown and "data-close" in shown


def test_every_citation_that_a_form_gives_as_its_reason_is_a_clause_in_force(db):
    from config.web.forms import HallkeeperForm

    there = {row.citation for row in in_force()}

    def forms_below(kind):
        for one in kind.__subclasses__():
            yield one
            yield from forms_below(one)

    cited = {citation for one in forms_below(HallkeeperForm) for citation in one.why.values()}
    assert cited and cited <= there


# ---------------------------------------------------------------------------------------------------------- pure rules

@given(st.text(alphabet="ab 客户，。1.", max_size=40), st.text(alphabet="ab 客户，。1.", max_size=40))
def test_a_difference_holds_both_wordings_in_full(before, after):
    parts = rules.difference(before, after)
    assert "".join(text for how, text in parts if how != rules.NEW) == before
    assert "".join(text for how, text in parts if how != rules.GONE) == after


def test_latin_words_are_compared_whole_and_chinese_sign_by_sign():
    assert (rules.GONE, "meets") in rules.difference("staff meets guests", "staff greets guests")
    assert (rules.NEW, "周") in rules.difference("每日清洁", "每周清洁")


@pytest.mark.parametrize(("text", "found"), [("S0 §3.3.1.1", ("S0", "3.3.1.1")), ("S1a§ch1", ("S1a", "ch1")), (" S4 § 4.5.3 ", ("S4", "4.5.3")),
                                             ("GEN-06", None), ("§3", None), ("S0 §", None), ("", None), ("S0 §3.", None)])
def test_citations_are_read_as_people_write_them(text, found):
    assert rules.read_citation(text) == found


def test_several_citations_are_read_and_rows_left_out():
    assert rules.read_citations("S0 §4.3.1, GEN-25；S0 §3.2.3") == [("S0", "4.3.1"), ("S0", "3.2.3")]


def test_the_delivered_files_name_only_kinds_of_hall_and_positions_that_there_are(db):
    from staff.organisation.models import Hall, Position

    codes = set(Position.objects.values_list("code", flat=True))
    for told in delivered.texts():
        assert set(told["halls"]) <= set(Hall.Kind.values) and set(told["positions"]) <= codes
    assert yaml.safe_load((delivered.FOLDER / "sales-hall.yaml").read_text(encoding="utf-8"))["source"] == ["S0"]
