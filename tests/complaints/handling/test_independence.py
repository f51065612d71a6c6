"""Who is complained about has no hand in it, whichever verb and whichever page let them through (CMP-11; RELIABILITY section 5, objectivity)."""
import pytest

from complaints.handling import states
from complaints.handling.facts import Evidence
from complaints.handling.models import Complaint
from complaints.handling.permissions import Can
from complaints.handling.services import following, investigating, merging, routing, solving, timing
from config.errors import Refused
from staff.archive.models import ArchiveItem
from staff.duties.decisions.models import Decision
from tests.complaints.acts import CLOSE, SOLVE, led_to, measures, nobody, taken, walk_to

OWN = "manager"  # has every right over the hall, and is complained about

ACTS = {
    "acknowledge": (states.REGISTERED, lambda me, row, cast: routing.acknowledge(me, row, method="phone", text="Hello", now=cast.now)),
    "assign": (states.ACKNOWLEDGED, lambda me, row, cast: routing.assign(me, row, handler=cast.people["agent"], now=cast.now)),
    "investigate": (states.ASSIGNED, lambda me, row, cast: investigating.investigate(me, row, now=cast.now)),
    "add_task": (states.INVESTIGATING, lambda me, row, cast: investigating.add_task(
        me, row, what="Ask", owner=cast.people["agent"], due_on=cast.today, now=cast.now)),
    "add_evidence": (states.INVESTIGATING, lambda me, row, cast: investigating.add_evidence(
        me, row, kind="site", text="Seen", shows_on=cast.today, now=cast.now)),
    "verify": (states.INVESTIGATING, lambda me, row, cast: investigating.verify(me, row, facts="Nothing", no_evidence="None", now=cast.now)),
    "set_liability": (states.VERIFIED, lambda me, row, cast: solving.set_liability(
        me, row, validity="unjustified", grounds="None", parties=nobody(), now=cast.now)),
    "propose": (states.LIABILITY_SET, lambda me, row, cast: solving.propose(me, row, **SOLVE, measures=measures(cast), demands=[], now=cast.now)),
    "adjust": (states.PROPOSED, lambda me, row, cast: solving.adjust(me, row, **SOLVE, measures=measures(cast), demands=[], opinion="No", now=cast.now)),
    "answer_round": (states.PROPOSED, lambda me, row, cast: solving.answer_round(me, row, answer="accepted", opinion="", consent_by="phone", now=cast.now)),
    "implement": (states.AGREED, lambda me, row, cast: solving.implement(me, row, now=cast.now)),
    "finish_measure": (states.IMPLEMENTING, lambda me, row, cast: solving.finish_measure(me, row.measures.get(), result="Done", now=cast.now)),
    "finish_implementing": (states.IMPLEMENTING, lambda me, row, cast: solving.finish_implementing(me, row, method="phone", text="Done", now=cast.now)),
    "follow_up": (states.IMPLEMENTED, lambda me, row, cast: following.follow_up(me, row, stars=5, opinions="", method="phone", now=cast.now)),
    "rate": (states.IMPLEMENTED, lambda me, row, cast: following.rate(me, row, stars=5, comment="", method="phone", now=cast.now)),
    "handle_again": (states.IMPLEMENTED, lambda me, row, cast: following.handle_again(me, row, reason="No", now=cast.now)),
    "close": (states.FOLLOWED_UP, lambda me, row, cast: following.close(me, row, **CLOSE, now=cast.now)),
    "propose_again": (states.FOLLOWED_UP, lambda me, row, cast: following.propose_again(me, row, reason="No", now=cast.now)),
    "close_not_agreed": (states.PROPOSED, lambda me, row, cast: following.close_not_agreed(me, row, reason="No", advice="Court", now=cast.now)),
    "close_unreachable": (states.PROPOSED, lambda me, row, cast: following.close_unreachable(me, row, reason="No", now=cast.now)),
    "withdraw": (states.REGISTERED, lambda me, row, cast: following.withdraw(me, row, reason="No", method="phone", now=cast.now)),
    "reopen": (states.SATISFIED, lambda me, row, cast: following.reopen(me, row, reason="No", now=cast.now)),
    "merge": (states.ASSIGNED, lambda me, row, cast: merging.merge(me, row, into=taken(cast), reason="No", now=cast.now)),
    "merge into it": (states.ASSIGNED, lambda me, row, cast: merging.merge(me, taken(cast), into=row, reason="No", now=cast.now)),
    "unmerge": (states.MERGED, lambda me, row, cast: merging.unmerge(me, row, reason="No", now=cast.now)),
    "split": (states.ASSIGNED, lambda me, row, cast: merging.split(me, row, matters=["The bill"], reason="No", now=cast.now)),
}


