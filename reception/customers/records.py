"""Customers as records that other rooms point at."""
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.contributions.records import register
from reception.customers.services.completeness import MARK


def title(mark):
    """What a link to a field to confirm shows."""
    return gettext("%(field)s of %(customer)s") % {"field": mark.get_field_display(), "customer": mark.customer}


register(key=MARK, model="reception.Confirmation", label=_("Field to confirm"), title=title, page="confirm_field", confidentiality="confidential",
         joins=("customer",))
register(key="customer", model="reception.Customer", label=_("Customer"), title=str, page="customer", confidentiality="confidential", number="CU")
