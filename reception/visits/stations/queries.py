"""What kiosk, display and waiting page show. The viewer is whoever stands in front: numbers and services, never a name of another."""
import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db.models import Avg, Count, F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from config.accounts.access import reach
from reception.customers.models import Customer
from reception.visits import calling, queries, states
from reception.visits.models import Purpose, ServiceLeg, Visit
from reception.visits.queue import waiting_legs
from reception.visits.stations import keys, rules
from reception.visits.stations.models import HallKiosk, KioskNotice, Station
from staff.organisation import hours
from staff.organisation.models import Hall, Service
from staff.regulation import calendar, values

CALLED_SHOWN, WAITING_SHOWN, LOOKED_THROUGH = 4, 5, 200
PACE_DAYS, PACE_KEPT = 7, 60  # days that an average looks back; seconds it is kept
COUNTER_ACTIVE = datetime.timedelta(hours=1)
SAME_PHONE = 4  # files that share a number and are offered at a kiosk; with more, nobody is asked


def running(kind, key):
    """The running station of a kind with this key, with its hall, or None."""
    return Station.objects.select_related("hall").filter(kind=kind, key_hash=keys.hash_of(key), revoked_at=None).first()


def settings_of(hall):
    """The settings of a hall's stations; the delivered ones where nobody set any."""
    return HallKiosk.objects.filter(hall=hall).first() or HallKiosk(hall=hall, version=0)


def silent(hall, now):
    """Whether these are the hours in which the hall hears no call."""
    settings = settings_of(hall)
    return rules.in_span(timezone.localtime(now, ZoneInfo(hall.timezone)).time(), settings.mute_from, settings.mute_until)


@dataclass(frozen=True)
class Notice:
    """What a visitor is told: its number (0 for the house's own text) and the words in the active language."""

    number: int
    text: str


def notice_of(hall, now):
    """The notice of purpose that stands today."""
    written = KioskNotice.objects.filter(hall=hall).first()
    return Notice(written.number if written else 0, str(written.text) if written and str(written.text) else house_notice(hall, now))


def house_notice(hall, now):
    """The text that stands where a hall wrote none: who, what for, how long, and how to ask (PIPL 17)."""
    day = hall.day_of(now)
    held = values.several(["organization_name", "customer_data_retention_years"], day, hall)
    facts = {"company": held["organization_name"], "years": held["customer_data_retention_years"], "phone": hall.phone}
    text = _("%(company)s uses what you enter here to call and serve you, and nothing else. Only staff who serve you see it; it is kept for at "
             "most %(years)s years. You may leave out what is marked as optional and are served all the same.") % facts
    ask = _("Ask at the reception desk or on %(phone)s to see, correct or erase what is kept.") if hall.phone else _(
        "Ask at the reception desk to see, correct or erase what is kept.")
    return _("%(notice)s %(ask)s") % {"notice": text, "ask": ask % facts}


@dataclass(frozen=True)
class Choice:
    """One thing a visitor may have come for: the purpose that is logged and the service the ticket is for."""

    key: str
    label: str
    purpose: Purpose
    service: Service


def choices(hall):
    """What can be chosen at the kiosk of a hall: the purposes whose service it offers, then offered services that no purpose names."""
    offered = {offer.service_id: offer.service for offer in hall.offers.select_related("service")}
    purposes = list(Purpose.objects.filter(is_active=True))
    found = [Choice(f"p{one.pk}", str(one), one, offered[one.service_id]) for one in purposes if one.service_id in offered]
    other = next((one for one in purposes if one.service_id is None), None)
    named = {choice.service.pk for choice in found}
    return found + [Choice(f"s{pk}", str(service), other, service) for pk, service in offered.items() if other and pk not in named]


def known_by(phones, hall):
    """The files of this hall that have exactly one of these numbers, at most SAME_PHONE; none when even more share it."""
    numbers = [phone.e164 for phone in phones if phone.e164]
    if not numbers:
        return []
    files = Customer.objects.filter(contacts__value__in=numbers, halls__hall=hall, merged_into=None).distinct().order_by("-last_seen_at", "-pk")
    found = list(files[:SAME_PHONE + 1])
    return found if len(found) <= SAME_PHONE else []


def opening(hall, now):
    """The opening hours of today in words: {'open', 'words', 'hours'}."""
    local = timezone.localtime(now, ZoneInfo(hall.timezone))
    spans = calendar.spans_on(hall, local.date()) if hall.is_open_on(local.date()) else []
    is_open, turn = rules.open_now(spans, local.hour * 60 + local.minute)
    if is_open:
        words = _("Open until %(time)s") % {"time": hours.clock(turn)}
    elif turn is not None:
        words = _("Closed now, opens at %(time)s") % {"time": hours.clock(turn)}
    else:
        words = _("Closed for today")
    return {"open": is_open, "words": words, "hours": hours.shown(sorted(spans))}


