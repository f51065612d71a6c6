"""The shifts of the demo: a year back in the halls that are fully alive, a month in the others, a fortnight ahead in all."""
import datetime

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from config.contributions.demo import register
from staff.organisation.models import Employee, OpeningHours, Post
from staff.shifts.models import Shift

LIVE = ("sales", "showroom", "hotline")
AHEAD, BACK = 14, 28  # days
HALF = 30  # minutes by which the early and the late shift overlap
DAY = 1440  # minutes
OFFICE = (510, 1080)  # when a hall is closed today
BEFORE = 15  # minutes at the post before opening
AT_DESK = ("reception",)
OFF_POST = ("manager", "supervisor", "logistics", "technician")


def load(world):
    """The shifts of the past, of today and of the fortnight ahead."""
    last = world.today + datetime.timedelta(days=AHEAD)
    for code in world.staff:
        first = world.first_day if code in LIVE else world.today - datetime.timedelta(days=BACK)
        write(world, code, first, last)
        stay_today(world, code)


def append(world, first_day, last_day):
    """Go on where the fortnight ahead ended."""
    for code in world.staff:
        write(world, code, first_day + datetime.timedelta(days=AHEAD), last_day + datetime.timedelta(days=AHEAD))
        stay_today(world, code)


def write(world, code, first, last):
    """Plan everybody of one hall from `first` to `last`."""
    hall, people = world.halls[code], [p for p in world.staff[code] if p.state == Employee.State.ON_DUTY]
    hours = day_of(hall)
    places = posts_of(world, code, people)
    shifts = []
    for day in days(first, last):
        if day.weekday() not in hours:
            continue
        for index, person in enumerate(people):
            if day >= person.hired_on and works(person, index, day, world.today, len(people)):
                starts, ends = half(*hours[day.weekday()], early=(index + day.isocalendar().week) % 2 == 0, whole=len(people) < 4)
                shifts.append(Shift(employee=person, hall=hall, post=places[person.pk], starts_at=moment(day, starts), ends_at=moment(day, ends)))
    bulk_create_with_history(shifts, Shift, batch_size=2000, default_change_reason="demo data")


def stay_today(world, code):
    """The users that a visitor of the demo tries first are on shift today around the clock, so that it can be tried at any hour: the
    whole day of the hall, and the nights before and after it. A night that the day before planned already is not planned twice."""
    people = [p for p in world.staff[code] if p.state == Employee.State.ON_DUTY]
    tried = {p.pk: p for p in people if not p.user.username[-1].isdigit()}
    places, midnight = posts_of(world, code, sorted(people, key=lambda p: p.pk not in tried)), moment(world.today, 0)  # none shares a counter
    awake = {*Shift.objects.filter(employee__in=tried, starts_at__lt=midnight, ends_at__gt=midnight).values_list("employee_id", flat=True)}
    Shift.objects.filter(employee__in=tried, starts_at__gte=midnight, starts_at__lt=moment(world.today, DAY)).delete()
    shifts = [Shift(employee=person, hall=world.halls[code], post=places[pk], starts_at=moment(world.today, starts), ends_at=moment(world.today, ends))
              for pk, person in tried.items() for starts, ends in round_the_clock(day_of(world.halls[code]), world.today.weekday())
              if starts or pk not in awake]
    bulk_create_with_history(shifts, Shift, default_change_reason="demo data")


def round_the_clock(hours, weekday):
    """The night before (from midnight), the day, and the night after of a hall open at `hours` (of `day_of`); in minutes."""
    first, last = hours.get(weekday, OFFICE)
    first, morning = (max(opens - BEFORE, 0) for opens in (first, hours.get((weekday + 1) % 7, OFFICE)[0]))
    parts = (0, first), (first, last), (last, DAY + morning)
    return [(starts, ends) for starts, ends in parts if starts < ends]


def works(person, index, day, today, crew):
    """Two days off in seven, in turn; a small crew has Sundays off only. The users that a visitor of the demo tries first work today."""
    if day == today and not person.user.username[-1].isdigit():
        return True
    return day.weekday() != 6 if crew < 4 else (day.toordinal() + 3 * index) % 7 > 1


def day_of(hall):
    """{weekday: (first opening, last closing)} in minutes."""
    found = {}
    for row in OpeningHours.objects.on(timezone.localdate()).filter(hall=hall):
        opens, closes = found.get(row.weekday, (row.opens, row.closes))
        found[row.weekday] = (min(opens, row.opens), max(closes, row.closes))
    return found


def half(opens, closes, *, early, whole):
    """The early or the late half of a long day with some overlap, or the whole of a short one; in minutes."""
    middle = (opens + closes) // 2
    if whole:
        return opens - BEFORE, closes
    return (opens - BEFORE, middle + HALF) if early else (middle - HALF, closes)


def posts_of(world, code, people):
    """{employee id: post}: receptionists at the desk, advisers at the counters in turn, managers and logistics at none."""
    posts = world.posts.get(code, [])
    desks = [post for post in posts if post.kind == Post.Kind.DESK]
    counters = [post for post in posts if post.kind in (Post.Kind.COUNTER, Post.Kind.HOTLINE)]
    found, turn = {}, 0
    for person in people:
        role = person.user.username.rstrip("0123456789")
        if role in OFF_POST or not posts:
            found[person.pk] = None
        elif role in AT_DESK and desks:
            found[person.pk] = desks[0]
        else:
            found[person.pk] = counters[turn % len(counters)] if counters else posts[0]
            turn += 1
    return found


def days(first, last):
    """Every day from `first` to `last`."""
    return (first + datetime.timedelta(days=number) for number in range((last - first).days + 1))


def moment(day, minutes):
    """The aware moment of a minute of a day."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time())) + datetime.timedelta(minutes=minutes)


register(key="shifts", order=30, load=load, append=append)
