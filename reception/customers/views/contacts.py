"""How to reach a customer: shown in full on record, added, corrected, removed."""
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.privacy import log
from config.web.pages import Page
from reception.customers import services
from reception.customers.forms import ContactForm, CorrectContactForm, ReasonForm
from reception.customers.permissions import Can
from reception.customers.views.found import CustomerFormPage, found_contact


class ShowContact(Page):
    """One number or address in full. A POST, because each look leaves a row in the access log."""

    capability = Can.READ

    def post(self, request, pk):
        """The value, as the part that takes the masked one's place."""
        contact = found_contact(request.user, pk)
        log.note(request, "unmask", kind="customer", record_id=contact.customer_id, fields=[contact.kind])
        return self.show("parts/show_phone.html", {"shown": contact.shown, "masked": contact.masked})


class AddContact(CustomerFormPage):
    """One more way to reach the customer."""

    form = ContactForm
    done = _("Contact added.")
    heading = _("Add a contact")
    once = True

    def act(self, target, answers):
        return services.add_contact(self.actor, target, way=answers["way"], written=answers["written"], now=timezone.now())


class ContactPage(CustomerFormPage, abstract=True):
    """A form about one contact."""

    def target(self, pk):
        return found_contact(self.request.user, pk, self.capability)

    def customer_of(self, target):
        return target.customer


class CorrectContact(ContactPage):
    """Write a contact as it should be. The old value is not filled in: it would show a number nobody asked to see."""

    form = CorrectContactForm
    done = _("Contact corrected.")
    heading = _("Correct a contact")

    def act(self, target, answers):
        return services.correct_contact(self.actor, target, written=answers["written"], now=timezone.now())

    def context(self, target, form):
        return super().context(target, form) | {"sub_text": f"{target.customer} · {target.masked}"}


class RemoveContact(ContactPage):
    """Take a contact out of the file."""

    form = ReasonForm
    done = _("Contact removed. The history keeps it.")
    heading = _("Remove a contact")
    submit_label = _("Remove")

    def act(self, target, answers):
        return services.remove_contact(self.actor, target, reason=answers["reason"], now=timezone.now())

    def context(self, target, form):
        return super().context(target, form) | {"sub_text": f"{target.customer} · {target.masked}", "danger": True}


class MakeMain(Page):
    """Show this contact first."""

    capability = Can.EDIT

    def post(self, request, pk):
        """Do it and go back to the file."""
        contact = found_contact(request.user, pk, Can.EDIT)
        services.make_main(self.actor, contact, now=timezone.now())
        return HttpResponseRedirect(reverse("customer", args=[contact.customer_id]))
