"""Merging with undo, few candidates, later words to the one that goes on; splitting (FIELD 2.3 rows 24, 25)."""
import pytest

from complaints.handling import states
from complaints.handling.models import Complaint
from complaints.handling.services import merging as services
from complaints.handling.services import timing
from config.accounts.actor import Actor
from config.errors import Refused
from tests.complaints.acts import MINUTE, led_to, taken

OTHER = {"contact_name": "李伟", "contact_phone": "+8613900139000"}


def merge(cast, row, into, by="supervisor", reason="The same table", now=None):
    return services.merge(cast.actor(by), row, into=into, reason=reason, now=now or cast.now)


def offered(cast, row, name="supervisor"):
    return {one.pk for one in services.candidates(row, cast.user(name))}


def test_few_candidates_are_offered(cast):
    row = taken(cast)
    same_person = taken(cast, matter="Nobody answers the telephone")
    alike = taken(cast, matter="The table came with a broken foot", **OTHER)
    taken(cast, matter="发票金额不对", **OTHER)
    taken(cast, kind="suggestion")
    led_to(cast, states.WITHDRAWN)
    elsewhere = taken(cast, by="agent2", hall=cast.other_hall)
    assert offered(cast, row) == offered(cast, row, "agent") == {same_person.pk, alike.pk}
    assert offered(cast, row, "general") == {same_person.pk, alike.pk, elsewhere.pk}
    assert not offered(cast, row, "reception")


def test_both_numbers_stay_alive_and_later_words_go_to_the_one_that_goes_on(cast):
    row, target = led_to(cast, states.INVESTIGATING), taken(cast)
    row = merge(cast, row, target)
    assert (row.state, row.merged_into, row.state_before, row.closed_at) == (states.MERGED, target, states.INVESTIGATING, cast.now)
    assert Complaint.objects.filter(number=row.number, public_code=row.public_code).exists()
    line = timing.customer_word(Actor.customer(row.number), row, text="When does it come?", channel="web", now=cast.now)
    assert line.complaint == target
    assert str(target) in row.entries.last().text and row.history.first().history_user == cast.users["supervisor"]
    further = taken(cast)
    merge(cast, target, further)
    assert timing.customer_word(Actor.customer(row.number), row, text="And now?", channel="web", now=cast.now).complaint == further


def test_merging_is_undone_and_goes_on_from_where_it_stood(cast):
    row, target = led_to(cast, states.INVESTIGATING), taken(cast)
    before = row.solve_due_at
    merge(cast, row, target)
    with pytest.raises(Refused, match="superior"):
        services.unmerge(cast.actor("agent"), row, reason="Two tables", now=cast.now)
    with pytest.raises(Refused):
        services.unmerge(cast.actor("supervisor"), row, reason=" ", now=cast.now)
    row = services.unmerge(cast.actor("supervisor"), row, reason="Two tables", now=cast.now + MINUTE)
    assert (row.state, row.merged_into, row.closed_at, row.solve_due_at) == (states.INVESTIGATING, None, None, before)
    with pytest.raises(Refused):
        services.unmerge(cast.actor("supervisor"), row, reason="Again", now=cast.now)


def test_what_is_no_candidate_is_refused(cast):
    row, target = taken(cast), taken(cast)
    for into in (row, taken(cast, matter="发票金额不对", **OTHER), led_to(cast, states.WITHDRAWN)):
        with pytest.raises(Refused) as told:
            merge(cast, row, into)
        assert told.value.field == "into"
    with pytest.raises(Refused, match="superior"):
        merge(cast, row, taken(cast, by="agent2", hall=cast.other_hall))
    with pytest.raises(Refused) as told:
        merge(cast, row, target, reason="")
    assert told.value.field == "reason"
    for name in ("agent", "supervisor2"):
        with pytest.raises(Refused, match="superior"):
            merge(cast, row, target, by=name)
    merge(cast, row, target)
    with pytest.raises(Refused):
        merge(cast, row, taken(cast))


def test_who_is_complained_about_in_the_one_stays_out_of_the_other(cast):
    target = led_to(cast, states.ASSIGNED)
    with pytest.raises(Refused, match="handles the other"):
        merge(cast, taken(cast, by="supervisor", people=[(cast.people["agent"], True)]), target)
    merge(cast, taken(cast, people=[(cast.people["sales"], True)]), target)
    assert target.people.get().employee == cast.people["sales"] and target.people.get().complained_about


def test_further_matters_become_complaints_of_their_own(cast):
    row = led_to(cast, states.ASSIGNED, people=[(cast.people["sales"], True)])
    for wrong in ({"matters": [" "]}, {"reason": ""}):
        with pytest.raises(Refused):
            services.split(cast.actor("supervisor"), row, **{"matters": ["The bill"], "reason": "Two matters", "now": cast.now} | wrong)
    with pytest.raises(Refused, match="superior"):
        services.split(cast.actor("agent"), row, matters=["The bill"], reason="Two matters", now=cast.now)
    parts = services.split(cast.actor("supervisor"), row, matters=["The bill is wrong", "Nobody rang back"], reason="Three matters", now=cast.now)
    row.refresh_from_db()
    assert row.state == states.ASSIGNED
    for part, matter in zip(parts, ["The bill is wrong", "Nobody rang back"], strict=True):
        assert (part.state, part.matter, part.split_from, part.repeats, part.contact_phone) == (states.REGISTERED, matter, row, None, row.contact_phone)
        assert part.people.get().complained_about and part.received_at == row.received_at
    assert [str(part) in line for part, line in zip(parts, row.entries.filter(kind="note").values_list("text", flat=True), strict=True)] == [True, True]
