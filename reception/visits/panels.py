"""What visits bring to other pages: the time line of a customer, and what a person has in hand on My day."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config import prepared
from config.accounts import columns
from config.accounts.access import may
from config.contributions import panels
from config.web import addresses
from config.web.choices import word
from reception.visits import queries, states, watch
from reception.visits.hosts import queries as hosts
from reception.visits.hosts.forms import WORDS
from reception.visits.models import Handover, Visit
from reception.visits.permissions import Can
from reception.visits.presence import queries as presence
from reception.visits.presence.models import Evacuation
from staff.organisation.access import workplaces
from staff.organisation.queries import employee_of
from staff.shifts.queries import shift_of

SHOWN = 8
CALLS = "host_calls"  # on the account, read with it: nobody without any is asked for them
LAST_VISIT = "o"  # the key that opens the newest visit of a customer


def of_customer(customer, user, limit):
    """The visits of a customer that this viewer may see, newest first."""
    if not may(user, Can.READ):
        return []
    rows = prepared.rows(
        ("visits of a file", limit, prepared.reader(user, Can.READ)), lambda: Visit.objects.visible_to(user).select_related("hall", "purpose", "adviser")
        .filter(customer=prepared.PK).order_by("-arrived_at", "-pk")[:limit], pk=customer.pk)
    return [{"at": visit.arrived_at, "title": _("Visit: %(purpose)s") % {"purpose": visit.purpose}, "detail": in_short(visit), "quote": visit.need,
             "address": addresses.of("visit", visit.pk), "icon": "footprints", "late": visit.assumed and not visit.outcome, "key": False,
             "shortcut": "" if place else LAST_VISIT} for place, visit in enumerate(rows)]


def in_short(visit):
    """Where, by whom, how it ended."""
    ended = word(visit, "outcome" if visit.outcome else "state")
    return " · ".join(str(part) for part in (visit.hall, visit.adviser, ended, visit.next_step) if part)


def in_area(area, user):
    """Who is in an area now, of the visits that this viewer may see; None for an area to which nobody is guided."""
    if area.kind not in area.FOR_VISITORS or not may(user, Can.READ):
        return None
    visits = list(queries.visits_for_list(user).filter(area=area, state__in=list(states.PRESENT)).order_by("arrived_at", "pk"))
    taken = area.visits.filter(state__in=list(states.PRESENT)).count()
    return {"visits": visits, "taken": taken, "capacity": area.capacity, "tone": "soon" if taken >= area.capacity else "run"}


def my_day(_record, user):
    """What waits in the hall of one's shift, `mine` of them for this very person, what one serves, what colleagues offer, what was left open;
    None for who receives nobody."""
    employee = employee_of(user)
    if employee is None or not may(user, Can.EDIT):
        return None
    now = timezone.now()
    shift = shift_of(employee, now)
    rows = queries.visits_for_list(user)
    today = rows.filter(arrived_at__gte=queries.start_of(timezone.localdate()))
    waiting = list(today.filter(hall=shift.hall, state__in=[states.WAITING, states.GREETED]).order_by("arrived_at", "pk")[:SHOWN]) if shift else []
    limit = queries.wait_target(shift.hall_id).total_seconds() if shift else 0
    for visit in waiting:
        visit.minutes = visit.waited_seconds(now) // 60
        visit.tone = "late" if visit.waited_seconds(now) > limit else "wait"
    mine = [visit for visit in waiting if employee.pk in (visit.adviser_id, *(leg.wanted_employee_id for leg in visit.legs.all()))]
    left_open = queries.left_open(user, shift and shift.hall, now).order_by().count()
    offered = list(Handover.objects.filter(taker=employee, accepted_at=None, returned_at=None).select_related("visit", "giver")[:SHOWN])
    return {"waiting": waiting, "mine": mine, "due": len(mine) + len(offered), "offered": offered,
            "serving": list(rows.filter(adviser=employee, state=states.IN_SERVICE).order_by("served_at", "pk")[:SHOWN]),
            "left_open": left_open, "shift": shift}


def halls(_record, user):
    """The day of every hall in one line each, for who looks after several and receives nobody there; None for everybody else."""
    if not may(user, Can.READ) or may(user, Can.EDIT):
        return None
    shown = workplaces(user, timezone.localdate())
    if len(shown) < 2:
        return None
    today, none = queries.halls_today(user, timezone.now()), {"visits": 0, "waiting": 0, "late": 0, "serving": 0}
    return {"halls": [{"pk": hall.pk, "name": str(hall), **today.get(hall.pk, none)} for hall in shown]}


def led_halls(_record, user):
    """The alerts of the halls that this person leads, with how many wait; None for who leads none, or looks after many."""
    if not (may(user, Can.REOPEN) and may(user, Can.EDIT)):
        return None
    found = watch.alerts_for(user, timezone.now())
    return {"halls": found, "live_url": reverse("alerts") + "?part=1"} if found else None


def evacuation(_record, user):
    """The evacuations that run where this person works: the first thing of the day; None on every other day."""
    rows = list(Evacuation.objects.visible_to(user).filter(ended_at__isnull=True).select_related("hall")[:SHOWN]) if may(user, Can.PRESENT) else []
    return {"evacuations": rows} if rows else None


def host_calls(_record, user):
    """The visitors who came for this person, or for somebody who did not answer; without any the place for them, for who receives visitors
    and gets them there by themselves, and None for everybody else."""
    employee = employee_of(user)
    calls = hosts.waiting_for(employee) if employee and getattr(user, CALLS, True) else []
    for call in calls:
        call.answers = list(WORDS.items())
    return {"calls": calls} if calls or employee and may(user, Can.EDIT) else None


columns.register(CALLS, hosts.open_for_account)
columns.register(presence.RUNNING, presence.halls_that_are_left)
panels.register_timeline(key="visits", place="customer", entries=of_customer)
panels.register(key="evacuation", place="my_day", template="reception/visits/presence/_my_day.html", context=evacuation, order=1)
panels.register(key="host-calls", place="my_day", template="reception/visits/hosts/_my_day.html", context=host_calls, order=2)
panels.register(key="visits-in-area", place="area", template="reception/visits/_in_area.html", context=in_area, order=10)
panels.register(key="visits-alerts", place="my_day", template="reception/visits/_alerts_panel.html", context=led_halls, order=15)
panels.register(key="visits-my-day", place="my_day", template="reception/visits/_my_day.html", context=my_day, order=20)
panels.register(key="visits-halls", place="my_day", template="reception/visits/_my_halls.html", context=halls, order=21)
