"""Notices: published to the house, a hall, a team or a position; each addressee confirms the reading by its day (STF-50, SCH-51)."""
import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections
from django.urls import reverse
from django.utils import timezone

from config.accounts.actor import Actor
from config.errors import Changed, Refused
from config.web.oneoff import new_key
from staff.communication.notices import plans, services, states
from staff.communication.notices.models import Notice, NoticeReader
from staff.duties.models import Duty
from staff.organisation.models import Employee
from tests.cast import build

ON_THE_TEAM = {"sales", "colleague", "reception", "agent", "telesales", "designer", "technician", "logistics", "trainer", "trainee"}


@pytest.fixture
def draft(cast):
    """A draft of the supervisor for their team, to be read within three days."""
    return services.save_notice(cast.actor("supervisor"), None, title="Closed on Friday", text="The hall closes at noon.", now=cast.now,
                                team=cast.teams["sales-one"], read_by=cast.today + timedelta(days=3))


@pytest.fixture
def notice(cast, draft):
    """The same, published."""
    return services.publish(cast.actor("supervisor"), draft, now=cast.now)


def names(rows):
    """User names of the people in these rows."""
    return set(rows.values_list("employee__user__username", flat=True))


def test_publishing_asks_everybody_of_the_team_once_and_nobody_else(cast, notice):
    assert names(NoticeReader.objects.filter(notice=notice)) == ON_THE_TEAM
    duties = Duty.objects.filter(kind=services.KIND, record_id=notice.pk)
    assert names(duties) == ON_THE_TEAM and set(duties.values_list("due_at", flat=True)) == {notice.due_at}
    assert timezone.localtime(notice.due_at - timedelta(seconds=1)).date() == cast.today + timedelta(days=3)
    with pytest.raises(Refused, match="published"):
        services.publish(cast.actor("supervisor"), notice, now=cast.now)
    assert duties.count() == len(ON_THE_TEAM)


@pytest.mark.parametrize(("who", "place", "position", "readers"), [
    ("manager", {"hall": "sales"}, None, ON_THE_TEAM | {"supervisor", "outsider", "department", "research"}),
    ("manager", {"team": "sales-two"}, None, {"outsider"}),
    ("manager", {"hall": "sales"}, "logistics", {"logistics"}),
    ("hr", {}, "logistics", {"logistics", "logistics2"}),
])
def test_it_reaches_the_hall_the_team_or_the_holders_of_a_position(cast, who, place, position, readers):
    position = position and cast.people[position].postings.get().position
    found = {"hall": cast.halls.get(place.get("hall")), "team": cast.teams.get(place.get("team"))}
    made = services.save_notice(cast.actor(who), None, title="A", text="B", now=cast.now, read_by=cast.today, position=position, **found)
    services.publish(cast.actor(who), made, now=cast.now)
    assert names(NoticeReader.objects.filter(notice=made)) == readers


def test_everybody_in_the_house_means_who_works_here_and_has_a_role_that_reads_notices(cast):
    Employee.objects.filter(pk=cast.people["agent"].pk).update(state=Employee.State.LEFT, left_on=cast.today)
    made = services.save_notice(cast.actor("hr"), None, title="A", text="B", now=cast.now, read_by=cast.today)
    services.publish(cast.actor("hr"), made, now=cast.now)
    assert names(NoticeReader.objects.filter(notice=made)) == set(cast.people) - {"hr", "agent", "admin", "admin2", "auditor", "auditor2"}


@pytest.mark.req("STF-50")
def test_the_reader_confirms_on_the_page_and_who_has_not_read_is_listed_for_the_author(cast, notice, client_as):
    url, sales = reverse("notice", args=[notice.pk]), client_as("sales")
    assert url in sales.get(reverse("home")).content.decode()
    page = sales.get(url).content.decode()
    assert "The hall closes at noon." in page and "I have read this" in page and "Have not read it" not in page
    assert sales.post(reverse("confirm_notice", args=[notice.pk])).status_code == 302
    assert url not in sales.get(reverse("home")).content.decode()
    answer = client_as("supervisor").get(url)
    assert {row.employee.user.username for row in answer.context["waiting"]} == ON_THE_TEAM - {"sales"}
    assert [row.employee.user.username for row in answer.context["done"]] == ["sales"]
    text = answer.content.decode()
    assert text.index("Have not read it") < text.index("Colleague Wang") < text.index("Have read it") < text.index("Sales Wang")


def test_opening_a_notice_confirms_nothing(cast, notice, client_as):
    client_as("sales").get(reverse("notice", args=[notice.pk]))
    assert not NoticeReader.objects.exclude(confirmed_at=None).exists()


