"""Saving and deleting with a trace: who, as what act, why; simple-history keeps the values (DESIGN section 3)."""

LONGEST = 100  # characters that a history row keeps of act and reason together
FOR = " ⇐ "  # stands between an act and the name of the person for whom a deputy did it
REASON_LENGTH = 80  # characters of a reason that always fit beside the act; forms whose reason stands nowhere else ask for no more


def save(actor, record, *fields, act, reason=""):
    """Save `record` (only `fields`, when given) so that its history row names the actor, the act and the reason."""
    mark(actor, record, act=act, reason=reason)
    if fields and record.pk:
        record.save(update_fields=[*fields])
    else:
        record.save()
    return record


def delete(actor, record, *, act, reason=""):
    """Delete `record`; the history row that stays names the actor, the act and the reason."""
    mark(actor, record, act=act, reason=reason)
    record.delete()


def mark(actor, record, *, act, reason=""):
    """Tell simple-history who acts, for whom as a deputy, and why; a longer reason is cut, and ends in an ellipsis."""
    act = f"{act}{FOR}{actor.on_behalf_of}" if actor.on_behalf_of else act
    words = f"{act}: {reason}" if reason else act
    record._history_user = actor.user
    record._change_reason = words if len(words) <= LONGEST else words[:LONGEST - 1] + "…"
