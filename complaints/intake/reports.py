"""The registration of a complaint as a blank form for a day without power (FRM-33)."""
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.contributions import reports
from staff.regulation import values


def blank(hall):
    """Head and foot of the empty form."""
    now = timezone.now()
    return {"company": values.value("organization_name", timezone.localtime(now).date(), hall), "hall_name": str(hall or ""), "number": "", "author": "",
            "printed_at": now, "form_number": "FRM-33"}


reports.register_blank(key="complaint-registration", label=_("Complaint registration form"), template="complaints/intake/form33.html", context=blank)
