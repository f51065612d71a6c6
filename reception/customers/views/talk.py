"""What was said with a customer: written down, corrected with a trace (REC-25)."""
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.context import current_hall
from reception.customers import queries, services
from reception.customers.forms import CommunicationForm, CorrectionForm
from reception.customers.models import Communication
from reception.customers.views.found import CustomerFormPage, found_customer
from staff.organisation.models import Hall


def halls_of(customer, user):
    """The halls that know the customer and that the person works in."""
    return queries.hall_choices(user) & Hall.objects.filter(pk__in=customer.halls.values("hall"))


class LogCommunication(CustomerFormPage):
    """An exchange with the customer."""

    part = "communications"
    form = CommunicationForm
    once = True
    done = _("Communication written down.")
    heading = _("Write down a communication")

    def form_kwargs(self, target):
        return {"halls": halls_of(target, self.request.user)}

    def initial(self, target):
        hall = current_hall(self.request)
        return {"at": timezone.localtime(), "hall": hall and hall["id"], "method": Communication.Method.IN_PERSON}

    def act(self, target, answers):
        return services.log_communication(self.actor, target, now=timezone.now(), **answers)


class CorrectCommunication(CustomerFormPage):
    """An entry as it should read; the old text stays beside it, struck through."""

    part = "communications"
    form = CorrectionForm
    once = True
    done = _("Entry corrected. The old text stays in the file.")
    heading = _("Correct an entry")

    def target(self, pk):
        entry = get_object_or_404(Communication.objects.select_related("customer", "hall"), pk=pk)
        self.customer = found_customer(self.request.user, entry.customer.merged_into_id or entry.customer_id, self.capability)
        if not queries.may_see(self.request.user, self.part, self.customer):
            raise Http404
        return entry

    def customer_of(self, target):
        return self.customer

    def form_kwargs(self, target):
        return {"halls": Hall.objects.none()}

    def initial(self, target):
        return {"at": timezone.localtime(target.at)} | {name: getattr(target, name) for name in ("method", "topic", "opinion", "answer", "next_step")}

    def act(self, target, answers):
        return services.correct_communication(self.actor, target, now=timezone.now(), **answers)
