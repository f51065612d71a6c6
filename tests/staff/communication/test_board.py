"""The information board: entries by topic for the whole house, read marks, followed topics, links to records, no personal data (GEN-20)."""
from datetime import timedelta

import pytest
from django.urls import reverse

from config.contributions.records import KINDS
from config.errors import Changed, Refused
from config.web.oneoff import new_key
from staff.communication.board import queries, rules, services, states
from staff.communication.board.models import BoardEntry, BoardMark, BoardTopic


def posted(cast, by="sales", now=None, **facts):
    """An entry on customer needs."""
    return services.post(cast.actor(by), now=now or cast.now, **({"topic": "needs", "title": "Trade-in", "text": "Ten customers asked for it."} | facts))


@pytest.mark.req("GEN-20")
def test_an_entry_is_read_by_other_departments_and_its_page_names_its_readers_while_the_customer_stays_hidden_without_the_right(cast, client_as):
    visit = cast.visit_for(adviser="sales", state="in_service", customer=cast.customer_for(name="李国强", owner="sales"))
    sent = {"topic": "needs", "title": "Trade-in", "text": "He asked for it.", "number": visit.number, "one_off_key": new_key()}
    assert client_as("sales").post(reverse("new_board_entry"), sent).status_code == 302
    url = reverse("board_entry", args=[BoardEntry.objects.get().pk])
    away = client_as("logistics2")  # another hall and department, and no right over visits
    assert url in away.get(reverse("info_board"), {"topic": "needs", "unread": "on"}).content.decode()
    page = away.get(url).content.decode()
    assert "He asked for it." in page and "A record that is not open to you." in page
    assert visit.number not in page and "李国强" not in page
    assert visit.number in client_as("manager").get(url).content.decode()
    away.post(reverse("mark_board_entry", args=[BoardEntry.objects.get().pk]))
    assert "Logistics2 Wang" in client_as("sales").get(url).content.decode()
    assert url not in away.get(reverse("info_board"), {"unread": "on"}).content.decode()


def test_opening_an_entry_marks_nothing_and_marking_twice_keeps_the_first_moment(cast, client_as):
    entry = posted(cast)
    client_as("orders").get(reverse("board_entry", args=[entry.pk]))
    assert not BoardMark.objects.exists()
    services.mark(cast.actor("orders"), entry, now=cast.now)
    services.mark(cast.actor("orders"), entry, now=cast.now + timedelta(hours=1))
    assert BoardMark.objects.get().read_at == cast.now


def test_all_is_marked_as_read_at_once_but_neither_what_is_ones_own_nor_what_was_taken_down(cast):
    first, _own, gone = posted(cast), posted(cast, by="orders"), posted(cast)
    services.take_down(cast.actor("manager"), gone, reason="Twice", now=cast.now)
    assert services.mark_all(cast.actor("orders"), now=cast.now) == 1
    assert services.mark_all(cast.actor("orders"), now=cast.now) == 0
    assert BoardMark.objects.get().entry == first


@pytest.mark.parametrize("text", ["Ring 13800138000", "Ring +86 138 0013 8000", "0571-88886666", "mail li@example.com", "110101199003074514"])
def test_contact_data_in_a_text_is_refused(cast, text):
    with pytest.raises(Refused, match="Everybody reads the board"):
        posted(cast, text=text)
    assert not BoardEntry.objects.exists()


@pytest.mark.parametrize("text", ["92 of 100", "Order 2026-000123", "from 2026-01-14 to 2026-02-03", "1200 flats, 600x1200 tiles"])
def test_figures_that_are_no_contact_data_pass(text):
    assert not rules.holds_contact(text)


def test_the_name_behind_a_linked_record_is_refused_in_the_text(cast):
    customer = cast.customer_for(name="李国强", owner="sales")
    with pytest.raises(Refused, match="customer's name"):
        posted(cast, text="李国强 wants a trade-in", about=(KINDS.get("customer"), customer))
    assert posted(cast, text="One wants a trade-in", about=(KINDS.get("customer"), customer)).record_id == customer.pk


