"""Controls through their pages: population, conforming and exceptions, each opening exactly its records."""
from datetime import timedelta

import pytest
from django.urls import reverse

from config.contributions.figures import CONTROLS
from config.web.periods import Period
from facilities.cleaning.models import CleaningRound
from performance.indicators.permissions import Can
from reception.followups.models import FollowUp
from reception.visits import states
from reception.visits.models import Visit

URL = reverse("controls")
NO_COMPLAINTS = dict.fromkeys(("complaints-answered", "complaints-solved", "complaints-followed-up", "complaints-closed-with-cause"), (0, 0, 0))
READERS = ("supervisor", "manager", "department", "hr", "general", "auditor")


@pytest.fixture
def kept_and_broken(cast, visit_for, customer_for):
    """In both halls: greetings and waits in time and late, rounds done on time, late and missed, follow-ups made on time and late."""
    for hall, adviser in ((cast.hall, "sales"), (cast.other_hall, "sales2")):
        for number in range(6):
            visit = visit_for(hall=hall, adviser=adviser, state=states.CLOSED, minutes_ago=60 + number)
            Visit.objects.filter(pk=visit.pk).update(greeted_at=visit.arrived_at + timedelta(seconds=40 * (number % 3)), receptionist=cast.people[adviser],
                                                     served_at=visit.arrived_at + timedelta(minutes=6 * (number % 3)))
        for ago, late in ((1, -10), (2, 10), (3, None)):
            due = cast.now - timedelta(days=ago)
            done = {"state": "missed"} if late is None else {
                "state": "done", "done_at": due + timedelta(minutes=late), "done_by": cast.people["logistics"]}
            CleaningRound.objects.create(hall=hall, day=cast.today - timedelta(days=ago), due_at=due, **done)
        for number, late in enumerate((-1, 1, None)):
            due = cast.now - timedelta(days=2)
            FollowUp.objects.create(hall=hall, customer=customer_for(hall=hall), employee=cast.people[adviser], trigger="period", slot=f"s{number}",
                                    state="due" if late is None else "recorded", begins_at=due - timedelta(days=1), due_at=due,
                                    recorded_at=None if late is None else due + timedelta(hours=late))
    return cast


def counts_on(page):
    """{control key: (all, kept, exceptions)} of the page of controls."""
    return {line["control"].key: (line["all"], line["kept"], line["exceptions"]) for line in page.context["lines"]}


def test_a_control_counts_what_was_kept_and_what_was_not(kept_and_broken, as_role):
    period = Period.between(kept_and_broken.today - timedelta(days=5), kept_and_broken.today).key
    found = counts_on(as_role("manager").get(URL, {"period": period, "hall": kept_and_broken.hall.pk}))
    assert found == {"greeting": (6, 4, 2), "waiting": (6, 4, 2), "rounds": (3, 1, 2), "follow-ups": (3, 1, 2), "appraisals": (0, 0, 0)} | NO_COMPLAINTS
    everywhere = counts_on(as_role("general").get(URL, {"period": period, "hall": ""}))
    assert everywhere == {"greeting": (12, 8, 4), "waiting": (12, 8, 4), "rounds": (6, 2, 4), "follow-ups": (6, 2, 4), "appraisals": (0, 0, 0)} | NO_COMPLAINTS


@pytest.mark.parametrize("role", READERS)
def test_every_number_of_a_control_opens_exactly_its_records(kept_and_broken, as_role, role):
    client, user = as_role(role), kept_and_broken.user(role)
    span = Period.between(kept_and_broken.today - timedelta(days=5), kept_and_broken.today)
    found = counts_on(client.get(URL, {"period": span.key, "hall": ""}))
    assert found["greeting"][0]
    for control in CONTROLS.all():
        asked = (span, user, Can.CONTROLS)
        whole, kept, broken = (set(rows(*asked).values_list("pk", flat=True)) for rows in (control.population, control.conforming, control.exceptions))
        assert kept | broken == whole and not kept & broken
        for part, ids, said in zip(("all", "kept", "exceptions"), (whole, kept, broken), found[control.key], strict=True):
            page = client.get(reverse("control", args=[control.key]), {"period": span.key, "hall": "", "part": part})
            assert page.context["page"].total == len(ids) == said
            assert {row.pk for row in page.context["page"].rows} == ids


def test_exceptions_stand_first_and_say_what_was_done(kept_and_broken, as_role):
    page = as_role("manager").get(reverse("control", args=["greeting"]), {"hall": kept_and_broken.hall.pk})
    text = page.content.decode()
    assert page.context["page"].total == 2
    assert "greeted after 1 min 20 s, 1 min 00 s allowed" in text
    assert reverse("parameter", args=["greeting_target_seconds"]) in text and "S0 §3.3.1.1" in text


def test_who_may_judge_conformity_and_not_read_records_is_told_no_names(kept_and_broken, as_role):
    for role, named in (("manager", True), ("hr", False), ("auditor", False)):
        page = as_role(role).get(reverse("control", args=["follow-ups"]), {"period": kept_and_broken.today.strftime("%Y"), "part": "all"})
        names = {str(row.customer) for row in page.context["page"].rows}
        assert names and all((name in page.content.decode()) is named for name in names), role


def test_the_exceptions_of_a_person_are_that_persons(kept_and_broken, as_role):
    period, own = kept_and_broken.today.strftime("%Y"), kept_and_broken.people["sales"]
    page = as_role("general").get(URL, {"period": period, "hall": "", "who": f"person-{own.pk}"})
    assert counts_on(page)["waiting"] == (6, 4, 2) and counts_on(page)["rounds"] == (0, 0, 0)


def test_a_control_taken_away_leaves_the_page(kept_and_broken, as_role):
    client, address = as_role("manager"), reverse("control", args=["rounds"])
    assert address in client.get(URL).content.decode()
    member = CONTROLS.without("rounds")
    try:
        assert address not in client.get(URL).content.decode()
    finally:
        CONTROLS.add(member)


def test_one_late_record_is_never_rounded_up_to_all_of_them():
    from performance.indicators.control_pages import share
    assert share(10_000, 9_999) == "99.9 %" and share(4, 4) == "100 %" and share(0, 0) == "—"
