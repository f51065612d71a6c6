"""How the generated matrix makes the record that an address is about: for each address with a key, whose record and how.

A new address with a key that is not named here fails the matrix. `make(cast, who)` makes a record that belongs to the person
`who` (its owner, its adviser, or somebody of its hall) and returns the keys of the address.
"""
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from config.web import bulk, drafts
from config.web.models import Act, Attachment, SavedView
from reception.customers import services as customers
from reception.customers.models import Communication, DuplicatePair
from reception.visits import importing
from reception.visits.models import Handover
from reception.visits.presence.models import Evacuation, EvacuationPerson
from reception.visits.stations import keys as station_keys
from reception.visits.stations import services as stations
from staff.communication.models import Snippet
from staff.organisation.matrix import matrix
from staff.organisation.models import Deputy, Employee, Position
from staff.shifts.models import Shift
from staff.training.models import Competence, CompetenceHeld

OWN_HALL = {"mine", "colleague", "outsider"}
SEEN = {"A": {*OWN_HALL, "elsewhere"}, "D": OWN_HALL, "H": OWN_HALL, "T": {"mine", "colleague"}, "O": {"mine"}}  # scope -> situations

NARROWED = ("reception", "technician")  # of a customer file they see who it is and how to reach them: "basic", "address, job"


@dataclass(frozen=True)
class Subject:
    """`make(cast, who)` gives the keys of the address; `rule(role, situation)` says who finds the record where that is
    something else than the scope of the page's own capability."""

    make: Callable
    rule: Callable | None = None

    def seen(self, role, capability, situation):
        """Whether a person of `role` finds the record on a page of `capability` in this situation."""
        return self.rule(role, situation) if self.rule else within(capability)(role, situation)


def within(capability):
    """The rule of the matrix: the scope of this capability."""
    row, _dot, action = str(capability).partition(".")

    def rule(role, situation):
        cell = matrix()[role].get(row)
        return cell is not None and action in cell.actions and situation in SEEN[cell.scope]
    return rule


def everywhere(_role, _situation):
    """Master data of the company, or what belongs to nobody: who may open the page finds every record."""
    return True


def only_mine(_role, situation):
    """A record of one person alone, whatever the rights."""
    return situation == "mine"


def without(rule, *roles):
    """`rule`, but for these roles, whose matrix cell is narrowed by a word, the page is not there."""
    return lambda role, situation: role not in roles and rule(role, situation)


def both(one, other):
    """What both rules let find."""
    return lambda role, situation: one(role, situation) and other(role, situation)


def mine_or(capability):
    """One's own, and what this capability reaches."""
    return lambda role, situation: situation == "mine" or within(capability)(role, situation)


def key(maker):
    """A maker of `{"pk": …}` from a function of the cast and the person that gives a record."""
    return lambda cast, who: {"pk": maker(cast, who).pk}


def customer(cast, who):
    """A file that `who` owns."""
    return cast.customer_for(owner=who)


def contact(cast, who):
    """The number of such a customer."""
    return customer(cast, who).contacts.get()


def communication(cast, who):
    """What was said with such a customer."""
    return Communication.objects.create(customer=customer(cast, who), hall=cast.hall_of(who), at=cast.now, method="phone", topic="Price",
                                        entered_by=cast.users[who], entered_at=cast.now)


def pair(cast, who):
    """Two files of one person that look alike."""
    first, second = sorted((customer(cast, who), customer(cast, who)), key=lambda file: file.pk)
    DuplicatePair.objects.create(first=first, second=second, reasons=["phone"], found_at=cast.now)
    return {"pk": first.pk, "other": second.pk}


def merge(cast, who):
    """A merge of two such files."""
    return customers.merge(cast.actor(who), customer(cast, who), customer(cast, who), choices={}, reason="", now=cast.now)


def visit(cast, who):
    """A visit that `who` serves, of a customer who is known in the hall."""
    return cast.visit_for(adviser=who, state="in_service", customer=cast.customer_for(hall=cast.hall_of(who)))


