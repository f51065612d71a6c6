"""Verbs on the rules that a hall adds to the regulation: proposed by its manager, decided by HR (INF-03)."""
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from staff.regulation import events
from staff.regulation.clauses import queries
from staff.regulation.clauses.models import HallRule
from staff.regulation.clauses.services.readers import cited
from staff.regulation.clauses.services.versions import hr_alone
from staff.regulation.clauses.states import RULE


@transaction.atomic
def propose(actor, *, hall, citation, text, valid_from, reason, now):
    """The manager of a hall proposes a rule that it adds to a clause. Refused: a hall that one does not lead, a day that is past."""
    today = timezone.localtime(now).date()
    if actor.user is None or hall.pk not in {one.pk for one in queries.halls_led(actor.user, today)}:
        raise Refused(_("Only the manager of a hall proposes rules for it. Choose a hall that you lead."), field="hall")
    if valid_from < today:
        raise Refused(_("A rule holds from today or a later day. Choose such a day."), field="valid_from")
    clause = cited(citation)
    rule = HallRule(hall=hall, source=clause.source, number=clause.number, text=text, valid_from=valid_from, reason=reason,
                    proposed_by=actor.user, proposed_at=now)
    trace.save(actor, rule, act="proposed", reason=reason)
    events.rule_proposed.send(HallRule, rule_id=rule.pk, now=now)
    return rule


@transaction.atomic
def decide(actor, rule, *, agree, answer="", now):
    """HR puts a proposed rule in force, or declines it and says why. A day that has passed meanwhile becomes today."""
    rule = locked(actor, rule)
    verb = "put_in_force" if agree else "decline"
    rule.state = RULE[verb].apply(rule.state, _("This proposal is decided already. Open it again to see how."))
    if rule.proposed_by_id == actor.user.pk:
        raise Refused(_("A second person decides on a proposal. Ask a colleague."))
    if not agree and not answer:
        raise Refused(_("Say why the proposal is declined, so that the hall can change it."), field="answer")
    rule.decided_by, rule.decided_at, rule.answer = actor.user, now, answer
    if agree:
        rule.valid_from = max(rule.valid_from, timezone.localtime(now).date())
    trace.save(actor, rule, act="put in force" if agree else "declined", reason=answer)
    events.rule_decided.send(HallRule, rule_id=rule.pk, now=now)
    return rule


@transaction.atomic
def end(actor, rule, *, reason, now):
    """HR ends a rule of a hall; it holds no more from today."""
    rule = locked(actor, rule)
    rule.state = RULE["end"].apply(rule.state, _("Only a rule in force is ended."))
    rule.ended_on = max(rule.valid_from, timezone.localtime(now).date())
    return trace.save(actor, rule, act="ended", reason=reason)


def locked(actor, rule):
    """The rule, locked, for HR."""
    hr_alone(actor)
    return HallRule.objects.select_for_update().get(pk=rule.pk)