def pace(hall, day):
    """{service id: (average seconds with a visitor, visitors)} of the last days; kept for a minute, since every screen asks."""
    name = f"pace:{hall.pk}:{day}"
    found = cache.get(name)
    if found is None:
        done = ServiceLeg.objects.filter(hall=hall, day__gt=day - datetime.timedelta(days=PACE_DAYS), day__lte=day, state=states.DONE, assumed=False,
                                         started_at__isnull=False, ended_at__isnull=False)
        rows = done.order_by().values_list("service").annotate(each=Avg(F("ended_at") - F("started_at")), n=Count("pk"))
        found = {service: (each.total_seconds(), n) for service, each, n in rows}
        cache.set(name, found, PACE_KEPT)
    return found


def counters(hall, day, now):
    """{service id: how many people serve it now}: who has a ticket of it in hand, or finished one within the last hour."""
    active = Q(state__in=states.IN_HAND) | Q(ended_at__gte=now - COUNTER_ACTIVE)
    rows = ServiceLeg.objects.filter(active, hall=hall, day=day, employee__isnull=False).order_by()
    return dict(rows.values_list("service").annotate(n=Count("employee", distinct=True)))


@dataclass(frozen=True)
class Estimate:
    """How long until the call: people ahead, minutes or None, and what it was reckoned from."""

    ahead: int
    minutes: int | None
    each: int
    counters: int


def estimates(hall, day, now):
    """A function (service id, people ahead) -> Estimate for one hall at one moment."""
    paces, serving = pace(hall, day), counters(hall, day, now)

    def of(service_id, ahead):
        seconds, served = paces.get(service_id, (0, 0))
        count = max(1, serving.get(service_id, 0))
        return Estimate(ahead, rules.estimate(ahead, seconds, served, count), max(1, round(seconds / 60)), count)
    return of


def wall(hall, settings, now):
    """Everything the display shows, in a number of statements that does not grow with the day; numbers only."""
    day = hall.day_of(now)
    local = timezone.localtime(now, ZoneInfo(hall.timezone)).time()
    called = ServiceLeg.objects.filter(hall=hall, day=day, called_at__isnull=False, post__isnull=False).exclude(state__in=[states.QUEUED, states.PARKED])
    rows = list(called.select_related("post").annotate(now_called=Q(state=states.CALLED)).order_by("-now_called", "-called_at", "-pk")[:CALLED_SHOWN])
    waiting = calling.sequence(list(waiting_legs(hall, day)[:LOOKED_THROUGH]), hall, now)
    of, before = estimates(hall, day, now), {}
    for leg in waiting:
        leg.estimate = of(leg.service_id, before.get(leg.service_id, 0))
        before[leg.service_id] = leg.estimate.ahead + 1
    return {"now": now, "hall": hall, "settings": settings, "called": [call_words(leg, settings) for leg in rows], "waiting": waiting[:WAITING_SHOWN],
            "waiting_count": len(waiting), "served": ServiceLeg.objects.filter(hall=hall, day=day, state=states.DONE).count(),
            "opening": opening(hall, now), "muted": rules.in_span(local, settings.mute_from, settings.mute_until),
            "night": rules.in_span(local, settings.night_from, settings.night_until)}


def call_words(leg, settings):
    """One call as the display shows and speaks it. Its `key` changes with every call and recall, by which the display knows a new one."""
    words, number = rules.apart(str(leg.post))
    spoken = {"zh_en": ("zh-hans", "en"), "zh": ("zh-hans",), "en": ("en",)}.get(settings.spoken, ())
    return {"ticket": leg.ticket, "words": words, "number": number, "at": leg.called_at, "now": leg.state == states.CALLED,
            "key": f"{leg.ticket}/{leg.calls}/{leg.called_at:%H%M%S}", "say": [{"lang": code, "text": sentence(leg, code)} for code in spoken]}


def sentence(leg, code):
    """The call as it is spoken in a language; figures of the ticket stand apart, so that voices read them one by one."""
    with translation.override(code):
        return _("Number %(ticket)s, go to %(post)s.") % {"ticket": " ".join(leg.ticket), "post": leg.post}


def waiting_visit(key):
    """The visit behind the key of a waiting page, with its hall; None for a key that was altered."""
    code = keys.code_of(key)
    return Visit.objects.select_related("hall").filter(public_code=code).first() if code else None


def standing(visit, now):
    """Where the tickets of a visit stand, oldest first, each with its place and estimate while it waits."""
    legs = list(visit.legs.select_related("service", "post").order_by("queued_at", "pk"))
    ahead = queries.people_ahead(legs, now)
    of = estimates(visit.hall, visit.hall.day_of(now), now) if ahead else None
    for leg in legs:
        leg.estimate = of(leg.service_id, ahead[leg.pk]) if leg.pk in ahead else None
        leg.place = leg.estimate.ahead + 1 if leg.estimate else None
    return legs


def rejoin_until(leg):
    """Until when a visitor who missed the call may come back with the old place."""
    return leg.ended_at + datetime.timedelta(minutes=values.value("no_show_rejoin_minutes", leg.day, leg.hall_id))


def halls_kept(user, capability):
    """The halls whose stations this person may see or keep."""
    far = reach(user, capability)
    return (Hall.objects.all() if far.everything else Hall.objects.filter(pk__in=far.halls)).order_by("pk")
