"""Hearing whom a complaint is about: whoever handles it asks, the person answers without seeing the complaint (CMP-11)."""
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.handling.forms import statement as forms
from complaints.handling.services import statements
from complaints.handling.views.verbs import ComplaintVerb
from config.accounts.access import SIGNED_IN
from config.web.pages import VerbPage
from config.web.templatetags.hk import moment


class AskStatement(ComplaintVerb):
    """A question to whom it is about."""

    verb, form, submit, done = "ask_statement", forms.AskStatementForm, gettext_lazy("Ask"), gettext_lazy("Asked. It stands on the day of the person.")

    def form_kwargs(self, target):
        """Those whom it is about."""
        return {"people": target.people.filter(complained_about=True).select_related("employee")}

    def run(self, target, answers, now):
        """Ask."""
        return statements.ask(self.actor, target, now=now, **answers)


class GiveStatement(VerbPage):
    """What happened, from the side of the person. The page shows the question and the hall, nothing of who complains."""

    capability = SIGNED_IN
    form, done = forms.StatementForm, gettext_lazy("Your statement is kept. It is never changed.")
    template = "complaints/handling/settle.html"
    once = True

    def target(self, pk):
        """What is asked of this person; nobody else's is there."""
        person = get_object_or_404(statements.waiting(self.request.user).select_related("complaint__hall", "employee"), pk=pk)
        self.question = statements.question_to(person)
        if self.question is None:
            raise Http404
        return person

    def act(self, target, answers):
        """Keep it."""
        return statements.give(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """My day."""
        return reverse("home")

    def context(self, target, form):
        """The question, and in which hall."""
        asked = ((_("Question"), self.question.text), (_("Asked"), moment(self.question.at)))
        return {"heading": _("Your statement"), "sub_text": str(target.complaint.hall), "asked": asked, "clause": "S0 §4.3.2",
                "submit_label": _("Give the statement"), "cancel_url": reverse("home"), "back_label": _("My day"), "back_url": reverse("home")}