def leg(cast, who):
    """The ticket of such a visit."""
    return visit(cast, who).legs.get()


def handover(cast, who):
    """Such a visit, offered to the very person."""
    return Handover.objects.create(visit=visit(cast, who), giver=cast.people["colleague"], taker=cast.people[who], note="Speaks English",
                                   offered_at=cast.now)


def appointment(cast, who):
    """Somebody is expected by the person, of a customer who is known in the hall."""
    return cast.appointment_for(employee=who, customer=cast.customer_for(hall=cast.hall_of(who)))


def register(cast, who):
    """A register that was handed in for the hall of the person."""
    content = "日期,时间,姓名,电话\n2026-03-02,10:05,李国强,13800138000\n2026-03-02,,,\n".encode()
    by = cast.actor("manager2" if who.endswith("2") else "manager")
    return importing.upload(by, hall=cast.hall_of(who), file=ContentFile(content), name="register.csv", now=cast.now)


def evacuation(cast, who):
    """An evacuation that runs in the hall of the person, begun by the receptionist there; there is one at a time."""
    starter = cast.users["reception2" if who.endswith("2") else "reception"]
    return Evacuation.objects.get_or_create(hall=cast.hall_of(who), ended_at=None, defaults={
        "kind": "drill", "started_at": cast.now, "started_by": starter})[0]


def evacuation_person(cast, who):
    """The keys of a line of its list."""
    running = evacuation(cast, who)
    line = EvacuationPerson.objects.get_or_create(evacuation=running, employee=cast.people[who], defaults={"kind": "staff", "name": who})[0]
    return {"pk": running.pk, "person": line.pk}


def ends_evacuations(role, situation):
    """Who leads the hall, and the receptionist, who began it."""
    return within("presence.approve")(role, situation) or (role == "reception" and situation in OWN_HALL)


def attachment(cast, who):
    """A file beside a visit."""
    record = visit(cast, who)
    return Attachment.objects.create(kind="visit", record_id=record.pk, hall_id=record.hall_id, name="plan.png", content_type="image/png",
                                     size=3, checksum="0" * 64, file=ContentFile(b"png", name="plan.png"), added_by=cast.users[who],
                                     added_at=cast.now)


def job(cast, who):
    """A long work that `who` started."""
    return cast.job_for(who)


def job_file(cast, who):
    """The keys of a file of such a work."""
    made = cast.job_for(who)
    return {"pk": made.pk, "file": made.files.get().pk}


def person(cast, who):
    """The person, as an employee."""
    return cast.people[who]


def leaver(cast, who):
    """The person, whose leaving next month is entered."""
    Employee.objects.filter(pk=cast.people[who].pk).update(left_on=cast.today + timedelta(days=30))
    return cast.people[who]


def deputy(cast, who):
    """Somebody who stands in for the person."""
    return Deputy.objects.create(employee=cast.people[who], deputy=cast.people["trainer2"], starts_on=cast.today, ends_on=cast.today)


def shift(cast, who):
    """A shift of the person."""
    begins = cast.now + timedelta(days=3)
    return Shift.objects.get_or_create(employee=cast.people[who], hall=cast.hall_of(who), starts_at=begins, ends_at=begins + timedelta(hours=8))[0]


def competence(_cast, _who):
    """Something one can be competent in."""
    return Competence.objects.get_or_create(code="first-aid", defaults={"name": {"en": "First aid"}})[0]


def held(cast, who):
    """A competence that the person holds; `who` is a name or an employee."""
    employee = who if isinstance(who, Employee) else cast.people[who]
    return CompetenceHeld.objects.get_or_create(employee=employee, competence=competence(cast, who), valid_from=cast.today,
                                                entered_by=cast.users["hr"])[0]


def act(cast, who):
    """An act of the person on a visit that they serve, with nothing to take back."""
    return Act.objects.create(user=cast.users[who], kind="visit", record_id=visit(cast, who).pk, at=cast.now)


