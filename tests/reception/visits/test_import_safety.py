"""What an import must never do: half of it, twice, to the wrong customer, or away with work that people did since."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from config.errors import Refused
from config.jobs import services as jobs
from config.jobs.models import Job
from reception.customers import services as customers
from reception.customers.models import ContactPoint, Customer
from reception.visits import import_steps, importing, services
from reception.visits.models import ImportedRow, RegisterImport, Visit, VisitEvent
from tests.reception.visits.imports import brought_in, fresh, rows_file, tried, undone, upload

KNOWN = ["2025-03-02", "10:05", "10:30", "李国强", "138 0013 8000", 2, "See products", "Reception Wang", "常客"]
TWO_PHONES = ["2025-03-02", "11:15", "", "王芳", "13900139000 / 021-58881234", 1, "装修", "某人", ""]
NAMELESS = ["2025-03-03", "09:00", "", "", "13900139000", "", "", "", ""]
ONLY_A_NAME = ["2025-03-03", "09:30", "", "张先生", "", 3, "", "", ""]
SHARED = ["2025-03-04", "09:30", "", "赵敏", "13900139000", 1, "", "", ""]
ROWS = (KNOWN, TWO_PHONES, NAMELESS, ONLY_A_NAME, SHARED)


class Killed(BaseException):
    """What a killed worker looks like from inside."""


@pytest.fixture
def register(cast, desk, now):
    return tried(desk, cast.hall, rows_file(*ROWS), now)


def counts():
    return [model.objects.count() for model in (Visit, VisitEvent, Customer, ContactPoint, ImportedRow)]


def visit_of(register, row):
    return Visit.objects.select_related("customer").get(imported_row__source=register, imported_row__row=row)


def test_a_known_number_with_the_same_name_is_the_same_customer_and_words_of_the_hall_are_found(cast, desk, now):
    known = cast.customer_for(name="李国强", phone="13800138000")
    register = brought_in(desk, cast.hall, rows_file(*ROWS), now)
    visit = visit_of(register, 2)
    assert (visit.customer, visit.purpose, visit.receptionist) == (known, cast.purposes["see-products"], cast.people["reception"])
    assert (visit.party_size, visit.note, visit.visitor_name, visit.need) == (2, "常客", "", "")
    assert [event.verb for event in visit.events.all()] == ["arrived", "closed"]


def test_two_numbers_are_two_contact_points_and_a_row_without_a_name_is_the_one_person_of_its_number(cast, desk, now):
    register = brought_in(desk, cast.hall, rows_file(TWO_PHONES, NAMELESS), now)
    wang = visit_of(register, 2).customer
    assert [(point.kind, point.value, point.is_primary) for point in wang.contacts.all()] == [
        ("mobile", "+8613900139000", True), ("landline", "+862158881234", False)]
    assert visit_of(register, 3).customer == wang
    assert "装修" in visit_of(register, 2).need and "某人" in visit_of(register, 2).note


def test_another_name_at_the_same_number_gets_a_file_of_its_own_and_a_name_alone_gets_none(cast, desk, now):
    register = brought_in(desk, cast.hall, rows_file(*ROWS), now)
    assert visit_of(register, 6).customer != visit_of(register, 3).customer
    assert visit_of(register, 6).customer.contacts.get().value == "+8613900139000"
    assert (visit_of(register, 5).customer, visit_of(register, 5).visitor_name) == (None, "张先生")
    assert register.summary["imported"] == {"visits": 5, "customers_new": 3, "customers_known": 0, "points": 4, "already": 0}


def test_a_customer_that_only_another_hall_knows_is_not_touched(cast, desk, now):
    foreign = cast.customer_for(name="李国强", phone="13800138000", hall=cast.other_hall)
    register = brought_in(desk, cast.hall, rows_file(KNOWN), now)
    assert visit_of(register, 2).customer != foreign
    assert not customers_of(foreign)


def customers_of(customer):
    return customer.visits.count() + customer.halls.exclude(hall__code="showroom").count()


def test_a_new_customer_is_found_by_the_end_of_the_number_at_once(cast, desk, now):
    register = brought_in(desk, cast.hall, rows_file(KNOWN), now)
    keys = set(visit_of(register, 2).customer.keys.filter(hall=cast.hall).values_list("key", flat=True))
    assert {"-00083100831", "liguoqiang", "lgq"} <= keys


@pytest.mark.parametrize("at", ["prepare", "write"])
def test_a_worker_that_dies_in_the_middle_leaves_nothing_and_the_next_one_goes_on(cast, desk, now, register, monkeypatch, at):
    before = counts()
    importing.bring_in(desk, register, now=now)
    real = getattr(import_steps, at)

    def die(*arguments, **options):
        real(*arguments, **options)
        raise Killed

    monkeypatch.setattr(import_steps, at, die)
    with pytest.raises(Killed):
        importing.run_here(fresh(register))
    assert counts() == before
    monkeypatch.setattr(import_steps, at, real)
    assert importing.run_here(fresh(register)).summary["imported"]["visits"] == 5
    assert Visit.objects.count() == 5


def test_an_import_that_fails_for_good_leaves_nothing_says_so_and_can_be_tried_anew(cast, desk, now, register, monkeypatch):
    before = counts()
    register = importing.bring_in(desk, register, now=now)

    def fault(*arguments, **options):
        raise RuntimeError("a bug")

    monkeypatch.setattr(import_steps, "write", fault)
    for _attempt in range(jobs.MAX_ATTEMPTS):
        with pytest.raises(RuntimeError):
            importing.run_here(register)
        jobs.blame(register.job_id)
    register = fresh(register)
    assert (register.state, register.job.state, counts()) == ("failed", "failed", before)
    monkeypatch.undo()
    again = importing.run_here(importing.choose_columns(desk, register, importing.Mapping.from_json(register.mapping), now=now))
    assert importing.run_here(importing.bring_in(desk, again, now=now)).summary["imported"]["visits"] == 5


def test_an_import_stopped_by_its_owner_leaves_nothing(cast, desk, now, register):
    before = counts()
    register = importing.bring_in(desk, register, now=now)
    jobs.take_step(register.job_id)
    jobs.ask_to_cancel(desk, register.job)
    register = importing.run_here(register)
    assert (register.state, register.job.state, counts()) == ("failed", Job.State.CANCELLED, before)
    assert register.summary["stopped"]["cancelled"]


def test_undo_keeps_a_visit_that_was_changed_and_a_customer_who_came_again(cast, desk, now):
    register = brought_in(desk, cast.hall, rows_file(*ROWS), now)
    changed, wang = visit_of(register, 2), visit_of(register, 3).customer
    services.change(desk, changed, version=changed.version, now=now, note="berichtigt")
    cast.visit_for(customer=wang)
    register = undone(desk, register, now)
    assert register.summary["undone"]["kept_visits"] == [changed.number]
    assert register.summary["undone"]["kept_customers"] == [changed.customer.number, wang.number]
    assert (register.summary["undone"]["visits"], register.summary["undone"]["customers"]) == (4, 1)
    assert set(Customer.objects.values_list("pk", flat=True)) == {changed.customer_id, wang.pk}
    assert wang.contacts.count() == 2


@pytest.mark.parametrize("act", [lambda events: events.update(verb="closed"), lambda events: events.delete()])
@pytest.mark.parametrize("imported", [True, False])
def test_what_happened_in_a_visit_is_never_changed_and_goes_with_the_undoing_of_its_register_alone(cast, desk, now, as_application, act, imported):
    visit = visit_of(brought_in(desk, cast.hall, rows_file(*ROWS), now), 2) if imported else cast.visit_for()
    events = VisitEvent.objects.filter(visit=visit)
    assert events.exists()
    with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
        act(events)
    assert events.exists()


def test_the_undoing_of_one_register_reaches_no_event_of_another(cast, desk, now):
    register = brought_in(desk, cast.hall, rows_file(*ROWS), now)
    others = VisitEvent.objects.filter(visit=cast.visit_for())
    RegisterImport.objects.filter(pk=register.pk).update(state="undoing")
    with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
        others.delete()
    with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
        VisitEvent.objects.update(hall_id=cast.other_hall.pk)


def test_undo_takes_added_numbers_out_of_a_file_that_was_there_before(cast, desk, now):
    known = cast.customer_for(name="王芳", phone="13900139000")
    register = brought_in(desk, cast.hall, rows_file(TWO_PHONES), now)
    assert known.contacts.count() == 2 and Customer.objects.count() == 1
    undone(desk, register, now)
    assert known.contacts.get().value == "+8613900139000"
    assert not known.keys.filter(key__contains="2158881234").exists()


def test_a_customer_whose_file_was_written_in_since_stays(cast, desk, now):
    register = brought_in(desk, cast.hall, rows_file(TWO_PHONES), now)
    wang = visit_of(register, 2).customer
    customers.change(desk, wang, now=now, note="ruft zurück")
    register = undone(desk, register, now)
    assert register.summary["undone"]["kept_customers"] == [wang.number]
    assert Customer.objects.get().contacts.count() == 2


def test_one_register_of_a_hall_at_a_time_and_none_twice(cast, desk, now, register):
    second = tried(desk, cast.hall, rows_file(KNOWN), now, name="zweites.xlsx")
    importing.bring_in(desk, register, now=now)
    for refused, verb in ((second, importing.bring_in), (register, importing.bring_in), (register, importing.undo)):
        with pytest.raises(Refused):
            verb(desk, refused, now=now)
    importing.run_here(fresh(register))
    with pytest.raises(Refused):
        importing.bring_in(desk, register, now=now)
    assert importing.run_here(importing.bring_in(desk, second, now=now)).summary["imported"]["already"] == 1


def test_rows_of_coming_days_are_refused(cast, desk, now):
    tomorrow = (cast.today + timedelta(days=1)).isoformat()
    register = tried(desk, cast.hall, rows_file(KNOWN, [tomorrow, *KNOWN[1:]]), now)
    assert (register.summary["visits"], register.summary["refused"]) == (1, 1)


def test_imported_visits_have_history_and_name_who_brought_them(cast, desk, now):
    register = brought_in(desk, cast.hall, rows_file(KNOWN), now)
    record = Visit.history.get(id=visit_of(register, 2).pk)
    assert (record.history_type, record.history_user, record.history_change_reason) == ("+", desk.user, "imported from a register")
    assert [row.history_change_reason for row in RegisterImport.history.filter(id=register.pk).order_by("history_id")] == [
        "uploaded", "columns matched", "tried", "sent in", "brought in"]
    assert "13800138000" not in str(list(RegisterImport.history.values()))


def test_a_file_too_large_is_refused_before_it_is_read(cast, desk, now, monkeypatch):
    monkeypatch.setattr(importing, "MOST_BYTES", 100)
    with pytest.raises(Refused, match="larger than"):
        upload(desk, cast.hall, rows_file(KNOWN), now)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_tables_come_in_whatever_their_characters(cast, desk, now, encoding):
    text = "日期,到访时间,客户姓名,联系电话\n2025-03-02,10:05,李国强,13800138000\n"
    register = brought_in(desk, cast.hall, text.encode(encoding), now, name="登记.csv")
    assert visit_of(register, 2).customer.name == "李国强"
