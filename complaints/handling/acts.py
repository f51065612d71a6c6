"""Which verbs a person may do now on a complaint: what the table draws from where it stands, as far as their rights reach it, as independence
allows it; the step that is expected next comes first, with the clause that asks for it (CMP-11, CMP-26)."""
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from complaints.handling import queries, states
from complaints.handling.facts import ComplaintExtension, Evidence
from complaints.handling.models import Kind
from complaints.handling.permissions import Can
from complaints.handling.services import parties, routing, timing
from complaints.handling.services.statements import ASKED_IN
from complaints.handling.solving import ComplaintRating, SolutionRound
from config.accounts.access import may
from staff.duties.decisions.queries import may_decide
from staff.organisation.queries import employee_of

STEP, CUSTOMER, HOUSE, REST = "step", "customer", "house", "rest"
GROUPS = {STEP: gettext_noop("What to do next"), CUSTOMER: gettext_noop("With the customer"), HOUSE: gettext_noop("In the house"),
          REST: gettext_noop("Seldom needed")}


class Standing:
    """One complaint (read by `queries.detail`) as one person stands to it."""

    def __init__(self, row, user):
        self.row, self.user = row, user
        self.me = getattr(employee_of(user), "pk", None)

    @cached_property
    def about_me(self):
        """Whether this person is complained about."""
        return any(one.employee_id == self.me and one.complained_about for one in self.row.people.all())

    @cached_property
    def handles(self):
        """Whether this person may handle it, within the limit of advisers."""
        return not self.about_me and may(self.user, Can.HANDLE) and queries.within(self.user, Can.HANDLE, self.row)

    @cached_property
    def decides(self):
        """Whether this person decides as the hall's manager."""
        return not self.about_me and may(self.user, Can.DECIDE) and queries.within(self.user, Can.DECIDE, self.row)

    @cached_property
    def leads(self):
        """Whether this person is a superior there, who may handle it."""
        return self.handles and parties.leads(self.user, self.row)

    @cached_property
    def settles(self):
        """Whether this person decides about what others did: not about handling of their own."""
        return self.decides and self.me not in self.handlers

    @cached_property
    def handlers(self):
        """The ids of those who handled it in this turn."""
        return {one.handler_id for one in self.row.routes.all() if one.at >= self.row.turn_began_at} | {self.row.handler_id} - {None}

    @cached_property
    def stays_out(self):
        """Whether this person handled it or is responsible in it, and so asks the customer nothing about it."""
        return self.me in self.handlers or any(one.employee_id == self.me for one in self.row.liabilities.all() if one.employee_id)

    @cached_property
    def registers(self):
        """Whether this person writes into the register here."""
        return not self.about_me and may(self.user, Can.REGISTER) and queries.within(self.user, Can.REGISTER, self.row)

    @cached_property
    def silent(self):
        """Those whom it is about who have not said anything yet."""
        heard = {one.person_id for one in self.row.evidence.all() if one.kind == Evidence.Kind.STAFF and one.struck_at is None}
        return [one for one in self.row.people.all() if one.complained_about and one.employee_id not in heard]

    @property
    def is_handler(self):
        """Whether it is given to this person."""
        return self.me is not None and self.row.handler_id == self.me

    @cached_property
    def extension(self):
        """What was asked of more time and waits, or None."""
        return next((one for one in self.row.extensions.all() if one.outcome == ComplaintExtension.Outcome.WAITING), None)

    @cached_property
    def refusal(self):
        """Whether it waits for a second person's word that it is not accepted."""
        return self.row.state == states.REGISTERED and bool(self.row.end_reason)

    @cached_property
    def round(self):
        """The last round of this turn, or None."""
        return max((one for one in self.row.rounds.all() if one.turn == self.row.turn), key=lambda one: one.number, default=None)

    @property
    def waits_for_approval(self):
        """Whether the cost of the last offer waits for somebody's word."""
        return self.round is not None and self.round.approval == SolutionRound.Approval.WAITING

    @property
    def waits_for_answer(self):
        """Whether the customer has not answered the last offer yet, and may."""
        return self.round is not None and self.round.answer == SolutionRound.Answer.WAITING and self.round.approval in {
            SolutionRound.Approval.NOT_NEEDED, SolutionRound.Approval.APPROVED}

    @cached_property
    def measures(self):
        """The measures of the last round that are not done."""
        return [one for one in self.row.measures.all() if self.round and one.round_id == self.round.pk and one.done_at is None]

    @cached_property
    def rating(self):
        """The rating of this turn, or None."""
        return next((one for one in self.row.ratings.all() if one.turn == self.row.turn), None)

    def draws(self, verb):
        """Whether the table draws this verb from here."""
        return self.row.state in states.TABLE[verb].sources

    @property
    def is_full(self):
        """Whether it takes the whole path."""
        return self.row.kind == Kind.COMPLAINT