def run(cast, who):
    """An act of the person on many visits."""
    return bulk.start(cast.actor(who), page="visits", act="close", ids=[visit(cast, who).pk], answers={}, back="", title="x", now=cast.now)


def view(cast, who):
    """A view of the visits that the person saved."""
    return SavedView.objects.get_or_create(owner=cast.users[who], page="visits", name="Mine", defaults={"query": "state=queue", "created_at": cast.now})[0]


def snippet(cast, who):
    """A sentence that the hall of the person keeps."""
    return Snippet.objects.get_or_create(hall=cast.hall_of(who), code="hy", defaults={"name": {"en": "Welcome"}, "text": {"en": "Welcome"}})[0]


def of_the_hall(capability):
    """What the hall keeps: for everybody who works there with this capability, whatever their scope."""
    def rule(role, situation):
        cell = matrix()[role].get(str(capability).partition(".")[0])
        return cell is not None and (cell.scope == "A" or situation in OWN_HALL)
    return rule


def of_others(capability):
    """What this capability reaches, but never what is about oneself."""
    return lambda role, situation: situation != "mine" and within(capability)(role, situation)


def of_hall(collection, name):
    """A maker that takes what the hall of the person has by this name."""
    return key(lambda cast, who: getattr(cast, collection)[cast.hall_of(who).code, name])


def any_of(collection):
    """A maker that takes the first of the company's own rows."""
    return key(lambda cast, _who: next(iter(getattr(cast, collection).values())))


def station(cast, who, kind="kiosk"):
    """A kiosk of the person's hall."""
    return stations.set_up(cast.actor("admin"), hall=cast.hall_of(who), kind=kind, name="East door", now=cast.now)[0]


def screen(kind):
    """A maker of the key in the address of such a station's screen."""
    return lambda cast, who: {"key": stations.set_up(cast.actor("admin"), hall=cast.hall_of(who), kind=kind, name="East door", now=cast.now)[1]}


def waiting(cast, who):
    """The key of the waiting page of such a visit."""
    return {"key": station_keys.wait_key(visit(cast, who).public_code)}


def check_in(cast, who):
    """The key behind the code on a kiosk's screen."""
    return {"key": station_keys.check_in_key(station(cast, who).pk, timezone.now())}


def draft(cast, who):
    """What `who` typed at the desk and did not send."""
    key = uuid.uuid4()
    drafts.save(cast.users[who], key=key, path="/reception/", title="Desk", field="need", typed='[["need", "Two doors"]]', now=cast.now)
    return {"key": key}


