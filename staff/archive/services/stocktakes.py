"""Verbs on stocktakings: looking at each item, closing by two, deciding on what is missing (REC-81)."""
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from config.accounts import trace
from config.errors import Refused
from staff.archive import states
from staff.archive.events import items_missing
from staff.archive.models import ArchiveItem, Stocktaking, StocktakingLine
from staff.archive.services import files
from staff.archive.services.requests import decider_of
from staff.duties import services as duties
from staff.duties.models import Duty

KIND, INVENTORY = "stocktaking", "SCH-27"
BAD = (states.MISSING, states.DAMAGED)
DAY = timedelta(days=1)
AT_ONCE = 200  # items whose files are looked at in one transaction
RESULTS = {files.SAME: states.FOUND, files.CHANGED: states.DAMAGED, files.GONE: states.MISSING}
WORST = (states.FOUND, states.DAMAGED, states.MISSING)


def _locked(stocktaking, verb):
    stocktaking = Stocktaking.objects.select_for_update(of=("self",)).select_related("hall__department").get(pk=stocktaking.pk)
    stocktaking.state = states.STOCKTAKING[verb].apply(stocktaking.state, _("This stocktaking is closed by now. Look at it again."))
    return stocktaking


@transaction.atomic
def look(actor, stocktaking, line, *, result, now, action=""):
    """What was found in the cabinet; missing and damaged things say what is done about them. Said again, the last word counts."""
    stocktaking = _locked(stocktaking, "look")
    line = StocktakingLine.objects.select_for_update().get(pk=line.pk, stocktaking=stocktaking, item__place=ArchiveItem.Place.CABINET)
    if result in BAD and not action:
        raise Refused(_("Say what is done about it."), field="action")
    line.result, line.action = result, action if result in BAD else ""
    line.looked_at, line.looked_by = now, actor.user.employee
    line.save(update_fields=["result", "action", "looked_at", "looked_by"])
    return line


def check_files(now):
    """Hold the files of open stocktakings against their checksums; returns how many items were looked at. The same twice, and two clocks
    share the work."""
    count = 0
    while looked := _check_some(now):
        count += looked
    return count


@transaction.atomic
def _check_some(now):
    lines = list(StocktakingLine.objects.select_for_update(skip_locked=True, of=("self",)).select_related("item").prefetch_related("item__files").filter(
        result="", stocktaking__state=states.TAKING, item__place=ArchiveItem.Place.ELECTRONIC).order_by("pk")[:AT_ONCE])
    for line in lines:
        found = [RESULTS[files.looked_at(kept)[0]] for kept in line.item.files.all()] or [states.MISSING]
        line.result, line.looked_at = max(found, key=WORST.index), now
        line.action = _("to be restored from the backup") if line.result in BAD else ""
    StocktakingLine.objects.bulk_update(lines, ["result", "action", "looked_at"])
    return len(lines)


@transaction.atomic
def close(actor, stocktaking, *, witness, storage_safe, storage_note, now):
    """Everything was looked at: two people sign, each item is found, missing or damaged from now on, and what is missing goes to the
    department manager's list, and to whoever looks after incidents."""
    stocktaking = _locked(stocktaking, "close")
    _whole(stocktaking)
    if witness.pk == actor.user.employee.pk:
        raise Refused(_("Two people sign a stocktaking. Name the second one."), field="witness")
    if not storage_safe and not storage_note:
        raise Refused(_("Say what is not safe."), field="storage_note")
    stocktaking.closed_at, stocktaking.closed_by, stocktaking.witness = now, actor.user.employee, witness
    stocktaking.storage_safe, stocktaking.storage_note = storage_safe, storage_note
    trace.save(actor, stocktaking, "state", "closed_at", "closed_by", "witness", "storage_safe", "storage_note", act="stocktaking closed")
    duties.finish(actor, KIND, stocktaking.pk, now=now)
    missing = _carry_over(actor, stocktaking)
    if missing:
        items_missing.send(sender=Stocktaking, stocktaking_id=stocktaking.pk, item_ids=missing, actor=actor, now=now)
    if missing or not storage_safe:
        duties.make([Duty(schedule=INVENTORY, slot=f"missing {stocktaking.slot}", kind=KIND, record_id=stocktaking.pk, hall=stocktaking.hall, starts_at=now,
                          due_at=now + DAY, **decider_of(stocktaking.hall))])
    return stocktaking


def _whole(stocktaking):
    open_lines = StocktakingLine.objects.filter(stocktaking=stocktaking, result="")
    papers = open_lines.filter(item__place=ArchiveItem.Place.CABINET).count()
    if papers:
        raise Refused(_("%(n)s items were not looked at yet. Look at them, then close.") % {"n": papers})
    if open_lines.exists():
        raise Refused(_("The house is still checking files. Wait some minutes, then close."))


def _carry_over(actor, stocktaking):
    """Write what was found to the items; returns the ids of what is missing. What was destroyed meanwhile stays so."""
    lines, changed = list(stocktaking.lines.select_related("item")), []
    for line in lines:
        if line.item.state not in (states.DESTROYED, line.result):
            line.item.state = line.result
            changed.append(line.item)
    bulk_update_with_history(changed, ArchiveItem, ["state"], batch_size=1000, default_user=actor.user, default_change_reason="stocktaking")
    return [line.item_id for line in lines if line.item.state == states.MISSING]


@transaction.atomic
def decide(actor, stocktaking, *, decision, now):
    """The department manager says what becomes of what is missing or not safe."""
    stocktaking = _locked(stocktaking, "decide")
    if stocktaking.decided_by_id:
        raise Refused(_("This was decided already. Look at it again."))
    stocktaking.decision, stocktaking.decided_by = decision, actor.user.employee
    trace.save(actor, stocktaking, "decision", "decided_by", act="decided on what is missing", reason=decision)
    duties.finish(actor, KIND, stocktaking.pk, now=now)
    return stocktaking

