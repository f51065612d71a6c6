"""Saving with a trace: who, as what act, why; simple-history keeps the values (DESIGN section 3)."""


def save(actor, record, *fields, act, reason=""):
    """Save `record` (only `fields`, when given) so that its history row names the actor, the act and the reason."""
    record._history_user = actor.user
    record._change_reason = f"{act}: {reason}" if reason else act
    if fields and record.pk:
        record.save(update_fields=[*fields])
    else:
        record.save()
    return record
