"""Which next acts a page offers: those the tables of states.py allow from here, to whom this record is open for them."""
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.accounts.access import reach
from reception.customers.permissions import Can as CanCustomers
from reception.visits import states
from reception.visits.models import ServiceLeg, Visit
from reception.visits.permissions import Can

VISIT_ACTS = {  # verb: label, page, icon, key, method
    "greet": (gettext_noop("Greet"), "visit_greet", "hand", "g", "post"),
    "serve": (gettext_noop("Serve"), "visit_serve", "play", "s", "get"),
    "close": (gettext_noop("Close the visit"), "visit_close", "check", "c", "get"),
    "hand_over": (gettext_noop("Hand over to a colleague"), "visit_hand_over", "users", "h", "get"),
    "leave": (gettext_noop("Left without service"), "visit_leave", "log-out", "l", "get"),
    "settle": (gettext_noop("Say what became of it"), "visit_settle", "check", "c", "get"),
    "reopen": (gettext_noop("Open again"), "visit_reopen", "undo-2", "", "get"),
}
LEG_ACTS = {
    "call": (gettext_noop("Call"), "leg_call", "get"), "recall": (gettext_noop("Call again"), "leg_recall", "post"),
    "start": (gettext_noop("Start"), "leg_start", "post"), "finish": (gettext_noop("Finish"), "leg_finish", "get"),
    "no_show": (gettext_noop("Did not come"), "leg_no_show", "post"), "rejoin": (gettext_noop("Back into the queue"), "leg_rejoin", "post"),
    "park": (gettext_noop("Park"), "leg_park", "get"), "unpark": (gettext_noop("Back into the queue"), "leg_unpark", "post"),
    "prioritise": (gettext_noop("Priority"), "leg_priority", "get"),
    "transfer": (gettext_noop("Transfer"), "leg_transfer", "get"), "put_back": (gettext_noop("Put back"), "leg_put_back", "get"),
    "abandon": (gettext_noop("Give up"), "leg_abandon", "post"),
}


def visit_actions(visit):
    """The next acts on a visit read `with_rights`, the most likely first, for parts/actions.html."""
    rights = {Can.EDIT: visit.may_edit, Can.REOPEN: visit.may_reopen}
    offered, last = [], []
    leading = {arrow.verb: arrow for arrow in states.VISIT.leading_from(visit.state)}
    for verb, words in VISIT_ACTS.items():
        if verb in leading and rights[leading[verb].capability] and verb != ("reopen" if visit.assumed else "settle"):
            (last if verb == "leave" else offered).append(_action(visit, *words))
    if rights[Can.EDIT] and visit.state == states.WAITING:
        offered.append(_action(visit, *VISIT_ACTS["serve"]))  # whoever serves somebody not yet greeted greets by it
    if rights[Can.EDIT]:
        offered += [_action(visit, *row) for row in _beside(visit)]
    offered += last
    if offered and visit.state in states.PRESENT | ({visit.state} if visit.assumed and not visit.outcome else set()):
        offered[0]["primary"] = True  # of an ended visit nothing is expected any more
    return offered


def _beside(visit):
    """Acts that move no state."""
    if visit.state in states.PRESENT:
        if visit.state != states.IN_SERVICE:
            yield gettext_noop("Give to an adviser"), "visit_assign", "user-plus", "a", "get"
        yield gettext_noop("Lead to an area"), "visit_area", "map-pin", "r", "get"
        yield gettext_noop("Add a service"), "visit_add_service", "ticket", "", "get"
    yield gettext_noop("Correct what was written"), "visit_edit", "pencil", "e", "get"


def _action(visit, label, page, icon, key, method):
    return {"label": _(label), "url": reverse(page, args=[visit.pk]), "icon": icon, "key": key, "method": method, "primary": False}


def leg_actions(leg, back):
    """The next acts on one ticket; `back` is the page they return to."""
    return [{"label": _(label), "url": f"{reverse(page, args=[leg.pk])}?next={back}", "method": method, "verb": verb}
            for verb, (label, page, method) in LEG_ACTS.items() if leg.state in states.LEG[verb].sources]


def legs_for(user):
    """The tickets this person may act on: those of visits in reach, and what waits in the halls they work in."""
    far = reach(user, Can.EDIT)
    rows = ServiceLeg.objects.filter(visit__in=Visit.objects.visible_to(user, Can.EDIT))
    if far.own_halls:
        rows = rows | ServiceLeg.objects.filter(hall_id__in=far.own_halls, state__in=[states.QUEUED, states.PARKED, states.NO_SHOW])
    return rows


def may_open_file(visit, user):
    """Whether the visit's customer file is surely open to `user`, told without a statement; a team's supervisor reaches it from the list."""
    if not visit.customer_id or visit.customer.erased_at:
        return False
    far = reach(user, CanCustomers.READ)
    mine = far.own and far.employee_id and far.employee_id in {visit.customer.owner_id, visit.adviser_id if visit.state == states.IN_SERVICE else None}
    return bool(far.everything or visit.hall_id in far.halls or mine)
