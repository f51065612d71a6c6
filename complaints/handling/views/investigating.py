"""Finding out: tasks, evidence, the facts established."""
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.handling import queries
from complaints.handling.facts import Evidence, InvestigationTask
from complaints.handling.forms import investigating as forms
from complaints.handling.models import Complaint
from complaints.handling.permissions import Can
from complaints.handling.services import investigating
from complaints.handling.views.verbs import ComplaintPress, ComplaintVerb
from staff.organisation.queries import employee_of


class Investigate(ComplaintPress):
    """The handler begins."""

    done = _("The investigation runs. Hear both sides.")

    def run(self, complaint, now):
        """Begin."""
        investigating.investigate(self.actor, complaint, now=now)


class AddTask(ComplaintVerb):
    """Somebody finds something out."""

    verb, form, submit, done = "add_task", forms.TaskForm, _("Ask"), _("Asked. It stands on the day of whoever is responsible.")

    def run(self, target, answers, now):
        """Add it."""
        return investigating.add_task(self.actor, target, now=now, **answers)


class PartOfComplaint(ComplaintVerb, abstract=True):
    """A verb on a part that one person is responsible for: they do it, or who handles the complaint."""

    capability, model, own = Can.READ, None, "owner_id"

    def target(self, pk):
        """The part, of a complaint in reach."""
        user = self.request.user
        rows = self.model.objects.filter(complaint__in=Complaint.objects.visible_to(user)).select_related("complaint__hall", "complaint__customer")
        part = get_object_or_404(rows, pk=pk)
        mine = self.own and getattr(part, self.own) == getattr(employee_of(user), "pk", None)
        if not mine and not queries.within(user, Can.HANDLE, part.complaint):
            raise Http404
        return part

    def complaint_of(self, target):
        """Its complaint."""
        return target.complaint


class FinishTask(PartOfComplaint):
    """What was found."""

    model = InvestigationTask
    form, done = forms.TaskResultForm, _("Noted.")
    heading, submit = _("What was found"), _("Save")

    def context(self, target, form):
        """The task in words."""
        return super().context(target, form) | {"sub_text": target.what}

    def run(self, target, answers, now):
        """Finish it."""
        return investigating.finish_task(self.actor, target, now=now, **answers)


class AddEvidence(ComplaintVerb):
    """A statement, file, visit or document."""

    verb, form, submit, done = "add_evidence", forms.EvidenceForm, _("Add"), _("Added. It is never changed; a mistaken one is struck out.")

    def initial(self, target):
        """Of today, until somebody says otherwise."""
        return {"shows_on": timezone.localdate(target.received_at)}

    def run(self, target, answers, now):
        """Add it."""
        upload = answers.pop("file", None)
        return investigating.add_evidence(self.actor, target, now=now, upload=upload, **answers)


class Strike(PartOfComplaint):
    """A mistaken one."""

    model, own = Evidence, ""
    form, done = forms.StrikeForm, _("Struck out; it stays readable.")
    heading, submit = _("Strike the evidence out"), _("Strike out")

    def context(self, target, form):
        """The evidence in words."""
        return super().context(target, form) | {"sub_text": f"{target} · {target.text[:80]}"}

    def run(self, target, answers, now):
        """Strike it."""
        return investigating.strike(self.actor, target, now=now, **answers)


class Verify(ComplaintVerb):
    """What is established."""

    verb, form, submit, done = "verify", forms.VerifyForm, _("The facts are established"), _("Established. Decide who is responsible next.")

    def initial(self, target):
        """What was found before."""
        return {"facts": target.facts_found}

    def run(self, target, answers, now):
        """Verify it."""
        return investigating.verify(self.actor, target, now=now, **answers)
