"""A program of the tests' system that brings about what falls due and rings for the clock's tasks; lines on its input say what."""
import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from config import celery, together  # noqa: E402
from config.accounts import trace  # noqa: E402
from config.accounts.actor import Actor  # noqa: E402
from config.accounts.models import User  # noqa: E402
from config.numbers import services as numbers  # noqa: E402
from reception.customers.models import Customer  # noqa: E402
from reception.followups import services as followups  # noqa: E402
from reception.visits.models import Purpose, TemplateVersion, Visit  # noqa: E402
from staff.duties.plans import PLANS, RUN  # noqa: E402
from staff.organisation.models import Employee, Hall  # noqa: E402
from staff.regulation import calendar  # noqa: E402

ACTOR = Actor.system("fault tests")


def customers(count, now):
    """New files, each of somebody else."""
    by = User.objects.get(username="reception")
    made = [Customer(number=numbers.next_number("CU", now.year), name="李国强", sort_key="liguoqiang", created_at=now, created_by=by, last_seen_at=now)
            for _ in range(count)]
    for customer in together.name(made):
        trace.mark(ACTOR, customer, act="created")
    together.insert(made)
    return made


def business(count, days, ago=0):
    """Visits that ended in business within `days` days until so many days `ago`, of which no event planned anything, each of a new customer."""
    now, hall = timezone.now(), Hall.objects.get(code="sales")
    desk, adviser = (Employee.objects.get(user__username=name) for name in ("reception", "sales"))
    version, purpose = TemplateVersion.objects.filter(template__code="cast-hall").first(), Purpose.objects.get(code="see-products")
    made = []
    for place, customer in enumerate(customers(count, now)):
        left = now - timedelta(days=ago) - timedelta(days=days) * (place + 1) / (count + 1)
        made.append(Visit(number=numbers.next_number("VS", now.year), public_code=numbers.public_code(), hall=hall, state="closed", customer=customer,
                          purpose=purpose, template_version=version, receptionist=desk, adviser=adviser, arrived_at=left - timedelta(hours=1),
                          greeted_at=left, served_at=left, left_at=left, created_at=left, created_by=desk.user, outcome=Visit.Outcome.BUSINESS))
    for visit in together.name(made):
        trace.mark(ACTOR, visit, act="closed")
    together.insert(made)
    return made


def planned(count, days):
    """Calls that were planned in time after visits of so many days ago and have not fallen due."""
    made = [visit.pk for visit in business(count, 1, days)]
    visits = Visit.objects.filter(pk__in=made).select_related("hall")
    followups.plan(ACTOR, followups.after_purchases(visits, calendar.of_halls({visit.hall for visit in visits})))


def old(count, days):
    """Customers whose last business lies so many days back."""
    business(count, 1, days)


def ring(*_more):
    """Call every schedule that makes duties, as beat would."""
    for plan in PLANS.all():
        celery.ring(RUN, plan.key)


ACTS = {"business": business, "planned": planned, "old": old, "ring": ring}


def main():
    """A line in, the act, `ok` out."""
    for line in sys.stdin:
        name, *how_many = line.split()
        ACTS[name](*map(int, how_many))
        print("ok", flush=True)


if __name__ == "__main__":
    main()
