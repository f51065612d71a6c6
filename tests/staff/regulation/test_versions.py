"""Versions of a regulation: written by HR, reviewed by a second person, published by HR alone, read anew by everybody (GEN-03, STF-56)."""
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from config.errors import Changed, Refused
from config.web.oneoff import new_key
from staff.organisation.models import Posting
from staff.regulation import events
from staff.regulation.clauses import queries, states
from staff.regulation.clauses.models import Clause, ReadingConfirmation, Regulation, RegulationVersion
from staff.regulation.clauses.services import readers, versions
from staff.regulation.clauses.views.reading import Readers
from tests.cast import three

LOG = three("Greeting is said more exactly.", "细化迎接要求。", "細化迎接要求。")


@pytest.fixture
def first(db):
    """The delivered version for the sales hall."""
    return RegulationVersion.objects.get(regulation__key="sales-hall")


@pytest.fixture
def draft(cast, first, now):
    """HR's next version with one clause changed, one added and one removed."""
    hr = cast.actor("hr")
    version = versions.begin_version(hr, first.regulation, now=now)
    clause = version.clauses.get(number="3.3.1.1")
    versions.save_clause(hr, clause, title=clause.title, text=three("Meet the customer at once.", "客户进厅，立即迎上。", "客戶進廳，立即迎上。"),
                         evidence=clause.evidence, parameters=clause.parameters, schedules=[], checklists=[], indicators=[], now=now)
    versions.add_clause(hr, version, after=clause, number="3.3.1.9", kind="clause", parent="3.3.1", source="S0", title=three("Umbrellas", "雨伞", "雨傘"),
                        text=three("Lend one.", "可借用。", "可借用。"), evidence={}, now=now)
    versions.remove_clause(hr, version.clauses.get(number="6.4.3"), now=now)
    version.refresh_from_db()
    return version


def reviewed(cast, version, now):
    """The version after a colleague agreed."""
    versions.ask_review(cast.actor("hr"), version, reviewer=cast.people["manager"], now=now)
    return versions.review(cast.actor("manager"), version, now=now)


def published(cast, version, now, *, in_days=0, read_in=7):
    """The version in force from a day on."""
    reviewed(cast, version, now)
    return versions.publish(cast.actor("hr"), version, effective_on=cast.today + timedelta(days=in_days),
                            read_until=cast.today + timedelta(days=read_in), change_log=LOG, now=now)


def older(first):
    """The delivered version as if it held since last year."""
    RegulationVersion.objects.filter(pk=first.pk).update(effective_on=first.effective_on - timedelta(days=365))


