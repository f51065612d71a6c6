"""Erasing a customer takes every trace of who they were, and no figure (PIPL 47, GEN-23)."""
import subprocess
import uuid
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from config.accounts import trace
from config.contributions.personal import FIELDS
from config.embedded import places, wheels
from config.errors import Refused
from config.jobs.models import Job, JobFile
from config.outbox.models import Message
from config.privacy import checks, erasing
from config.privacy.models import Erasure, FileToRemove
from config.privacy.people import People
from config.web.models import Act, Attachment, BulkRun, Draft, SavedView
from reception.customers import names, services
from reception.customers.models import Communication, ContactPoint, Customer, CustomerKey
from reception.customers.services import erasing as desk
from reception.followups.models import FollowUp, FollowUpIssue, FollowUpTry
from reception.visits import importing
from reception.visits.models import Handover, RegisterImport, Visit, VisitEvent
from reception.visits.presence.models import Evacuation, EvacuationPerson
from reception.visits.queue_models import Appointment
from tests.cast import build, signed_in

NAME, PHONE, LOCAL = "欧阳铁锤", "+8613911223344", "13911223344"
OTHER_NAME, MAIL, COMPANY = "欧阳小锤", "hammer@example.com", "铁锤五金"
REASON = "asked for by letter"


def spellings():
    """Every way in which who the customer was could stand in a dump, a file's bytes (hexadecimal) included."""
    plain = [NAME, OTHER_NAME, COMPANY, MAIL, PHONE, LOCAL, LOCAL[::-1], "139 1122 3344", quote(NAME), NAME.encode("unicode-escape").decode()]
    plain += [key for name in (NAME, OTHER_NAME) for key in names.search_keys(name) if len(key) > 4] + [names.sort_key(NAME)]
    return plain + [text.encode(code).hex() for text in (NAME, LOCAL) for code in ("utf-8", "gb18030")]


def dump():
    """The whole database as the server's own tool writes it out."""
    done = subprocess.run([wheels.postgres_bin() / "pg_dump", "-h", places.current().sockets, "-U", places.OWNER, "-d",
                           connection.settings_dict["NAME"]], cwd="/", capture_output=True, check=True)
    return done.stdout.decode()


def found_in(text):
    """The spellings that stand in a dump, each with where."""
    return [(spelling, text[max(0, text.index(spelling) - 60):][:140]) for spelling in spellings() if spelling in text]


def talk(cast, customer):
    """What was said, with a correction."""
    first = services.log_communication(cast.actor("reception"), customer, hall=cast.hall, at=cast.now, method="phone", topic=f"Call of {NAME}",
                                       opinion=f"{LOCAL} rings", now=cast.now)
    services.correct_communication(cast.actor("reception"), first, reason=f"{NAME} said otherwise", now=cast.now, at=cast.now, method="phone",
                                   topic=f"{NAME} again", answer=NAME, next_step=NAME)


def served(cast, customer):
    """A visit with all that people write into one, its ticket, events, handover, place on an evacuation list, and its changes."""
    visit = cast.visit_for(customer=customer, adviser="sales", state="closed", visitor_name=NAME, note=f"ring {LOCAL}", need=NAME, interest=NAME,
                           next_step=NAME, details={"budget": NAME}, minutes_ago=60)
    trace.save(cast.actor("sales"), visit, "note", act="changed", reason=f"{NAME} wished it")
    visit.legs.update(result=NAME)
    VisitEvent.objects.create(visit=visit, hall_id=visit.hall_id, verb="transferred", at=cast.now, reason=f"{NAME} wants it")
    handover = Handover(visit=visit, giver=cast.people["sales"], taker=cast.people["colleague"], note=NAME, offered_at=cast.now, accepted_at=cast.now)
    trace.save(cast.actor("sales"), handover, act="handed over", reason=NAME)
    evacuation = Evacuation.objects.create(hall=cast.hall, kind="drill", started_at=cast.now, started_by=cast.users["reception"], ended_at=cast.now)
    trace.save(cast.actor("reception"), EvacuationPerson(evacuation=evacuation, kind="visitor", visit=visit, name=NAME), act="listed")
    return visit


