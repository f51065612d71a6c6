"""One visit with all that its page tells of it, read in one statement (REC-08)."""
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.http import Http404
from django.utils import timezone

from config import prepared
from config.accounts.models import User
from config.as_json import as_object, record
from config.web import undo
from config.web.models import Attachment
from facilities.areas.models import Area
from reception.visits import queries
from reception.visits.hosts.models import HostCall
from reception.visits.models import Handover, ServiceLeg, VisitEvent
from reception.visits.permissions import Can
from staff.organisation.models import Employee, Post, Service
from staff.regulation import values

LEG = {"service": Service, "post": Post, "employee": Employee, "wanted_employee": Employee, "wanted_post": Post}
HANDOVER = {"giver": Employee, "taker": Employee}
ASKED = {"employee": Employee, "host": Employee}


@dataclass(slots=True)
class Told:
    """One event of a visit with the names of those it mentions."""

    pk: int
    leg_id: int | None
    verb: str
    at: datetime
    reason: str
    detail: dict
    employee_name: str | None
    post_name: str | None
    area_name: str | None
    user_name: str | None


def visit_in_full(user, pk, now):
    """The visit with its `told` (events, oldest first), `tickets_told` (ServiceLeg), `handed` (Handover, oldest first), `asked`
    (HostCall, in their order), `files` (Attachment), `targets` (seconds to greeting and minutes to service allowed on its day), and the
    viewer's `last_act` on it.

    Raises Http404 out of reach.
    """
    found = prepared.rows(("visit in full", prepared.reader(user, Can.READ, Can.EDIT, Can.REOPEN)), lambda: asked(user), pk=pk, now=now)
    if not found:
        raise Http404
    [visit] = found
    visit.told = [Told(**row | {"at": datetime.fromisoformat(row["at"])}) for row in visit.events_in]
    visit.tickets_told = [whole(ServiceLeg, LEG, row) for row in visit.legs_in]
    visit.handed = [whole(Handover, HANDOVER, row) for row in visit.handed_in]
    visit.asked = [whole(HostCall, ASKED, row) for row in visit.asked_in]
    visit.files = [record(Attachment, row) for row in visit.files_in]
    day = timezone.localtime(visit.arrived_at).date()
    in_force = [(row["key"], row["value"]) for row in visit.targets_in if date.fromisoformat(row["since"]) <= day]
    found = values.decided(queries.TARGETS, in_force)
    visit.targets = tuple(found[key] for key in queries.TARGETS)
    return visit


def asked(user):
    """The query of one visit."""
    legs = ServiceLeg.objects.filter(visit=OuterRef("pk")).order_by("queued_at", "pk")
    handed = Handover.objects.filter(visit=OuterRef("pk")).order_by("offered_at", "pk")
    hosts = HostCall.objects.filter(visit=OuterRef("pk")).order_by("told_at", "pk")
    files = Attachment.objects.filter(kind="visit", record_id=OuterRef("pk")).order_by("pk")
    targets = values.candidates(OuterRef("hall")).filter(key__in=queries.TARGETS)
    return queries.visits_in_full(user).annotate(
        last_act=undo.latest(user, "visit", now=prepared.NOW), events_in=ArraySubquery(events().values(row=told_row())),
        legs_in=listed(legs, ServiceLeg, LEG), handed_in=listed(handed, Handover, HANDOVER),
        asked_in=listed(hosts, HostCall, ASKED), files_in=listed(files, Attachment, {}),
        targets_in=ArraySubquery(targets.values(row=JSONObject(key="key", value="value", since="valid_from")))).filter(pk=prepared.PK)


def events():
    """The events of the visit around, oldest first."""
    return VisitEvent.objects.filter(visit=OuterRef("pk")).order_by("at", "pk")


def told_row():
    """What is read of an event."""
    def name(model, key, column):
        return Subquery(model.objects.filter(pk=OuterRef(key)).values(words=column)[:1])

    user = Coalesce(NullIf("display_name", Value("")), "username")
    return JSONObject(pk="pk", leg_id="leg_id", verb="verb", at="at", reason="reason", detail="detail",
                      employee_name=name(Employee, "employee_id", F("name")), post_name=name(Post, "post_id", F("name")),
                      area_name=name(Area, "area_id", F("name")), user_name=name(User, "user_id", user))


def listed(rows, model, pointers):
    """These rows with the records they point to, as a list within the statement."""
    if not pointers:
        return ArraySubquery(rows.values(row=as_object(model)))
    others = {name: as_object(other, f"{name}__") for name, other in pointers.items()}
    return ArraySubquery(rows.values(row=JSONObject(record=as_object(model), **others)))


def whole(model, pointers, row):
    """A record with the records it points to."""
    made = record(model, row["record"])
    for name, other in pointers.items():
        made._state.fields_cache[name] = record(other, row[name])
    return made
