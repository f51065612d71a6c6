"""Whose time of keeping is over, and their erasure night by night (PIPL 19, GEN-23)."""
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from config.accounts.access import reach
from config.accounts.actor import Actor
from config.contributions.personal import OBSTACLES
from config.jobs import services as jobs
from config.jobs import works
from config.jobs.models import Job
from config.privacy import erasing
from config.privacy.models import Erasure, LegalHold
from config.privacy.people import People
from reception.customers.models import Communication, Customer, CustomerHall
from reception.customers.permissions import Can
from reception.customers.services.erasing import KIND, halls_of, lock_family
from staff.organisation.models import Hall
from staff.regulation import values

KEY, WORK = "customer_data_retention_years", "erase-after-retention"
BATCH = 200  # customers of one transaction


def limits(today):
    """{hall id: last seen before this moment, the time of keeping is over}; None stands for customers whom no hall knows."""
    found = {None: None} | dict.fromkeys(Hall.objects.order_by("pk").values_list("pk", flat=True))
    steps, default = values.steps(KEY)[KEY]
    for hall in found:
        years = next((value for of, since, value in steps if of in (hall, None) and since <= today), default)
        found[hall] = before(today, years)
    return found


def limits_in_words(user, today):
    """[(hall, last seen before this moment)] of the halls whose files this person answers for."""
    far, found = reach(user, Can.EXPORT), limits(today)
    return [(hall, found[hall.pk]) for hall in Hall.objects.order_by("pk") if far.everything or hall.pk in far.halls | far.own_halls]


def before(today, years):
    """The beginning of the day so many years ago, by the calendar."""
    year = today.year - int(years)
    day = today.replace(year=year, day=28) if (today.month, today.day) == (2, 29) else today.replace(year=year)
    return timezone.make_aware(datetime.combine(day, time()))


def over(today):
    """The files whose time of keeping is over in every hall that knows them: nobody saw the customer or talked with them since."""
    by_moment = {}
    for hall, moment in limits(today).items():
        by_moment.setdefault(moment, []).append(hall)
    rows = Customer.objects.filter(merged_into=None, erased_at=None, last_seen_at__lt=max(by_moment))
    known = CustomerHall.objects.filter(customer=OuterRef("pk"))
    talks = Communication.objects.filter(Q(customer=OuterRef("pk")) | Q(customer__merged_into=OuterRef("pk")))
    for moment, halls in by_moment.items():
        here = Exists(known.filter(hall__in=[hall for hall in halls if hall]))
        fresh = Q(last_seen_at__gte=moment) | Exists(talks.filter(at__gte=moment))
        rows = rows.exclude((here | ~Exists(known)) & fresh if None in halls else here & fresh)
    return rows


def held(rows):
    """Of these files, those under a legal hold, also by a file that was merged into them."""
    holds = LegalHold.objects.filter(kind=KIND, released_at=None)
    merged = Customer.objects.filter(merged_into=OuterRef("pk"), pk__in=holds.values("record_id"))
    return rows.filter(Q(pk__in=holds.values("record_id")) | Exists(merged))


def due(today):
    """The files that go tonight, as far as no open matter stands against it."""
    rows = over(today)
    return rows.exclude(pk__in=held(rows).values("pk"))


def stopped(people):
    """Of these people, the ids of files that something open holds."""
    return set().union(*(one.held(people) for one in OBSTACLES.all() if one.kind == KIND))


@transaction.atomic
def start(actor, *, now, today):
    """Leave the job that erases what is due, unless nothing is, or one runs; returns it or None."""
    total = due(today).count()
    if not total or Job.objects.select_for_update().filter(work=WORK, state__in=jobs.OPEN).exists():
        return None
    job = jobs.start(actor, WORK, title=today.isoformat(), now=now, arguments={"today": today.isoformat()})
    Job.objects.filter(pk=job.pk).update(total=total)
    return job


@transaction.atomic
def erase_batch(actor, *, today, after, now):
    """Erase the next files that are due, in the order of their ids; returns (id of the last one looked at or None, how many were erased).

    Each is asked again once it is locked: who came back since, was erased, or is held, stays.
    """
    ids = list(due(today).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not ids:
        return None, 0
    lock_family(ids)
    still = set(due(today).filter(pk__in=ids).values_list("pk", flat=True))
    owner = {pk: into or pk for pk, into in Customer.objects.filter(Q(pk__in=still) | Q(merged_into__in=still)).values_list("pk", "merged_into")}
    busy = {owner.get(pk, pk) for pk in stopped(People(KIND, still))} if still else set()
    gone = sorted(still - busy)
    if gone:
        people = People(KIND, gone)
        erasing.forget(actor, people, cause=Erasure.Cause.RETENTION, reason=KEY, now=now,
                       hall_ids=halls_of(Customer.objects.filter(pk__in=people.ids)))
    return ids[-1], len(gone)


def step(job):
    """One batch of the nightly run; done when no file is left to look at."""
    last, gone = erase_batch(Actor(user=job.user, channel="job", name=WORK), today=date.fromisoformat(job.arguments["today"]),
                             after=job.cursor.get("after", 0), now=timezone.now())
    job.result = {"erased": job.result.get("erased", 0) + gone}
    if last is None:
        job.done = job.total
        return True
    job.cursor, job.done = {"after": last}, min(job.total, job.done + BATCH)
    return False


works.register(key=WORK, step=step, label=gettext_lazy("Erasing of files kept long enough, %(title)s"))