@dataclass(frozen=True)
class Act:
    """One verb as a page offers it: `page` is its address by the complaint's id, `when(standing)` whether it is offered."""

    verb: str
    label: str
    page: str
    icon: str
    group: str
    when: Callable
    clause: str = ""
    method: str = "get"


def handled(verb, *, light=False):
    """Offered to who may handle it, where the table draws the verb."""
    return lambda at: at.handles and at.draws(verb) and (at.is_full or light)


def led(verb):
    """Offered to a superior, where the table draws the verb."""
    return lambda at: at.draws(verb) and at.leads


def running(at):
    """Offered to who may handle it, while somebody still has to do with it."""
    return at.handles and at.row.is_open


def reachable(at):
    """Offered to who may handle it, while the customer can be reached."""
    return running(at) and not at.row.is_anonymous


ACTS = (
    Act("settle_refusal", gettext_noop("Decide whether it is accepted"), "settle_complaint_refusal", "check", STEP, lambda at: at.refusal and at.decides and (
        may_decide(at.user, routing.REFUSAL, at.row.pk)), "S0 §4.1.2"),
    Act("decide_extension", gettext_noop("Decide about more time"), "decide_complaint_extension", "check", STEP, lambda at: at.extension is not None and (
        at.decides and may_decide(at.user, timing.EXTENSION, at.row.pk)), "S0 §4.1.2"),
    Act("approve", gettext_noop("Decide about the cost"), "approve_complaint_solution", "check", STEP, lambda at: at.waits_for_approval and at.settles and (
        at.round.offered_by_id != at.me), "S0 §4.3.3"),
    Act("assess", gettext_noop("Judge how grave it is"), "assess_complaint", "gauge", STEP, lambda at: running(at) and at.is_full and not at.row.assessed,
        "S0 §4.1.2"),
    Act("acknowledge", gettext_noop("Give the first answer"), "acknowledge_complaint", "phone", STEP, lambda at: handled("acknowledge")(at) and (
        not at.refusal), "S3 §3.5.3"),
    Act("answer_light", gettext_noop("Answer the customer"), "answer_complaint", "message-square-reply", STEP, lambda at: not at.is_full and (
        handled("answer", light=True)(at)), "S4 §3.5.4"),
    Act("assign", gettext_noop("Assign a handler"), "assign_complaint", "user-plus", STEP, handled("assign"), "S4 §3.6.2"),
    Act("investigate", gettext_noop("Begin to investigate"), "investigate_complaint", "search", STEP, handled("investigate"), "S0 §4.2.1", "post"),
    Act("add_evidence", gettext_noop("Add evidence or a statement"), "add_evidence", "paperclip", STEP, lambda at: at.handles and at.row.state in (
        states.ASSIGNED, states.INVESTIGATING), "S0 §4.2.1"),
    Act("ask_statement", gettext_noop("Ask whom it is about for a statement"), "ask_statement", "message-circle-question-mark", STEP, lambda at: (
        at.handles and at.row.state in ASKED_IN and at.silent), "S0 §4.3.2"),
    Act("add_task", gettext_noop("Ask somebody to find something out"), "add_investigation_task", "list-checks", STEP, lambda at: at.handles and (
        at.row.state in (states.ASSIGNED, states.INVESTIGATING)), "S0 §4.2.1"),
    Act("verify", gettext_noop("Establish the facts"), "verify_complaint", "clipboard-check", STEP, handled("verify"), "S0 §4.2.1"),
    Act("set_liability", gettext_noop("Decide who is responsible"), "set_complaint_liability", "scale", STEP, handled("set_liability"), "S0 §4.3.2"),
    Act("propose", gettext_noop("Propose a solution"), "propose_solution", "pencil", STEP, handled("propose"), "S0 §4.2.2"),
    Act("answer_round", gettext_noop("Note the customer's answer"), "answer_solution", "message-square-reply", STEP, lambda at: handled("agree")(at) and (
        at.waits_for_answer), "S0 §4.2.2"),
    Act("adjust", gettext_noop("Offer something else"), "adjust_solution", "pencil", STEP, lambda at: handled("adjust")(at) and (
        not at.waits_for_approval), "S0 §4.2.2"),
    Act("implement", gettext_noop("Begin to carry it out"), "implement_solution", "play", STEP, handled("implement"), "S0 §4.2.3", "post"),
    Act("implement_published", gettext_noop("Publish the solution and carry it out"), "publish_solution", "play", STEP, lambda at: at.row.is_anonymous and (
        at.leads and handled("implement_published")(at)), "S0 §4.2.3"),
    Act("finish_implementing", gettext_noop("All is carried out"), "finish_complaint", "check", STEP, handled("finish_implementing"), "S0 §4.2.3"),
    Act("follow_up", gettext_noop("Note the follow-up call"), "follow_complaint_up", "phone", STEP, lambda at: handled("follow_up")(at) and (
        not at.stays_out and not at.row.is_anonymous), "S0 §4.2.4"),
    Act("close", gettext_noop("Close: root cause and improvement"), "close_complaint", "check", STEP, handled("close"), "S4 §3.6.5"),
    Act("propose_again", gettext_noop("Not satisfied: propose again"), "propose_solution_again", "undo-2", STEP, handled("propose_again"), "S0 §4.2.4"),
    Act("handle_again", gettext_noop("Handle it again"), "handle_complaint_again", "rotate-ccw", STEP, handled("handle_again"), "S0 §4.2.4"),
    Act("close_published", gettext_noop("Publish the end and close"), "close_complaint_published", "check", STEP, lambda at: at.row.is_anonymous and (
        at.leads and handled("close_published")(at)), "S0 §4.2.4"),
    Act("reopen", gettext_noop("Open it again"), "reopen_complaint", "undo-2", STEP, led("reopen"), "S3 §8.2.4"),
    Act("unmerge", gettext_noop("Take it apart again"), "unmerge_complaint", "undo-2", STEP, led("unmerge")),

    Act("tell", gettext_noop("Tell the customer how it stands"), "tell_customer", "phone", CUSTOMER, reachable, "S4 §3.6.4"),
    Act("ask_customer", gettext_noop("Ask the customer something"), "ask_customer", "message-circle-question-mark", CUSTOMER, reachable),
    Act("customer_word", gettext_noop("Note what the customer said"), "note_customer_word", "quote", CUSTOMER, lambda at: at.registers),
    Act("contact_in_vain", gettext_noop("Tried in vain"), "note_contact_in_vain", "phone-off", CUSTOMER, reachable),
    Act("publish", gettext_noop("Publish on the tracking page"), "publish_complaint", "globe", CUSTOMER, running),
    Act("rate", gettext_noop("Note the customer's rating"), "rate_complaint", "star", CUSTOMER, lambda at: at.registers and not at.stays_out and (
        at.is_full and at.rating is None and at.row.implemented_at is not None)),

    Act("reassign", gettext_noop("Hand over to another handler"), "assign_complaint", "users", HOUSE, lambda at: at.handles and at.is_full and (
        at.row.state in states.IN_HAND), "S4 §3.6.2"),
    Act("give_back", gettext_noop("Give back as wrongly assigned"), "give_complaint_back", "undo-2", HOUSE, lambda at: handled("give_back")(at) and (
        at.is_handler or at.decides)),
    Act("report_up", gettext_noop("Report upwards"), "report_complaint_up", "arrow-up", HOUSE, lambda at: at.registers and at.row.is_open, "S1b §5.2"),
    Act("instruct", gettext_noop("Give an instruction"), "instruct_complaint", "megaphone", HOUSE, lambda at: running(at) and not at.is_handler and (
        at.decides or at.row.escalated_to_id == at.me), "S0 §2.2.1.3"),
    Act("note", gettext_noop("Note for the house"), "note_complaint", "sticky-note", HOUSE, lambda at: at.registers),
    Act("contain", gettext_noop("Note what was done at once"), "contain_complaint", "shield", HOUSE, running),
    Act("urge", gettext_noop("Urge"), "urge_complaint", "bell", HOUSE, lambda at: at.registers and at.row.is_open),
    Act("pause", gettext_noop("Let the clock rest"), "pause_complaint", "pause", HOUSE, lambda at: running(at) and not at.row.paused),
    Act("resume", gettext_noop("Let the clock run on"), "resume_complaint", "play", HOUSE, lambda at: running(at) and at.row.paused),
    Act("ask_extension", gettext_noop("Ask for more time"), "ask_complaint_extension", "clock", HOUSE, lambda at: at.handles and at.is_full and (
        at.row.state in states.RUNNING and at.extension is None)),

    Act("reassess", gettext_noop("Judge anew how grave it is"), "assess_complaint", "gauge", REST, lambda at: running(at) and at.is_full and at.row.assessed),
    Act("correct", gettext_noop("Correct how the customer is reached"), "correct_complaint", "pencil", REST, lambda at: at.registers),
    Act("name_person", gettext_noop("Name somebody whom it concerns"), "name_complaint_person", "user", REST, running, "S0 §4.3.2"),
    Act("ask_refusal", gettext_noop("Not ours: ask not to accept it"), "ask_complaint_refusal", "x", REST, lambda at: handled("refuse", light=True)(at) and (
        not at.refusal), "S0 §4.1.2"),
    Act("withdraw", gettext_noop("The customer takes it back"), "withdraw_complaint", "x", REST, handled("withdraw", light=True)),
    Act("merge", gettext_noop("Merge into another"), "merge_complaint", "merge", REST, led("merge")),
    Act("split", gettext_noop("Split off other matters"), "split_complaint", "split", REST, led("split")),
    Act("close_not_agreed", gettext_noop("Close without agreement"), "close_complaint_not_agreed", "x", REST, lambda at: at.settles and at.is_full and (
        at.draws("close_not_agreed")), "S0 §4.3.3"),
    Act("close_unreachable", gettext_noop("Close: not reached"), "close_complaint_unreachable", "x", REST, lambda at: handled("close_unreachable")(at) and (
        not at.row.is_anonymous)),
    Act("appeal", gettext_noop("Appeal against the rating"), "appeal_rating", "flag", REST, lambda at: at.rating is not None and not at.rating.appeal and (
        at.is_handler)),
    Act("decide_appeal", gettext_noop("Decide the appeal"), "decide_rating_appeal", "scale", STEP, lambda at: at.rating is not None and at.decides and (
        at.rating.appeal == ComplaintRating.Appeal.WAITING and not at.stays_out and at.me not in (at.rating.appealed_by_id, at.rating.taken_by_id))),
)
BY_VERB = {act.verb: act for act in ACTS}


