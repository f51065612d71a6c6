"""How the generated matrix makes the record that an address is about: for each address with a key, whose record and how.

A new address with a key that is not named here fails the matrix. `make(cast, who)` makes a record that belongs to the person
`who` (its owner, its adviser, or somebody of its hall) and returns the keys of the address.
"""
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from complaints.analysis.models import AnalysisMeasure, ComplaintAnalysis
from complaints.handling.facts import ComplaintEntry, ComplaintPerson, ComplaintRoute, Evidence, InvestigationTask
from complaints.handling.models import Complaint
from complaints.handling.solving import ComplaintRating, SolutionMeasure, SolutionRound
from complaints.handling.urls import VERBS as COMPLAINT_VERBS
from complaints.intake.models import BoxCheck, ComplaintChannel, IncomingMail
from complaints.portal import keys as complaint_keys
from config.api import tokens
from config.api.models import ApiToken
from config.numbers.services import public_code
from config.privacy.models import LegalHold
from config.web import bulk, drafts
from config.web.models import Act, Attachment, SavedView
from facilities.cleaning.models import CleaningRound, RoundItem
from facilities.incidents.models import Incident, IncidentMeasure
from performance.appraisals.models import Appraisal, AppraisalScore
from performance.conformity.models import ClauseEvidence, MissedObligation
from reception.customers import services as customers
from reception.customers.completeness_models import Confirmation
from reception.customers.consent_models import Consent
from reception.customers.models import Communication, DuplicatePair
from reception.followups.models import FollowUp, FollowUpIssue
from reception.promises.models import Promise
from reception.visits import importing
from reception.visits.hosts.models import HostCall
from reception.visits.models import Handover
from reception.visits.presence.models import Evacuation, EvacuationPerson
from reception.visits.stations import keys as station_keys
from reception.visits.stations import services as stations
from staff.archive import services as archive
from staff.archive.models import ArchiveFile, Stocktaking
from staff.archive.services import requests as access
from staff.communication.agreements.models import ConfidentialityAgreement
from staff.communication.board.models import BoardEntry
from staff.communication.models import Snippet
from staff.communication.notices.models import Notice, NoticeReader
from staff.communication.sheets.models import DutyLine, DutySheet, SheetReading
from staff.duties.decisions.models import Decision
from staff.duties.models import Duty
from staff.duties.shift_handovers.models import ShiftHandover
from staff.improvement.models import Action
from staff.improvement.suggestions.models import Suggestion
from staff.notifications.models import Notification, Robot
from staff.organisation.matrix import matrix
from staff.organisation.models import Deputy, Employee, Position
from staff.regulation import values
from staff.regulation.clauses.models import Clause, HallRule, LegalNote, Question, Regulation, RegulationVersion
from staff.regulation.models import HallDay, NationalDay
from staff.regulation.parameters.kinds import stored
from staff.regulation.parameters.models import ParameterChange
from staff.shifts.models import Shift
from staff.teamwork.models import RequestPart, WorkRequest
from staff.teamwork.workplans.models import PlanTask, WorkPlan
from staff.training.models import Competence, CompetenceHeld
from tests.cast import NO_ANCHOR

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


def in_the_hall(capability, but=""):
    """What belongs to a hall, seen by everybody who works there with this capability, but for those of one scope."""
    row, _dot, action = str(capability).partition(".")

    def rule(role, situation):
        cell = matrix()[role].get(row)
        return cell is not None and action in cell.actions and cell.scope != but and (
            situation in SEEN["A"] if cell.scope == "A" else situation in OWN_HALL and role not in NO_ANCHOR)
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


def held_file(cast, who):
    """Such a file under a legal hold that the other supervisor set."""
    file = customer(cast, who)
    LegalHold.objects.create(kind="customer", record_id=file.pk, reason="A lawsuit", set_by=cast.users["supervisor2"], set_at=cast.now)
    return file


def consent(cast, who):
    """What such a customer consented to."""
    return Consent.objects.create(customer=customer(cast, who), purpose="promotion", version="1", text="Yes", channel="spoken", given_at=cast.now,
                                  recorded_by=cast.users[who])


def tracked(cast):
    """A complaint of a customer, for its public pages."""
    return complaint(cast, "agent", public_code=public_code())


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


def duty(cast, who, slot="2026-11"):
    """Something that the person has to do by tonight."""
    return Duty.objects.get_or_create(schedule="SCH-34", slot=slot, hall=cast.hall_of(who), employee=cast.people[who],
                                      defaults={"starts_at": cast.now, "due_at": cast.now + timedelta(hours=8)})[0]


def cleaning_round(cast, who, days_ago=0):
    """The cleaning of the person's hall, of today or some days ago."""
    rnd = CleaningRound.objects.get_or_create(hall=cast.hall_of(who), day=cast.today - timedelta(days=days_ago), defaults={"due_at": cast.now})[0]
    RoundItem.objects.get_or_create(round=rnd, area=cast.areas[rnd.hall.code, "reception"], code="CLN-1")
    return rnd


def surface(cast, who):
    """The keys of a surface of it."""
    rnd = cleaning_round(cast, who)
    return {"pk": rnd.pk, "item": rnd.items.get().pk}


