"""Whatever people try, in whichever order: a seeded crowd acts at random on one complaint, and what must always hold is looked at after each act."""
import random
from datetime import timedelta

import pytest

from complaints.handling import states
from complaints.handling.models import Complaint
from complaints.handling.services import clock, following, investigating, merging, routing, solving, timing
from config.accounts.actor import Actor
from config.errors import Refused
from staff.duties.decisions.models import Decision
from tests.complaints.acts import CLOSE, ROUNDS, SOLVE, Walk, anonymous, nobody, taken
from tests.more import more

CROWD = ("agent", "agent", "agent", "supervisor", "manager", "reception", "department", "sales", "colleague", "supervisor2", "manager2")
BLAMED = "sales"
ACTS, SEEDS = 90, [0, 2, *more(1, *range(3, 10))]
NEEDS_CONSENT = (states.IMPLEMENTING, states.IMPLEMENTED, states.FOLLOWED_UP, states.SATISFIED)
ARROWS = {(source, arrow.target) for arrow in states.TABLE.values() for source in arrow.sources}


class Crowd(Walk):
    """A walk on which anybody does anything."""

    def __init__(self, cast, row, dice):
        super().__init__(cast, row)
        self.dice, self.done = dice, []

    def tick(self):
        """Some minutes or days later."""
        self.now += self.dice.choice((timedelta(minutes=1), timedelta(minutes=50), timedelta(hours=30)))
        return self.now

    def day(self):
        """Today, or a day to come."""
        return (self.now + timedelta(days=self.dice.randint(0, 4))).date() + timedelta(days=1)

    def offer(self):
        """Facts of a solution, some above the limit."""
        work = [("Send a new one", self.cast.people[self.dice.choice(("colleague", "agent"))], self.day())]
        return SOLVE | {"compensation": self.dice.choice((0, 0, 100, 900)), "measures": work, "demands": self.demands()}

    def anything(self):
        """One act at random: often the next step of the straight road, else whatever comes to mind."""
        name = self.dice.choice(CROWD)
        who = self.dice.choice((self.by(name), self.by(name), self.by(name), Actor.customer(self.row.number)))
        verb = self.next_verb() if self.dice.random() < .6 else self.dice.choice(sorted(self.menu()))
        try:
            self.menu()[verb](who)
        except Refused:
            return None
        self.done.append((verb, who))
        return verb, who

    def next_verb(self):
        """The verb that leads on along the straight road."""
        return {states.REGISTERED: "acknowledge", states.ACKNOWLEDGED: "assign", states.RE_HANDLING: "assign", states.ASSIGNED: "investigate",
                states.INVESTIGATING: self.dice.choice(("evidence", "hear", "verify")), states.VERIFIED: "liability", states.LIABILITY_SET: "propose",
                states.PROPOSED: self.dice.choice(("approve", "answer", "answer", "adjust", "publish")), states.AGREED: "implement",
                states.IMPLEMENTING: self.dice.choice(("measure", "finish")), states.IMPLEMENTED: "follow_up",
                states.FOLLOWED_UP: self.dice.choice(("close", "propose_again"))}.get(self.row.state, "reopen")

    def menu(self):
        """{verb: act of whoever}."""
        row, dice, now, cast = self.row, self.dice, self.now, self.cast
        handler = cast.people[dice.choice(("agent", "agent", "manager", BLAMED))]
        return {
            "acknowledge": lambda who: routing.acknowledge(who, row, method="phone", text="Hello", now=now),
            "assign": lambda who: routing.assign(who, row, handler=handler, now=now),
            "give_back": lambda who: routing.give_back(who, row, reason="Not mine", now=now) if who.user else self.nothing(),
            "investigate": lambda who: investigating.investigate(who, row, now=now),
            "evidence": lambda who: investigating.add_evidence(who, row, kind="customer", text="Look", shows_on=cast.today - timedelta(days=1), now=now),
            "hear": lambda who: investigating.add_evidence(who, row, kind="staff", text="No", person=cast.people[BLAMED],
                                                           shows_on=cast.today - timedelta(days=1), now=now),
            "verify": lambda who: investigating.verify(who, row, facts="It broke", now=now),
            "liability": lambda who: self.liability(who),
            "propose": lambda who: solving.propose(who, row, **self.offer(), now=now) if who.user else self.nothing(),
            "adjust": lambda who: solving.adjust(who, row, **self.offer(), opinion="More", now=now) if who.user else self.nothing(),
            "approve": lambda who: solving.approve(who, row, approved=dice.random() < .7, answer="So", now=now),
            "answer": lambda who: solving.answer_round(who, row, answer=dice.choice(("accepted", "accepted", "counter")), opinion="Hm", consent_by="phone",
                                                       now=now),
            "publish": lambda who: solving.implement_published(who, row, text="So", now=now),
            "implement": lambda who: solving.implement(who, row, now=now),
            "measure": lambda who: solving.finish_measure(who, row.measures.last(), result="Sent", now=now) if row.measures.exists() else self.nothing(),
            "finish": lambda who: solving.finish_implementing(who, row, method="phone", text="Done", now=now),
            "follow_up": lambda who: following.follow_up(who, row, stars=dice.randint(1, 5), opinions="", method="phone", now=now),
            "rate": lambda who: following.rate(who, row, stars=dice.randint(1, 5), comment="", method="page", now=now),
            "close": lambda who: following.close(who, row, **CLOSE, now=now) if who.user else self.nothing(),
            "propose_again": lambda who: following.propose_again(who, row, reason="It wobbles", now=now),
            "handle_again": lambda who: following.handle_again(who, row, reason="It wobbles", now=now),
            "not_agreed": lambda who: following.close_not_agreed(who, row, reason="No", advice="Court", now=now),
            "in_vain": lambda who: timing.contact_in_vain(who, row, method="phone", text="Rang", now=now),
            "unreachable": lambda who: following.close_unreachable(who, row, reason="Nobody", now=now),
            "published": lambda who: following.close_published(who, row, text="So", reason="Nobody", now=now),
            "reopen": lambda who: following.reopen(who, row, reason="Again", now=now),
            "word": lambda who: timing.customer_word(who, row, text="And?", channel="web", now=now) if not who.user else self.nothing(),
            "pause": lambda who: timing.pause(who, row, reason="Asked", evidence="Mail", now=now) if who.user else self.nothing(),
            "merge": lambda who: merging.merge(who, row, into=taken(cast), reason="Same", now=now) if who.user else self.nothing(),
            "unmerge": lambda who: merging.unmerge(who, row, reason="Two", now=now),
        }

    def nothing(self):
        """What nobody can do."""
        raise Refused("Nobody does that.")

    def liability(self, who):
        """Nobody, or the one complained about, is responsible."""
        blamed = [{"party": "person", "employee": self.cast.people[BLAMED], "share": 70}, {"party": "process", "share": 30}]
        if who.user is None:
            self.nothing()
        solving.set_liability(who, self.row, validity="partly", grounds="Rule", parties=self.dice.choice((blamed, nobody())), now=self.now)


