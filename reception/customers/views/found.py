"""How pages of this room find their file: in reach or a 404; a merged file leads to the one it was merged into."""
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from config.web.pages import FormPage
from reception.customers.models import ContactPoint, Customer
from reception.customers.permissions import Can
from reception.customers.queries import may_see


def found_customer(user, pk, capability=Can.READ):
    """The file, or a 404 where it is out of the person's reach."""
    return get_object_or_404(Customer.objects.visible_to(user, capability).select_related("owner", "confirmed_by"), pk=pk)


def kept_address(user, pk, page="customer"):
    """The address of the file that `pk` was merged into, in the person's reach; a 404 when there is none."""
    merged = Customer.objects.filter(pk=pk, merged_into__isnull=False).first()
    if merged is None or not Customer.objects.visible_to(user).filter(pk=merged.merged_into_id).exists():
        raise Http404
    return reverse(page, args=[merged.merged_into_id])


def found_contact(user, pk, capability=Can.READ):
    """A contact of a file in reach."""
    contact = get_object_or_404(ContactPoint.objects.select_related("customer"), pk=pk)
    get_object_or_404(Customer.objects.visible_to(user, capability), pk=contact.customer_id)
    return contact


class CustomerFormPage(FormPage, abstract=True):
    """A form about one file: back to the file after it."""

    capability = Can.EDIT
    heading = ""
    submit_label = ""
    part = None

    def target(self, pk):
        """The file; a 404 as well where the person's role does not see the part that this form writes."""
        customer = found_customer(self.request.user, pk, self.capability)
        if self.part and not may_see(self.request.user, self.part, customer):
            raise Http404
        return customer

    def customer_of(self, target):
        """The file a target belongs to."""
        return target

    def next_address(self, target, result):
        return reverse("customer", args=[self.customer_of(target).pk])

    def context(self, target, form):
        customer = self.customer_of(target)
        return {"heading": self.heading, "sub_text": str(customer), "back_label": customer.number, "submit_label": self.submit_label or None,
                "cancel_url": reverse("customer", args=[customer.pk])}