@pytest.mark.parametrize("verb", ACTS)
def test_who_is_complained_about_does_nothing_with_it(cast, verb):
    state, act = ACTS[verb]
    row = led_to(cast, state, people=[(cast.people[OWN], True)], chief="department")
    before = Complaint.objects.values().get(pk=row.pk)
    with pytest.raises(Refused, match="concerns you"):
        act(cast.actor(OWN), row, cast)
    assert Complaint.objects.values().get(pk=row.pk) == before


@pytest.mark.req("CMP-11")
def test_who_is_complained_about_gets_no_part_of_the_work(cast):
    row = led_to(cast, states.INVESTIGATING, people=[(cast.people["sales"], True)])
    with pytest.raises(Refused, match="complained about"):
        routing.assign(cast.actor("supervisor"), row, handler=cast.people["sales"], now=cast.now)
    with pytest.raises(Refused, match="complained about"):
        investigating.add_task(cast.actor("agent"), row, what="Ask", owner=cast.people["sales"], due_on=cast.today, now=cast.now)
    row = led_to(cast, states.LIABILITY_SET, people=[(cast.people["sales"], True)])
    with pytest.raises(Refused, match="complained about"):
        solving.propose(cast.actor("agent"), row, **SOLVE, measures=measures(cast, "sales"), demands=[], now=cast.now)


def test_who_is_complained_about_neither_approves_nor_sees_it(cast):
    row = led_to(cast, states.LIABILITY_SET, people=[(cast.people[OWN], True)])
    solving.propose(cast.actor("agent"), row, **SOLVE | {"compensation": 900}, measures=measures(cast), demands=[], now=cast.now)
    with pytest.raises(Refused, match="concerns you"):
        solving.approve(cast.actor(OWN), row, approved=True, answer="", now=cast.now)
    for capability in (Can.READ, Can.HANDLE, Can.DECIDE):
        assert not Complaint.objects.visible_to(cast.user(OWN), capability).filter(pk=row.pk).exists()


def test_who_was_found_responsible_sees_it_no_more_and_asks_nobody(cast):
    walk = walk_to(cast, states.VERIFIED, channel="counter")
    walk.evidence(Evidence.Kind.STAFF, cast.people["reception"])
    parties = [{"party": "person", "employee": cast.people["reception"], "share": 100}]
    assert Complaint.objects.visible_to(cast.user("reception")).filter(pk=walk.row.pk).exists()
    solving.set_liability(cast.actor("supervisor"), walk.row, validity="justified", grounds="Rule", parties=parties, now=walk.tick())
    assert not Complaint.objects.visible_to(cast.user("reception")).filter(pk=walk.row.pk).exists()
    walk.row.refresh_from_db()
    walk.to(states.IMPLEMENTED)
    with pytest.raises(Refused, match="concerns you"):
        walk.followed_up()


def test_who_is_complained_about_finds_no_file_of_it_in_the_archive(cast):
    rows = [led_to(cast, states.WITHDRAWN, people=[(cast.people[name], True)], chief="department") for name in (OWN, "sales")]
    hidden, open_one = (ArchiveItem.objects.get(subject_kind="complaint", subject_id=row.pk) for row in rows)
    assert set(ArchiveItem.objects.visible_to(cast.user(OWN))) == {open_one}
    assert set(ArchiveItem.objects.visible_to(cast.user("general"))) == {hidden, open_one}


def test_who_is_complained_about_is_asked_for_no_decision_and_reads_none_of_it(cast):
    walk = walk_to(cast, states.ASSIGNED, people=[(cast.people[OWN], True)], chief="department")
    timing.ask_extension(cast.actor("agent"), walk.row, days=2, reason="Spare part", now=walk.tick())
    assert not Decision.objects.visible_to(cast.user(OWN)).exists() and not Decision.objects.waiting_for(cast.user(OWN)).exists()
    assert Decision.objects.waiting_for(cast.user("department")).exists() and Decision.objects.visible_to(cast.user("agent")).exists()
