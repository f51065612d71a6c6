"""Undo instead of "are you sure?": an act is recorded as the history rows it wrote, and undone by going back to the ones before (UX 16).

Rows are restored exactly, unless somebody changed one of them since: then nothing is touched, and a sentence says who did. Only what is
saved with history is seen, one row at a time (`trace.save`); what a room keeps without history it notes and puts right itself.
"""
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.apps import apps
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from simple_history.signals import post_create_historical_record

from config.accounts import trace
from config.contributions.undoing import UNDOINGS
from config.errors import Changed, Refused
from config.web.models import Act
from config.web.versions import Versioned

OPEN_FOR = timedelta(hours=1)  # afterwards the verbs of the room correct what was done, with their own rights and reasons
KEPT_FOR = timedelta(days=2)
_recording = ContextVar("recording", default=None)


class Recording:
    """What is written while an act runs; `act` is the stored Act once it is over, None where nothing with history changed."""

    def __init__(self):
        self.rows, self.facts, self.act = {}, {}, None

    def saw(self, row):
        """A history row was written."""
        key = (row.instance_type._meta.label, row.instance_type._meta.pk.value_from_object(row.instance))
        self.rows[key] = (self.rows.get(key, (row.history_id,))[0], row.history_id)


@receiver(post_create_historical_record, dispatch_uid="undo")
def _see(sender, history_instance, **_more):
    if recording := _recording.get():
        recording.saw(history_instance)


def note(key, value):
    """Keep a fact beside the running act, such as the id of an event; without one nothing happens."""
    if recording := _recording.get():
        recording.facts.setdefault(key, []).append(value)


@contextmanager
def recorded(actor, *, kind, record_id, now, batch=None):
    """Run an act so that it can be undone; one transaction around it and the record of it. Acts of the house itself are not recorded."""
    recording = Recording()
    with transaction.atomic():
        token = _recording.set(recording)
        try:
            yield recording
        finally:
            _recording.reset(token)
        if recording.rows and actor.user:
            recording.act = Act.objects.create(
                user=actor.user, kind=kind, record_id=record_id, at=now, batch=batch, facts=recording.facts,
                rows=[[*key, *ends] for key, ends in recording.rows.items()])


def tag(recording):
    """The tag by which a message brings an Undo button."""
    return f"undo:{reverse('undo', args=[recording.act.pk])}" if recording and recording.act else ""


def latest(user, kind, *, now):
    """For annotating records of a kind: the newest act of this person on each that is still open to be undone, as {"pk", "facts"}."""
    acts = Act.objects.filter(user=user, kind=kind, record_id=OuterRef("pk"), undone_at=None, at__gte=now - OPEN_FOR)
    return Subquery(acts.order_by("-pk").values(newest=JSONObject(pk="pk", facts="facts"))[:1])


@transaction.atomic
def undo(actor, act, *, now):
    """Put every row back to what it was before `act`. Raises Refused, with nothing touched, where the act is undone or too old, the record
    is out of the actor's reach by now, somebody changed a row since, or the room says no."""
    act = Act.objects.select_for_update().get(pk=act.pk)
    if act.undone_at:
        raise Refused(_("This was undone already."))
    if now > act.at + OPEN_FOR:
        raise Refused(_("This was done more than an hour ago. Open the record and correct it there."))
    room = UNDOINGS.get(act.kind)
    found = room.changeable(actor.user).filter(pk=act.record_id).first()
    if found is None:
        raise Refused(_("You may not change this record any more. Ask your superior to correct it."))
    record = room.locked(found)
    rows = [(apps.get_model(label), pk, first, last) for label, pk, first, last in act.rows]
    for model, pk, _first, last in rows:
        refuse_changed(model, pk, last)
    for model, pk, first, _last in reversed(rows):
        restore(actor, model, pk, first)
    act.undone_at = now
    act.save(update_fields=["undone_at"])
    room.restored(actor, room.locked(record), act, now)
    return record


def refuse_changed(model, pk, last):
    """Refuse where a record is no longer as the act left it: somebody saved other values since. What was changed and undone since is as it
    was left."""
    rows = model.history.filter(**{model._meta.pk.attname: pk}).select_related("history_user")
    newest, left = rows.order_by("-history_id").first(), rows.filter(history_id=last).first()
    if left is None or newest.history_id != last and (newest.history_type == "-" or values(newest) != values(left)):
        raise Changed(_("%(who)s changed this at %(when)s, after you did it. Open the record and correct it there.") % {
            "who": newest.history_user or _("the system"), "when": date_format(timezone.localtime(newest.history_date), "H:i")})


def values(row):
    """What a history row tells of a record, but for the version that forms carry."""
    return {field.attname: getattr(row, field.attname) for field in row.tracked_fields if field.name != "version"}


def restore(actor, model, pk, first):
    """Put one record back to what its history tells of the time before the row `first`: values, or not being there at all.

    The version of a form goes on growing, so that a form opened meanwhile is refused.
    """
    before = model.history.filter(**{model._meta.pk.attname: pk}, history_id__lt=first).order_by("-history_id").first()
    now = model._base_manager.select_for_update().filter(pk=pk).first()
    if before is None or before.history_type == "-":
        if now is not None:
            trace.delete(actor, now, act="undone")
        return
    if now is None:
        trace.save(actor, before.instance, act="undone")
        return
    version = now.version + 1 if isinstance(now, Versioned) else None
    for field in before.tracked_fields:
        setattr(now, field.attname, getattr(before, field.attname))
    if version:
        now.version = version
    trace.save(actor, now, act="undone")


def sweep(*, now):
    """Forget acts that nobody can undo any more."""
    Act.objects.filter(at__lt=now - KEPT_FOR).delete()
