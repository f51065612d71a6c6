"""Verbs on stations, and the arrival of a visitor who logs the own visit."""
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.accounts.actor import Actor
from config.errors import Refused
from config.numbers.services import token
from config.web.texts import Text
from config.web.versions import claim_version
from reception.visits import services
from reception.visits.recording import record
from reception.visits.stations.keys import hash_of
from reception.visits.stations.models import HallKiosk, KioskNotice, Station

SETTINGS = ("phone", "name", "company", "party_size", "language", "theme", "spoken", "repeats", "volume", "mute_from", "mute_until", "night_from",
            "night_until")
SEEN_EVERY = timedelta(seconds=30)


@transaction.atomic
def set_up(actor, *, hall, kind, name, now):
    """A new station; returns it with its key, which is told this once and never again."""
    key = token()
    station = Station(hall=hall, kind=kind, name=name, key_hash=hash_of(key), created_at=now, created_by=actor.user)
    return trace.save(actor, station, act="set up"), key


@transaction.atomic
def new_key(actor, station, *, now):
    """Give a running station another key, told this once; the screen with the old one goes dark."""
    station = Station.objects.select_for_update(of=("self",)).get(pk=station.pk)
    if station.revoked_at:
        raise Refused(_("This station was taken out of use. Set up a new one."))
    key = token()
    station.key_hash, station.seen_at, station.version = hash_of(key), None, station.version + 1
    return trace.save(actor, station, act="new key"), key


@transaction.atomic
def revoke(actor, station, *, now):
    """Take a station out of use: from now on its address shows nothing."""
    station = Station.objects.select_for_update(of=("self",)).get(pk=station.pk)
    if station.revoked_at:
        raise Refused(_("This station was taken out of use already."))
    station.revoked_at, station.version = now, station.version + 1
    return trace.save(actor, station, act="taken out of use")


def seen(station, *, now):
    """Note that the screen of a station is alive: a figure, no fact, and so without history."""
    Station.objects.filter(pk=station.pk).exclude(seen_at__gt=now - SEEN_EVERY).update(seen_at=now)


@transaction.atomic
def change_settings(actor, hall, *, version, notice, now, **settings):
    """What the kiosk of a hall asks, how its display looks and speaks, and the notice of purpose.

    A changed notice is a new version; the earlier ones stay as visitors read them. `version` is 0 for a hall without settings so far.
    """
    kept = HallKiosk.objects.select_for_update().filter(hall=hall).first()
    if kept is None:
        kept = HallKiosk(hall=hall, version=0)
    claim_version(kept, version)
    for name in SETTINGS:
        setattr(kept, name, settings[name])
    for first, last in (("mute_from", "mute_until"), ("night_from", "night_until")):
        if (settings[first] is None) != (settings[last] is None):
            raise Refused(_("A span of the day needs both its ends. Enter the other one too, or leave both empty."),
                          field=first if settings[first] is None else last)
    trace.save(actor, kept, act="changed")
    newest = KioskNotice.objects.filter(hall=hall).first()
    if Text(notice) != (newest.text if newest else Text()):
        KioskNotice.objects.create(hall=hall, number=newest.number + 1 if newest else 1, text=notice, written_at=now, written_by=actor.user)
    return kept


@transaction.atomic
def arrive(station, choice, *, own_phone, notice, now, customer=None, phones=(), name="", company="", party_size=None, stranger=False):
    """Log the visit of somebody who stands at a kiosk, or came from its code with the own phone; the ticket is for `choice`.

    `customer` is the file that the visitor said is theirs; without one, what was typed opens a new one. A `stranger` said of the files
    with that number that they are not theirs: without a name the number means no appointment either. `notice` is the number of
    the notice of purpose that was shown. Refused like any log_visit.
    """
    actor = Actor(user=None, channel="kiosk", name=str(station))
    known = {"name": name, "phones": phones, "company": company} if phones or company else None
    visit = services.log_visit(
        actor, hall=station.hall, purpose=choice.purpose, service=choice.service, party_size=party_size or 1, now=now, customer=customer,
        new_customer=None if customer else known, visitor_name="" if customer or known else name,
        appointment=False if stranger and not name else None)
    record(actor, visit, "checked_in", at=now, detail={"station": station.pk, "notice": notice, "own_phone": own_phone})
    return visit
