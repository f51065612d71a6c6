"""First answer, judgement, acceptance, routing, the way upwards."""
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from complaints.handling.facts import ComplaintRoute
from complaints.handling.forms import routing as forms
from complaints.handling.models import Complaint, Method
from complaints.handling.permissions import Can
from complaints.handling.services import registering, routing
from complaints.handling.views.verbs import ComplaintVerb


def usual_method(complaint):
    """By which way this customer is told, as far as one can guess."""
    return Method.PHONE if complaint.contact_phone else Method.EMAIL if complaint.contact_email else Method.IN_PERSON


class Assess(ComplaintVerb):
    """How grave it is."""

    verb, form, submit, done = "assess", forms.AssessForm, _("Judge it"), _("Judged. The clock follows the severity.")

    def initial(self, target):
        """What stands."""
        return {"version": target.version, "impact": target.impact, "urgency": target.urgency, "safety": target.safety}

    def run(self, target, answers, now):
        """Judge it."""
        return registering.assess(self.actor, target, now=now, **answers)


class Correct(ComplaintVerb):
    """How the customer is reached."""

    capability = Can.REGISTER
    verb, form, submit, done = "correct", forms.CorrectForm, _("Save"), _("Corrected.")

    def initial(self, target):
        """What stands."""
        return {name: getattr(target, name) for name in ("version", "contact_name", "contact_phone", "contact_email", "product")}

    def run(self, target, answers, now):
        """Save it."""
        return registering.correct(self.actor, target, now=now, **answers)


class NamePerson(ComplaintVerb):
    """Whom it concerns."""

    verb, form, submit, done = "name_person", forms.PersonForm, _("Name the person"), _("Named.")

    def run(self, target, answers, now):
        """Name them."""
        return registering.name_person(self.actor, target, now=now, **answers)


class Acknowledge(ComplaintVerb):
    """The first answer."""

    verb, form, submit, done = "acknowledge", forms.AcknowledgeForm, _("It was told"), _("Noted. Assign a handler next.")

    def initial(self, target):
        """By the way the customer came."""
        return {"method": usual_method(target)}

    def run(self, target, answers, now):
        """Note it."""
        return routing.acknowledge(self.actor, target, now=now, **answers)


class AskRefusal(ComplaintVerb):
    """Not for this house; a second person decides."""

    verb, form, submit, done = "ask_refusal", forms.RefusalForm, _("Ask"), _("Asked. Somebody else decides before the customer is told.")

    def initial(self, target):
        """By the way the customer came."""
        return {"method": usual_method(target)}

    def run(self, target, answers, now):
        """Ask."""
        return routing.ask_refusal(self.actor, target, now=now, **answers)


class SettleRefusal(ComplaintVerb):
    """The second person's word."""

    capability = Can.DECIDE
    template = "complaints/handling/settle.html"
    verb, form, submit, done = "settle_refusal", forms.SettleRefusalForm, _("Decide"), _("Decided.")

    def context(self, target, form):
        """What was asked stands above the form."""
        return super().context(target, form) | {"asked": ((_("Reason"), target.end_reason), (_("What the customer will be told"), target.advice))}

    def run(self, target, answers, now):
        """Decide."""
        return routing.settle_refusal(self.actor, target, now=now, **answers)


class Assign(ComplaintVerb):
    """Who handles it."""

    verb, form, submit, done = "assign", forms.AssignForm, _("Assign"), _("Assigned. It stands on the handler's day.")

    def initial(self, target):
        """Who had it last time, or oneself where nobody had."""
        return {"handler": target.handler, "department": target.department_id}

    def run(self, target, answers, now):
        """Assign it."""
        return routing.assign(self.actor, target, now=now, **answers)


class GiveBack(ComplaintVerb):
    """Wrongly assigned."""

    verb, form, submit, done = "give_back", forms.ReasonForm, _("Give back"), _("Given back to whoever assigns.")

    def run(self, target, answers, now):
        """Give it back."""
        return routing.give_back(self.actor, target, now=now, **answers)


class AnswerFor(ComplaintVerb):
    """What the department says."""

    form, done = forms.AnswerForm, _("The answer stands in the record.")
    heading, submit = _("Answer of the department"), _("Answer")

    def target(self, pk):
        """A routing of a complaint in reach."""
        rows = ComplaintRoute.objects.filter(complaint__in=Complaint.objects.visible_to(self.request.user, self.capability))
        return get_object_or_404(rows.select_related("complaint__hall", "handler", "department"), pk=pk)

    def complaint_of(self, target):
        """Its complaint."""
        return target.complaint

    def run(self, target, answers, now):
        """Answer."""
        return routing.answer_for(self.actor, target, now=now, **answers)


class ReportUp(ComplaintVerb):
    """The superior is told."""

    capability = Can.REGISTER
    verb, form, submit, done = "report_up", forms.UpwardsForm, _("Report"), _("Reported. It stands in the superior's list.")

    def run(self, target, answers, now):
        """Report it."""
        return routing.report_up(self.actor, target, now=now, **answers)


class Instruct(ComplaintVerb):
    """A superior's instruction."""

    verb, form, submit, done = "instruct", forms.InstructForm, _("Instruct"), _("The instruction stands in the record.")

    def run(self, target, answers, now):
        """Instruct."""
        return routing.instruct(self.actor, target, now=now, **answers)
