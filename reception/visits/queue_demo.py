"""Who is expected, how the posts stand and who goes first, in the halls of the demo that are fully alive."""
import datetime

from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from reception.visits import states
from reception.visits.models import Purpose, ServiceLeg, Visit
from reception.visits.queue_models import Appointment, HallQueue, PostSpell
from staff.organisation.models import Post
from staff.shifts.models import Shift

WHY = "demo data"
HALLS = {"sales": "reception", "showroom": "reception2"}  # and who plans their visits
LATER = {"sales": (-11, 25, 70, 130), "showroom": (45, 100)}  # minutes from now for which somebody is still expected today
NAMES = (("周雨桐", "+8613900010021"), ("Anna Weber", "+491512345678"), ("孙浩然", "+8613700020033"))
NOTES = ("", "带户型图", "想看样板间", "", "请准备报价")
PAST_DAYS, COMING_DAYS = 10, 6


def load(world):
    """Rules of the halls, appointments of some days before and after today, and today's posts and priorities."""
    halls = [world.halls[code] for code in HALLS if code in world.halls]
    bulk_create_with_history([HallQueue(hall=hall, overdue_minutes=25) for hall in halls], HallQueue, default_change_reason=WHY)
    for code in HALLS:
        if code in world.halls:
            expect(world, code, world.today - datetime.timedelta(days=PAST_DAYS), world.today + datetime.timedelta(days=COMING_DAYS))
            today(world, code)


def append(world, first_day, last_day):
    """The days that are missing, up to as many ahead."""
    PostSpell.objects.filter(ended_at=None).update(ended_at=world.now, assumed=True)
    for code in HALLS:
        if code in world.halls:
            ahead = datetime.timedelta(days=COMING_DAYS)
            expect(world, code, first_day + ahead, last_day + ahead)
            today(world, code)


def expect(world, code, first, last):
    """Appointments from `first` to `last`: past ones arrived or were missed, coming ones are planned."""
    hall, by, pick = world.halls[code], world.people[HALLS[code]].user, world.random.choice
    purposes, rows = list(Purpose.objects.filter(is_active=True)[:4]), []
    known = [customer for customer in world.customers.get(code, []) if customer.name]
    for after in range((last - first).days + 1):
        day = first + datetime.timedelta(days=after)
        if day == world.today:
            continue
        for hour in world.random.sample(range(9, 17), 2):
            at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, world.random.choice((0, 15, 30, 45)))))
            rows.append(Appointment(hall=hall, at=at, customer=pick(known), purpose=pick(purposes), note=pick(NOTES), created_by=by,
                                    created_at=at - datetime.timedelta(days=world.random.randint(1, 5)) if day < world.today else world.now))
    for row in rows:
        if row.at < world.now:
            row.state = world.random.choice((states.MISSED, states.CANCELLED))
            row.reason = "改天再来" if row.state == states.CANCELLED else ""
    bulk_create_with_history(rows + came(world, hall, by), Appointment, default_user=by, default_change_reason=WHY)


def came(world, hall, by):
    """Some visits of the last days that were announced."""
    begin = world.now - datetime.timedelta(days=PAST_DAYS)
    visits = Visit.objects.filter(hall=hall, arrived_at__gte=begin, customer__isnull=False, state=states.CLOSED, appointment=None).order_by("pk")
    rows = []
    for visit in list(visits[::9])[:12]:
        minutes = visit.arrived_at.minute % 15
        at = visit.arrived_at.replace(second=0, microsecond=0) + datetime.timedelta(minutes=15 - minutes if minutes > 7 else -minutes)
        rows.append(Appointment(hall=hall, at=at, customer_id=visit.customer_id, purpose=visit.purpose, state=states.ARRIVED, visit=visit,
                                party_size=visit.party_size, created_by=by, created_at=visit.arrived_at - datetime.timedelta(days=2)))
    return rows


def today(world, code):
    """Who is still expected today; one post on a break, the others open; one ticket of an elderly visitor."""
    hall, by = world.halls[code], world.people[HALLS[code]].user
    advisers = [person for person in world.staff[code] if person.user.username.rstrip("0123456789") == "sales"]
    known, purpose = [customer for customer in world.customers.get(code, []) if customer.name], Purpose.objects.filter(is_active=True).first()
    rows = []
    for place, minutes in enumerate(LATER[code]):
        at = (world.now + datetime.timedelta(minutes=minutes)).replace(second=0, microsecond=0)
        row = Appointment(hall=hall, at=at, purpose=purpose, note=NOTES[place % len(NOTES)], created_by=by, created_at=world.now - datetime.timedelta(days=1),
                          employee=advisers[0] if place == 1 and advisers else None, party_size=1 + place % 2)
        if place % 2:
            row.name, row.phone = NAMES[place % len(NAMES)]
        else:
            row.customer = world.random.choice(known)
        rows.append(row)
    bulk_create_with_history(rows, Appointment, default_user=by, default_change_reason=WHY)
    stand(world, hall)
    first(hall, world.today)


def stand(world, hall):
    """The posts of whoever is on shift now, open since the shift began; a further counter, at which somebody helps out, is on a break."""
    rows, seen, broke = [], set(), world.now - datetime.timedelta(minutes=12)
    for shift in Shift.objects.filter(hall=hall, starts_at__lte=world.now, ends_at__gt=world.now, post__isnull=False).select_related("employee").order_by("pk"):
        if shift.post_id in seen:
            continue
        seen.add(shift.post_id)
        rows.append(PostSpell(hall=hall, post_id=shift.post_id, employee=shift.employee, state=states.OPEN, started_at=shift.starts_at))
    helper = Shift.objects.filter(hall=hall, starts_at__lte=broke, ends_at__gt=world.now, post=None).select_related("employee").order_by("-pk").first()
    spare = Post.objects.filter(hall=hall, kind=Post.Kind.COUNTER, is_active=True).exclude(pk__in=seen).first()
    if helper and spare:
        rows.append(PostSpell(hall=hall, post=spare, employee=helper.employee, state=states.PAUSED, reason=PostSpell.Reason.BREAK, started_at=broke))
    bulk_create_with_history(rows, PostSpell, default_change_reason=WHY)


def first(hall, day):
    """The second of those who wait in a hall is an elderly visitor."""
    legs = list(ServiceLeg.objects.filter(hall=hall, day=day, state=states.QUEUED).order_by("queued_at", "pk")[1:2])
    for leg in legs:
        leg.priority, leg.priority_from = ServiceLeg.Priority.ELDERLY, leg.queued_at
    bulk_update_with_history(legs, ServiceLeg, ["priority", "priority_from"], default_change_reason=WHY)
