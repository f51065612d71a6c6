"""The page by which a host answers, on a phone in a corridor too (FIELD 2.1 6, 7; UX 28)."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.accounts.access import SIGNED_IN
from config.errors import Refused
from config.privacy import log
from config.web.pages import Page
from config.web.redirects import safe_next
from reception.visits import states as visit_states
from reception.visits.hosts import forms, services, states
from reception.visits.hosts.models import HostCall
from reception.visits.models import Visit


class HostCallPage(Page):
    """Who waits for me, where and since when; three answers."""

    capability = SIGNED_IN

    def get(self, request, pk):
        """The page; opening it is on record, since it names the visitor."""
        rows = HostCall.objects.visible_to(request.user).select_related("visit__customer", "visit__purpose", "visit__area", "hall", "host", "employee")
        call = get_object_or_404(rows, pk=pk)
        log.note(request, "view", kind=services.KIND, record_id=call.pk, hall_id=call.hall_id)
        mine, waits = call.employee.user_id == request.user.pk, call.visit.state in visit_states.PRESENT
        visit = call.visit
        facts = [(_("Visitor"), visit.shown_name or _("not yet known")), (_("Party"), visit.party_size), (_("Purpose"), visit.purpose),
                 (_("Area"), visit.area or ""), (_("Came for"), call.host), (pgettext("host", "Asked"), call.employee)]
        return self.show("reception/visits/hosts/call.html", {
            "call": call, "visit": visit, "facts": [{"label": label, "value": str(value)} for label, value in facts if value],
            "waits": waits, "answers": answers_to(call) if mine and waits else [], "now": timezone.now(),
            "may_open_visit": Visit.objects.visible_to(request.user).filter(pk=visit.pk).exists()})


def answers_to(call):
    """The answers that may still be given, as (value, words)."""
    return [(says, forms.WORDS[says]) for says in states.ANSWERS if call.state in states.TABLE[says].sources]


class AnswerHost(Page):
    """The press of one of the answers."""

    capability = SIGNED_IN
    http_method_names = ["post"]

    def post(self, request, pk):
        """Take it."""
        call = get_object_or_404(HostCall.objects.filter(employee__user=request.user), pk=pk)
        form = forms.AnswerForm(request.POST)
        try:
            if not form.is_valid():
                raise Refused(_("Choose one of the answers."))
            services.answer(self.actor, call, says=form.cleaned_data["says"], now=timezone.now())
            messages.success(request, _("The desk sees your answer."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(safe_next(request, reverse("host_call", args=[pk])))
