"""Verbs of those who read the regulation: confirming it, asking about it; and HR's answers (STF-56, GEN-04)."""
from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.web.versions import claim_version
from staff.organisation.queries import employee_of, posting_of
from staff.regulation import events
from staff.regulation.clauses import queries, rules, states
from staff.regulation.clauses.models import Clause, Question, ReadingConfirmation, RegulationVersion
from staff.regulation.clauses.services.versions import hr_alone


@transaction.atomic
def confirm_reading(actor, version, *, now):
    """A person confirms to have read a version that is for them; a second time changes nothing."""
    employee = employee_of(actor.user) if actor.user else None
    version = RegulationVersion.objects.select_for_update().get(pk=version.pk)
    if version.state != states.PUBLISHED:
        raise Refused(_("This version is not the one to be read. Open the newest one and confirm that."))
    if employee is None or not queries.is_for(version, posting_of(employee)):
        raise Refused(_("This regulation is not for your position, so there is nothing to confirm."))
    confirmation, _made = ReadingConfirmation.objects.get_or_create(employee=employee, edition=version, defaults={"confirmed_at": now})
    return confirmation


@transaction.atomic
def ask(actor, *, text, citation="", regulation=None, now):
    """Ask HR to interpret a rule; the question is public to staff at once. Refused: a clause that no regulation has."""
    employee = employee_of(actor.user) if actor.user else None
    if employee is None:
        raise Refused(_("Questions are asked by people who work here. Your account belongs to nobody who does."))
    source, number = "", ""
    if citation:
        clause = cited(citation)
        source, number, regulation = clause.source, clause.number, clause.edition.regulation
    question = Question(regulation=regulation, source=source, number=number, text=text, asked_by=employee, asked_at=now)
    trace.save(actor, question, act="asked")
    events.question_asked.send(Question, question_id=question.pk, now=now)
    return question


def cited(citation):
    """The newest published clause of a citation, or a refusal."""
    found = rules.read_citation(citation)
    clause = found and Clause.objects.filter(source=found[0], number=found[1], edition__state__in=states.PUBLIC).select_related(
        "edition__regulation").order_by("-edition__number").first()
    if not clause:
        raise Refused(_("No regulation has this clause. Write it as S0 §3.3.1.1."), field="citation")
    return clause


@transaction.atomic
def answer(actor, question, *, answer, given=None, now):
    """HR answers, or changes its answer; the earlier one stays in the history."""
    hr_alone(actor)
    question = Question.objects.select_for_update().get(pk=question.pk)
    claim_version(question, given)
    first = question.answered_at is None
    question.answer, question.answered_by, question.answered_at = answer, actor.user, now
    trace.save(actor, question, act="answered" if first else "answer changed")
    events.question_answered.send(Question, question_id=question.pk, now=now)
    return question


@transaction.atomic
def withdraw(actor, question, *, now):
    """Who asked takes the question back, as long as nobody has answered it."""
    question = Question.objects.select_for_update().select_related("asked_by").get(pk=question.pk)
    if actor.user is None or question.asked_by.user_id != actor.user.pk:
        raise Refused(_("Only who asked a question can take it back."))
    if question.answered_at is not None:
        raise Refused(_("This question is answered and stays public."))
    trace.delete(actor, question, act="withdrawn")
