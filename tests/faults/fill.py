"""Fills the tests' system: the two halls of the cast, fifty more people at posts of their own, everybody signed in. Prints who, as JSON.

`python -m tests.faults.fill forms` makes, in the company that was filled, the records that forms are about, and prints where each form is: when these
are sent, not before, since days may pass in other tests.
"""
import json
import os
import pickle
import sys
from datetime import timedelta

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
if not apps.ready:
    django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.hashers import ScryptPasswordHasher  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from config.accounts.access import may  # noqa: E402
from config.accounts.models import User  # noqa: E402
from config.web.pages import FormPage  # noqa: E402
from reception.visits.stations import services as stations  # noqa: E402
from reception.visits.stations.models import HallKiosk  # noqa: E402
from staff.organisation.models import Assignment, Employee, Post, Posting  # noqa: E402
from staff.shifts.models import Shift  # noqa: E402
from tests import cast as company  # noqa: E402
from tests.access.subjects import SUBJECTS, competence  # noqa: E402
from tests.addresses import addresses  # noqa: E402
from tests.faults.places import PLACES  # noqa: E402

COUNTERS = 50
FILLERS = ("manager", "supervisor", "hr", "admin", "general", "agent", "reception", "sales")  # one of them may open each form
SIGNED_IN = ("reception", "reception2", "manager2", "colleague", *(name for name in FILLERS if name != "reception"))
NO_KEY = ("assign_role", "name_deputy", "post_person", "visit_hand_over", "reception_template_version")  # forms that make something
FILLED_BY = {  # two who fill in a form, where it is no matter which record it is about; else the first who may, twice
    "name_deputy": ("admin", "admin"), "reception_template_version": ("hr", "hr"),
    **dict.fromkeys(("new_shift_handover", "new_plan", "improve_obligation"), ("manager", "manager2")),  # of a hall there is one at a time
}
ABOUT = {  # whose records a form is about, where they are not those of who fills it in: nobody enters the own
    **dict.fromkeys(("enter_competence", "name_deputy", "assign_role", "post_person"), ("colleague", "sales")),
    "reception_template_version": ("manager", "manager2"),
}


def counters(cast):
    """People who serve at a counter of their own in the first hall, on shift now."""
    model, hall = cast.people["agent"], cast.hall
    like = model.postings.get()
    users = User.objects.bulk_create(User(username=f"counter-{n}", display_name=f"Counter {n}", password=company.HASH) for n in range(COUNTERS))
    people = Employee.objects.bulk_create(
        Employee(user=user, number=f"C{n:04d}", name=f"Counter {n}", sort_key=f"counter {n:02d}", hired_on=model.hired_on,
                 bound_until=model.bound_until, state=Employee.State.ON_DUTY) for n, user in enumerate(users))
    posts = Post.objects.bulk_create(
        Post(hall=hall, kind=Post.Kind.COUNTER, name=company.three(f"Counter {n}", f"{n}号窗口", f"{n}號窗口")) for n in range(10, 10 + COUNTERS))
    Posting.objects.bulk_create(Posting(employee=person, position=like.position, department=like.department, hall=hall, team=like.team,
                                        superior=like.superior, starts_on=like.starts_on) for person in people)
    Assignment.objects.bulk_create(Assignment(employee=person, role="agent", starts_on=like.starts_on, hall=hall) for person in people)
    Shift.objects.bulk_create(Shift(employee=person, hall=hall, post=post, starts_at=cast.now - timedelta(hours=4),
                                    ends_at=cast.now + timedelta(hours=8)) for person, post in zip(people, posts, strict=True))
    return users


def makers():
    """The addresses of every form that makes something."""
    found = [address for address in addresses() if address.page and issubclass(address.page, FormPage) and not address.page.public]
    found = [address for address in found if not address.name.startswith("change_")]  # those change what is there
    return [address for address in found if address.page.once or address.name in NO_KEY or address.name.startswith(("new_", "add_"))]


def forms(cast):
    """Of each such form two who fill it in and two addresses of it, each about a record of its own where it is about one."""
    told = []
    for address in makers():
        asked = address.page.edit_capability or address.page.capability
        who = FILLED_BY.get(address.name) or (next(name for name in FILLERS if may(cast.user(name), asked)),) * 2
        make = PLACES.get(address.name) or (SUBJECTS[address.name].make if address.keys else lambda _cast, _owner: None)
        keys = [make(cast, owner) for owner in ABOUT.get(address.name, who)]
        told.append({"name": address.name, "who": who, "paths": [reverse(address.name, kwargs=one) for one in keys]})
    return told


def session_of(user):
    """The key of a session in which this person is signed in."""
    client = Client()
    client.force_login(user)
    return client.session.session_key


def kept():
    """Where the company lies, as it was built."""
    return settings.INSTANCE.folder / "cast.pickle"


def fill_forms():
    """The forms of the company that stands, about records of now."""
    cast = pickle.loads(kept().read_bytes())
    cast.now = timezone.now().replace(microsecond=0)
    with transaction.atomic():
        return forms(cast)


def fill():
    """Build the company; who is in it."""
    with transaction.atomic():
        cast = company.build(timezone.now().replace(microsecond=0))
        Shift.objects.filter(employee__in=cast.people.values()).update(ends_at=cast.now + timedelta(hours=8))
        competence(cast, None)  # that can be entered
        for department in cast.departments.values():  # a suggestion goes to one with a head
            department.head = cast.people["department"]
            department.save()
        talked_to = cast.customer_for().pk
        kiosk = stations.set_up(cast.actor("manager"), hall=cast.hall, kind="kiosk", name="East door", now=cast.now)[1]
        HallKiosk.objects.create(hall=cast.hall, language="en")
        expected = cast.appointment_for(customer=cast.customer_for())
        logs_in = ScryptPasswordHasher()  # the one that the system prefers: another is replaced at log-in, which ends the other sessions
        cast.users["reception"].password = logs_in.encode(company.PASSWORD, logs_in.salt())
        cast.users["reception"].save()
        people = [cast.users[name] for name in SIGNED_IN] + counters(cast)
    kept().write_bytes(pickle.dumps(cast))
    told = {"sessions": {user.username: session_of(user) for user in people}, "counters": [user.username for user in people[len(SIGNED_IN):]],
            "talked_to": talked_to, "kiosk": kiosk, "appointment": {"pk": expected.pk, "token": expected.token}}
    for kind in ("halls", "purposes", "services", "people", "areas", "teams", "departments"):
        told[kind] = {" ".join(name) if isinstance(name, tuple) else name: row.pk for name, row in getattr(cast, kind).items()}
    return told


if __name__ == "__main__":
    json.dump(fill_forms() if "forms" in sys.argv else fill(), sys.stdout)
