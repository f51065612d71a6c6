"""What the bench fills in and times of customer files: the look-up as typed, the list, one file with what was said."""
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from config.accounts.models import User
from config.contributions.bench import register_act, register_fill
from config.web import limits
from reception.customers import bench_floors as floors
from reception.customers import bench_rows
from reception.customers.models import Customer
from staff.organisation.access import workplaces

RECEIVES, SEES_ALL = "reception", "general"  # people of the demo's company: of one hall, and of all
KINDS = {"start": "phone start", "end": "phone end", "name": "name by pinyin", "han": "name in characters", "one": "one character", "letter": "one letter"}


def starts(kind, person):
    """(hall or '', start of a key, what is typed for it), for look-ups of one kind."""
    hall = workplaces(User.objects.get(username=RECEIVES), timezone.localdate())[0].pk
    return [(hall if person == RECEIVES else "", key, key[1:][::-1] if kind == "end" else key.lstrip("+")) for key in floors.typed(hall, kind)]


def look_up(browser, sample):
    """Type it at the desk."""
    browser.post(reverse("suggest_customers"), {"q": sample[2]})


def forget_look_ups():
    """Nobody types as fast as the bench: the limit counts anew."""
    people = User.objects.filter(username__in=[RECEIVES, SEES_ALL]).values_list("pk", flat=True)
    cache.delete_many([limits.name_of("customer_suggest", pk) for pk in people])


def talked(numbers):
    """The ids of the files with these numbers."""
    return lambda: list(Customer.objects.filter(number__in=numbers).values_list("pk", flat=True))


register_fill(key="customers", order=10, write=bench_rows.write)
for person, where in ((RECEIVES, "hall"), (SEES_ALL, "all halls")):
    for place, (kind, words) in enumerate(KINDS.items()):
        key = f"look-up-{'all-' if person == SEES_ALL else ''}{kind}"
        register_act(key=key, order=30 + place + 10 * (person == SEES_ALL), label=f"Look-up, {words}, {where}", user=person,
                     samples=lambda kind=kind, person=person: starts(kind, person), ours=look_up, after=forget_look_ups,
                     bare=lambda browser, sample, key=key: browser.post(f"/{key}/", {"hall": sample[0], "start": sample[1]}),
                     views=[("", floors.suggest)], times_floor=2, growth=2)
register_act(key="customers", order=55, label="Customers, first page", user=SEES_ALL, samples=lambda: [""],
             ours=lambda browser, _sample: browser.get(reverse("customers") + "?view=all"), growth=1.5, statements=8)
register_act(key="customers-search", order=56, label="Customers, searched by name", user=SEES_ALL, samples=lambda: starts("han", SEES_ALL),
             ours=lambda browser, sample: browser.get(f"{reverse('customers')}?q={sample[2]}"), statements=8)
for count, last in ((3, "1234"), (300, "7")):
    register_act(key=f"customer-{count}", order=60 + (count > 3), label=f"Customer with {count} talks", user=SEES_ALL,
                 samples=talked([f"CU-2019-00000{tens}{digit}" for tens in "12" for digit in last]),
                 ours=lambda browser, pk: browser.get(reverse("customer", args=[pk])),
                 bare=lambda browser, pk, count=count: browser.get(f"/customer-{count}/?pk={pk}"), views=[("", floors.file)], times_floor=2, statements=10)