def test_a_confirmation_after_the_day_counts_as_late_and_the_first_one_stays(cast, notice):
    late = notice.due_at + timedelta(minutes=1)
    row = services.confirm(cast.actor("sales"), notice, now=late)
    assert row.is_late and Duty.objects.get(record_id=notice.pk, employee=cast.people["sales"]).state == "late"
    again = services.confirm(cast.actor("sales"), notice, now=late + timedelta(days=1))
    assert again.confirmed_at == late
    in_time = services.confirm(cast.actor("colleague"), notice, now=notice.due_at)
    assert not in_time.is_late and Duty.objects.get(record_id=notice.pk, employee=cast.people["colleague"]).state == "done"
    assert Duty.objects.filter(record_id=notice.pk, state="open").count() == len(ON_THE_TEAM) - 2


def test_nobody_confirms_what_is_not_addressed_to_them(cast, notice):
    with pytest.raises(Refused, match="not addressed to you"):
        services.confirm(cast.actor("manager"), notice, now=cast.now)


def test_another_team_and_another_hall_do_not_find_it_and_a_draft_is_its_authors_alone(cast, draft, client_as):
    url = reverse("notice", args=[draft.pk])
    assert {name: client_as(name).get(url).status_code for name in ("supervisor", "manager", "hr", "sales")} == {
        "supervisor": 200, "manager": 404, "hr": 404, "sales": 404}
    services.publish(cast.actor("supervisor"), draft, now=cast.now)
    assert {name: client_as(name).get(url).status_code for name in ("sales", "manager", "hr", "outsider", "sales2", "manager2", "supervisor2")} == {
        "sales": 200, "manager": 200, "hr": 200, "outsider": 404, "sales2": 404, "manager2": 404, "supervisor2": 404}
    assert client_as("sales").post(reverse("end_notice", args=[draft.pk]), {"reason": "x"}).status_code == 403


def test_a_manager_sees_of_a_notice_to_the_house_only_who_of_their_hall_has_not_read(cast, client_as):
    made = services.save_notice(cast.actor("hr"), None, title="A", text="B", now=cast.now, read_by=cast.today)
    services.publish(cast.actor("hr"), made, now=cast.now)
    listed = {row.employee.user.username for row in client_as("manager2").get(reverse("notice", args=[made.pk])).context["waiting"]}
    assert "sales2" in listed and "sales" not in listed
    assert "sales" in {row.employee.user.username for row in client_as("hr").get(reverse("notice", args=[made.pk])).context["waiting"]}


@pytest.mark.parametrize(("who", "place", "code"), [
    ("supervisor", "team:{one}", 302), ("supervisor", "team:{two}", 422), ("supervisor", "all", 422), ("manager", "hall:{hall}", 302),
    ("manager", "hall:{other}", 422), ("hr", "all", 302), ("sales", "team:{one}", 403)])
def test_each_addresses_only_whom_they_lead(cast, client_as, who, place, code):
    place = place.format(one=cast.teams["sales-one"].pk, two=cast.teams["sales-two"].pk, hall=cast.hall.pk, other=cast.other_hall.pk)
    sent = {"title": "A", "text": "B", "place": place, "read_by": cast.today.isoformat(), "one_off_key": new_key()}
    assert client_as(who).post(reverse("new_notice"), sent).status_code == code
    assert Notice.objects.exists() == (code == 302)


def test_a_day_that_is_past_is_refused_when_it_is_written_and_when_it_is_published(cast, draft):
    with pytest.raises(Refused, match="is past"):
        services.save_notice(cast.actor("supervisor"), draft, title="A", text="B", read_by=cast.today - timedelta(days=1), now=cast.now)
    with pytest.raises(Refused, match="is past"):
        services.publish(cast.actor("supervisor"), draft, now=cast.now + timedelta(days=4))
    draft.refresh_from_db()
    assert (draft.state, draft.title) == (states.DRAFT, "Closed on Friday")


def test_a_notice_for_nobody_is_not_published(cast, draft):
    draft.position = cast.people["hr"].postings.get().position
    draft.save()
    with pytest.raises(Refused, match="Nobody works there"):
        services.publish(cast.actor("supervisor"), draft, now=cast.now)
    assert Notice.objects.get().state == states.DRAFT


