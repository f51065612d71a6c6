"""What the bench fills in and times of visits: logging one, the desk, the board, the list, one visit with its history."""
import uuid

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from config.accounts.models import User
from config.contributions.bench import register_act, register_fill
from reception.customers.models import CustomerHall
from reception.visits import bench_floors as floors
from reception.visits import bench_rows
from reception.visits.models import Purpose
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
    """Send the form of the desk and open the page it leads to."""
    browser.send(reverse("desk"), facts | {"one_off_key": str(uuid.uuid4())})


def put_away():
    """Bring the visits that a run logged into the past, so that the next run meets the same queue."""
    with connection.cursor() as cursor:
        cursor.execute(PUT_AWAY, [STARTED])


def halls():
    """The hall of the receptionist."""
    return [hall_of(RECEIVES).pk]


register_fill(key="visits", order=20, write=bench_rows.write)
for key, label, known in (("log-visit", "Log a visit, unnamed: POST and page", False), ("log-known", "Log a visit, known customer: POST and page", True)):
    register_act(key=key, order=10 + known, label=label, user=RECEIVES, samples=lambda known=known: visitors(known), ours=log_visit, after=put_away,
                 bare=lambda browser, facts, key=key: browser.send(f"/{key}/", facts), views=[("", floors.log_visit)],
                 times_floor=1.5, by_p95=True, statements=12)
register_act(key="desk", order=15, label="Desk", user=RECEIVES, samples=halls, ours=lambda browser, hall: browser.get(reverse("desk")),
             bare=lambda browser, hall: browser.get(f"/desk/?hall={hall}"), views=[("", floors.desk)])
register_act(key="board", order=16, label="Day board", user=LOOKS_AFTER, samples=halls, ours=lambda browser, hall: browser.get(reverse("board")),
             bare=lambda browser, hall: browser.get(f"/board/?hall={hall}"), views=[("", floors.board)])
