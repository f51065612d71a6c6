"""Verbs on parameters: asking for another value, confirming, declining and taking it back (GEN-05, FIELD 2.7 rows 9, 10 and 12).

A value holds from a day that is today or comes later: nothing that was judged before is judged anew.
"""
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from staff.organisation.standing import deciding
from staff.regulation import values
from staff.regulation.models import ParameterValue
from staff.regulation.parameters import kinds, states, words
from staff.regulation.parameters.events import change_asked, change_decided, change_withdrawn
from staff.regulation.parameters.models import ParameterChange
from staff.regulation.parameters.proposing import may_ask
from staff.regulation.permissions import Can

DAY = timedelta(days=1)


@transaction.atomic
def ask(actor, key, *, asked, hall=None, position=None, valid_from, reason, now):
    """Ask for the values `asked` ({key: value}, all that change together with `key`) at a place from a day on; None ends each of them there."""
    if not may_ask(actor.user, hall and hall.pk):
        raise Refused(_("Values of the company are asked for by human resources, those of a hall also by its manager. Choose your hall."), field="hall")
    check_place(key, hall, position)
    check_day(hall, valid_from, now)
    asked = check_values(key, asked, hall, position, valid_from)
    check_free(list(asked), hall, position, valid_from)
    change = ParameterChange(subject=kinds.together(key)[0], values={one: kinds.stored(value) for one, value in asked.items()}, hall=hall,
                             position=position, valid_from=valid_from, reason=reason, asked_by=actor.user, asked_at=now)
    try:
        with transaction.atomic():
            trace.save(actor, change, act="change asked", reason=reason)
    except IntegrityError as doubled:
        raise Refused(_("A change of this waits for confirmation already. Have it decided, or take it back first.")) from doubled
    change_asked.send(sender=ParameterChange, change_id=change.pk, actor=actor, now=now)
    return change


def check_place(key, hall, position):
    """A position has values of its own only where the regulation lets it; raises UnknownParameter."""
    if position and not all(kinds.of(one).get("position") for one in kinds.together(key)):
        raise Refused(_("“%(what)s” is the same for all positions. Choose a hall, or the whole company.") % {"what": words.meaning(key)}, field="position")


def check_day(hall, day, now):
    """Today or later, by the day of the hall."""
    today = hall.day_of(now) if hall else timezone.localtime(now).date()
    if day < today:
        raise Refused(_("What has passed keeps the value of its day. Choose today or a later day."), field="valid_from")
    if hall and hall.active_until and day > hall.active_until:
        raise Refused(_("“%(hall)s” is closed by then. Choose an earlier day.") % {"hall": hall}, field="valid_from")


def check_values(key, asked, hall, position, day):
    """The asked values as they are counted with, if each is allowed, they fit together, and something changes by them."""
    bound = kinds.together(key)
    if set(asked) != set(bound):
        raise Refused(_("These change together: %(names)s. Enter each of them.") % {"names": ", ".join(words.meaning(one) for one in bound)})
    ended = [value is None for value in asked.values()]
    if any(ended):
        return check_end(asked, hall, position, day, every=all(ended))
    asked = {one: values.exact(asked[one]) for one in bound}
    for one, value in asked.items():
        if sentence := kinds.problem(one, value):
            raise Refused(sentence, field=one)
    if found := kinds.problem_together(asked):
        raise Refused(found[1], field=found[0])
    held = values.several(bound, day, hall, position) == asked
    if held and ((hall is None and position is None) or own_rows(bound, hall, position).filter(values.running(day)).exists()):
        raise Refused(_("These values hold on that day already. Enter others, or leave it."), field=key)
    return asked


def check_end(asked, hall, position, day, *, every):
    """Ending is for a place below the company that has values of its own on that day."""
    if not every or (hall is None and position is None):
        raise Refused(_("The company's values hold everywhere and do not end. Enter new ones."))
    if not own_rows(asked, hall, position).filter(values.running(day), valid_until=None, valid_from__lt=day).exists():
        raise Refused(_("There is no value of its own that could end on that day. Choose another day."), field="valid_from")
    return asked


