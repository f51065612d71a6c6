"""Verbs on requests for access: asking, deciding, opening with a row in the log, handing out and taking back (REC-82, GEN-12)."""
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.accounts.access import may
from config.errors import Refused
from config.numbers.services import next_number
from staff.archive import states
from staff.archive.models import AccessRequest, ArchiveItem, ArchiveOpening
from staff.archive.permissions import Can
from staff.archive.services import files
from staff.duties import services as duties
from staff.duties.decisions import services as decisions
from staff.duties.models import Duty
from staff.regulation import calendar, values

SERIES, KIND, ACCESS = "AA", "archive_request", "archive-access"
DECIDER = "department"
OUTCOMES = {files.SAME: "opened", files.CHANGED: "changed", files.GONE: "gone"}


@dataclass(frozen=True)
class Opened:
    """An opened file: its row and its bytes."""

    file: object
    data: bytes


@transaction.atomic
def ask(actor, items, *, what, reason, place, wanted_at, now):
    """Ask for access to items of one hall's archive; the department manager decides."""
    for item in items:
        if item.state not in states.KEPT:
            raise Refused(_("%(number)s is “%(state)s”: there is nothing to read.") % {"number": item.number, "state": item.get_state_display()})
    if len({item.hall_id for item in items}) > 1:
        raise Refused(_("One request is for the archive of one hall. Ask for the others separately."))
    if items[0].hall_id is None:
        raise Refused(_("This item belongs to no hall, so no department manager decides on it. Ask its keeper."))
    request = AccessRequest(number=next_number(SERIES, now.year), hall=items[0].hall, what=what, reason=reason, place=place, wanted_at=wanted_at,
                            asked_by=actor.user.employee, asked_at=now)
    trace.save(actor, request, act="access asked")
    request.items.set(items)
    decisions.ask(actor, KIND, request.pk, hall=request.hall, reason=reason, now=now)
    duties.make([Duty(schedule=ACCESS, slot=f"{request.number} decide", kind=KIND, record_id=request.pk, hall=request.hall, starts_at=now,
                      due_at=max(wanted_at, now), **decider_of(request.hall, request.asked_by_id))])
    return request


def decider_of(hall, but=None):
    """Whose decision it is, as facts of a duty: the head of the hall's department, else whoever has the role of one there. `but` is the id
    of somebody whose own matter it is."""
    head = hall.department.head
    decides = head and head.pk != but and head.user and may(head.user, Can.DECIDE)
    return {"employee": head} if decides else {"role": DECIDER}


def _locked(request, verb):
    """The request, locked, if it may go that way now."""
    request = AccessRequest.objects.select_for_update(of=("self",)).select_related("hall__department", "asked_by").get(pk=request.pk)
    sentence = _("This request is “%(state)s” by now. Look at it again.") % {"state": request.get_state_display()}
    request.state = states.REQUEST[verb].apply(request.state, sentence)
    return request


def _decided(actor, request, *fields, act, reason, now):
    actor = decisions.settle(actor, KIND, request.pk, approved=request.state == states.APPROVED, answer=reason, now=now)
    request.decided_by, request.decided_at, request.decision = actor.user.employee, now, reason
    trace.save(actor, request, "state", "decided_by", "decided_at", "decision", *fields, act=act, reason=reason)
    duties.finish(actor, KIND, request.pk, now=now)
    return request


@transaction.atomic
def approve(actor, request, *, now, decision=""):
    """The department manager lets it be: from now, for `archive_access_days`."""
    request = _locked(request, "approve")
    request.ends_at = now + timedelta(days=values.value("archive_access_days", request.hall.day_of(now), request.hall))
    return _decided(actor, request, "ends_at", act="access approved", reason=decision, now=now)


@transaction.atomic
def reject(actor, request, *, decision, now):
    """The department manager declines, with a reason."""
    return _decided(actor, _locked(request, "reject"), act="access declined", reason=decision, now=now)


def open_file(actor, request, file, *, now):
    """Open a file that one may read by this request, and write it down. What was changed since it was filed, or is gone, is not shown:
    that is written down too, the item counts as damaged, and `Refused` says so."""
    found, data = _open(actor, request, file, now)
    if found == files.SAME:
        return Opened(file, data)
    raise Refused(_("The file “%(name)s” is not what was filed: its checksum differs. It is not opened; the keeper of the archive is told.")
                  % {"name": file.name} if found == files.CHANGED else
                  _("The file “%(name)s” is not in its place any more. The keeper of the archive is told.") % {"name": file.name})