def complaint(cast, who, **facts):
    """A minor complaint of the person's hall that they wrote down and handle."""
    n = Complaint.objects.count() + 1
    return Complaint.objects.create(**{
        "number": f"CP-2020-{n:06d}", "public_code": f"C{n:07d}", "hall": cast.hall_of(who), "channel": "phone", "received_at": cast.now,
        "registered_at": cast.now, "registered_by": cast.people[who], "matter": "The door drags", "severity": "minor", "contact_name": "Li",
        "contact_phone": "+8613800138000", "contact_email": "li@example.com", "state": "implementing", "since": cast.now, "turn_began_at": cast.now,
        "acknowledged_at": cast.now, "handler": cast.people[who], "next_due_at": cast.now + timedelta(days=1), "cause": "", **facts})


def complaint_channel(cast, who):
    """The box of the person's hall."""
    n = ComplaintChannel.objects.count()
    return ComplaintChannel.objects.create(hall=cast.hall_of(who), kind="box", value=f"Box {n}", active_since=cast.today)


def box_check(cast, who):
    """A check of the box of the person's hall."""
    row = complaint_channel(cast, who)
    return BoxCheck.objects.create(hall=row.hall, channel=row, day=cast.today, due_at=cast.now + timedelta(hours=1))


def incoming_mail(cast, who):
    """A mail to the person's hall that waits for somebody."""
    n = IncomingMail.objects.count()
    return IncomingMail.objects.create(hall=cast.hall_of(who), message_id=f"<{n}@x>", received_at=cast.now, read_at=cast.now, sender="li@example.com",
                                       subject="The door", text="It drags", state="parked", problem="It has no words.")


def complaint_task(cast, who):
    """Something that the person has to find out."""
    return InvestigationTask.objects.create(complaint=complaint(cast, who), what="Who measured", owner=cast.people[who], due_on=cast.today)


def complaint_evidence(cast, who):
    """What shows something of it."""
    return Evidence.objects.create(complaint=complaint(cast, who), kind="site", text="It drags", shows_on=cast.today, added_by=cast.people[who],
                                   added_at=cast.now)


def complaint_route(cast, who):
    """To whom it was given."""
    return ComplaintRoute.objects.create(complaint=complaint(cast, who), handler=cast.people[who], at=cast.now)


def complaint_measure(cast, who):
    """A measure that the person carries out."""
    row = complaint(cast, who)
    made = SolutionRound.objects.create(complaint=row, number=1, offer="A new door", offered_at=cast.now, offered_by=cast.people[who])
    return SolutionMeasure.objects.create(complaint=row, round=made, what="Hang it", owner=cast.people[who], due_on=cast.today)


def complaint_rating(cast, who):
    """What the customer said of the person's handling."""
    return ComplaintRating.objects.create(complaint=complaint(cast, who), stars=1, at=cast.now, method="phone")


