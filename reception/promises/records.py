"""Promises as other rooms point at them, and that they may be made from a customer's file."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.contributions.records import register
from reception.customers import merges
from reception.promises import sources
from reception.promises.services import KIND


def title(row):
    """What a link shows."""
    return _("%(what)s, for %(customer)s") % {"what": row.what, "customer": row.customer}


register(key=KIND, model="reception.Promise", label=gettext_lazy("Promise"), title=title, page="promise", confidentiality="confidential",
         joins=("customer",))
merges.declare("reception.Promise.customer", merges.MOVE)
sources.declare("customer", about=lambda customer: (customer, None))
