"""The handover of a shift writes itself from what is open, and two people sign it (FIELD 2.4 row 14)."""
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from config.contributions.handovers import LINES
from config.errors import Refused
from facilities.cleaning.models import CleaningRound
from reception.visits.models import ServiceLeg
from staff.duties.models import Duty
from staff.duties.shift_handovers import services
from staff.duties.shift_handovers.models import ShiftHandover

pytestmark = pytest.mark.django_db
GIVEN = {"cash": "¥ 820 in the drawer", "things": "2 keys", "notes": "Forms are short", "one_off_key": "6d0f5a3e-9f5c-4d55-b6a8-0f3a7d6c2e11"}


@pytest.fixture
def busy(cast):
    """A hall in which much is open: somebody waits, a ticket is parked, a round and a duty are not done; the other hall has the same."""
    visit = cast.visit_for(state="waiting")
    leg = ServiceLeg.objects.create(visit=visit, hall=cast.hall, service=cast.services["advice"], day=cast.today, prefix="A", sequence=7, state="parked",
                                    queued_at=cast.now - timedelta(minutes=40))
    for hall in cast.halls.values():
        CleaningRound.objects.create(hall=hall, day=cast.today, due_at=cast.now)
        Duty.objects.create(schedule="SCH-34", slot="1", hall=hall, role="reception", starts_at=cast.now, due_at=cast.now + timedelta(hours=1))
    return visit, leg


def test_it_writes_itself_from_what_is_open_in_the_hall_and_both_confirm(cast, busy, as_role):
    giver, taker = as_role("reception"), as_role("sales")
    page = giver.get(reverse("new_shift_handover")).content.decode()
    assert busy[0].number in page and "A007" in page and "Unfinished rounds" in page and "Due and not done" in page
    gone = giver.post(reverse("new_shift_handover"), GIVEN)
    assert gone.status_code == 302
    row = ShiftHandover.objects.get()
    assert {key: len(lines) for key, lines in row.lines.items()} == {"visits": 1, "parked": 1, "rounds": 1, "duties": 1}
    assert reverse("take_shift_handover", args=[row.pk]) not in giver.get(gone.url).content.decode()
    assert reverse("take_shift_handover", args=[row.pk]) in taker.get(gone.url).content.decode()
    assert taker.post(reverse("take_shift_handover", args=[row.pk]), {"remark": "One key only"}).status_code == 302
    row.refresh_from_db()
    assert (row.giver, row.taker, row.remark) == (cast.people["reception"], cast.people["sales"], "One key only")
    assert row.given_at < row.taken_at
    paper = taker.get(reverse("shift_handover_paper", args=[row.pk])).content.decode()
    assert all(text in paper for text in (busy[0].number, "A007", GIVEN["cash"], "One key only", cast.people["reception"].name, cast.people["sales"].name))


def test_a_registry_that_loses_a_room_loses_its_lines(cast, busy, as_role):
    member = LINES.without("parked")
    try:
        assert "A007" not in as_role("reception").get(reverse("new_shift_handover")).content.decode()
    finally:
        LINES.add(member)


def test_the_lines_stay_as_they_were_when_the_giver_confirmed(cast, busy, as_role):
    row = services.give(cast.actor("reception"), hall=cast.hall, now=cast.now)
    busy[1].delete()
    assert "A007" in as_role("reception").get(reverse("shift_handover", args=[row.pk])).content.decode()


def test_it_names_no_customer_to_who_may_not_read_the_visit(cast, as_role):
    customer = cast.customer_for(name="王小明", owner="sales")
    cast.visit_for(customer=customer, state="waiting")
    row = services.give(cast.actor("reception"), hall=cast.hall, now=cast.now)
    assert "王小明" not in str(row.lines)


def test_nobody_takes_over_from_themselves_and_nobody_twice(cast):
    row = services.give(cast.actor("reception"), hall=cast.hall, now=cast.now)
    with pytest.raises(Refused, match="from themselves"):
        services.take(cast.actor("reception"), row, now=cast.now)
    with pytest.raises(IntegrityError, match="shift_handover_takes_two"), transaction.atomic():
        ShiftHandover.objects.filter(pk=row.pk).update(taker=row.giver, taken_at=cast.now)
    services.take(cast.actor("sales"), row, now=cast.now)
    with pytest.raises(Refused, match="already"):
        services.take(cast.actor("colleague"), row, now=cast.now)
    with pytest.raises(Refused, match="on duty"):
        services.take(cast.actor("trainee"), services.give(cast.actor("reception"), hall=cast.hall, now=cast.now), now=cast.now)


def test_a_post_of_another_hall_or_out_of_use_is_handed_over_by_nobody(cast):
    other, own = cast.posts["showroom", "counter"], cast.posts["sales", "counter"]
    own.is_active = False
    for post in (other, own):
        with pytest.raises(Refused, match="not in use in that hall") as told:
            services.give(cast.actor("reception"), hall=cast.hall, post=post, now=cast.now)
        assert told.value.field == "post"
    assert not ShiftHandover.objects.exists()


def test_a_second_handover_waits_until_the_first_is_taken_over(cast):
    row = services.give(cast.actor("reception"), hall=cast.hall, now=cast.now)
    with pytest.raises(Refused, match="waits to be taken over"):
        services.give(cast.actor("reception"), hall=cast.hall, now=cast.now)
    services.take(cast.actor("sales"), row, now=cast.now)
    assert services.give(cast.actor("reception"), hall=cast.hall, now=cast.now).pk != row.pk


@pytest.mark.parametrize("taken", [False, True])
def test_the_database_lets_nothing_that_was_said_change(cast, taken):
    row = services.give(cast.actor("reception"), hall=cast.hall, cash="¥ 820", now=cast.now)
    if taken:
        services.take(cast.actor("sales"), row, now=cast.now)
    rows = ShiftHandover.objects.filter(pk=row.pk)
    for act in (lambda: rows.update(cash="¥ 700"), lambda: rows.update(given_at=cast.now - timedelta(hours=1)), rows.delete,
                *([lambda: rows.update(remark="more"), lambda: rows.update(taker=cast.people["colleague"])] if taken else [])):
        with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
            act()


def test_a_hall_lists_its_own_handovers_and_not_those_of_another(cast, as_role):
    row = services.give(cast.actor("reception"), hall=cast.hall, now=cast.now)
    link = reverse("shift_handover", args=[row.pk])
    assert link in as_role("sales").get(reverse("shift_handovers")).content.decode()
    assert link not in as_role("sales2").get(reverse("shift_handovers")).content.decode()
    assert as_role("sales2").get(reverse("new_shift_handover"), {"hall": cast.hall.pk}).status_code == 404