HOUSE = {
    "drop_draft": Subject(draft, everywhere),  # one that is another's, or gone already, is answered alike and stays
    "download": Subject(key(attachment), within("visits.read")),
    "job": Subject(key(job), mine_or("accounts.edit")),
    "cancel_job": Subject(key(job), only_mine),
    "job_file": Subject(job_file, only_mine),
    "undo": Subject(key(act), only_mine),
    **dict.fromkeys(("bulk_run", "undo_run"), Subject(key(run), only_mine)),
    **dict.fromkeys(("change_view", "start_view", "remove_view"), Subject(key(view), only_mine)),
    "settle_message": Subject(key(lambda cast, _who: cast.message_for()), everywhere),
}
CUSTOMERS = {
    **dict.fromkeys(("customer", "edit_customer", "add_contact", "customer_choice", "customer_attention", "confirm_customer",
                     "desk_customer"), Subject(key(customer))),
    "customer_history": Subject(key(customer), without(within("customers.read"), *NARROWED)),
    "customer_access": Subject(key(customer), both(within("customers.read"), within("customer_export.approve"))),
    "add_communication": Subject(key(customer), without(within("customers.edit"), *NARROWED)),
    **dict.fromkeys(("show_contact", "correct_contact", "remove_contact", "main_contact"), Subject(key(contact))),
    "correct_communication": Subject(key(communication), without(within("customers.edit"), *NARROWED)),
    "undo_merge": Subject(key(merge)),
    **dict.fromkeys(("dismiss_pair", "merge_customers"), Subject(pair)),
}
VISITS = {
    **dict.fromkeys(("visit", "visit_edit", "visit_phone", "registration_form", "ticket_slip", "visit_confirm", "visit_greet", "visit_steps",
                     "visit_area", "visit_assign", "visit_serve", "visit_hand_over", "visit_close", "visit_leave", "visit_settle",
                     "visit_reopen", "visit_add_service", "visit_attach"), Subject(key(visit))),
    **dict.fromkeys(("leg_call", "leg_recall", "leg_start", "leg_finish", "leg_no_show", "leg_rejoin", "leg_park", "leg_unpark", "leg_transfer",
                     "leg_put_back", "leg_abandon", "leg_priority"), Subject(key(leg))),
    "handover_accept": Subject(key(handover), only_mine),
    "handover_return": Subject(key(handover)),
    **dict.fromkeys(("appointment", "change_appointment", "cancel_appointment", "appointment_arrive"), Subject(key(appointment))),
    "queue_settings": Subject(key(lambda cast, who: cast.hall_of(who))),
    "arrive": Subject(lambda cast, who: {"token": appointment(cast, who).token}, everywhere),
    "blank_form": Subject(lambda _cast, _who: {"key": "visit-log"}, everywhere),
    **dict.fromkeys(("register", "register_columns", "register_check", "register_refused", "undo_register"),
                    Subject(key(register), without(within("visits.edit"), "sales", "supervisor"))),  # registers belong to a hall
    **dict.fromkeys(("station", "station_key", "revoke_station"), Subject(key(station))),
    "station_settings": Subject(key(lambda cast, who: cast.hall_of(who))),
    **dict.fromkeys(("kiosk", "kiosk_seen"), Subject(screen("kiosk"), everywhere)),
    **dict.fromkeys(("display", "display_seen"), Subject(screen("display"), everywhere)),
    "wait": Subject(waiting, everywhere),
    "checkin": Subject(check_in, everywhere),
    **dict.fromkeys(("evacuation", "evacuation_sheet", "add_evacuation_person"), Subject(key(evacuation))),
    "count_person": Subject(evacuation_person),
    "end_evacuation": Subject(key(evacuation), ends_evacuations),
    "purpose": Subject(any_of("purposes"), everywhere),
    "source": Subject(any_of("sources"), everywhere),
    **dict.fromkeys(("reception_template", "reception_template_version", "reception_template_halls"),
                    Subject(key(lambda cast, _who: cast.templates["sales"].template), everywhere)),
}
STAFF = {
    **dict.fromkeys(("person", "change_person", "post_person", "put_on_duty", "leave", "assign_role", "give_account", "reset_password",
                     "end_sessions", "reset_second_factor", "release_person"), Subject(key(person))),
    "stay": Subject(key(leaver)),
    "name_deputy": Subject(key(person), mine_or("organisation.edit")),
    "end_deputy": Subject(key(deputy), mine_or("organisation.edit")),
    "end_role": Subject(key(lambda cast, who: cast.people[who].assignments.get())),
    "change_department": Subject(any_of("departments"), everywhere),
    "change_team": Subject(any_of("teams"), everywhere),
    "change_service": Subject(any_of("services"), everywhere),
    **dict.fromkeys(("position", "change_position"), Subject(key(lambda cast, _who: Position.objects.first()), everywhere)),
    **dict.fromkeys(("hall", "change_hall", "new_post"), Subject(key(lambda cast, who: cast.hall_of(who)))),
    "change_post": Subject(of_hall("posts", "counter")),
    **dict.fromkeys(("change_snippet", "remove_snippet"), Subject(key(snippet), of_the_hall("notices.edit"))),
    "end_shift": Subject(key(shift)),
    "enter_competence": Subject(key(person), of_others("courses.edit")),
    "end_competence": Subject(key(held), of_others("courses.edit")),
    "change_competence": Subject(key(competence), everywhere),
    **dict.fromkeys(("area", "change_area"), Subject(of_hall("areas", "reception"))),
}
SUBJECTS = HOUSE | CUSTOMERS | VISITS | STAFF