def own_rows(keys, hall, position):
    """The rows of exactly this place."""
    return ParameterValue.objects.filter(key__in=keys, hall=hall, position=position)


def check_free(keys, hall, position, day):
    """Nothing else begins at this place on that day."""
    if own_rows(keys, hall, position).filter(valid_from=day).exists():
        raise Refused(_("Another value begins there on %(day)s. Choose another day, or take that one back first.") % {"day": date_format(day)},
                      field="valid_from")


def locked(change, verb):
    """The change, locked, moved along `verb` if it may go that way."""
    row = ParameterChange.objects.select_for_update(of=("self",)).select_related("hall", "position", "asked_by").get(pk=change.pk)
    row.state = states.TABLE[verb].apply(row.state, _("This change is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()})
    return row


def second(actor, change):
    """The actor with whom they represent: two people stand behind each value."""
    if actor.user is None or actor.user.pk == change.asked_by_id:
        raise Refused(_("You asked for this yourself. Somebody else of human resources has to decide it."))
    return deciding(actor, Can.EDIT, change.hall_id, change.asked_by)


@transaction.atomic
def confirm(actor, change, *, now):
    """waiting -> confirmed: the values hold from their day on."""
    row = locked(change, "confirm")
    actor = second(actor, row)
    check_day(row.hall, row.valid_from, now)
    check_free(list(row.values), row.hall, row.position, row.valid_from)
    row.decided_by, row.decided_at = actor.user, now
    trace.save(actor, row, "state", "decided_by", "decided_at", act="confirmed")
    if row.ends:
        end_values(actor, row)
    else:
        begin_values(actor, row)
    change_decided.send(sender=ParameterChange, change_id=row.pk, actor=actor, now=now)
    return row


def begin_values(actor, change):
    """Write the confirmed values. Where an end of the place was confirmed for a later day, it ends them too."""
    for key, value in change.values.items():
        before = own_rows([key], change.hall, change.position).filter(values.running(change.valid_from)).order_by("-valid_from").first()
        row = ParameterValue(key=key, value=value, whole=kinds.whole_of(key), hall=change.hall, position=change.position,
                             valid_from=change.valid_from, valid_until=before and before.valid_until, reason=change.reason,
                             entered_by=change.asked_by, change=change)
        trace.save(actor, row, act="confirmed", reason=change.reason)


def end_values(actor, change):
    """What the place has of its own ends on the day before."""
    for row in own_rows(change.values, change.hall, change.position).select_for_update().filter(values.running(change.valid_from)):
        row.valid_until = change.valid_from - DAY
        trace.save(actor, row, "valid_until", act="ended", reason=change.reason)


@transaction.atomic
def decline(actor, change, *, answer, now):
    """waiting -> declined, with the reason told to who asked."""
    row = locked(change, "decline")
    actor = second(actor, row)
    row.decided_by, row.decided_at, row.answer = actor.user, now, answer
    trace.save(actor, row, "state", "decided_by", "decided_at", "answer", act="declined", reason=answer)
    change_decided.send(sender=ParameterChange, change_id=row.pk, actor=actor, now=now)
    return row


@transaction.atomic
def withdraw(actor, change, *, reason, now):
    """Take back what waits, or what was confirmed and has not begun: what holds until then goes on."""
    row = locked(change, "withdraw")
    confirmed = row.decided_at is not None
    today = row.hall.day_of(now) if row.hall else timezone.localtime(now).date()
    if confirmed and row.valid_from <= today:
        raise Refused(_("These values have begun to hold. Ask for others from a later day."))
    for value in ParameterValue.objects.select_for_update().filter(change=row):
        trace.delete(actor, value, act="taken back", reason=reason)
    if confirmed and row.ends:
        for value in own_rows(row.values, row.hall, row.position).select_for_update().filter(valid_until=row.valid_from - DAY):
            value.valid_until = None
            trace.save(actor, value, "valid_until", act="taken back", reason=reason)
    row.answer = reason
    trace.save(actor, row, "state", "answer", act="taken back", reason=reason)
    change_withdrawn.send(sender=ParameterChange, change_id=row.pk, actor=actor, reason=reason, now=now)
    return row