def shown(client, name, *keys, **query):
    answer = client.get(reverse(name, args=keys), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.req("GEN-03")
def test_the_page_of_a_regulation_shows_its_versions_and_hr_alone_publishes(cast, as_role, first, draft, now):
    older(first)
    reviewed(cast, draft, now)
    url, answers = reverse("publish_version", args=[draft.pk]), {
        "effective_on": cast.today.isoformat(), "read_until": cast.today.isoformat(), "change_log_en": "Greeting", "one_off_key": new_key()}
    for role in ("manager", "general", "department", "supervisor", "admin"):
        assert as_role(role).post(url, answers).status_code == 403
    assert as_role("hr").post(url, answers | {"one_off_key": new_key()}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.effective_on, draft.replaces_id) == (states.PUBLISHED, cast.today, first.pk)
    history = shown(as_role("reception"), "regulation_version", draft.pk, tab="versions")
    assert "Version 1" in history and "Version 2" in history and "replaced" in history and "Greeting" in history


@pytest.mark.req("INF-03", "INF-21")
def test_the_page_shows_office_effective_date_replaced_version_and_where_the_source_ends(cast, as_role, first, draft, now):
    older(first)
    published(cast, draft, now)
    page = shown(as_role("sales"), "regulation_version", draft.pk)
    assert "Human resources department" in page and reverse("regulation_version", args=[first.pk]) in page
    assert reverse("regulation_changes", args=[draft.pk]) in page and str(cast.today.year) in page
    assert "The source stops at the number of item 7.5" in page


def test_a_draft_is_seen_by_hr_and_its_reviewer_alone(cast, as_role, draft, now):
    url = reverse("regulation_version", args=[draft.pk])
    assert {role: as_role(role).get(url).status_code for role in ("hr", "manager", "general", "reception")} == {
        "hr": 200, "manager": 404, "general": 404, "reception": 404}
    versions.ask_review(cast.actor("hr"), draft, reviewer=cast.people["manager"], now=now)
    assert as_role("manager").get(url).status_code == 200 and as_role("manager2").get(url).status_code == 404
    assert "under review by Manager Wang" in shown(as_role("hr"), "regulation_version", draft.pk)


def test_who_wrote_it_cannot_review_it_in_service_or_database(cast, draft, now):
    with pytest.raises(Refused, match="second person"):
        versions.ask_review(cast.actor("hr"), draft, reviewer=cast.people["hr"], now=now)
    with pytest.raises(IntegrityError, match="reviewed_by_another"), transaction.atomic():
        RegulationVersion.objects.filter(pk=draft.pk).update(reviewed_by=cast.users["hr"], written_by=cast.users["hr"])


def test_only_who_was_asked_reviews_and_a_change_meanwhile_is_noticed(cast, draft, now):
    versions.ask_review(cast.actor("hr"), draft, reviewer=cast.people["manager"], now=now)
    with pytest.raises(Refused, match="Only the colleague"):
        versions.review(cast.actor("general"), draft, now=now)
    draft.refresh_from_db()
    opened = draft.version
    versions.remove_clause(cast.actor("hr"), draft.clauses.get(number="6.4.2"), now=now)
    with pytest.raises(Changed):
        versions.review(cast.actor("manager"), draft, given=opened, now=now)


def test_a_reviewed_version_that_is_changed_has_to_be_reviewed_again(cast, draft, now):
    reviewed(cast, draft, now)
    versions.remove_clause(cast.actor("hr"), draft.clauses.get(number="6.4.2"), now=now)
    with pytest.raises(Refused, match="Ask for the review"):
        versions.publish(cast.actor("hr"), draft, effective_on=cast.today, read_until=cast.today, change_log=LOG, now=now)


def test_a_draft_sent_back_says_why(cast, as_role, draft, now):
    versions.ask_review(cast.actor("hr"), draft, reviewer=cast.people["manager"], now=now)
    versions.send_back(cast.actor("manager"), draft, note="Umbrellas are the patrol's.", now=now)
    assert "Umbrellas are the patrol" in shown(as_role("hr"), "regulation_version", draft.pk)
    assert as_role("manager").get(reverse("regulation_version", args=[draft.pk])).status_code == 404


def test_a_published_version_is_not_changed_any_more(cast, first, now):
    clause = first.clauses.get(number="3.3.1.1")
    with pytest.raises(Refused, match="not changed any more"):
        versions.save_clause(cast.actor("hr"), clause, title=clause.title, text={"en": "x"}, evidence={}, parameters=[], schedules=[], checklists=[],
                             indicators=[], now=now)
    with pytest.raises(Refused, match="stays"):
        versions.drop(cast.actor("hr"), first, reason="x", now=now)


def test_until_its_day_the_old_wording_holds_and_the_old_page_stays(cast, as_role, first, draft, now):
    older(first)
    published(cast, draft, now, in_days=3)
    tomorrow, then = cast.today + timedelta(days=1), cast.today + timedelta(days=3)
    assert queries.clause_cited("S0", "3.3.1.1", cast.user("sales"), tomorrow).edition_id == first.pk
    assert queries.clause_cited("S0", "3.3.1.1", cast.user("sales"), then).edition_id == draft.pk
    assert "in force from" in shown(as_role("sales"), "regulation_version", draft.pk)
    assert queries.clause_cited("S0", "6.4.3", cast.user("sales"), then).edition_id == first.pk


def test_a_version_begins_neither_before_today_nor_before_the_last_one(cast, first, draft, now):
    RegulationVersion.objects.filter(pk=first.pk).update(effective_on=cast.today)  # the migration's day may be another by the tests' clock
    first.refresh_from_db()
    reviewed(cast, draft, now)
    hr = cast.actor("hr")
    with pytest.raises(Refused, match="today or a later day"):
        versions.publish(hr, draft, effective_on=cast.today - timedelta(days=1), read_until=cast.today, change_log=LOG, now=now)
    with pytest.raises(Refused, match="Choose a later day"):
        versions.publish(hr, draft, effective_on=first.effective_on, read_until=cast.today, change_log=LOG, now=now)


def test_a_version_leaves_time_to_read_it_and_has_a_clause_before_it_is_reviewed(cast, draft, now):
    hr = cast.actor("hr")
    reviewed(cast, draft, now)
    with pytest.raises(Refused, match="need time to read") as told:
        versions.publish(hr, draft, effective_on=cast.today, read_until=cast.today - timedelta(days=1), change_log=LOG, now=now)
    assert told.value.field == "read_until"
    for sign in ("s5", "S5 ", "ABCDEFGHI"):
        with pytest.raises(Refused, match="A sign begins with a capital letter"):
            versions.new_regulation(hr, key="house", source=sign, title=three("House", "内部", "內部"), office=three("HR", "人事", "人事"), now=now)
    empty = versions.new_regulation(hr, key="house", source="H1", title=three("House", "内部", "內部"), office=three("HR", "人事", "人事"), now=now)
    with pytest.raises(Refused, match="has no clause yet"):
        versions.ask_review(hr, empty, reviewer=cast.people["hr2"], now=now)


def test_the_difference_shows_what_is_changed_new_and_gone_word_by_word(cast, as_role, first, draft):
    page = shown(as_role("hr"), "regulation_changes", draft.pk)
    assert "1 changed, 1 new, 1 gone" in page
    assert "<ins>Umbrellas</ins>" in page and "<del>" in page
    told = queries.changes(first, draft, "zh-hans")
    assert [change.kind for change in told] == ["changed", "new", "gone"]
    assert ("same", "客户进厅，") in told[0].text and ("gone", "销售人员") in told[0].text


def test_any_two_versions_are_compared(cast, as_role, first, draft, now):
    older(first)
    published(cast, draft, now)
    page = shown(as_role("sales"), "regulation_changes", first.pk, **{"with": draft.pk})
    assert "Against version 2: 1 changed, 1 new, 1 gone" in page and "<del>Umbrellas</del>" in page
    assert reverse("regulation_changes", args=[draft.pk]) + f"?with={first.pk}" in shown(as_role("sales"), "regulation_version", draft.pk, tab="versions")


def test_two_versions_of_one_regulation_are_never_in_work_at_once(cast, draft, now):
    with pytest.raises(Refused, match="in work already"):
        versions.begin_version(cast.actor("hr"), draft.regulation, now=now)


def test_two_windows_on_one_clause_lose_nothing(cast, draft, now):
    clause = draft.clauses.get(number="3.3.1.2")
    facts = {"title": clause.title, "evidence": {}, "parameters": [], "schedules": [], "checklists": [], "indicators": [], "now": now}
    versions.save_clause(cast.actor("hr"), clause, given=clause.version, text={"en": "one"}, **facts)
    with pytest.raises(Changed):
        versions.save_clause(cast.actor("hr2"), clause, given=clause.version, text={"en": "two"}, **facts)
    assert Clause.objects.get(pk=clause.pk).text == {"en": "one"}


def test_a_chapter_with_clauses_is_not_removed_and_a_number_stands_once(cast, draft, now):
    with pytest.raises(Refused, match="still has clauses"):
        versions.remove_clause(cast.actor("hr"), draft.clauses.get(number="3.3.1"), now=now)
    with pytest.raises(Refused, match="is there already"):
        versions.add_clause(cast.actor("hr"), draft, after=None, number="3.3.1.1", kind="clause", parent="3.3.1", source="S0", title={"en": "x"},
                            text={"en": "x"}, evidence={}, now=now)


def test_hr_writes_a_regulation_of_its_own_through_the_pages(cast, as_role, now):
    client = as_role("hr")
    answer = client.post(reverse("new_regulation"), {"title_en": "Parking rules", "key": "parking",
                                                    "source": "S5", "office_en": "HR", "one_off_key": new_key()})
    version = RegulationVersion.objects.get(regulation__key="parking")
    assert answer.url == reverse("regulation_version", args=[version.pk])
    client.post(reverse("edit_version", args=[version.pk]), {"title_en": "Parking rules", "office_en": "HR", "positions": ["salesperson"],
                                                             "version": version.version,
                                                             "one_off_key": new_key()})
    client.post(reverse("new_clause", args=[version.pk]), {"kind": "clause", "source": "S5", "number": "1", "title_en": "Where", "text_en": "Behind the hall.",
                                                           "one_off_key": new_key()})
    version.refresh_from_db()
    published(cast, version, now)
    assert "Behind the hall." in shown(as_role("sales"), "clause", "S5", "1")


def test_a_thrown_away_draft_leaves_its_history_and_the_present_version(cast, first, draft, now):
    versions.drop(cast.actor("hr"), draft, reason="not needed", now=now)
    assert not RegulationVersion.objects.filter(pk=draft.pk).exists() and Regulation.objects.filter(key="sales-hall").exists()
    assert RegulationVersion.history.filter(id=draft.pk, history_type="-").get().history_change_reason == "dropped: not needed"


def test_publishing_tells_the_rooms_above_once(cast, first, draft, now):
    older(first)
    heard = []

    def listener(sender, version_id, **facts):
        heard.append(version_id)

    events.version_published.connect(listener)
    try:
        published(cast, draft, now)
    finally:
        events.version_published.disconnect(listener)
    assert heard == [draft.pk]


# --------------------------------------------------------------------------------------------------------------- readers

@pytest.fixture
def covered(cast, first):
    """Salespeople of both halls: sales, colleague and outsider here, sales2 in the showroom, which is no sales hall."""
    position = Posting.objects.get(employee=cast.people["sales"]).position
    RegulationVersion.objects.filter(pk=first.pk).update(positions=[position.code], read_until=cast.today - timedelta(days=1))
    Posting.objects.filter(employee__in=[cast.people[name] for name in ("sales", "colleague", "outsider", "sales2")]).update(position=position)
    Posting.objects.exclude(employee__in=[cast.people[name] for name in ("sales", "colleague", "outsider", "sales2")]).filter(position=position).delete()
    first.refresh_from_db()
    return first


@pytest.mark.req("STF-56")
def test_hr_sees_the_rate_and_the_overdue_names_and_a_new_version_asks_again(cast, as_role, covered, now):
    assert as_role("sales").post(reverse("confirm_reading", args=[covered.pk]), {"one_off_key": new_key()}).status_code == 302
    page = shown(as_role("hr"), "readers", covered.pk)
    assert "33% · 1 of 3" in page and "2 people are overdue" in page
    assert "Colleague Wang" in page and "Outsider Wang" in page and "Sales2 Wang" not in page
    listed = shown(as_role("hr"), "regulations")
    assert "33% · 1 of 3" in listed and "2 overdue" in listed
    assert "2 overdue" not in shown(as_role("sales"), "regulations")
    older(covered)
    version = versions.begin_version(cast.actor("hr"), covered.regulation, now=now)
    published(cast, version, now)
    asked = {row.pk for row in queries.to_read(cast.user("sales"))}
    assert version.pk in asked and covered.pk not in asked
    assert "0% · 0 of 3" in shown(as_role("hr"), "readers", version.pk)


def test_my_day_asks_to_read_until_it_is_confirmed(cast, as_role, covered):
    url = reverse("regulation_version", args=[covered.pk])
    assert url in shown(as_role("sales"), "home") and url not in shown(as_role("sales2"), "home")
    readers.confirm_reading(cast.actor("sales"), covered, now=cast.now)
    assert url not in shown(as_role("sales"), "home")


def test_the_share_of_a_hall_leads_to_the_people_of_this_hall(cast, as_role, covered, monkeypatch):
    readers.confirm_reading(cast.actor("sales"), covered, now=cast.now)
    RegulationVersion.objects.filter(pk=covered.pk).update(hall_kinds=[])
    page = shown(as_role("hr"), "readers", covered.pk)
    assert f'href="?hall={cast.hall.pk}"' in page and "33% · 1/3" in page and "Sales2 Wang" in page
    page = shown(as_role("hr"), "readers", covered.pk, hall=cast.hall.pk)
    assert "Colleague Wang" in page and "Sales2 Wang" not in page
    monkeypatch.setattr(Readers, "most", 2)
    assert "The first 2 of 4" in shown(as_role("hr"), "readers", covered.pk)


def test_a_superior_sees_the_readers_of_their_own_people_alone(cast, as_role, covered):
    assert "Colleague Wang" in shown(as_role("manager"), "readers", covered.pk)
    assert "Colleague Wang" not in shown(as_role("manager2"), "readers", covered.pk)
    assert as_role("sales").get(reverse("readers", args=[covered.pk])).status_code == 403


def test_reading_is_confirmed_once_and_only_by_whom_it_is_for(cast, covered, now):
    for _time in range(2):
        readers.confirm_reading(cast.actor("sales"), covered, now=now)
    assert ReadingConfirmation.objects.filter(edition=covered).count() == 1
    with pytest.raises(Refused, match="not for your position"):
        readers.confirm_reading(cast.actor("sales2"), covered, now=now)


def test_who_came_after_the_day_is_overdue_from_their_second_day(cast, covered):
    Posting.objects.filter(employee=cast.people["sales"]).update(starts_on=cast.today)
    late = {one.posting.employee_id for one in queries.readers(covered, cast.user("hr"), cast.today) if one.late}
    assert cast.people["sales"].pk not in late and cast.people["colleague"].pk in late
    assert queries.rates([covered], cast.today)[covered.pk] == queries.Rate(3, 0, 2)
    late = {one.posting.employee_id for one in queries.readers(covered, cast.user("hr"), cast.today + timedelta(days=1)) if one.late}
    assert cast.people["sales"].pk in late
    assert queries.rates([covered], cast.today + timedelta(days=1))[covered.pk].late == 3


def test_who_came_after_the_day_has_as_many_days_as_the_others_had(cast, as_role, covered, now):
    RegulationVersion.objects.filter(pk=covered.pk).update(published_at=now - timedelta(days=11))  # ten days before the day for reading it
    Posting.objects.filter(employee=cast.people["sales"]).update(starts_on=cast.today)
    covered.refresh_from_db()
    mine = cast.people["sales"].pk
    for days, late in ((1, False), (10, False), (11, True)):
        day = cast.today + timedelta(days=days)
        assert (mine in {one.posting.employee_id for one in queries.readers(covered, cast.user("hr"), day) if one.late}) is late
        assert queries.rates([covered], day)[covered.pk].late == 2 + late
    asked = next(row for row in queries.asked_of(cast.user("sales"), cast.today).to_read if row["pk"] == covered.pk)
    others = next(row for row in queries.asked_of(cast.user("colleague"), cast.today).to_read if row["pk"] == covered.pk)
    assert (asked["read_until"], others["read_until"]) == (cast.today + timedelta(days=10), covered.read_until)
    assert "was to be read by" not in shown(as_role("sales"), "home") and "was to be read by" in shown(as_role("colleague"), "home")


def test_the_replaced_version_is_not_confirmed_any_more(cast, covered, now):
    older(covered)
    published(cast, versions.begin_version(cast.actor("hr"), covered.regulation, now=now), now)
    with pytest.raises(Refused, match="not the one to be read"):
        readers.confirm_reading(cast.actor("sales"), covered, now=now)