def called(cast, customer, visit):
    """A follow-up with a call in vain and an issue, closed."""
    row = FollowUp(hall=cast.hall, customer=customer, visit=visit, employee=cast.people["agent"], trigger="purchase", slot="1", state="closed",
                   begins_at=cast.now, due_at=cast.now, opinions=f"{NAME} is content", satisfaction=9, loyalty="again", usage="well")
    trace.save(cast.actor("agent"), row, act="closed", reason=NAME)
    FollowUpTry.objects.create(follow_up=row, at=cast.now, by=cast.people["agent"], method="phone", note=f"{LOCAL} is engaged")
    trace.save(cast.actor("agent"), FollowUpIssue(follow_up=row, text=f"{NAME}: the door drags", answer=NAME, department=cast.hall.department,
                                                  answered_at=cast.now), act="answered")


def expected(cast, customer):
    """An appointment that was kept as missed, and one by telephone alone."""
    for facts in ({"customer": customer, "name": NAME}, {"customer": None, "name": NAME, "phone": "139-1122-3344"}):
        row = Appointment(hall=cast.hall, at=cast.now, purpose=cast.purposes["see-products"], state="missed", note=NAME, created_at=cast.now, **facts)
        trace.save(cast.actor("reception"), row, act="planned", reason=NAME)


def handed_in(cast, customer, visit):
    """Files and half-typed texts: an attachment, a message, a register, a job's file, a draft, a saved view, an act on many rows."""
    user = cast.users["sales"]
    Attachment.objects.create(kind="visit", record_id=visit.pk, hall_id=visit.hall_id, name=f"{NAME}.png", content_type="image/png", size=3,
                              checksum="0" * 64, file=ContentFile(NAME.encode(), name="plan.png"), added_by=user, added_at=cast.now)
    cast.message_for(address=MAIL, subject=NAME, body=f"Dear {NAME}", kind="customer", record_id=customer.pk)
    cast.message_for(address=MAIL, body="Dear customer", state=Message.State.WAITING)
    content = f"日期,时间,姓名,电话\n2026-03-02,10:05,{NAME},{LOCAL}\n".encode("gb18030")
    importing.upload(cast.actor("manager"), hall=cast.hall, file=ContentFile(content), name="register.csv", now=cast.now)
    job = cast.job_for("manager")
    JobFile.objects.create(job=job, role="result", name="list.csv", content_type="text/csv", content=f"{NAME};139 1122 3344".encode())
    Draft.objects.create(key=uuid.uuid4(), user=user, path=reverse("desk"), title="Desk", typed=[["name", NAME]], at=cast.now)
    Draft.objects.create(key=uuid.uuid4(), user=user, path=reverse("edit_customer", args=[customer.pk]), typed=[["note", "tall"]], at=cast.now)
    SavedView.objects.create(owner=user, page="customers", name="Hammer", query=f"q={quote(NAME)}", created_at=cast.now)
    BulkRun.objects.create(user=user, page="customers", act="x", ids=[customer.pk], results=[[customer.pk, NAME, f"{NAME} is gone"]],
                           answers={"reason": NAME}, batch=uuid.uuid4(), at=cast.now)
    Act.objects.create(user=user, kind="visit", record_id=visit.pk, at=cast.now, facts={"was": NAME})


def whole_life(cast):
    """A customer with everything that can be stored of one, in a file that another was merged into."""
    actor = cast.actor("manager")
    customer = services.register_customer(actor, hall=cast.hall, name=NAME, company=COMPANY, phones=[LOCAL], note=f"{NAME}, {LOCAL}", now=cast.now)
    services.add_contact(actor, customer, way="email", written=MAIL, now=cast.now)
    removed, = services.add_contact(actor, customer, way="phone", written="021-5888 7766", now=cast.now)
    services.remove_contact(actor, removed, reason=f"{NAME} moved", now=cast.now)
    services.set_choice(actor, customer, choice="declined", reason=f"{NAME} has one", now=cast.now)
    services.set_attention(actor, customer, attention=f"{NAME} is deaf", now=cast.now)
    other = services.register_customer(actor, hall=cast.hall, name=OTHER_NAME, phones=[LOCAL], now=cast.now)
    served(cast, other)
    services.merge(actor, customer, other, choices={}, reason=f"both are {NAME}", now=cast.now)
    visit = cast.visit_for(customer=customer, adviser="colleague", state="closed", minutes_ago=90)
    talk(cast, customer)
    called(cast, customer, visit)
    expected(cast, customer)
    handed_in(cast, customer, visit)
    return Customer.objects.get(pk=customer.pk)


def analysis(cast):
    """Every figure of the analysis of visits, as the manager reads it."""
    answer = signed_in(cast.user("manager")).get(reverse("visit_figures"))
    assert answer.status_code == 200
    return answer.content.decode().split("<main", 1)[1]


