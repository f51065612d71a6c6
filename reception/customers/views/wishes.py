"""What the customer wants, what colleagues mind, and that the file was checked with the customer."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.pages import Page
from reception.customers import services
from reception.customers.forms import AttentionForm, ChoiceForm
from reception.customers.permissions import Can
from reception.customers.views.found import CustomerFormPage, found_customer


class SetChoice(CustomerFormPage):
    """The customer's own choice (REC-28)."""

    capability = Can.CHOICE
    edit_capability = Can.CHOICE
    form = ChoiceForm
    done = _("The customer's choice stands.")
    heading = _("The customer's choice")

    def initial(self, target):
        return {"choice": target.choice, "version": target.version}

    def act(self, target, answers):
        return services.set_choice(self.actor, target, now=timezone.now(), **answers)


class SetAttention(CustomerFormPage):
    """The attention mark."""

    form = AttentionForm
    done = _("Attention mark saved.")
    heading = _("Attention mark")

    def initial(self, target):
        return {"attention": target.attention, "version": target.version}

    def act(self, target, answers):
        return services.set_attention(self.actor, target, now=timezone.now(), **answers)


class Confirm(Page):
    """The file was read over with the customer."""

    capability = Can.EDIT

    def post(self, request, pk):
        """Note it and go back to the file."""
        customer = found_customer(request.user, pk, Can.EDIT)
        services.confirm_with_customer(self.actor, customer, now=timezone.now())
        messages.success(request, _("Noted: checked with the customer."))
        return HttpResponseRedirect(reverse("customer", args=[customer.pk]))
