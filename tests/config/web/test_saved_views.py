"""Saved views: kept per person, shown to a hall or a team by who leads it, open the list, tell their counts (UX 18)."""
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from config.web import saved_views
from config.web.models import Preference, SavedView
from config.web.oneoff import new_key

WAITING = "state=queue"


@pytest.fixture
def saved(cast, as_role):
    """`saved("manager", "Waiting", "state=queue", group="hall:1")`: the person saves a view of the visits through the page."""
    def save(who, name="Waiting now", query=WAITING, group="", at_start=False, page="visits"):
        answer = as_role(who).post(reverse("save_view"), {"page": page, "query": query, "name": name, "group": group, "one_off_key": new_key(),
                                                          **({"at_start": "on"} if at_start else {})})
        assert answer.status_code == 302, answer.content.decode()
        return SavedView.objects.get(owner=cast.users[who], name=name)
    return save


def page_of(client, query="", **headers):
    answer = client.get(reverse("visits") + query, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_view_shows_the_same_rows_in_another_session(cast, as_role, saved):
    waiting, served = cast.visit_for(), cast.visit_for(state="in_service")
    view = saved("reception")
    page = page_of(as_role("reception"), f"?{view.query}")
    assert waiting.number in page
    assert served.number not in page
    assert "Waiting now" in page_of(as_role("reception"))


def test_the_list_offers_to_save_what_no_view_shows_yet(cast, as_role, saved):
    client = as_role("reception")
    assert "Save this view" not in page_of(client)
    assert "Save this view" in page_of(client, "?state=closed")
    saved("reception", "Closed", "state=closed")
    assert "Save this view" not in page_of(client, "?state=closed")


def test_nobody_else_sees_ones_own_view(cast, as_role, saved):
    saved("reception")
    assert "Waiting now" not in page_of(as_role("manager"))
    assert as_role("manager").get(reverse("change_view", args=[SavedView.objects.get().pk])).status_code == 404


@pytest.mark.parametrize(("shown", "seen"), [
    ("hall", {"reception", "sales", "colleague", "outsider", "manager"}), ("team", {"sales", "colleague", "reception"})])
def test_who_leads_a_hall_or_a_team_shows_it_a_view(cast, as_role, saved, shown, seen):
    who, group = ("manager", f"hall:{cast.hall.pk}") if shown == "hall" else ("supervisor", f"team:{cast.teams['sales-one'].pk}")
    saved(who, "For all of us", group=group)
    for name in ("reception", "sales", "colleague", "outsider", "manager", "reception2"):
        assert ("For all of us" in page_of(as_role(name))) == (name in seen), name


@pytest.mark.parametrize(("who", "group"), [("reception", "hall"), ("supervisor", "hall"), ("manager", "other")])
def test_a_group_that_one_does_not_lead_is_refused(cast, as_role, who, group):
    group = f"hall:{(cast.other_hall if group == 'other' else cast.hall).pk}"
    answer = as_role(who).post(reverse("save_view"), {"page": "visits", "query": WAITING, "name": "x", "group": group, "one_off_key": new_key()})
    view = SavedView.objects.filter(hall_id__isnull=False)
    assert answer.status_code == 422 or not view.exists()
    assert not view.exists()


def test_the_list_opens_with_the_chosen_view_and_everything_is_one_step_away(cast, as_role, saved):
    client, view = as_role("reception"), saved("reception", at_start=True)
    assert Preference.objects.get(user=cast.users["reception"]).views == {"visits": view.pk}
    client.post(reverse("start_view", args=[view.pk]))
    answer = client.get(reverse("visits"))
    assert (answer.status_code, answer.url) == (302, f"?{WAITING}")
    assert client.get(f"{reverse('visits')}?view=all").status_code == 200


def test_a_view_that_is_gone_opens_nothing(cast, as_role, saved):
    view, client = saved("reception"), as_role("reception")
    client.post(reverse("start_view", args=[view.pk]))
    SavedView.objects.all().delete()
    assert client.get(reverse("visits")).status_code == 200


def test_the_words_that_were_searched_for_are_not_kept(cast, saved):
    assert saved("reception", query="state=queue&q=13800138000&after=x").query == WAITING


def test_a_span_that_ends_today_moves_along(cast, saved):
    today = timezone.localdate()
    week = urlencode({"since": (today - timedelta(days=6)).isoformat(), "until": today.isoformat()})
    assert saved("reception", "This week", week).query == "since=today-6&until=today"
    fixed = urlencode({"since": "2026-01-01", "until": "2026-01-31"})
    assert saved("manager", "January", fixed).query == fixed


def test_words_for_days_are_days_in_the_filter(cast, as_role):
    today, long_ago = cast.visit_for(), cast.visit_for(minutes_ago=60 * 24 * 5)
    page = page_of(as_role("reception"), "?since=today-1&until=today")
    assert today.number in page
    assert long_ago.number not in page


def test_a_view_of_the_same_name_is_replaced(cast, saved):
    saved("reception")
    assert saved("reception", query="state=closed").query == "state=closed"
    assert SavedView.objects.count() == 1


def test_a_list_that_is_not_narrowed_is_no_view(cast, as_role):
    answer = as_role("reception").post(reverse("save_view"), {"page": "visits", "query": "q=x", "name": "x", "one_off_key": new_key()})
    assert answer.status_code == 422
    assert "Choose a filter first" in answer.content.decode()


@pytest.mark.parametrize("page", ["login", "visit", "people", "nothing", "registries"])
def test_a_view_is_of_a_list_that_one_may_open(cast, as_role, page):
    assert as_role("trainee").get(reverse("save_view"), {"page": page, "state": "queue"}).status_code == 404


def test_counts_come_in_one_statement_and_stop_at_a_bound(cast, as_role, saved, monkeypatch):
    monkeypatch.setattr(saved_views, "COUNTED", 2)
    for _ in range(4):
        cast.visit_for()
    cast.visit_for(state="closed")
    saved("reception", "Closed ones", "state=closed")
    page = page_of(as_role("reception"), "?counts=1")
    assert "<html" not in page
    assert 'Closed ones<span class="n">1</span>' in page
    assert 'Waiting<span class="n">2+</span>' in page


def test_the_list_costs_one_statement_more_whatever_the_views(cast, as_role, saved, cost):
    saved("manager", "First")
    one = cost(reverse("visits") + "?view=all")
    for number in range(5):
        saved("manager", f"View {number}", f"state=closed&purpose={cast.purposes['see-products'].pk}")
    assert cost(reverse("visits") + "?view=all") == one


def test_ones_own_view_is_changed_and_taken_away(cast, as_role, saved):
    view, client = saved("reception"), as_role("reception")
    assert client.post(reverse("change_view", args=[view.pk]), {"name": "Renamed"}).status_code == 302
    assert "Renamed" in client.get(reverse("saved_views")).content.decode()
    client.post(reverse("remove_view", args=[view.pk]))
    assert not SavedView.objects.exists()
