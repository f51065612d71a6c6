"""Verbs on archive items: filing, putting away, destroying by two, and who keeps the archive of a hall (REC-79, GEN-11, lifecycles.md)."""
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts import trace
from config.accounts.access import may
from config.errors import Refused
from config.numbers.services import next_number
from staff.archive import kinds, states
from staff.archive.models import ArchiveItem, HallArchive
from staff.archive.permissions import Can
from staff.archive.services.files import row_of
from staff.regulation import values

SERIES = "AR"


def keeper_of(hall):
    """Who keeps the archive of a hall: the person named for it, else its manager; None for neither."""
    if hall is None:
        return None
    named = HallArchive.objects.filter(hall=hall).select_related("keeper").first()
    return named.keeper if named else hall.manager


def keep_until(day, hall):
    """The last day on which what is of `day` has to be kept."""
    years = values.value("archive_retention_years", day, hall)
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@transaction.atomic
def file(actor, *, kind, title, day, hall, now, subject=("", None), files=(), cabinet="", shelf="", keeper=None, owner=None, confidentiality=""):
    """Take something into the archive and give it its number. `kind` is one of kinds.KINDS; `subject` the (kind, id) of the record it is of;
    `files` are Kept. Without files and without a cabinet it is received, and waits for its keeper to put it away."""
    place = "cabinet" if cabinet else "electronic" if files else ""
    if not place and hall is None:
        raise Refused(_("Papers lie in a hall. Choose the hall, or hand in a file."))
    employee = actor.user.employee if actor.user else None
    item = ArchiveItem(
        number=next_number(SERIES, now.year), kind=kind, subject_kind=subject[0], subject_id=subject[1], title=title, day=day, hall=hall, place=place,
        cabinet=cabinet, shelf=shelf if cabinet else "", keeper=keeper or keeper_of(hall), owner=owner, keep_until=keep_until(day, hall),
        confidentiality=confidentiality or kinds.KINDS[kind].confidentiality, state=states.FILED if place else states.RECEIVED, filed_at=now,
        filed_by=employee)
    trace.save(actor, item, act="filed in the archive")
    for kept in files:
        row_of(item, kept).save()
    return item


def _locked(item, verb):
    item = ArchiveItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    item.state = states.ITEM[verb].apply(item.state, _("This item is “%(state)s” by now. Look at it again.") % {"state": item.get_state_display()})
    return item


@transaction.atomic
def put_away(actor, item, *, cabinet, shelf, now):
    """The papers lie in this cabinet now; what was missing or damaged is in its place again."""
    item = _locked(item, "put_away")
    if item.place == ArchiveItem.Place.ELECTRONIC:
        raise Refused(_("This item is kept as files. It has no cabinet."))
    item.place, item.cabinet, item.shelf = ArchiveItem.Place.CABINET, cabinet, shelf
    return trace.save(actor, item, "state", "place", "cabinet", "shelf", act="put away")


@transaction.atomic
def ask_destruction(actor, item, *, reason, now):
    """The first of two people says that the time of keeping is over."""
    item = _locked(item, "ask_destruction")
    if item.keep_until >= timezone.localtime(now).date():
        raise Refused(_("This item is kept until %(day)s. It is destroyed after that day.") % {"day": item.keep_until.isoformat()})
    item.destruction_asked_by = actor.user.employee
    return trace.save(actor, item, "destruction_asked_by", act="destruction asked", reason=reason)


@transaction.atomic
def destroy(actor, item, *, now):
    """The second person destroys it: the bytes of its files go, what it was and its checksums stay."""
    item = _locked(item, "destroy")
    if item.destruction_asked_by_id is None:
        raise Refused(_("Nobody has asked for the destruction yet. Ask first; another person then destroys it."))
    if item.destruction_asked_by_id == actor.user.employee.pk:
        raise Refused(_("Two people destroy an item. Ask somebody else who keeps the archive."))
    item.destroyed_by, item.destroyed_on = actor.user.employee, timezone.localtime(now).date()
    trace.save(actor, item, "state", "destroyed_by", "destroyed_on", act="destroyed")
    for kept in item.files.all():
        transaction.on_commit(lambda kept=kept: kept.file.storage.delete(kept.file.name))
    return item


@transaction.atomic
def name_keeper(actor, hall, *, keeper, now):
    """Name who keeps the archive of a hall; only somebody whose role files things can."""
    if keeper.user is None or not may(keeper.user, Can.EDIT):
        raise Refused(_("%(name)s has no right to keep archives. Choose somebody else, or give the role first.") % {"name": keeper.name}, field="keeper")
    archive = HallArchive.objects.select_for_update().filter(hall=hall).first() or HallArchive(hall=hall)
    archive.keeper = keeper
    return trace.save(actor, archive, act="keeper named")