def complaint_analysis(cast, who):
    """The analysis of one more month in the person's hall."""
    n = ComplaintAnalysis.objects.count()
    return ComplaintAnalysis.objects.create(hall=cast.hall_of(who), month=date(2024 + n // 12, n % 12 + 1, 1), drafted_at=cast.now, due_at=cast.now)


def analysis_measure(cast, who):
    """What is done after it."""
    return AnalysisMeasure.objects.create(analysis=complaint_analysis(cast, who), what="A plan", owner=cast.people[who])


def complaint_statement(cast, who):
    """What is asked of the person, whom a complaint is about that another handles."""
    row = complaint(cast, who, state="investigating", handler=cast.people["supervisor2" if who.endswith("2") else "supervisor"])
    person = ComplaintPerson.objects.create(complaint=row, employee=cast.people[who], complained_about=True)
    ComplaintEntry.objects.create(complaint=row, kind="note", at=cast.now, to=cast.people[who], text="What happened?", key=f"statement {person.pk}/1")
    return person


def own_part(role, situation):
    """A part of a complaint: whoever is responsible for it, and who may handle the complaint."""
    return situation == "mine" or within("complaint_register.read")(role, situation) and within("complaint_handling.edit")(role, situation)


def incident(cast, who, **facts):
    """What the person reported of their hall; `facts` may say how it stands."""
    return Incident.objects.create(number=f"IN-2020-{Incident.objects.count():06d}", kind="theft", hall=cast.hall_of(who), place="Shelf 4",
                                   description="A sample is gone", happened_at=cast.now, reported_at=cast.now, due_at=cast.now,
                                   reported_by=cast.people[who], **facts)


def incident_measure(cast, who):
    """The keys of a measure after it."""
    row = incident(cast, who)
    return {"pk": row.pk, "measure": IncidentMeasure.objects.create(incident=row, what="A lock", owner=cast.people[who], due_on=cast.today).pk}


def follow_up(cast, who):
    """A call that the person has to make."""
    return FollowUp.objects.create(hall=cast.hall_of(who), customer=cast.customer_for(owner=who), employee=cast.people[who], trigger="purchase", slot="1",
                                   state="due", begins_at=cast.now, due_at=cast.now)


def promise(cast, who):
    """What the person promised a customer and has to keep."""
    return Promise.objects.create(hall=cast.hall_of(who), customer=(file := cast.customer_for(owner=who)), kind="customer", record_id=file.pk, what="Call back",
                                  promised_at=cast.now - timedelta(hours=1), due_at=cast.now + timedelta(days=1), promised_by=cast.people[who],
                                  owner=cast.people[who], told_by="phone")


def mark(cast, who):
    """A field of such a customer's file that the person is to confirm."""
    return Confirmation.objects.create(customer=customer(cast, who), field="phone", owner=cast.people[who], marked_by=cast.users[who], marked_at=cast.now,
                                       due_at=cast.now + timedelta(days=7))


def issue(cast, who):
    """What a department has to answer after such a call."""
    return FollowUpIssue.objects.create(follow_up=follow_up(cast, who), text="The door drags", department=cast.hall_of(who).department)


def appraisal(cast, who, **facts):
    """The sheet of the person for a month; `who` is a name or an employee."""
    employee = who if isinstance(who, Employee) else cast.people[who]
    posting = employee.postings.get()
    sheet, made = Appraisal.objects.get_or_create(employee=employee, period="2026-11", defaults={
        "department": posting.department, "hall": posting.hall or posting.department.halls.first(), "position": posting.position, "scheme": "sales_hall",
        "due_at": cast.now, **facts})
    if made:
        AppraisalScore.objects.create(appraisal=sheet, group="teamwork", indicator="teamwork", place=0, weight=100)
    return sheet


def appraisal_at(state, *moments, **facts):
    """A maker of such a sheet at a stage, with these of its moments past."""
    return key(lambda cast, who: appraisal(cast, who, state=state, **dict.fromkeys(moments, cast.now), **facts))


def archive_item(cast, who):
    """Papers of a case of the person, in a cabinet of their hall."""
    return archive.file(cast.actor(who), kind="business", title="Order of Mr Li", day=cast.today, hall=cast.hall_of(who), cabinet="A", shelf="1",
                        owner=cast.people[who], now=cast.now)


def access_request(cast, who):
    """The person asks to read such papers."""
    item = archive_item(cast, who)
    return access.ask(cast.actor(who), [item], what="read", reason="The customer asks", place="Reading room", wanted_at=cast.now, now=cast.now)


def decision(cast, who):
    """What the person asked for by such a request."""
    return Decision.objects.get(kind=access.KIND, record_id=access_request(cast, who).pk)


def shift_handover(cast, who):
    """A shift that the person has handed over in their hall."""
    return ShiftHandover.objects.create(hall=cast.hall_of(who), giver=cast.people[who], given_at=cast.now)


def works_in_the_hall(role, situation):
    """Whoever reads the roster of a hall or works there finds what is handed over there; elsewhere one finds the own."""
    cell = matrix()[role].get("roster")
    return situation == "mine" or cell.scope == "A" or (role not in NO_ANCHOR and situation in OWN_HALL)


def holder(cast, who):
    """The person, who owns a customer."""
    cast.customer_for(owner=who)
    return cast.people[who]


def holds_in_reach(role, situation):
    """One's own, and of the people whom a right over the records that they hold reaches."""
    rights = ("customers.edit", "visits.edit", "areas.edit", "archive.approve", "organisation.edit", "promises.edit", "improvement.edit", "goals.edit",
              "incidents.approve", "clause_evidence.edit")
    return situation == "mine" or any(within(capability)(role, situation) for capability in rights)


def opened_file(cast, who):
    """The keys of a file of such a request."""
    request = access_request(cast, who)
    file = ArchiveFile.objects.create(item=request.items.get(), name="a.txt", content_type="text/plain", size=1, checksum="0" * 64, file="archive/none.txt")
    return {"pk": request.pk, "file": file.pk}


def laid_out(cast, who):
    """The keys of the papers of such a request."""
    request = access_request(cast, who)
    return {"pk": request.pk, "item": request.items.get().pk}


def stocktaking(cast, who):
    """A stocktaking of the archive of the person's hall."""
    return Stocktaking.objects.get_or_create(hall=cast.hall_of(who), slot=cast.today.replace(day=1), defaults={"due_on": cast.today})[0]


def line(cast, who):
    """The keys of a line of it."""
    taking = stocktaking(cast, who)
    row = taking.lines.first() or taking.lines.create(item=archive_item(cast, who))
    return {"pk": taking.pk, "line": row.pk}


def of_the_archive(role, situation):
    """What belongs to the archive of a hall as a whole: for whose reach is a hall, a department or everything, and not the archives of people."""
    cell = matrix()[role].get("archive")
    return cell is not None and role != "hr" and (cell.scope == "A" or (cell.scope in "HD" and situation in OWN_HALL))


def act(cast, who):
    """An act of the person on a visit that they serve, with nothing to take back."""
    return Act.objects.create(user=cast.users[who], kind="visit", record_id=visit(cast, who).pk, at=cast.now)


def run(cast, who):
    """An act of the person on many visits."""
    return bulk.start(cast.actor(who), page="visits", act="close", ids=[visit(cast, who).pk], answers={}, back="", title="x", now=cast.now)


def view(cast, who):
    """A view of the visits that the person saved."""
    return SavedView.objects.get_or_create(owner=cast.users[who], page="visits", name="Mine", defaults={"query": "state=queue", "created_at": cast.now})[0]


def api_token(cast, who):
    """A token of the person."""
    made = ApiToken.objects.filter(user=cast.users[who]).first()
    return made or tokens.make(cast.actor(who), name="Figures", scope=["visit"], ends_on=cast.today, now=timezone.now())[0]


def snippet(cast, who):
    """A sentence that the hall of the person keeps."""
    return Snippet.objects.get_or_create(hall=cast.hall_of(who), code="hy", defaults={"name": {"en": "Welcome"}, "text": {"en": "Welcome"}})[0]


def notice(cast, who, **facts):
    """A notice to the team of the person, or to their hall, which they alone were asked to read."""
    team = cast.people[who].postings.get().team
    made = Notice.objects.create(author=cast.people["general2"], title="Hours", text="Closed at noon", team=team, hall=None if team else cast.hall_of(who),
                                 read_by=cast.today, **({"state": "published", "published_at": cast.now} | facts))
    NoticeReader.objects.create(notice=made, employee=cast.people[who], named_at=cast.now, due_at=made.due_at)
    return made


def own_draft(cast, who):
    """A notice that the person has begun to write."""
    return Notice.objects.create(author=cast.people[who], title="Hours", text="Closed at noon", hall=cast.hall_of(who), read_by=cast.today)


def board_entry(cast, who, **facts):
    """What the person posted on the board."""
    return BoardEntry.objects.create(author=cast.people[who], topic="needs", title="Trade-in", text="Often asked for", posted_at=cast.now, **facts)


def position_sheet(cast, who):
    """The duty sheet of the person's position; `who` is a name or an employee."""
    employee = who if isinstance(who, Employee) else cast.people[who]
    return DutySheet.objects.get_or_create(position=employee.postings.get().position, defaults={"issued_at": cast.now})[0]


def duty_line(cast, who):
    """A line of it."""
    return DutyLine.objects.create(sheet=position_sheet(cast, who), kind="duty", number=90, text={"en": "Help"})


def agreement(cast, who):
    """What the person signed."""
    return ConfidentialityAgreement.objects.get_or_create(employee=cast.people[who], defaults={
        "edition": 1, "language": "en", "text": "I keep secrets.", "signature": cast.people[who].name, "signed_at": cast.now, "ends_on": cast.today})[0]


def sheet_reading(cast, who):
    """The person's own reading of it; `who` is a name or an employee."""
    employee = who if isinstance(who, Employee) else cast.people[who]
    return SheetReading.objects.get_or_create(sheet=position_sheet(cast, who), employee=employee, edition=1,
                                              defaults={"asked_at": cast.now, "due_at": cast.now})[0]


def work_request(cast, who, **facts):
    """Something that the person asked of the logistics of their hall."""
    hall = cast.hall_of(who)
    return WorkRequest.objects.create(number=f"RQ-{WorkRequest.objects.count()}", kind="print", title="Folders", asked_by=cast.people[who], from_hall=hall,
                                      from_department=hall.department, to_department=hall.department, to_hall=hall, needed_by=cast.today,
                                      sent_at=cast.now, due_at=cast.now, **facts)


def request_part(cast, who):
    """The keys of a part of it."""
    row = work_request(cast, who)
    return {"pk": row.pk, "part": RequestPart.objects.create(request=row, employee=row.asked_by, what="Print").pk}


def work_plan(cast, who):
    """A plan of the person's hall, for a month that no other person's plan is for."""
    hall, n = cast.hall_of(who), cast.people[who].pk % 600
    return WorkPlan.objects.get_or_create(hall=hall, team=None, period=f"{2015 + n // 12}-{n % 12 + 1:02d}",
                                          defaults={"opens_at": cast.now, "due_at": cast.now})[0]


def plan_task(cast, who):
    """A task that the person has in it."""
    return PlanTask.objects.create(plan=work_plan(cast, who), text="Call them", owner=cast.people[who], due_on=cast.today)


def reads_plans(role, situation):
    """The plan of a hall is found by who leads the hall, or a team of it."""
    return within("goals.read")(role, situation) and matrix()[role]["goals"].scope != "O" or role == "supervisor" and situation in OWN_HALL


def makes_plans(role, situation):
    """It is made by who leads the hall."""
    return within("goals.edit")(role, situation) and matrix()[role]["goals"].scope in "AHD"


def improvement(cast, who):
    """A problem of the person's hall that they reported and have to deal with."""
    hall = cast.hall_of(who)
    return Action.objects.create(number=f"IM-{Action.objects.count()}", source="work", problem="The door drags", hall=hall, department=hall.department,
                                 raised_by=cast.people[who], raised_at=cast.now, owner=cast.people[who], begins_at=cast.now, due_at=cast.now)


def leads(role, situation):
    """Whom the matrix lets, and the supervisor, who is the superior of everybody on the floor of the hall."""
    return within("improvement.edit")(role, situation) or role == "supervisor" and situation in OWN_HALL


def suggestion(cast, who, **facts):
    """What the person thinks should be better."""
    hall = cast.hall_of(who)
    given = {"suggested_by": cast.people[who]} | facts
    return Suggestion.objects.create(number=f"SG-{Suggestion.objects.count()}", topic="work", title="Longer breaks", hall=hall, department=hall.department,
                                     sent_at=cast.now, due_at=cast.now, **given)


def to_answer(cast, who):
    """What a colleague suggested and the person has to answer."""
    by = cast.people["agent" if who.startswith("logistics") else "logistics"]
    return suggestion(cast, who, suggested_by=by, assigned_to=cast.people[who], state="assigned")


def asked_or_superior(role, situation):
    """Who asked, the logistics of the hall, and whom the matrix lets see it."""
    return situation == "mine" or role == "logistics" and situation in OWN_HALL or within("teamwork.read")(role, situation)


def answers_in_the_hall(role, situation):
    """The logistics of the hall and its superiors: their side was asked."""
    return role in ("logistics", "manager", "department") and situation in OWN_HALL
def regulation_version(_cast, _who):
    """The version of the sales hall's regulation that the house was delivered with."""
    return RegulationVersion.objects.get(regulation__key="sales-hall", number=1)


def clause(cast, who):
    """A clause of it."""
    return Clause.objects.get(edition=regulation_version(cast, who), number="3.3.1.1")


def question(cast, who):
    """What the person asked HR, public to all staff."""
    return Question.objects.get_or_create(asked_by=cast.people[who], defaults={
        "regulation": Regulation.objects.get(key="sales-hall"), "text": "May I?", "asked_at": cast.now})[0]


def hall_rule(cast, who):
    """A rule in force in the hall of the person."""
    return HallRule.objects.get_or_create(hall=cast.hall_of(who), source="S0", number="3.3.1.1", defaults={
        "text": {"en": "Two at the door"}, "state": "in_force", "proposed_by": cast.users["manager"], "proposed_at": cast.now,
        "valid_from": cast.today, "reason": "Crowds"})[0]


def law(_cast, _who):
    """A law that the work touches."""
    return LegalNote.objects.get_or_create(kind="law", issued_by="Congress", defaults={"title": {"en": "Consumer law"}, "text": {"en": "No forcing"}})[0]


def of_the_hall(capability):
    """What the hall keeps: for everybody who works there with this capability, whatever their scope."""
    def rule(role, situation):
        cell = matrix()[role].get(str(capability).partition(".")[0])
        return cell is not None and (cell.scope == "A" or situation in OWN_HALL)
    return rule


def of_whole_halls(capability):
    """What is of a hall as a whole: for whose scope is a hall or all of them."""
    row, _dot, action = str(capability).partition(".")

    def rule(role, situation):
        cell = matrix()[role].get(row)
        return cell is not None and action in cell.actions and cell.scope in "ADH" and situation in SEEN[cell.scope]
    return rule


def of_everything(row):
    """For whose scope is everything."""
    return lambda role, _situation: row in matrix()[role] and matrix()[role][row].scope == "A"


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


def hall_of(cast, who):
    """The hall of the person."""
    return {"pk": cast.hall_of(who).pk}


def hall_day(cast, who):
    """A day in a month on which the hall of the person is closed."""
    return HallDay.objects.get_or_create(hall=cast.hall_of(who), day=cast.today + timedelta(days=30), defaults={"reason": "Stocktaking"})[0]


def national_day(cast, _who):
    """A day off that was entered by hand."""
    return NationalDay.objects.update_or_create(day=cast.today + timedelta(days=20), defaults={"works": False, "name": {"en": "Day off"}, "by_hand": True})[0]


def parameter(_cast, _who):
    """A blank of the regulation."""
    return {"key": "visit_wait_target_minutes"}


def parameter_change(cast, who):
    """Another value that the person asks for in their hall; it waits, and each person asks for another parameter."""
    subject = list(values.definitions())[cast.users[who].pk % len(values.definitions())]
    facts = {"values": {subject: stored(values.definitions()[subject]["default"])}, "valid_from": cast.today + timedelta(days=7),
             "reason": "A counter more", "asked_at": cast.now}
    return ParameterChange.objects.get_or_create(subject=subject, hall=cast.hall_of(who), state="waiting", asked_by=cast.users[who], defaults=facts)[0]


def proposes(role, situation):
    """HR finds every change, a manager those of the hall, and whoever asked the own."""
    return role == "hr" or situation == "mine" or (role == "manager" and situation in OWN_HALL)
def notification(cast, who):
    """Something that the person was told."""
    facts = {"at": cast.now, "values": {"what": "x", "due": "y"}}
    return Notification.objects.get_or_create(user=cast.users[who], kind="duty-new", event="1", defaults=facts)[0]


def robot(cast, who):
    """The robot in the chat group of the person's hall."""
    hall = cast.hall_of(who)
    return Robot.objects.get_or_create(service="wecom", token=f"key-{hall.code}", defaults={"name": "Desk", "hall": hall, "created_at": cast.now})[0]


def host_call(cast, who):
    """Such a visitor came for the person, who was told."""
    person, record = cast.people[who], visit(cast, who)
    return HostCall.objects.create(visit=record, hall=record.hall, host=person, employee=person, told_at=cast.now, answer_by=cast.now + timedelta(minutes=3))


HOUSE = {
    "classify": Subject(lambda cast, who: {"key": "visit"}, everywhere),
    "drop_draft": Subject(draft, everywhere),  # one that is another's, or gone already, is answered alike and stays
    "download": Subject(key(attachment), within("visits.read")),
    "job": Subject(key(job), mine_or("accounts.edit")),
    "cancel_job": Subject(key(job), only_mine),
    "job_file": Subject(job_file, only_mine),
    "undo": Subject(key(act), only_mine),
    **dict.fromkeys(("bulk_run", "undo_run"), Subject(key(run), only_mine)),
    "revoke_token": Subject(key(api_token), lambda role, situation: situation == "mine" or within("accounts.edit")(role, situation)),
    **dict.fromkeys(("change_view", "start_view", "remove_view"), Subject(key(view), only_mine)),
    "settle_message": Subject(key(lambda cast, _who: cast.message_for()), everywhere),
}
CUSTOMERS = {
    **dict.fromkeys(("customer", "edit_customer", "add_contact", "customer_choice", "customer_attention", "confirm_customer",
                     "desk_customer", "customer_wishes", "customer_consents", "give_consent", "disclose", "customer_data", "export_data", "try_erasing",
                     "erase_customer", "set_hold", "customer_completeness", "mark_field"), Subject(key(customer))),
    "confirm_field": Subject(key(mark)),
    "edit_file_template": Subject(lambda _cast, _who: {"kind": "person"}, everywhere),
    "release_hold": Subject(key(held_file)),
    "withdraw_consent": Subject(key(consent)),
    "customer_history": Subject(key(customer), without(within("customers.read"), *NARROWED)),
    "customer_access": Subject(key(customer), both(within("customers.read"), within("customer_export.approve"))),
    "add_communication": Subject(key(customer), without(within("customers.edit"), *NARROWED)),
    **dict.fromkeys(("show_contact", "correct_contact", "remove_contact", "main_contact"), Subject(key(contact))),
    "correct_communication": Subject(key(communication), without(within("customers.edit"), *NARROWED)),
    "undo_merge": Subject(key(merge)),
    **dict.fromkeys(("dismiss_pair", "merge_customers"), Subject(pair)),
}
NOTIFICATIONS = {
    "open_notification": Subject(key(notification), only_mine),
    **dict.fromkeys(("robot", "change_robot", "try_robot"), Subject(key(robot))),
    "host_call": Subject(key(host_call), mine_or("visits.read")),
    "answer_host_call": Subject(key(host_call), only_mine),
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
    **dict.fromkeys(("complained", "tracked"), Subject(lambda cast, who: {"key": complaint_keys.track_key(tracked(cast).public_code)}, everywhere)),
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
    **dict.fromkeys(("person_holdings", "hand_over_holdings"), Subject(key(holder), holds_in_reach)),
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
    **dict.fromkeys(("notice", "change_notice", "publish_notice", "confirm_notice", "end_notice"), Subject(key(notice))),
    "drop_notice": Subject(key(own_draft), only_mine),
    **dict.fromkeys(("board_entry", "mark_board_entry", "take_down_board_entry"), Subject(key(board_entry), everywhere)),
    "change_board_entry": Subject(key(board_entry), only_mine),
    **dict.fromkeys(("agreement", "agreement_paper"), Subject(key(agreement), mine_or("confidentiality.read"))),
    **dict.fromkeys(("duty_sheet", "duty_sheet_paper", "confirm_duty_sheet"), Subject(key(sheet_reading))),
    **dict.fromkeys(("position_sheet", "new_duty_line", "issue_duty_sheet"), Subject(key(position_sheet), everywhere)),
    **dict.fromkeys(("change_duty_line", "remove_duty_line"), Subject(key(duty_line), everywhere)),
    **dict.fromkeys(("work_request", "close_request"), Subject(key(work_request), asked_or_superior)),
    "finish_request_part": Subject(request_part, asked_or_superior),
    **dict.fromkeys(("accept_request", "decline_request", "divide_request", "begin_request", "deliver_request"),
                    Subject(key(work_request), answers_in_the_hall)),
    "withdraw_request": Subject(key(work_request), only_mine),
    "rate_request": Subject(key(work_request), only_mine),
    "work_plan": Subject(key(work_plan), reads_plans),
    **dict.fromkeys(("plan_goals", "new_plan_task", "review_plan", "set_plan"), Subject(key(work_plan), makes_plans)),
    **dict.fromkeys(("plan_task", "finish_plan_task", "drop_plan_task"), Subject(key(plan_task), lambda role, situation: situation == "mine" or (
        reads_plans(role, situation)))),
    **dict.fromkeys(("improvement", "agree_improvement"), Subject(key(improvement), leads)),
    **dict.fromkeys(("begin_improvement", "finish_improvement"), Subject(key(improvement), only_mine)),
    **dict.fromkeys(("recheck_improvement", "send_improvement_back", "check_effect"), Subject(key(improvement), both(
        leads, lambda _role, situation: situation != "mine"))),
    **dict.fromkeys(("improvements_of_record", "improvement_of_record"), Subject(lambda cast, who: {"kind": "visit", "pk": visit(cast, who).pk},
                                                                                within("visits.read"))),
    "suggestion": Subject(key(suggestion)),
    **dict.fromkeys(("assign_suggestion", "answer_suggestion", "take_up_suggestion", "close_suggestion"), Subject(key(to_answer), only_mine)),
    "end_shift": Subject(key(shift)),
    "enter_competence": Subject(key(person), of_others("courses.edit")),
    "end_competence": Subject(key(held), of_others("courses.edit")),
    "change_competence": Subject(key(competence), everywhere),
    **dict.fromkeys(("area", "change_area"), Subject(of_hall("areas", "reception"))),
    **dict.fromkeys(("hall_calendar", "hall_calendar_paper"), Subject(hall_of, within("organisation.read"))),
    **dict.fromkeys(("hall_hours", "new_hall_day"), Subject(hall_of)),
    **dict.fromkeys(("change_hall_day", "remove_hall_day"), Subject(key(hall_day))),
    **dict.fromkeys(("national_day", "give_back_day"), Subject(key(national_day), everywhere)),
    "parameter": Subject(parameter, everywhere),
    "change_parameter": Subject(parameter, lambda role, _situation: role in ("hr", "manager")),
    "parameter_change": Subject(key(parameter_change), proposes),
    **dict.fromkeys(("confirm_parameter_change", "decline_parameter_change"), Subject(key(parameter_change), everywhere)),
    "withdraw_parameter_change": Subject(key(parameter_change), lambda role, situation: role == "hr" or situation == "mine"),
}
SCORED = "scoring.edit"  # who scores, reviews or files
DUE = {
    "excuse_duty": Subject(key(duty)),
    "decision": Subject(key(decision), mine_or("archive.approve")),
    **dict.fromkeys(("shift_handover", "take_shift_handover", "shift_handover_paper"), Subject(key(shift_handover), works_in_the_hall)),
    **dict.fromkeys(("round", "finish_round", "check_round", "send_round_back", "explain_round"), Subject(key(cleaning_round))),
    "tick_surface": Subject(surface),
    **dict.fromkeys(("incident", "incident_report", "note_incident"), Subject(key(incident))),
    **dict.fromkeys(("confirm_incident", "dismiss_incident", "end_incident", "set_incident_measure", "file_incident"), Subject(key(incident))),
    "finish_incident_measure": Subject(incident_measure),
    **dict.fromkeys(("complaint", "complaint_file", "show_complaint_phone", "show_complaint_email", *(name for _part, _page, name in COMPLAINT_VERBS)),
                    Subject(key(complaint))),
    **dict.fromkeys(("complaint_taken", "complaint_form33", "complaint_slip"), Subject(key(complaint))),
    "complaint_channel": Subject(key(complaint_channel), in_the_hall("complaint_register.read")),
    "change_complaint_channel": Subject(key(complaint_channel)),
    "complaint_poster": Subject(hall_of, in_the_hall("complaint_register.read")),
    "box_check": Subject(key(box_check), in_the_hall("complaint_register.read")),
    **dict.fromkeys(("record_box_check", "explain_box_check"), Subject(key(box_check), in_the_hall("complaint_register.edit"))),
    "incoming_mail": Subject(key(incoming_mail), in_the_hall("complaint_handling.read", but="O")),
    **dict.fromkeys(("take_incoming_mail", "join_incoming_mail", "ignore_incoming_mail"),
                    Subject(key(incoming_mail), in_the_hall("complaint_handling.edit", but="O"))),
    "complaint_statement": Subject(key(complaint_statement), only_mine),
    "answer_complaint_route": Subject(key(complaint_route)),
    "finish_investigation_task": Subject(key(complaint_task), own_part),
    "finish_solution_measure": Subject(key(complaint_measure), own_part),
    "strike_evidence": Subject(key(complaint_evidence), within("complaint_handling.edit")),
    "appeal_rating": Subject(key(complaint_rating), only_mine),
    "decide_rating_appeal": Subject(key(complaint_rating)),
    **dict.fromkeys(("follow_up", "follow_up_number", "not_reached", "record_follow_up", "close_follow_up"), Subject(key(follow_up))),
    "answer_issue": Subject(key(issue)),
    **dict.fromkeys(("promise", "keep_promise", "withdraw_promise", "hand_over_promise"), Subject(key(promise))),
    **dict.fromkeys(("promises_of_record", "make_promise"), Subject(lambda cast, who: {"kind": "customer", "pk": customer(cast, who).pk},
                                                                    within("customers.read"))),
    **dict.fromkeys(("appraisal", "self_review"), Subject(key(appraisal), mine_or(SCORED))),
    "score_appraisal": Subject(appraisal_at("scoring"), mine_or(SCORED)),
    "interview": Subject(appraisal_at("interview"), mine_or(SCORED)),
    "sign_appraisal": Subject(appraisal_at("interview", "interviewed_at"), mine_or(SCORED)),
    "send_appraisal_back": Subject(appraisal_at("dept_review"), mine_or(SCORED)),
    "object_to_appraisal": Subject(appraisal_at("filed", "filed_at", grade="good"), mine_or(SCORED)),
    "decide_objection": Subject(appraisal_at("objection", "filed_at", grade="good"), mine_or(SCORED)),
    **dict.fromkeys(("hand_on_appraisal", "approve_appraisal", "file_appraisal"), Subject(key(appraisal), of_others(SCORED))),
}
READS = "archive.read"
NOT_HR = without(within(READS), "hr")  # HR reads the archives of people alone
ARCHIVE = {
    **dict.fromkeys(("archive_item", "ask_access"), Subject(key(archive_item), NOT_HR)),
    **dict.fromkeys(("put_away_item", "ask_destruction", "destroy_item"), Subject(key(archive_item))),
    "archive_of_record": Subject(lambda cast, who: {"kind": "visit", "pk": visit(cast, who).pk}, within("visits.read")),
    "name_keeper": Subject(key(lambda cast, who: cast.hall_of(who))),
    **dict.fromkeys(("archive_request", "archive_request_form", "end_access"), Subject(key(access_request), lambda role, situation: situation == "mine" or (
        NOT_HR(role, situation)))),
    **dict.fromkeys(("approve_access", "decline_access", "hand_out", "take_back"), Subject(key(access_request))),
    "open_archive_file": Subject(opened_file, lambda role, situation: situation == "mine" or NOT_HR(role, situation)),
    "note_reading": Subject(laid_out),
    **dict.fromkeys(("stocktaking", "stocktaking_form"), Subject(key(stocktaking), of_the_archive)),
    **dict.fromkeys(("close_stocktaking", "decide_stocktaking"), Subject(key(stocktaking), of_the_archive)),
    **dict.fromkeys(("item_found", "item_wrong"), Subject(line, of_the_archive)),
}
REGULATION = {
    **dict.fromkeys(("regulation_version", "print_regulation", "regulation_changes", "begin_version", "edit_version", "new_clause", "ask_review",
                     "review_version", "send_back_version", "publish_version", "drop_version", "confirm_reading", "readers"),
                    Subject(key(regulation_version), everywhere)),
    **dict.fromkeys(("edit_clause", "remove_clause"), Subject(key(clause), everywhere)),
    "clause": Subject(lambda _cast, _who: {"source": "S0", "number": "3.3.1.1"}, everywhere),
    **dict.fromkeys(("question", "answer_question", "withdraw_question"), Subject(key(question), everywhere)),
    **dict.fromkeys(("hall_rule", "decide_rule", "end_rule"), Subject(key(hall_rule), everywhere)),
    **dict.fromkeys(("law", "edit_law", "announce_change", "remove_law"), Subject(key(law), everywhere)),
}
def hall_and_month(cast, who, **more):
    """The keys of a page of the person's hall in this month."""
    return {"hall": cast.hall_of(who).pk, "month": f"{cast.today:%Y-%m}", **more}


def clause_evidence(cast, who, **facts):
    """Evidence that the person answers for, in their hall."""
    return ClauseEvidence.objects.create(**{"hall": cast.hall_of(who), "source": "S0", "number": "3.3.1.1", "title": "Certificate", "owner": cast.people[who],
                                            "effective_on": cast.today, "added_by": cast.people[who], "added_at": cast.now} | facts)


CLAUSE = {"source": "S0", "number": "3.3.1.1"}
def missed_line(cast, who):
    """A line of the report of their hall that became an improvement item."""
    return MissedObligation.objects.get_or_create(hall=cast.hall_of(who), month=cast.today.replace(day=1), obligation="plan:SCH-01")[0]


CONFORMITY = {
    "improve_obligation": Subject(lambda cast, who: hall_and_month(cast, who, sort="plan", key="SCH-01"), of_the_hall("conformity.read")),
    "missed_obligation": Subject(key(missed_line), of_the_hall("conformity.read")),
    "conformity_records": Subject(lambda cast, who: hall_and_month(cast, who, key="SCH-01"), of_the_hall("conformity.read")),
    "clause_result": Subject(lambda cast, who: hall_and_month(cast, who, **CLAUSE), of_the_hall("conformity.read")),
    "judge_clause": Subject(lambda cast, who: hall_and_month(cast, who, **CLAUSE), of_the_hall("clause_evidence.approve")),
    **dict.fromkeys(("clause_evidence", "open_evidence", "revise_evidence", "take_back_evidence"), Subject(key(clause_evidence))),
}
FIGURES = {  # figures and controls are nobody's; whose records they show is asked in tests/performance/indicators
    "indicator": Subject(lambda cast, who: {"key": "cooperation"}, everywhere),
    "indicator_records": Subject(lambda cast, who: {"key": "cooperation"}, everywhere),
    "control": Subject(lambda cast, who: {"key": "greeting"}, everywhere),
    "what_if_records": Subject(lambda cast, who: {"sort": "control", "key": "greeting"}, lambda role, situation: "conformity" in matrix()[role]),
}

ANALYSES = {
    "complaint_analysis": Subject(key(complaint_analysis), of_whole_halls("complaint_dashboard.read")),
    **dict.fromkeys(("write_complaint_analysis", "add_analysis_measure", "sign_complaint_analysis"),
                    Subject(key(complaint_analysis), of_whole_halls("complaint_handling.approve"))),
    "drop_analysis_measure": Subject(key(analysis_measure), of_whole_halls("complaint_handling.approve")),
    "complaint_bulletin": Subject(lambda cast, who: {"month": "2026-01"}, of_everything("complaint_dashboard")),
}

SUBJECTS = ANALYSES | FIGURES | CONFORMITY | HOUSE | CUSTOMERS | VISITS | NOTIFICATIONS | STAFF | DUE | ARCHIVE | REGULATION