@transaction.atomic
def _open(actor, request, file, now):
    request = _locked(request, "open")
    _readable_by(actor, request, now)
    if not request.items.filter(pk=file.item_id).exists():
        raise Refused(_("This file is not part of the request. Ask for it first."))
    item = ArchiveItem.objects.select_for_update(of=("self",)).get(pk=file.item_id)
    if item.state == states.DESTROYED:
        raise Refused(_("This item was destroyed on %(day)s.") % {"day": item.destroyed_on.isoformat()})
    found, data = files.looked_at(file)
    _log(request, item, file=file, reader=request.asked_by, now=now, outcome=OUTCOMES[found])
    if found == files.SAME:
        trace.save(actor, request, "state", act="opened")
    elif item.state != states.DAMAGED:
        item.state = states.DAMAGED
        trace.save(actor, item, "state", act="a file was found changed or gone")
        tell_keeper(item, now)
    return found, data


def tell_keeper(item, now):
    """The keeper has to look after an item whose file is not what was filed, by the end of the next working day of its hall."""
    if item.keeper_id:
        duties.make([Duty(schedule=ACCESS, slot=f"damaged {now:%Y-%m-%d %H:%M}", kind="archive_item", record_id=item.pk, hall=item.hall,
                          employee=item.keeper, starts_at=now, due_at=calendar.end_of_working_day(item.hall, now))])


def _readable_by(actor, request, now):
    """Refuse whoever did not ask, what is not for reading, and what has run out, also where the clock has not come by yet."""
    if request.asked_by_id != actor.user.employee.pk:
        raise Refused(_("Only who asked may read. Ask for access yourself."))
    if request.what != AccessRequest.What.READ:
        raise Refused(_("This request is not for reading. Ask to read separately."))
    _not_run_out(request, now)


def _not_run_out(request, now):
    if request.ends_at <= now:
        raise Refused(_("This access has run out. Ask again."))


def _log(request, item, *, reader, now, outcome, file=None, noted_by=None):
    return ArchiveOpening.objects.create(request=request, item=item, file=file, reader=reader, noted_by=noted_by, at=now, place=request.place, outcome=outcome)


@transaction.atomic
def note_reading(actor, request, item, *, now):
    """The keeper has laid the papers out at the place of the request, and notes that they were read."""
    request = _locked(request, "open")
    if request.what != AccessRequest.What.READ:
        raise Refused(_("This request is not for reading. Ask to read separately."))
    _not_run_out(request, now)
    if request.asked_by_id == actor.user.employee.pk:
        raise Refused(_("Nobody notes their own reading. Ask whoever keeps the archive with you."))
    if item.place != ArchiveItem.Place.CABINET or not request.items.filter(pk=item.pk).exists():
        raise Refused(_("These papers are not part of the request."))
    trace.save(actor, request, "state", act="opened")
    return _log(request, item, reader=request.asked_by, noted_by=actor.user.employee, now=now, outcome="paper")


@transaction.atomic
def end(actor, request, *, now):
    """Whoever asked needs it no longer."""
    return trace.save(actor, _locked(request, "end"), "state", act="access ended")


@transaction.atomic
def expire(actor, *, now):
    """Close what has run out; returns how many requests that were."""
    rows = AccessRequest.objects.select_for_update(skip_locked=True).filter(state__in=states.RUNNING, ends_at__lte=now)
    for request in rows:
        request.state = states.EXPIRED
        trace.save(actor, request, "state", act="access ran out")
    return len(rows)


@transaction.atomic
def hand_out(actor, request, *, now):
    """The keeper gives out the copy, or lends the papers; they are due back when the access ends."""
    request = _locked(request, "hand_out")
    if request.what == AccessRequest.What.READ:
        raise Refused(_("This request is for reading at its place. A copy or a loan is asked for and approved separately."))
    _not_run_out(request, now)
    if request.asked_by_id == actor.user.employee.pk:
        raise Refused(_("Nobody hands out to themselves. Ask whoever keeps the archive with you."))
    request.handed_out_at = now
    trace.save(actor, request, "state", "handed_out_at", act="handed out")
    duties.make([Duty(schedule=ACCESS, slot=f"{request.number} return", kind=KIND, record_id=request.pk, hall=request.hall, employee=request.asked_by,
                      starts_at=now, due_at=request.ends_at)])
    return request


@transaction.atomic
def take_back(actor, request, *, now):
    """The keeper has it back."""
    request = _locked(request, "take_back")
    if request.asked_by_id == actor.user.employee.pk:
        raise Refused(_("Whoever borrowed it does not take it back. Ask whoever keeps the archive with you."))
    request.returned_at = now
    trace.save(actor, request, "state", "returned_at", act="returned")
    duties.finish(actor, KIND, request.pk, now=now)
    return request
