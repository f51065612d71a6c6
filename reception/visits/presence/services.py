"""The verbs of an evacuation: begin it, count who is outside, add who was not on the list, end it."""
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from simple_history.utils import bulk_create_with_history

from config.accounts import trace
from config.errors import Refused
from reception.visits.models import Visit
from reception.visits.presence import queries
from reception.visits.presence.models import Evacuation, EvacuationPerson
from staff.organisation.models import Hall
from staff.shifts.queries import on_duty


@transaction.atomic
def start(actor, hall, *, kind, now):
    """People leave `hall` now: the list of everybody in it is written down as it stands and does not change with the visits any more.

    Refused while another evacuation of the hall runs.
    """
    hall = Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    if Evacuation.objects.running_in(hall.pk).exists():
        raise Refused(_("An evacuation of “%(hall)s” is running already. Count the people on its list.") % {"hall": hall})
    evacuation = trace.save(actor, Evacuation(hall=hall, kind=kind, started_at=now, started_by=actor.user), act="started")
    people = [*map(line_of_visit, queries.visits_in(hall)), *map(line_of_shift, on_duty(hall, now))]
    for order, line in enumerate(people):
        line.evacuation, line.order = evacuation, order
    bulk_create_with_history(people, EvacuationPerson, default_user=actor.user, default_change_reason="listed")
    return evacuation


def line_of_visit(visit: Visit):
    """A party of visitors as a line: who, how many, where and with whom they were."""
    legs = visit.legs.all()
    return EvacuationPerson(kind=EvacuationPerson.Kind.VISITOR, visit=visit, name=visit.shown_name[:80], people=visit.party_size, area=visit.area,
                            host=visit.adviser, ticket=legs[0].ticket if legs else "")


def line_of_shift(shift):
    """Somebody on shift as a line."""
    return EvacuationPerson(kind=EvacuationPerson.Kind.STAFF, employee=shift.employee, name=shift.employee.name, post=shift.post)


def _running(evacuation):
    """The evacuation, locked; refused once it has ended."""
    evacuation = Evacuation.objects.select_for_update(no_key=True, of=("self",)).select_related("hall").get(pk=evacuation.pk)
    if evacuation.ended_at is not None:
        raise Refused(_("This evacuation has ended. Its list is a record and stays as it is."))
    return evacuation


@transaction.atomic
def count(actor, person, *, found, now):
    """`found` of the people of this line are outside; 0 takes the tick back. Saying the same twice changes nothing."""
    _running(person.evacuation)
    person = EvacuationPerson.objects.select_for_update().get(pk=person.pk)
    if not 0 <= found <= person.people:
        raise Refused(_("This line stands for %(n)s people. Count at most as many.") % {"n": person.people})
    if found == person.found:
        return person
    person.found, person.found_at, person.found_by = found, now if found else None, actor.user if found else None
    return trace.save(actor, person, "found", "found_at", "found_by", act="counted")


@transaction.atomic
def add(actor, evacuation, *, name, people, safe, now):
    """Somebody who was in the hall and on no list (a courier, a fitter); `safe` when they are outside already."""
    evacuation = _running(evacuation)
    person = EvacuationPerson(
        evacuation=evacuation, kind=EvacuationPerson.Kind.OTHER, name=name, people=people, found=people if safe else 0,
        found_at=now if safe else None, found_by=actor.user if safe else None, order=evacuation.people.count())
    return trace.save(actor, person, act="added")


@transaction.atomic
def end(actor, evacuation, *, note, now):
    """The evacuation is over. While somebody is missing, a note has to say what is known of them."""
    evacuation = _running(evacuation)
    missing = sum(line.missing for line in evacuation.people.all())
    if missing and not note:
        raise Refused(ngettext("%(n)s person is not counted yet. Count them, or write into the note what is known of them.",
                               "%(n)s people are not counted yet. Count them, or write into the note what is known of them.",
                               missing) % {"n": missing}, field="note")
    evacuation.ended_at, evacuation.ended_by, evacuation.note = now, actor.user, note
    trace.save(actor, evacuation, act="ended")
    return evacuation
