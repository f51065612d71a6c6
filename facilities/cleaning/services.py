"""Verbs on cleaning rounds: ticking, finishing, checking, sending back, explaining a missed one (FAC-05, lifecycles.md)."""
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.web.templatetags.hk import day
from facilities.cleaning import states
from facilities.cleaning.models import CleaningRound, RoundItem
from staff.duties import ladder
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.notifications import services as notifications
from staff.notifications.services import News
from staff.regulation import calendar

KIND, DAILY, CLEANERS, RETURNED = "cleaning_round", "SCH-01", "logistics", "round-returned"
DAY = timedelta(days=1)


def _locked(rnd, verb):
    """The round, locked, if it may go that way now."""
    rnd = CleaningRound.objects.select_for_update(of=("self",)).select_related("hall").get(pk=rnd.pk)
    rnd.state = states.TABLE[verb].apply(rnd.state, _("This round is “%(state)s” by now. Look at it again.") % {"state": rnd.get_state_display()})
    return rnd


@transaction.atomic
def tick(actor, rnd, item, *, ticked, now):
    """Tick a surface, or take the tick back. The first one begins the round."""
    was, rnd = rnd.state, _locked(rnd, "tick")
    item = RoundItem.objects.select_for_update().get(pk=item.pk, round=rnd)
    if bool(item.ticked_at) == ticked:
        return item
    item.ticked_at, item.ticked_by = (now, actor.user.employee) if ticked else (None, None)
    item.save(update_fields=["ticked_at", "ticked_by"])
    if rnd.started_at is None:
        rnd.started_at = now
        trace.save(actor, rnd, "state", "started_at", act="begun")
    elif was == states.RETURNED:
        trace.save(actor, rnd, "state", act="begun again")
    return item


@transaction.atomic
def finish(actor, rnd, *, now):
    """The round is done: every surface is ticked."""
    rnd = _locked(rnd, "finish")
    left = RoundItem.objects.filter(round=rnd, ticked_at=None).count()
    if left:
        raise Refused(_("%(n)s surfaces are not ticked yet. Tick them, then finish.") % {"n": left})
    rnd.done_at, rnd.done_by = now, actor.user.employee
    trace.save(actor, rnd, "state", "done_at", "done_by", act="done")
    duties.finish(actor, KIND, rnd.pk, now=now)
    return rnd


@transaction.atomic
def check(actor, rnd, *, score, now):
    """The hall manager has looked: 0 to 100 points. Nobody checks what they cleaned themselves."""
    rnd = _locked(rnd, "check")
    _another(actor, rnd)
    rnd.score, rnd.checked_by = score, actor.user.employee
    return trace.save(actor, rnd, "state", "score", "checked_by", act="checked")


@transaction.atomic
def send_back(actor, rnd, *, reason, now):
    """It is not clean: to be done again until the hall closes next, with the reason. Ticks are taken back, so that each is looked at anew."""
    rnd = _locked(rnd, "send_back")
    _another(actor, rnd)
    person, rnd.reason, rnd.done_at, rnd.done_by = rnd.done_by, reason, None, None
    RoundItem.objects.filter(round=rnd).update(ticked_at=None, ticked_by=None)
    trace.save(actor, rnd, "state", "reason", "done_at", "done_by", act="sent back", reason=reason)
    told = {"day": day(rnd.day), "hall": str(rnd.hall), "reason": reason}
    notifications.tell(RETURNED, [News(person.user, f"{rnd.pk}:{now:%Y%m%d%H%M%S}", (KIND, rnd.pk), told)], now=now)
    duties.make([Duty(schedule=DAILY, slot=f"{rnd.day.isoformat()} again {now:%d %H:%M:%S}", kind=KIND, record_id=rnd.pk, hall=rnd.hall,
                      starts_at=now, **whose(rnd.hall, rnd.hall_id in ladder.halls_with(CLEANERS, now.date())), due_at=_next_closing(rnd.hall, now))])
    return rnd


def whose(hall, staffed):
    """Whom the cleaning of a hall is for, as facts of a duty: its logistics, or its manager where it is not staffed with them."""
    return {"role": CLEANERS} if staffed or not hall.manager_id else {"employee_id": hall.manager_id}


def _next_closing(hall, now):
    """When the hall closes next; a day from now where it does not open within a week."""
    days = calendar.of(hall)
    ends = (spans[-1][1] for n in range(8) if (spans := days.intervals(days.day_of(now) + n * DAY)))
    return next((end for end in ends if end > now), now + DAY)


def _another(actor, rnd):
    if rnd.done_by_id == actor.user.employee.pk:
        raise Refused(_("Nobody checks what they cleaned themselves. Ask somebody else who may."))


@transaction.atomic
def explain(actor, rnd, *, reason, now):
    """Why a missed round was missed, entered by logistics afterwards."""
    rnd = _locked(rnd, "explain")
    rnd.reason = reason
    trace.save(actor, rnd, "reason", act="explained", reason=reason)
    duties.explain(actor, KIND, rnd.pk, reason=reason, now=now)
    return rnd


@transaction.atomic
def miss(actor, ids, *, now):
    """The hall has closed over these rounds; what is ticked stays."""
    for rnd in CleaningRound.objects.select_for_update().filter(pk__in=ids, state__in=states.OPEN):
        rnd.state = states.MISSED
        trace.save(actor, rnd, "state", act="missed")
