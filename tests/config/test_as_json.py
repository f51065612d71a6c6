"""Records out of JSON: each column comes back as the ORM reads it."""
import pytest

from config.as_json import as_object, record
from facilities.areas.models import Area
from reception.customers.models import Communication, ContactPoint, Customer
from reception.customers.services import register_customer
from reception.visits.models import Handover, Purpose, ServiceLeg, TemplateVersion, Visit
from reception.visits.queue_models import Appointment, HallQueue, PostSpell
from staff.organisation.models import Employee, Hall, Post, Service
from staff.shifts.models import Shift

MODELS = (Appointment, Area, Communication, ContactPoint, Customer, Employee, Hall, HallQueue, Handover, Post, PostSpell, Purpose, Service, ServiceLeg,
          Shift, TemplateVersion, Visit)


@pytest.fixture
def company(cast, now):
    """One of nearly everything."""
    customer = register_customer(cast.actor("agent"), hall=cast.hall, name="周敏", phones=["13800138000"], now=now)
    cast.visit_for(customer=customer, adviser="sales", state="in_service", minutes_ago=17)
    cast.appointment_for(customer=customer, employee="sales")


def test_every_column_of_a_record_comes_back_as_the_database_has_it(company):
    seen = set()
    for model in MODELS:
        for row in model.objects.annotate(found=as_object(model)):
            made, fields = record(model, row.found), [field.attname for field in model._meta.concrete_fields]
            assert {name: getattr(made, name) for name in fields} == {name: getattr(row, name) for name in fields}
            assert {name: type(getattr(made, name)) for name in fields} == {name: type(getattr(row, name)) for name in fields}
            seen.add(model)
    assert len(seen) >= 12


def test_no_record_is_none_and_a_column_that_was_left_out_is_read_when_it_is_asked_for(company):
    visit = Visit.objects.first()
    assert record(Visit, None) is None and record(Visit, {"id": None}) is None
    some = record(Visit, {"id": visit.pk, "number": visit.number})
    assert some == visit and some.number == visit.number and some.get_deferred_fields() and some.state == visit.state
