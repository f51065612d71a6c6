"""People join, are posted, go on duty, represent each other and leave (STF-01, STF-04)."""
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from config.accounts.access import reach
from config.accounts.actor import Actor
from config.accounts.models import User
from config.errors import Refused
from config.web.oneoff import new_key
from facilities.areas.models import Area
from staff.organisation import queries, services
from staff.organisation.models import Assignment, Deputy, Employee, Position, Posting, Team
from staff.shifts.models import Shift


def joining(cast, **more):
    """What HR types for a new colleague in the first hall."""
    return {"one_off_key": new_key(), "name": "单宇航", "number": "", "kind": "intern", "starts_on": cast.today, "superior": "Supervisor Wang",
            "position": Position.objects.get(code="salesperson").pk, "department": cast.hall.department_id, "hall": cast.hall.pk,
            "team": cast.teams["sales-one"].pk, "username": "shan.yuhang"} | more


def place(cast, **more):
    """A posting in the first hall."""
    return {"position": Position.objects.get(code="salesperson"), "department": cast.hall.department, "hall": cast.hall,
            "superior": cast.people["supervisor"], "starts_on": cast.today, "now": cast.now} | more


def test_a_person_who_joins_is_in_training_with_a_posting_a_role_and_a_first_password_shown_once(cast, as_role, client):
    typed = joining(cast, superior=f"{cast.people['supervisor'].number} Supervisor Wang")
    page = as_role("hr").post(reverse("new_person"), typed)
    person = Employee.objects.get(name="单宇航")
    password = page.context["password"]
    assert password in page.content.decode() and page.status_code == 200
    assert person.state == "training" and person.kind == "intern" and person.number.startswith("E")
    assert queries.posting_on(person, cast.today).superior == cast.people["supervisor"]
    assert person.assignments.get().role == "sales" and person.assignments.get().hall == cast.hall
    assert password not in as_role("hr").get(reverse("person", args=[person.pk])).content.decode()
    assert person.user.check_password(password) and person.user.must_change_password


def test_the_same_form_sent_twice_enters_one_person(cast, as_role):
    typed, client = joining(cast, superior=cast.people["supervisor"].number), as_role("hr")
    first, second = client.post(reverse("new_person"), typed), client.post(reverse("new_person"), typed)
    assert first.status_code == 200 and second.status_code == 302
    assert Employee.objects.filter(name="单宇航").count() == 1


def test_a_taken_user_name_gets_a_sentence_and_nothing_is_entered(cast, as_role):
    page = as_role("hr").post(reverse("new_person"), joining(cast, superior=cast.people["supervisor"].number, username="Manager"))
    assert page.status_code == 422 and "is taken" in page.content.decode() and "单宇航" in page.content.decode()
    assert not Employee.objects.filter(name="单宇航").exists()


def test_an_auditor_joins_without_access_which_is_then_given_with_its_end(cast, as_role):
    typed = joining(cast, superior=cast.people["manager"].number, position=Position.objects.get(code="auditor").pk, hall="", team="")
    assert as_role("hr").post(reverse("new_person"), typed).status_code == 200
    person = Employee.objects.get(name="单宇航")
    assert not person.assignments.exists()
    given = {"role": "auditor", "starts_on": cast.today, "ends_on": cast.today + timedelta(days=30)}
    assert as_role("hr").post(reverse("assign_role", args=[person.pk]), given).status_code == 302


