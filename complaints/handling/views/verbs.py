"""What the pages of the verbs on complaints share."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.handling import acts, cells
from complaints.handling.models import Complaint
from complaints.handling.permissions import Can
from config.errors import Refused
from config.web.pages import Page, VerbPage

JOINS = ("hall", "customer", "handler", "department")


def found(user, capability, pk):
    """The complaint, as far as this capability reaches; another hall's and one about oneself are not there."""
    return get_object_or_404(Complaint.objects.visible_to(user, capability).select_related(*JOINS), pk=pk)


def page_of(user, pk):
    """The page of the complaint, or the register for who sees it no longer."""
    seen = Complaint.objects.visible_to(user).filter(pk=pk).exists()
    return reverse("complaint", args=[pk]) if seen else reverse("complaints")


class ComplaintVerb(VerbPage, abstract=True):
    """One verb with a form. `run(complaint, answers, now)` calls the service; `verb` names the Act whose words and clause the page shows."""

    capability = Can.HANDLE
    verb = heading = submit = ""
    danger = False
    once = True

    def target(self, pk):
        """The complaint."""
        return found(self.request.user, self.capability, pk)

    def complaint_of(self, target):
        """The complaint of the target."""
        return target

    def act(self, target, answers):
        """Do it now."""
        return self.run(target, answers, timezone.now())

    def run(self, target, answers, now):
        """Call the service."""
        raise NotImplementedError

    def next_address(self, target, result):
        """The page of the complaint."""
        return page_of(self.request.user, self.complaint_of(target).pk)

    def context(self, target, form):
        """Heading, the matter, the way back; `about` fills the name into snippets."""
        row, act = self.complaint_of(target), acts.BY_VERB.get(self.verb)
        return {"heading": self.heading or (act and str(_(act.label))), "sub_text": f"{cells.matter(row)} · {cells.who(row)}", "back_label": row.number,
                "back_url": reverse("complaint", args=[row.pk]), "cancel_url": reverse("complaint", args=[row.pk]), "danger": self.danger,
                "submit_label": self.submit or self.heading or (act and str(_(act.label))), "about": row.contact_name, "complaint": row,
                "clause": act.clause if act else ""}


class ComplaintPress(Page, abstract=True):
    """A verb that asks nothing: it acts and goes back; a refusal is told on the page of the complaint."""

    capability = Can.HANDLE
    http_method_names = ["post"]
    done = ""

    def run(self, complaint, now):
        """Call the service."""
        raise NotImplementedError

    def post(self, request, pk):
        """Do it and go back."""
        row = found(request.user, self.capability, pk)
        try:
            self.run(row, timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self.done)
        return HttpResponseRedirect(page_of(request.user, row.pk))
