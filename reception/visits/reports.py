"""Forms of the visits room that are printed empty for a day without power (GEN-14)."""
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.contributions import reports
from reception.visits import services, story
from staff.regulation import values


def registration_form(hall):
    """An empty registration form with the fields this hall asks."""
    now = timezone.now()
    version = services.template_version(hall, hall.day_of(now)) if hall else None
    rows = [{"label": str(story.text_of(field["label"])), "value": ""} for field in (version.fields if version else [])]
    return sheet(hall, now, "FRM-01") | {"details": rows}


def day_log(hall):
    """An empty visit log with lines to write on."""
    now = timezone.now()
    return sheet(hall, now, "FRM-02") | {"visits": [], "blank_lines": range(24)}


def sheet(hall, now, number):
    """Head and foot of an empty form."""
    return {"company": values.value("organization_name", timezone.localtime(now).date(), hall), "hall_name": str(hall or ""), "number": "", "author": "",
            "printed_at": now, "form_number": number}


reports.register_blank(key="customer-registration", label=_("Customer registration form"), template="reception/visits/registration_form.html",
                       context=registration_form)
reports.register_blank(key="visit-log", label=_("Visit log of the day"), template="reception/visits/day_log.html", context=day_log)
