"""Follow-ups as other rooms point at them."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.contributions.records import register
from reception.customers import merges
from reception.followups.services import KIND
from reception.promises import sources


def title(row):
    """What a link shows."""
    return _("Call %(customer)s") % {"customer": row.customer}


register(key=KIND, model="reception.FollowUp", label=gettext_lazy("Follow-up"), title=title, page="follow_up", confidentiality="confidential",
         joins=("customer",))
sources.declare(KIND, about=lambda row: (row.customer, row.hall), joins=("customer", "hall"))
merges.declare("reception.FollowUp.customer", merges.JOIN, equal=("trigger", "slot"))
