"""Complaints for tests: `taken`, a registered one, and `led_to`, one walked by the real verbs to where a test starts."""
from datetime import timedelta

from complaints.handling import states
from complaints.handling.facts import Evidence
from complaints.handling.models import Channel, Kind
from complaints.handling.services import following, investigating, merging, registering, routing, solving, timing

START, MINUTE = timedelta(hours=2), timedelta(minutes=1)
SOLVE = {"offer": "A new table", "compensation": 0, "goodwill": 0}
CLOSE = {"cause": "process", "cause_detail": "Nobody checks the freight", "whys": ["It broke", "Nobody looked"],
         "improvement": "Check the freight at the door", "prevention": "A line in the checklist", "no_improvement": ""}
ROUNDS = 3  # complaint_max_rounds as it is delivered
TRIES = 3  # followup_max_attempts as it is delivered
ROAD = (states.REGISTERED, states.ACKNOWLEDGED, states.ASSIGNED, states.INVESTIGATING, states.VERIFIED, states.LIABILITY_SET, states.PROPOSED,
        states.AGREED, states.IMPLEMENTING, states.IMPLEMENTED, states.FOLLOWED_UP, states.SATISFIED)


def taken(cast, by="agent", **facts):
    """A registered complaint of the first hall, two hours old."""
    at = facts.pop("now", cast.now - START)
    given = {"kind": Kind.COMPLAINT, "hall": cast.hall, "channel": Channel.PHONE, "received_at": at, "matter": "The table came with a broken leg",
             "contact_name": "王芳", "contact_phone": "+8613800138123", "apologised": True, "promised": True, "promised_manner": "by telephone",
             "told_by": "phone"}
    return registering.register(cast.actor(by), now=at, **given | facts)


def anonymous(cast, **facts):
    """One of whom nobody knows whose it is."""
    return taken(cast, **{"channel": Channel.BOX, "contact_name": "", "contact_phone": "", "told_by": ""} | facts)


def measures(cast, owner="colleague"):
    """One measure, due in some days."""
    return [("Send a new one", cast.people[owner], cast.today + timedelta(days=3))]


def nobody():
    """The parties where nobody is responsible."""
    return [{"party": "none", "share": 100}]


class Walk:
    """One complaint on its road; each step is a minute later. `handler` and `boss` are names of the cast; the caller asks after it was done."""

    def __init__(self, cast, row, *, handler="agent", boss="supervisor", chief="manager", caller="reception"):
        self.cast, self.row, self.now = cast, row, row.registered_at
        self.handler, self.boss, self.chief, self.caller = handler, boss, chief, caller

    def tick(self):
        """The next minute."""
        self.now += MINUTE
        return self.now

    def by(self, name):
        """Who acts."""
        return self.cast.actor(name)

    def to(self, state):
        """Walk on to a state of the straight road."""
        while self.row.state != state:
            after = ROAD[ROAD.index(self.row.state) + 1]
            getattr(self, after)()
            self.row.refresh_from_db()
            assert self.row.state == after
        return self.row

    def acknowledged(self):
        routing.acknowledge(self.by(self.handler), self.row, method="phone", text="We look into it", now=self.tick())

    def assigned(self):
        routing.assign(self.by(self.boss), self.row, handler=self.cast.people[self.handler], now=self.tick())

    def investigating(self):
        investigating.investigate(self.by(self.handler), self.row, now=self.tick())

    def evidence(self, kind=Evidence.Kind.CUSTOMER, person=None):
        """One statement."""
        return investigating.add_evidence(self.by(self.handler), self.row, kind=kind, text="The leg was broken", shows_on=self.cast.today, person=person,
                                          now=self.tick())

    def hear(self):
        """The statements of both sides."""
        self.evidence()
        for one in self.row.people.filter(complained_about=True):
            self.evidence(Evidence.Kind.STAFF, one.employee)

    def verified(self):
        self.hear()
        investigating.verify(self.by(self.handler), self.row, facts="It broke on the way", now=self.tick())

    def liability_set(self):
        solving.set_liability(self.by(self.handler), self.row, validity="justified", grounds="The freight note; rule 8.2", parties=nobody(), now=self.tick())

    def proposed(self, **facts):
        """Propose it, and have it approved where that is asked."""
        given = SOLVE | {"measures": measures(self.cast), "demands": self.demands()} | facts
        self.approve(solving.propose(self.by(self.handler), self.row, **given, now=self.tick()))

    def adjusted(self, **facts):
        """One more round."""
        given = SOLVE | {"measures": measures(self.cast), "demands": self.demands(), "opinion": "Too little"} | facts
        self.approve(solving.adjust(self.by(self.handler), self.row, **given, now=self.tick()))

    def approve(self, round):
        """The manager's word where it is asked."""
        if round.approval == "waiting":
            solving.approve(self.by(self.chief), self.row, approved=True, answer="Fair", now=self.tick())

    def demands(self):
        """Each demand of the customer, found reasonable."""
        return [(one.text, True, "") for one in self.row.demands.all()]

    def agreed(self):
        solving.answer_round(self.by(self.handler), self.row, answer="accepted", opinion="", consent_by="phone", now=self.tick())

    def implementing(self):
        solving.implement(self.by(self.handler), self.row, now=self.tick())

    def measures_done(self):
        """Each measure that is open is done."""
        for one in self.row.measures.filter(round=self.row.rounds.order_by("turn", "number").last(), done_at=None):
            solving.finish_measure(self.by(self.handler), one, result="Sent", now=self.tick())

    def implemented(self):
        self.measures_done()
        solving.finish_implementing(self.by(self.handler), self.row, method="phone", text="The new one stands there", now=self.tick())

    def followed_up(self, stars=5):
        following.follow_up(self.by(self.caller), self.row, stars=stars, opinions="", method="phone", now=self.tick())

    def closed_satisfied(self):
        following.close(self.by(self.handler), self.row, **CLOSE, now=self.tick())

    def not_reached(self, times=TRIES):
        """So many contacts in vain."""
        for _time in range(times):
            timing.contact_in_vain(self.by(self.handler), self.row, method="phone", text="Rang in vain", now=self.tick())


