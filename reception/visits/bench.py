"""What the bench fills in and times of visits: logging one, the desk, the board, the list, one visit with its history."""
import uuid
from datetime import timedelta
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from config.accounts.models import User
from config.contributions.bench import register_act, register_fill
from config.web.lists import encode
from config.web.periods import YEAR, Period
from reception.customers.models import ContactPoint, Customer, CustomerHall
from reception.visits import bench_floors as floors
from reception.visits import bench_rows
from reception.visits.models import Purpose, Visit
from staff.organisation.access import workplaces

RECEIVES, LOOKS_AFTER, SEES_ALL = "reception", "manager", "general"  # people of the demo's company
PUT_AWAY = """
WITH logged AS (UPDATE reception_visit SET state = 'left', left_at = arrived_at, outcome = 'left', arrived_at = arrived_at - interval '2 days',
                       created_at = created_at - interval '2 days' WHERE state = 'waiting' AND visitor_name = '' AND created_at > %s RETURNING id)
UPDATE reception_serviceleg SET state = 'abandoned', day = day - 2, prefix = 'Y', sequence = reception_serviceleg.id %% 1000000000
FROM logged WHERE visit_id = logged.id"""
STARTED = timezone.now()


def hall_of(name):
    """The first hall in which this person works."""
    return workplaces(User.objects.get(username=name), timezone.localdate())[0]


def visitors(known):
    """What is sent to log a visit: a hall, a purpose with a service, and (`known`) a customer of the hall."""
    hall, purpose = hall_of(RECEIVES), Purpose.objects.exclude(service=None).first()
    files = CustomerHall.objects.filter(hall=hall).order_by("-pk").values_list("customer_id", flat=True)[:20] if known else [""]
    return [{"hall": hall.pk, "purpose": purpose.pk, "service": purpose.service_id, "party_size": 1} | ({"customer": pk} if pk else {}) for pk in files]


def log_visit(browser, facts):
    """Send the form as the desk's own script does, which is answered with what changes on the page."""
    browser.post(reverse("desk"), facts | {"one_off_key": str(uuid.uuid4())}, **{"X-Requested-With": "fetch", "X-Parts": "1"})


def log_visit_plainly(browser, facts):
    """Send the form as a browser without scripts does, and open the page it leads to."""
    browser.send(reverse("desk"), facts | {"one_off_key": str(uuid.uuid4())})


def put_away():
    """Bring the visits that a run logged into the past, so that the next run meets the same queue."""
    with connection.cursor() as cursor:
        cursor.execute(PUT_AWAY, [STARTED])


def halls():
    """The hall of the receptionist."""
    return [hall_of(RECEIVES).pk]


register_fill(key="visits", order=20, write=bench_rows.write)
for order, key, label, known in ((10, "log-visit", "unnamed", False), (12, "log-known", "known customer", True)):
    facts = {"user": RECEIVES, "samples": lambda known=known: visitors(known), "after": put_away, "by_p95": True, "statements": 12,
             "bare": lambda browser, facts, key=key: browser.send(f"/{key}/", facts), "views": [("", floors.log_visit)]}
    register_act(key=key, order=order, label=f"Log a visit, {label}: POST and page", ours=log_visit, times_floor=1.5, **facts)
    register_act(key=f"{key}-plainly", order=order + 1, label=f"Log a visit, {label}, without scripts", ours=log_visit_plainly,
                 **facts | {"bare": lambda browser, facts, key=f"{key}-plainly": browser.send(f"/{key}/", facts)})
register_act(key="desk", order=15, label="Desk", user=RECEIVES, samples=halls, ours=lambda browser, hall: browser.get(reverse("desk")),
             bare=lambda browser, hall: browser.get(f"/desk/?hall={hall}"), views=[("", floors.desk)])
register_act(key="board", order=16, label="Day board", user=LOOKS_AFTER, samples=halls, ours=lambda browser, hall: browser.get(reverse("board")),
             bare=lambda browser, hall: browser.get(f"/board/?hall={hall}"), views=[("", floors.board)])

PAGE_5000 = 125_000  # rows before it
VISITS = "visits"


def place(number):
    """Where page 5,000 begins, or the last full one of a shorter list: (moment, id)."""
    rows = Visit.objects.order_by("-arrived_at", "-pk").values_list("arrived_at", "pk")
    return rows[min(number, Visit.objects.count() - 27)]