def test_a_published_notice_is_not_changed_and_a_draft_not_over_the_words_of_another_window(cast, draft):
    facts = {"text": "B", "read_by": cast.today, "now": cast.now}
    services.save_notice(cast.actor("supervisor"), draft, title="First", version=1, **facts)
    with pytest.raises(Changed):
        services.save_notice(cast.actor("supervisor"), draft, title="Second", version=1, **facts)
    services.publish(cast.actor("supervisor"), draft, now=cast.now)
    with pytest.raises(Refused, match="published"):
        services.save_notice(cast.actor("supervisor"), draft, title="Third", **facts)
    assert Notice.objects.get().title == "First"


def test_an_ended_notice_is_asked_of_nobody_any_more(cast, notice):
    services.confirm(cast.actor("sales"), notice, now=cast.now)
    services.end(cast.actor("supervisor"), notice, reason="The hall stays open", now=cast.now)
    told = dict(Duty.objects.filter(record_id=notice.pk).values_list("employee__user__username", "state"))
    assert told == dict.fromkeys(ON_THE_TEAM, "excused") | {"sales": "done"}
    with pytest.raises(Refused, match="ended"):
        services.confirm(cast.actor("colleague"), notice, now=cast.now)
    assert plans.write_readings(cast.now, cast.now + timedelta(hours=1)) == 0


def test_who_joins_the_team_later_is_asked_too_with_as_much_time_and_who_left_is_not(cast, notice):
    later = notice.due_at + timedelta(days=10)
    cast.people["outsider"].postings.update(team=cast.teams["sales-one"])
    Employee.objects.filter(pk=cast.people["agent"].pk).update(state=Employee.State.LEFT, left_on=cast.today)
    assert plans.write_readings(cast.now, later) == 1 and plans.write_readings(cast.now, later) == 0
    row = NoticeReader.objects.get(notice=notice, employee=cast.people["outsider"])
    assert row.due_at - later == notice.due_at - notice.published_at
    assert Duty.objects.get(record_id=notice.pk, employee=cast.people["outsider"]).due_at == row.due_at
    assert Duty.objects.get(record_id=notice.pk, employee=cast.people["agent"]).state == "excused"


def at_once(*acts):
    """Run these in threads that begin together; returns how many were refused."""
    gate, refused = threading.Barrier(len(acts)), []

    def run(act):
        gate.wait()
        try:
            act()
        except Refused as refusal:
            refused.append(refusal)
        finally:
            close_old_connections()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(refused)


def test_published_in_two_windows_at_once_it_is_published_once(transactional_db, now):
    cast = build(now)
    by = Actor(cast.users["supervisor"])
    draft = services.save_notice(by, None, title="A", text="B", now=now, team=cast.teams["sales-one"], read_by=cast.today)
    assert at_once(*[lambda: services.publish(by, draft, now=now)] * 4) == 3
    assert NoticeReader.objects.filter(notice=draft).count() == len(ON_THE_TEAM) == Duty.objects.filter(record_id=draft.pk).count()


def test_confirming_while_it_is_ended_leaves_no_duty_open(transactional_db, now):
    cast = build(now)
    by, reader = Actor(cast.users["supervisor"]), Actor(cast.users["sales"])
    draft = services.save_notice(by, None, title="A", text="B", now=now, team=cast.teams["sales-one"], read_by=cast.today)
    notice = services.publish(by, draft, now=now)
    at_once(lambda: services.confirm(reader, notice, now=now), lambda: services.end(by, notice, reason="x", now=now))
    row, duty = NoticeReader.objects.get(employee=cast.people["sales"]), Duty.objects.get(employee=cast.people["sales"])
    assert duty.state == ("done" if row.confirmed_at else "excused")
    assert not Duty.objects.filter(record_id=notice.pk, state="open").exists()


def test_a_draft_is_thrown_away_by_its_author_alone_and_what_is_published_is_not(cast, as_role, draft):
    address = reverse("drop_notice", args=[draft.pk])
    assert as_role("manager").post(address).status_code == 404
    with pytest.raises(Refused, match="author"):
        services.drop(cast.actor("manager"), draft, now=cast.now)
    assert address in as_role("supervisor").get(reverse("notice", args=[draft.pk])).content.decode()
    assert as_role("supervisor").get(address).status_code == 200 and Notice.objects.filter(pk=draft.pk).exists()
    assert as_role("supervisor").post(address).status_code == 302
    assert not Notice.objects.filter(pk=draft.pk).exists()
    assert Notice.history.filter(id=draft.pk, history_type="-").get().history_change_reason == "draft thrown away"


def test_a_published_notice_is_ended_and_never_thrown_away(cast, as_role, notice):
    with pytest.raises(Refused, match="published"):
        services.drop(cast.actor("supervisor"), notice, now=cast.now)
    assert as_role("supervisor").post(reverse("drop_notice", args=[notice.pk])).status_code == 404