def end(walk, state):
    """Lead it to an end, or a side road, that lies beyond the straight one."""
    cast, row = walk.cast, walk.row
    if state == states.RE_HANDLING:
        walk.to(states.IMPLEMENTED)
        following.handle_again(walk.by(walk.caller), row, reason="It wobbles", now=walk.tick())
    elif state == states.NOT_AGREED:
        walk.to(states.PROPOSED)
        for _round in range(ROUNDS - 1):
            walk.adjusted()
        following.close_not_agreed(walk.by(walk.chief), row, reason="No agreement", advice="The consumers' association", now=walk.tick())
    elif state == states.UNREACHABLE:
        walk.to(states.IMPLEMENTED)
        walk.not_reached()
        following.close_unreachable(walk.by(walk.handler), row, reason="Nobody answers", now=walk.tick())
    elif state == states.NOT_ACCEPTED:
        routing.ask_refusal(walk.by(walk.handler), row, reason="Not ours", method="phone", text="Ask your landlord", now=walk.tick())
        routing.settle_refusal(walk.by(walk.chief), row, approved=True, answer="Right", now=walk.tick())
    elif state == states.WITHDRAWN:
        following.withdraw(walk.by(walk.handler), row, reason="It was a mistake", method="phone", now=walk.tick())
    elif state == states.MERGED:
        merging.merge(walk.by(walk.boss), row, into=taken(cast, matter=row.matter), reason="The same", now=walk.tick())
    elif state == states.DONE:
        following.answer_light(walk.by(walk.handler), row, text="Thank you", method="phone", now=walk.tick())
    row.refresh_from_db()
    return row


def walk_to(cast, state, row=None, **facts):
    """The Walk of a complaint that stands at `state`."""
    people = {name: facts.pop(name) for name in ("handler", "boss", "chief", "caller") if name in facts}
    if state == states.DONE:
        facts = {"kind": Kind.SUGGESTION} | facts
    walk = Walk(cast, row or taken(cast, **facts), **people)
    if state in ROAD:
        walk.to(state)
    else:
        end(walk, state)
    return walk


def led_to(cast, state, **facts):
    """A complaint that the real verbs led to `state`; facts are those of `taken`."""
    row = walk_to(cast, state, **facts).row
    assert row.state == state
    return row