def check(cast, walk, before, done):
    """What must always hold."""
    row = Complaint.objects.get(pk=walk.row.pk)
    verb, who = done or ("", None)
    assert done or row == before and row.version == before.version and row.state == before.state
    assert row.state == before.state or (before.state, row.state) in ARROWS or verb == "unmerge"
    turn = row.rounds.filter(turn=row.turn)
    if row.state in NEEDS_CONSENT:
        last = turn.last()
        assert last.answer == "accepted" and last.consent_by or row.is_anonymous
        assert last.approval in ("not_needed", "approved")
    if row.state == states.SATISFIED:
        assert row.cause and (row.improvement or row.no_improvement) and row.satisfaction >= following.SATISFIED_FROM
    check_people(cast, row, verb, who)
    check_moments(walk, row, before)
    assert turn.exclude(approval="declined").count() <= ROUNDS
    for turn in set(row.liabilities.values_list("turn", flat=True)):
        assert sum(row.liabilities.filter(turn=turn).values_list("share", flat=True)) == 100
    waits = Decision.objects.filter(record_id=row.pk, kind=solving.OFFER, outcome="waiting").count()
    assert waits == row.rounds.filter(approval="waiting").count() and (not waits or row.state == states.PROPOSED)


def check_people(cast, row, verb, who):
    """Nobody has a hand in what concerns them, nor judges what they did."""
    assert row.handler != cast.people[BLAMED]
    assert who is None or who.user is None or who.user.username != BLAMED
    assert not row.rounds.filter(approved_by__isnull=False, approved_by=row.handler).exists() or verb != "approve"
    if verb == "follow_up":
        assert who.user is None or who.user.employee.pk not in (row.handler_id, cast.people[BLAMED].pk)
    assert not row.liabilities.filter(decided_by=cast.people[BLAMED]).exists()


def check_moments(walk, row, before):
    """Time goes on; what is over has its moment and asks for nothing."""
    assert before.since <= row.since <= walk.now and row.turn >= before.turn and row.turn_began_at >= before.turn_began_at
    assert row.reopened == row.turn - 1
    for moment in filter(None, (row.acknowledged_at, row.implemented_at, row.closed_at)):
        assert row.registered_at <= moment <= walk.now
    assert (row.state in states.OPEN) == (row.closed_at is None)
    assert row.state in states.OPEN or row.next_due_at is None and not row.pauses.filter(ended_at=None).exists()
    assert all(one.done_at >= one.round.offered_at for one in row.measures.exclude(done_at=None).select_related("round"))
    clock.work_out(row)
    fresh = Complaint.objects.get(pk=row.pk)
    assert [getattr(row, name) for name in clock.FIELDS] == [getattr(fresh, name) for name in clock.FIELDS]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_order_of_acts_breaks_what_must_hold(cast, seed):
    dice = random.Random(seed)
    facts = {"demand": "A new table", "people": [(cast.people[BLAMED], True)]}
    row = anonymous(cast, by="supervisor", **facts) if seed % 3 == 2 else taken(cast, **facts)
    walk = Crowd(cast, row, dice)
    for _act in range(ACTS):
        walk.tick()
        before = Complaint.objects.get(pk=row.pk)
        done = walk.anything()
        check(cast, walk, before, done)
        walk.row.refresh_from_db()
    assert len(walk.done) > 3


@pytest.mark.slow
def test_the_crowd_comes_far(cast):
    """The dice are worth something only if the sequences reach the ends."""
    seen = set()
    for seed in range(12):
        walk = Crowd(cast, taken(cast), random.Random(1000 + seed))
        for _act in range(ACTS):
            walk.tick()
            walk.anything()
            walk.row.refresh_from_db()
            seen.add(walk.row.state)
    assert {states.PROPOSED, states.IMPLEMENTING, states.IMPLEMENTED, states.FOLLOWED_UP} <= seen and seen & set(states.CLOSED)
