"""Records written together: rows and history as Django and simple-history would write them one by one."""
import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from config import together
from config.accounts import trace
from config.numbers.services import next_number, public_code
from config.web import undo
from reception.customers.models import Customer
from reception.visits import queue
from reception.visits.models import ServiceLeg, Visit, VisitEvent

pytestmark = pytest.mark.django_db
OWN = {"id", "number", "public_code", "sequence", "visit_id", "leg_id", "history_id", "history_date"}  # what differs between two records


@pytest.fixture
def records(cast, now):
    """`records()` makes a visit, its ticket and its events, not yet saved, with ids where `ids` are given."""
    def made(ids=(None, None), visit=None):
        hall, service = cast.hall, cast.services["advice"]
        visit = visit or Visit(
            pk=ids[0], number=next_number("VS", 2026), public_code=public_code(), hall=hall, purpose=cast.purposes["see-products"], party_size=3,
            need="'quoted' 100 %s", details={"budget": 12}, steps=["tea"], template_version=cast.templates["sales"], arrived_at=now, created_at=now,
            receptionist=cast.people["reception"], created_by=cast.users["reception"])
        leg = queue.ticket(visit, service, queue.next_ticket(hall, cast.today, service), at=now, pk=ids[1], priority="elderly", priority_from=now)
        events = [VisitEvent(visit=visit, hall_id=hall.pk, verb=verb, at=now, detail={"n": 1}) for verb in ("arrived", "queued")]
        trace.mark(cast.actor("reception"), visit, act="logged")
        trace.mark(cast.actor("reception"), leg, act="queued", reason="why")
        return visit, leg, events
    return made


def columns(row):
    """What the database holds of a row, but for what is its own."""
    kept = type(row).objects.get(pk=row.pk)
    return {field.attname: getattr(kept, field.attname) for field in kept._meta.concrete_fields if field.attname not in OWN}


def test_rows_and_history_are_those_that_saving_one_by_one_writes(records, cast, django_assert_num_queries):
    visit, leg, events = records(ids=next_ids(cast))
    with django_assert_num_queries(1):
        together.insert([visit, leg, *events])
    slow, slow_leg, slow_events = records()
    slow.save()
    slow_leg.visit = slow
    slow_leg.save()
    VisitEvent.objects.bulk_create([VisitEvent(visit=slow, hall_id=one.hall_id, verb=one.verb, at=one.at, detail=one.detail) for one in slow_events])
    assert columns(visit) == columns(slow) and columns(leg) == columns(slow_leg)
    for fast, slowly in ((visit, slow), (leg, slow_leg)):
        assert fast.history.count() == slowly.history.count() == 1
        assert columns(fast.history.get()) == columns(slowly.history.get())
        own = OWN & {field.attname for field in fast._meta.concrete_fields}
        assert [getattr(fast.history.get(), name) for name in own] == [getattr(fast, name) for name in own]
    assert [columns(row) for row in visit.events.order_by("pk")] == [columns(row) for row in slow.events.order_by("pk")]


def next_ids(cast):
    """The ids of an arrival."""
    taken = queue.next_of_arrival(cast.hall, cast.today, None)
    return taken["visit"], taken["leg"]


def test_what_was_written_is_a_record_like_any_other(records, cast):
    visit, leg, events = records(ids=next_ids(cast))
    together.insert([visit, leg, *events])
    assert [event.pk for event in events] == list(VisitEvent.objects.order_by("pk").values_list("pk", flat=True))
    visit.need = "changed"
    visit.save()
    assert Visit.objects.get().need == "changed" and visit.history.count() == 2


def test_where_one_row_is_refused_none_is_written(records, cast):
    first, leg, events = records(ids=next_ids(cast))
    together.insert([first, leg, *events])
    second, other, _events = records(ids=next_ids(cast))
    second.public_code = first.public_code
    with pytest.raises(IntegrityError, match="public_code"), transaction.atomic():
        together.insert([second, other])
    assert Visit.objects.count() == ServiceLeg.objects.count() == Visit.history.count() == 1


def test_an_act_that_is_recorded_sees_the_history_rows(records, cast, now):
    visit, leg, events = records(ids=next_ids(cast))
    with undo.recorded(cast.actor("reception"), kind="visit", record_id=visit.pk, now=now) as recording:
        together.insert([visit, leg, *events])
    assert {key[0] for key in recording.rows} == {"reception.Visit", "reception.ServiceLeg"}
    assert recording.rows["reception.Visit", visit.pk] == (visit.history.get().history_id,) * 2


def test_more_records_than_one_statement_takes_are_written_whole_each_with_its_history(cast, now, django_assert_num_queries):
    made = [Customer(number=f"CU-{n}", name=f"李国强 {n}", sort_key="liguoqiang", created_at=now, created_by=cast.users["reception"], last_seen_at=now)
            for n in range(1_700)]
    for customer in together.name(made):
        trace.mark(cast.actor("reception"), customer, act="logged")
    with django_assert_num_queries(2 + len(range(0, len(made), together.AT_ONCE))):  # a savepoint, the parts, its end
        together.insert(made)
    assert dict(Customer.objects.filter(number__startswith="CU-").values_list("pk", "name")) == {one.pk: one.name for one in made}
    assert list(Customer.history.filter(number__startswith="CU-").order_by("history_id").values_list("id", "history_change_reason")) == [
        (one.pk, "logged") for one in made]