def offered(at):
    """The Acts that this person may do now, in the order in which pages show them."""
    return [act for act in ACTS if act.when(at)]


def first(at, acts):
    """The verb that is expected next, among `acts`; None where nothing is."""
    verbs = [act.verb for act in acts if act.group == STEP]
    later = set()
    if at.row.state == states.INVESTIGATING and not any(one.struck_at is None for one in at.row.evidence.all()):
        later = {"verify"}  # first there is something to establish them by
    elif at.row.state == states.INVESTIGATING:
        later = {"add_evidence", "ask_statement", "add_task"}
    if at.row.state in states.CLOSED:
        return None  # nothing is expected of what is over
    return next((verb for verb in verbs if verb not in later), None)


def groups(row, user):
    """What the page of one complaint offers: [(heading, actions for parts/actions.html)], and the Act that is expected next or None."""
    at = Standing(row, user)
    acts = offered(at)
    expected = first(at, acts)
    ordered = sorted(acts, key=lambda act: act.verb != expected)
    found = [(_(GROUPS[group]), [action(act, at, expected) for act in ordered if act.group == group]) for group in GROUPS]
    return [(heading, lines) for heading, lines in found if lines], BY_VERB.get(expected), at


def action(act, at, expected):
    """One act as parts/actions.html shows it."""
    target = at.rating.pk if act.page in {"appeal_rating", "decide_rating_appeal"} else at.row.pk
    return {"label": _(act.label), "url": reverse(act.page, args=[target]), "icon": act.icon, "method": act.method, "primary": act.verb == expected,
            "key": "e" if act.verb == expected and act.method == "get" else "", "note": note_of(act, at)}


def note_of(act, at):
    """What stands under an act: what it waits for."""
    if act.verb == "finish_implementing" and at.measures:
        return _("Open measures: %(count)s") % {"count": len(at.measures)}
    if act.verb == "propose" and at.row.turn > 1:
        return _("Turn %(n)s") % {"n": at.row.turn}
    return ""