def erase(cast, customer, by="manager", **facts):
    """The act as the page does it."""
    return desk.erase_customer(cast.actor(by), customer, **{"reason": REASON, "typed": customer.number, "now": cast.now, **facts})


@pytest.mark.req("GEN-23")
def test_after_erasing_the_whole_database_holds_neither_name_nor_number_and_every_figure_stands(transactional_db, now):
    cast = build(now)
    customer = whole_life(cast)
    before, figures, visits = dump(), analysis(cast), Visit.objects.count()
    assert {spelling for spelling, _place in found_in(before)} >= {NAME, OTHER_NAME, COMPANY, MAIL, LOCAL, LOCAL[::-1], PHONE, quote(NAME)}
    stored = Attachment.objects.get().file.name
    told = erasing.trial(People("customer", [customer.pk]))
    proof = erase(cast, customer)
    assert found_in(dump()) == []
    assert analysis(cast) == figures
    assert Visit.objects.count() == visits
    assert set(Visit.objects.values_list("customer_id", flat=True)) <= {None, *proof.record_ids}
    assert not storages["private"].exists(stored)
    assert not FileToRemove.objects.exists()
    assert proof.counts == told
    assert (proof.by.username, proof.reason, proof.cause) == ("manager", REASON, "request")
    assert erasing.digest(LOCAL) in proof.digests
    assert proof.totals["rows"] > 8 and proof.totals["fields"] > 20


def test_what_belongs_to_another_customer_stays(cast):
    erased, other = cast.customer_for(name=NAME, phone=LOCAL), cast.customer_for(name="王芳", phone=LOCAL)
    visit = cast.visit_for(customer=other, state="closed", adviser="sales", note="tall", visitor_name="王芳")
    row = Appointment.objects.create(hall=cast.hall, at=cast.now, purpose=cast.purposes["see-products"], state="missed", name="王芳", phone=LOCAL,
                                     created_at=cast.now)
    erase(cast, erased)
    visit.refresh_from_db()
    row.refresh_from_db()
    assert (visit.visitor_name, visit.note, row.phone) == ("王芳", "tall", LOCAL)  # the number is the other one's too
    assert ContactPoint.objects.get().customer == other
    assert CustomerKey.objects.filter(customer=other).exists()
    assert not CustomerKey.objects.filter(customer=erased).exists()


def test_the_history_tells_that_it_was_done_by_whom_and_no_word_more(cast):
    customer = cast.customer_for(name=NAME, phone=LOCAL)
    services.set_choice(cast.actor("manager"), customer, choice="declined", reason=f"{NAME} has one", now=cast.now)
    erase(cast, customer)
    rows = list(Customer.history.filter(id=customer.pk).order_by("-history_id")[:2])
    assert [(row.history_change_reason, row.history_user.username, row.name) for row in rows] == [("erased", "manager", ""), ("choice", "manager", "")]


OPEN = {
    "visit": lambda cast, customer: cast.visit_for(customer=customer),
    "appointment": lambda cast, customer: cast.appointment_for(customer=customer),
    "follow-up": lambda cast, customer: FollowUp.objects.create(hall=cast.hall, customer=customer, trigger="period", slot="1", state="due",
                                                                begins_at=cast.now, due_at=cast.now),
    "legal hold": lambda cast, customer: desk.set_hold(cast.actor("manager"), customer, reason="a lawsuit", now=cast.now),
    "register": lambda cast, customer: importing.upload(
        cast.actor("manager"), hall=cast.hall, name="register.csv", now=cast.now, mapping=None,
        file=ContentFile(f"日期,时间,姓名,电话\n2026-03-02,10:05,{NAME},{LOCAL}\n".encode())),
}


@pytest.mark.parametrize("what", OPEN)
def test_a_file_with_something_open_is_not_erased(cast, what):
    customer = cast.customer_for(name=NAME, phone=LOCAL)
    OPEN[what](cast, customer)
    if what == "register":
        register = RegisterImport.objects.get()
        register.job = Job.objects.create(work="check-register", title="x", kind="register", record_id=register.pk, created_at=cast.now, touched_at=cast.now)
        register.save()
    with pytest.raises(Refused, match=what):
        erase(cast, customer)
    assert Customer.objects.get(pk=customer.pk).name == NAME
    assert not Erasure.objects.exists()


