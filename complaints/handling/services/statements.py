"""Hearing whom a complaint is about (CMP-09, CMP-11): whoever handles it asks by a question that names no customer, and the person answers on a page
of their own without seeing the complaint."""
import re

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.handling import states
from complaints.handling.facts import ComplaintEntry, ComplaintPerson, Evidence
from complaints.handling.services import common
from config.accounts import trace
from config.errors import Refused

ASKED_IN = (states.ASSIGNED, states.INVESTIGATING)
SHORT = 2  # letters of a name from which it is looked for in the question
LAST_DIGITS = 4


def key_of(person):
    """How the keys of the lines in which a person is asked begin."""
    return f"statement {person.pk}/"


def question_to(person):
    """The newest line in which this person was asked, or None."""
    return ComplaintEntry.objects.filter(complaint_id=person.complaint_id, key__startswith=key_of(person)).order_by("-at", "-pk").first()


def is_answered(person, question):
    """Whether a statement of theirs came after it."""
    return Evidence.objects.filter(complaint_id=person.complaint_id, kind=Evidence.Kind.STAFF, person_id=person.employee_id, struck_at=None,
                                   added_at__gte=question.at).exists()


def waiting(user):
    """The parts in complaints about which this account's person may be asked now."""
    return ComplaintPerson.objects.visible_to(user).filter(complaint__state__in=ASKED_IN)


@transaction.atomic
def ask(actor, complaint, *, person, question, now):
    """Ask whom it is about what happened; returns the line. Refused: not in the investigation, a question that names the customer, one that
    waits already."""
    row = common.open_one(complaint)
    common.check_not_about_actor(actor, row)
    if row.state not in ASKED_IN:
        raise Refused(_("Statements are asked while it is being investigated."))
    if person.complaint_id != row.pk or not person.complained_about:
        raise Refused(_("Choose somebody whom the complaint is about."), field="person")
    last = question_to(person)
    if last and not is_answered(person, last):
        raise Refused(_("%(name)s was asked already and has not answered yet.") % {"name": person.employee}, field="person")
    check_names_nobody(row, question)
    count = ComplaintEntry.objects.filter(complaint=row, key__startswith=key_of(person)).count()
    line = common.entry(actor, row, ComplaintEntry.Kind.NOTE, text=question, to=person.employee, now=now, key=f"{key_of(person)}{count + 1}")
    common.saved(actor, row, act="statement asked", verb="ask_statement", now=now)
    return line


def check_names_nobody(row, question):
    """The customer cannot be told from the question: neither by name, number nor mail."""
    names = {row.contact_name, row.reported_by, str(row.customer.name) if row.customer else ""}
    digits = {re.sub(r"\D", "", row.contact_phone)[-LAST_DIGITS:]} - {""}
    said, numbers = question.casefold(), re.sub(r"\D", "", question)
    named = any(len(name) >= SHORT and name.casefold() in said for name in names) or row.contact_email and row.contact_email.casefold() in said
    if named or any(last in numbers for last in digits):
        raise Refused(_("The question names the customer. Ask without saying who complains."), field="question")


@transaction.atomic
def give(actor, person, *, text, now):
    """The person says what happened from their side; it stands in the file as their statement. Returns the evidence."""
    row = common.open_one(person.complaint)
    me = common.employee_of(actor)
    if me is None or me.pk != person.employee_id:
        raise Refused(_("Everybody gives their own statement."))
    question = question_to(person)
    if row.state not in ASKED_IN or question is None or is_answered(person, question):
        raise Refused(_("No statement is asked of you any more."))
    if not text.strip():
        raise Refused(_("Write what happened."), field="text")
    evidence = Evidence(complaint=row, kind=Evidence.Kind.STAFF, text=text, person=me, shows_on=row.hall.day_of(row.received_at), added_by=me, added_at=now)
    trace.save(actor, evidence, act="added")
    common.saved(actor, row, act="statement given", verb="give_statement", now=now)
    return evidence