@pytest.mark.req("STF-01")
def test_the_tree_shows_everybody_under_the_one_superior_they_have(cast, as_role):
    text = as_role("reception").get(reverse("organisation")).content.decode()
    assert "First team" in text and "Sales department" in text and "under Supervisor Wang" in text
    services.name_deputy(cast.actor("manager"), cast.people["manager"], deputy=cast.people["supervisor"], starts_on=cast.today,
                         ends_on=cast.today, now=cast.now)
    assert "represented by Supervisor Wang" in as_role("reception").get(reverse("organisation")).content.decode()
    sales = cast.people["sales"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(employee=sales, position=Position.objects.first(), department=cast.hall.department,
                               superior=cast.people["manager"], starts_on=cast.today)
    services.post_to(cast.actor("hr"), sales, **place(cast, superior=cast.people["manager"]))
    assert [row.superior for row in queries.postings_on(cast.today).filter(employee=sales)] == [cast.people["manager"]]


def test_a_new_posting_ends_the_one_before_on_the_day_before(cast):
    sales, day = cast.people["sales"], cast.today + timedelta(days=5)
    services.post_to(cast.actor("hr"), sales, **place(cast, starts_on=day))
    assert list(sales.postings.order_by("starts_on").values_list("ends_on", flat=True)) == [day - timedelta(days=1), None]
    with pytest.raises(Refused, match="Choose a later day"):
        services.post_to(cast.actor("hr"), sales, **place(cast, starts_on=cast.today))


@pytest.mark.parametrize(("change", "sentence"), [
    ({"superior": "sales"}, "their own superior"), ({"superior": None}, "only one person has no superior"),
    ({"team": "showroom-one"}, "works in another hall"), ({"department": "decoration"}, "belongs to another department"),
])
def test_a_posting_that_cannot_be_is_refused_in_words(cast, change, sentence):
    known = {"superior": cast.people, "team": cast.teams, "department": cast.departments}
    facts = {name: known[name][value] if value else None for name, value in change.items()}
    with pytest.raises(Refused, match=sentence):
        services.post_to(cast.actor("hr"), cast.people["sales"], **place(cast, **facts))


def test_a_team_below_a_department_takes_only_people_of_that_department(cast):
    team = Team.objects.create(code="callers", name={"en": "Callers"}, department=cast.departments["decoration"])
    with pytest.raises(Refused, match="belongs to another department"):
        services.post_to(cast.actor("hr"), cast.people["sales"], **place(cast, team=team))


def test_nobody_stands_above_themselves_by_a_detour(cast):
    with pytest.raises(Refused, match="works under"):
        services.post_to(cast.actor("hr"), cast.people["manager"], **place(cast, superior=cast.people["sales"]))


@pytest.mark.req("STF-04")
def test_an_intern_works_like_others_and_the_list_is_narrowed_by_employment_kind(cast, as_role):
    intern = cast.people["sales"]
    services.change_person(cast.actor("hr"), intern, name="曾丽", number=intern.number, kind="intern", now=cast.now)
    text = as_role("manager").get(reverse("people") + "?kind=intern").content.decode()
    assert "曾丽" in text and "Manager Wang" not in text and "Intern" in text
    assert as_role("sales").get(reverse("visits")).status_code == 200
    exported = b"".join(as_role("hr").get(reverse("people") + "?kind=intern&format=csv").streaming_content).decode()
    assert "曾丽" in exported and "Intern" in exported and len(exported.splitlines()) == 2


@pytest.mark.parametrize("typed", ["曾丽", "曾", "zengli", "zeng li", "ZL", "cengli", "E4711"])
def test_people_are_found_by_characters_pinyin_initials_and_number(cast, as_role, typed):
    services.change_person(cast.actor("hr"), cast.people["sales"], name="曾丽", number="E4711", kind="formal", now=cast.now)
    assert "曾丽" in as_role("reception").get(reverse("suggest_people"), {"q": typed}).content.decode()
    assert "曾丽" in as_role("reception").get(reverse("people"), {"q": typed}).content.decode()


def test_somebody_in_training_has_the_rights_of_the_role_only_once_on_duty(cast, as_role):
    person = cast.people["sales"]
    Employee.objects.filter(pk=person.pk).update(state="training")
    assert as_role("sales").get(reverse("visits")).status_code == 403
    page = as_role("hr").post(reverse("put_on_duty", args=[person.pk]), {"reason": "Passed the first week"}, follow=True)
    assert "on duty" in page.content.decode()
    assert as_role("sales").get(reverse("visits")).status_code == 200


def test_nobody_changes_the_own_rights(cast, as_role):
    hr = cast.people["hr"]
    page = as_role("hr").post(reverse("assign_role", args=[hr.pk]), {"role": "general", "starts_on": cast.today})
    assert page.status_code == 422 and "Nobody changes their own rights" in page.content.decode()
    with pytest.raises(Refused, match="own rights"):
        services.end_role(cast.actor("hr"), hr.assignments.get(), ends_on=cast.today, reason="-", now=cast.now)


@pytest.mark.parametrize(("role", "anchor", "sentence"), [
    ("auditor", {}, "ends on a day"), ("supervisor", {}, "has a team"), ("department", {}, "has a department"), ("sales", {}, "held in a hall"),
    ("general", {"hall": "sales"}, "whole company"),
])
def test_a_role_needs_its_anchor_and_an_auditor_an_end(cast, role, anchor, sentence):
    facts = {name: cast.halls[value] for name, value in anchor.items()}
    with pytest.raises(Refused, match=sentence):
        services.assign_role(cast.actor("hr"), cast.people["trainer"], role=role, starts_on=cast.today, now=cast.now, **facts)


def test_a_role_that_ended_gives_nothing_from_the_next_day_on(cast, as_role):
    row = cast.people["agent"].assignments.get()
    page = as_role("hr").post(reverse("end_role", args=[row.pk]), {"ends_on": cast.today, "reason": "Moves"})
    assert page.status_code == 302 and as_role("agent").get(reverse("visits")).status_code == 200
    with time_machine.travel(cast.now + timedelta(days=1), tick=False):
        assert as_role("agent").get(reverse("visits")).status_code == 403


def test_a_deputy_has_the_rights_of_the_person_represented_for_those_days_only(cast, as_role):
    own = reverse("name_deputy", args=[cast.people["manager"].pk])
    supervisor = cast.people["supervisor"]
    assert as_role("supervisor").get(own).status_code == 404  # one names the own deputy only
    page = as_role("manager").post(own, {"deputy": supervisor.number, "starts_on": cast.today, "ends_on": cast.today})
    assert page.status_code == 302
    assert cast.hall.pk in reach(cast.user("supervisor"), "visits.edit").halls
    with time_machine.travel(cast.now + timedelta(days=1), tick=False):
        assert not reach(cast.user("supervisor"), "visits.edit").halls
    row = Deputy.objects.get()
    assert as_role("manager").post(reverse("end_deputy", args=[row.pk])).status_code == 302
    assert not Deputy.objects.exists()


def test_who_leaves_hands_over_what_they_hold_and_loses_every_session_at_once(cast, as_role):
    person, heir = cast.people["logistics"], cast.people["manager"]
    area = cast.areas["sales", "reception"]
    Area.objects.filter(pk=area.pk).update(responsible=person)
    coming = Shift.objects.create(employee=person, hall=cast.hall, starts_at=cast.now + timedelta(days=2), ends_at=cast.now + timedelta(days=2, hours=8))
    session = as_role("logistics")
    assert session.get(reverse("people")).status_code == 200
    url, typed = reverse("leave", args=[person.pk]), {"left_on": cast.today, "reason": "Moves away"}
    refused = as_role("hr").post(url, typed)
    assert refused.status_code == 422 and "Areas in one" in refused.content.decode() and "Moves away" in refused.content.decode()
    assert as_role("hr").post(url, typed | {"successor": heir.number}).status_code == 302
    area.refresh_from_db()
    person.refresh_from_db()
    assert area.responsible == heir and person.state == "left"
    assert not Shift.objects.filter(pk=coming.pk).exists()
    assert not queries.running_assignments(person).exists() and queries.posting_on(person, cast.today) is None
    assert not User.objects.get(pk=person.user_id).is_active
    assert session.get(reverse("people")).status_code == 302


def test_a_leaving_on_a_later_day_closes_the_account_when_the_day_has_come(cast):
    person, day = cast.people["agent"], cast.today + timedelta(days=3)
    services.leave(cast.actor("hr"), person, left_on=day, reason="Retires", now=cast.now)
    person.refresh_from_db()
    assert person.state == "on_duty" and services.settle_leavers(Actor.system("t"), now=cast.now) == 0
    assert services.settle_leavers(Actor.system("t"), now=cast.now + timedelta(days=3)) == 1
    assert services.settle_leavers(Actor.system("t"), now=cast.now + timedelta(days=3)) == 0
    person.refresh_from_db()
    assert person.state == "left" and not User.objects.get(pk=person.user_id).is_active


def test_a_coming_leaving_is_taken_back_and_posting_and_role_run_on(cast, as_role):
    actor, person, day = cast.actor("hr"), cast.people["agent"], cast.today + timedelta(days=30)
    services.post_to(actor, person, **place(cast, starts_on=cast.today + timedelta(days=1)))
    later = services.post_to(actor, person, **place(cast, starts_on=cast.today + timedelta(days=40)))
    role = services.assign_role(actor, person, role="sales", hall=cast.hall, starts_on=cast.today, ends_on=cast.today + timedelta(days=90), now=cast.now)
    before = list(person.postings.order_by("starts_on").values_list("pk", "starts_on", "ends_on")[1:])
    services.leave(actor, person, left_on=day, reason="Retires", now=cast.now)
    services.leave(actor, person, left_on=day - timedelta(days=5), reason="Earlier", now=cast.now)
    assert not person.postings.filter(pk=later.pk).exists()
    page = as_role("hr").get(reverse("person", args=[person.pk])).content.decode()
    assert reverse("stay", args=[person.pk]) in page
    assert as_role("hr").post(reverse("stay", args=[person.pk]), {"reason": "Stays"}).status_code == 302
    person.refresh_from_db(), role.refresh_from_db()
    assert person.left_on is None and role.ends_on == cast.today + timedelta(days=90)
    assert list(person.postings.order_by("starts_on").values_list("pk", "starts_on", "ends_on")[1:]) == before
    assert services.settle_leavers(Actor.system("t"), now=cast.now + timedelta(days=40)) == 0
    assert as_role("hr").get(reverse("stay", args=[person.pk])).status_code == 404


def test_a_posting_entered_after_the_leaving_goes_before_the_one_the_leaving_ended(cast):
    actor, person = cast.actor("hr"), cast.people["agent"]
    later = services.post_to(actor, person, **place(cast, starts_on=cast.today + timedelta(days=40)))
    services.leave(actor, person, left_on=cast.today + timedelta(days=30), reason="Retires", now=cast.now)
    newer = services.post_to(actor, person, **place(cast, starts_on=cast.today + timedelta(days=2)))
    services.stay(actor, person, reason="Stays", now=cast.now)
    assert queries.posting_on(person, later.starts_on) == newer and not Posting.objects.filter(pk=later.pk).exists()


def test_nobody_takes_back_the_own_leaving(cast):
    hr = cast.people["hr"]
    services.leave(cast.actor("hr2"), hr, left_on=cast.today + timedelta(days=3), reason="Retires", now=cast.now)
    with pytest.raises(Refused, match="Nobody takes back the own leaving"):
        services.stay(cast.actor("hr"), hr, reason="-", now=cast.now)


def test_the_people_of_a_leaver_get_the_successor_and_the_successor_the_leavers_superior(cast):
    supervisor, heir = cast.people["supervisor"], cast.people["sales"]
    services.leave(cast.actor("hr"), supervisor, left_on=cast.today, reason="Moves", successor=heir, now=cast.now)
    assert queries.posting_on(cast.people["colleague"], cast.today).superior == heir
    assert queries.posting_on(heir, cast.today).superior == cast.people["manager"]


def test_a_new_first_password_is_shown_once_and_ends_every_session(cast, as_role):
    session, person = as_role("reception"), cast.people["reception"]
    page = as_role("hr").post(reverse("reset_password", args=[person.pk]))
    assert cast.user("reception").check_password(page.context["password"]) and cast.user("reception").must_change_password
    assert session.get(reverse("people")).status_code == 302


def test_roles_and_account_are_seen_only_by_whoever_may(cast, as_role):
    url = reverse("person", args=[cast.people["sales"].pk])
    assert "Last log-in" not in as_role("reception").get(url).content.decode()
    seen = {role: as_role(role).get(url).context["sees_account"] for role in ("reception", "colleague", "manager", "manager2", "hr", "sales")}
    assert seen == {"reception": False, "colleague": False, "manager": True, "manager2": False, "hr": True, "sales": True}
    assert as_role("manager").post(reverse("reset_password", args=[cast.people["sales"].pk])).status_code == 403


def test_what_happened_to_a_person_is_told_in_words(cast, as_role):
    person = cast.people["sales"]
    for name, kind in (("李丽", "formal"), ("李娜", "part_time")):
        services.change_person(cast.actor("hr"), person, name=name, number=person.number, kind=kind, now=cast.now)
    text = as_role("hr").get(reverse("person", args=[person.pk]) + "?tab=history").content.decode()
    assert "Part-time employee" in text and "Formal employee" in text and "李丽" in text


def test_an_assignment_survives_in_the_history_with_who_gave_it(cast):
    row = services.assign_role(cast.actor("hr"), cast.people["trainer"], role="sales", hall=cast.hall, starts_on=cast.today, now=cast.now)
    services.end_role(cast.actor("admin"), row, ends_on=cast.today, reason="A mistake", now=cast.now)
    told = [(str(version.history_user), version.history_change_reason) for version in Assignment.objects.get(pk=row.pk).history.order_by("history_id")]
    assert told == [("Hr", "assigned"), ("Admin", "ended: A mistake")]