@pytest.mark.parametrize(("facts", "sentence"), [({"typed": "CU-1"}, "not the number"), ({"reason": " "}, "Write down why"),
                                                 ({"reason": f"{NAME} asked"}, "out of the reason"), ({"reason": "call 139 1122 3344"}, "out of the reason")])
def test_erasing_asks_for_the_number_and_for_a_reason_that_names_nobody(cast, facts, sentence):
    customer = cast.customer_for(name=NAME, phone=LOCAL)
    with pytest.raises(Refused, match=sentence):
        erase(cast, customer, **facts)


def test_a_file_is_erased_once(cast):
    customer = cast.customer_for(name=NAME, phone=LOCAL)
    erase(cast, customer)
    with pytest.raises(Refused, match="erased"):
        erase(cast, customer)
    assert Erasure.objects.count() == 1


def test_whoever_has_the_file_open_is_told_that_it_is_gone(cast):
    customer = cast.customer_for(name=NAME, phone=LOCAL)
    opened = Customer.objects.get(pk=customer.pk)
    visit = cast.visit_for(customer=customer, state="closed", adviser="sales", note="tall")
    erase(cast, customer)
    with pytest.raises(Refused, match="erased"):
        services.change(cast.actor("manager"), opened, version=opened.version, name=NAME, now=cast.now)
    with pytest.raises(Refused, match="erased"):
        services.came(opened, cast.hall, at=cast.now + timedelta(minutes=1), now=cast.now)
    with pytest.raises(Refused, match="erased"):
        services.seen(opened, at=cast.now)
    assert Visit.objects.get(pk=visit.pk).version == visit.version + 1  # so that a form that is open on it is refused


def test_a_merge_into_an_erased_file_is_not_undone(cast):
    kept, merged = cast.customer_for(name=NAME, phone=LOCAL), cast.customer_for(name=OTHER_NAME, phone=LOCAL)
    done = services.merge(cast.actor("manager"), kept, merged, choices={}, reason="", now=cast.now)
    erase(cast, kept)
    with pytest.raises(Refused, match="erased"):
        services.undo_merge(cast.actor("manager"), done, now=cast.now)


def test_a_hold_is_released_by_another_than_who_set_it(cast):
    customer = cast.customer_for(name=NAME, phone=LOCAL)
    desk.set_hold(cast.actor("manager"), customer, reason="a lawsuit", now=cast.now)
    with pytest.raises(Refused, match="stands on this file already"):
        desk.set_hold(cast.actor("supervisor"), customer, reason="another", now=cast.now)
    with pytest.raises(Refused, match="yourself"):
        desk.release_hold(cast.actor("manager"), customer, reason="over", now=cast.now)
    desk.release_hold(cast.actor("department"), customer, reason="the lawsuit is over", now=cast.now)
    erase(cast, customer)


def test_a_register_that_waits_has_to_be_handed_in_anew(cast):
    customer = cast.customer_for(name=NAME, phone=LOCAL)
    OPEN["register"](cast, customer)
    erase(cast, customer)
    register = RegisterImport.objects.get()
    assert (register.state, bytes(register.content)) == ("failed", b"")


@pytest.mark.parametrize("statement", ["UPDATE reception_communication SET topic = 'x'", "UPDATE reception_communication SET opinion = '', at = now()",
                                       "DELETE FROM reception_communication"])
def test_of_an_erased_customers_talk_the_words_may_go_and_nothing_else(cast, as_application, statement):
    customer = cast.customer_for(name=NAME, phone=LOCAL)
    Communication.objects.create(customer=customer, hall=cast.hall, at=cast.now, method="phone", topic="Price", entered_by=cast.users["sales"],
                                 entered_at=cast.now)
    erase(cast, customer)
    assert Communication.objects.get().topic == "—"
    with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
        as_application.execute(statement)


def test_the_proof_is_only_ever_added_to(cast, as_application):
    erase(cast, cast.customer_for(name=NAME, phone=LOCAL))
    for statement in ("UPDATE config_erasure SET reason = 'x'", "DELETE FROM config_erasure"):
        with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
            as_application.execute(statement)


def test_a_personal_field_without_an_answer_to_erasing_fails_the_check():
    assert checks.personal_fields_are_registered() == []
    member = FIELDS.get("reception.Visit")
    note = member.erasing.pop("note")
    try:
        assert [problem.msg for problem in checks.personal_fields_are_registered()] == ["reception.Visit.note does not say what erasing does to it."]
    finally:
        member.erasing["note"] = note