def days():
    """A hall, a state, and a span of days that lies half a year back, or as far as there are visits."""
    first = max(Visit.objects.order_by("arrived_at").values_list("arrived_at", flat=True)[0], timezone.now() - timedelta(days=180)).date()
    return [(hall, "closed", first + timedelta(days=1), first + timedelta(days=8)) for hall in halls()]


def filtered(browser, sample):
    """The list of a hall, a state and a week."""
    hall, state, first, last = sample
    browser.get(f"{reverse(VISITS)}?hall={hall}&state={state}&since={first}&until={last - timedelta(days=1)}")


def search(key, label, order, samples, user=SEES_ALL):
    """Register a search of the list: `samples` gives (what is typed, what the bare view is asked)."""
    register_act(key=key, order=order, label=f"Visits, searched by {label}", user=user, samples=samples,
                 ours=lambda browser, sample: browser.get(f"{reverse(VISITS)}?{urlencode({'q': sample[0]})}"),
                 bare=lambda browser, sample: browser.get(f"/{key}/?{urlencode(sample[1])}"), views=[("", floors.searched)], times_floor=2, statements=8)


def by_name():
    """Names of customers in two characters."""
    names = Customer.objects.filter(name__gt="").order_by("-pk").values_list("name", flat=True)[:20]
    return [(name[:2], {"start": name[:2], "told": name[:2]}) for name in names]


def by_phone(length):
    """Numbers of customers from their start."""
    numbers = ContactPoint.objects.filter(digits__startswith="13").order_by("-pk").values_list("digits", flat=True)[:20]
    return [(digits[:length], {"start": f"+{digits[:length]}", "told": digits[:length]}) for digits in numbers]


def with_events(*last):
    """The ids of the visits of the bench whose numbers end so: with three events or with three hundred."""
    return lambda: list(Visit.objects.filter(number__in=[f"VS-2019-000001{digit}" for digit in last]).values_list("pk", flat=True))


register_act(key="visits", order=70, label="Visits, first page", user=SEES_ALL, samples=lambda: [""],
             ours=lambda browser, _sample: browser.get(f"{reverse(VISITS)}?view=all"), bare=lambda browser, _sample: browser.get("/visits/"),
             views=[("", floors.page)], growth=1.5, statements=8)
register_act(key="visits-page-5000", order=71, label="Visits, page 5,000", user=SEES_ALL, samples=lambda: [place(PAGE_5000)],
             ours=lambda browser, at: browser.get(f"{reverse(VISITS)}?after={encode(at)}&n=5000"),
             bare=lambda browser, at: browser.get(f"/visits-page-5000/?{urlencode({'at': at[0].isoformat(), 'pk': at[1]})}"), views=[("", floors.page)],
             beside=("visits", 1.3), statements=8)
register_act(key="visits-filtered", order=72, label="Visits, filtered by hall, state, week", user=SEES_ALL, samples=days, ours=filtered,
             bare=lambda browser, sample: browser.get(f"/visits-filtered/?{urlencode(dict(zip(('hall', 'state', 'since', 'until'), sample, strict=True)))}"),
             views=[("", floors.filtered)], times_floor=2, statements=8)
search("visits-by-name", "name", 73, by_name)
search("visits-by-phone", "phone start", 74, lambda: by_phone(7))
search("visits-by-three", "three digits", 75, lambda: by_phone(3))
search("visits-by-ticket", "ticket", 76, lambda: [(f"Z{n:03d}", {"prefix": "Z", "sequence": n}) for n in range(1, 21)])
for count, last in ((3, "01234"), (300, "56789")):
    register_act(key=f"visit-{count}", order=80 + (count > 3), label=f"Visit with {count} events", user=SEES_ALL, samples=with_events(*last),
                 ours=lambda browser, pk: browser.get(reverse("visit", args=[pk])),
                 bare=lambda browser, pk, count=count: browser.get(f"/visit-{count}/?pk={pk}"), views=[("", floors.visit)], times_floor=2, statements=10)
register_act(key="figures", order=90, label="Figures of visits, this year, all halls", user=SEES_ALL, samples=lambda: [timezone.localdate()],
             ours=lambda browser, day: browser.get(f"{reverse('visit_figures')}?hall=&period={Period.of(YEAR, day).key}"))