def test_only_a_record_that_one_may_open_is_linked(cast, client_as):
    visit = cast.visit_for(adviser="sales", state="in_service", customer=cast.customer_for(owner="sales"))
    sent = {"topic": "needs", "title": "A", "text": "B", "number": visit.number, "one_off_key": new_key()}
    answer = client_as("sales2").post(reverse("new_board_entry"), sent)
    assert answer.status_code == 422 and "No record that you may open has this number" in answer.content.decode()
    assert not BoardEntry.objects.exists()


def test_what_is_new_in_a_followed_topic_stands_on_my_day_until_it_is_read(cast, client_as):
    old = posted(cast, now=cast.now - timedelta(hours=1))
    services.follow(cast.actor("orders"), topics=["needs"], now=cast.now)
    new, market = posted(cast, title="Parking"), posted(cast, topic="market", title="Paint")
    assert queries.followed(cast.user("orders")) == [new]
    day = client_as("orders").get(reverse("home")).content.decode()
    links = {entry: reverse("board_entry", args=[entry.pk]) in day for entry in (old, new, market)}
    assert links == {old: False, new: True, market: False}
    services.mark(cast.actor("orders"), new, now=cast.now)
    assert not queries.followed(cast.user("orders"))
    assert not queries.followed(cast.user("sales2"))


def test_my_day_remembers_who_follows_nothing_and_hears_at_once_of_a_topic(cast, django_capture_on_commit_callbacks, django_assert_num_queries):
    posted(cast)
    user = cast.user("orders")
    assert queries.followed(user) == []
    with django_assert_num_queries(0):
        assert queries.followed(user) == []
    with django_capture_on_commit_callbacks(execute=True):
        services.follow(cast.actor("orders"), topics=["needs"], now=cast.now - timedelta(hours=1))
    assert len(queries.followed(user)) == 1


def test_topics_are_followed_and_let_go_on_their_page_and_one_that_stays_keeps_its_beginning(cast, client_as):
    services.follow(cast.actor("orders"), topics=["needs", "market"], now=cast.now - timedelta(days=3))
    assert client_as("orders").post(reverse("board_topics"), {"topics": ["needs", "progress"]}).status_code == 302
    rows = {row.topic: row.since for row in BoardTopic.objects.all()}
    assert set(rows) == {"needs", "progress"} and rows["needs"] == cast.now - timedelta(days=3)


def test_only_the_author_changes_an_entry_and_not_over_another_window(cast, client_as):
    entry = posted(cast)
    for who in ("colleague", "manager"):
        assert client_as(who).get(reverse("change_board_entry", args=[entry.pk])).status_code == 404
    facts = {"topic": "needs", "text": "B", "now": cast.now, "version": 1}
    services.post(cast.actor("sales"), entry, title="First", **facts)
    with pytest.raises(Changed):
        services.post(cast.actor("sales"), entry, title="Second", **facts)
    assert BoardEntry.objects.get().title == "First"


def test_a_superior_takes_an_entry_down_and_then_it_is_gone_for_everybody_else(cast, client_as):
    entry = posted(cast)
    url, down = reverse("board_entry", args=[entry.pk]), reverse("take_down_board_entry", args=[entry.pk])
    assert client_as("colleague").post(down, {"reason": "x"}).status_code == 403
    client_as("supervisor2").post(down, {"reason": "Names a price"})
    entry.refresh_from_db()
    assert (entry.state, entry.reason) == (states.TAKEN_DOWN, "Names a price")
    assert {who: client_as(who).get(url).status_code for who in ("sales", "manager", "colleague", "sales2")} == {
        "sales": 200, "manager": 200, "colleague": 404, "sales2": 404}
    with pytest.raises(Refused, match="taken down"):
        services.mark(cast.actor("colleague"), entry, now=cast.now)
    with pytest.raises(Refused, match="taken down"):
        services.post(cast.actor("sales"), entry, topic="needs", title="A", text="B", now=cast.now)


def test_a_trainee_reads_the_board_and_posts_nothing(cast, client_as):
    client = client_as("trainee")
    assert client.get(reverse("info_board")).status_code == 200
    assert client.get(reverse("new_board_entry")).status_code == 403
    assert {client_as(who).get(reverse("info_board")).status_code for who in ("admin", "auditor")} == {403}
