"""Signing the confidentiality agreement (STF-52)."""
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.web.texts import CODES
from staff.communication.agreements import rules, texts
from staff.communication.agreements.models import ConfidentialityAgreement
from staff.duties import services as duties
from staff.organisation.models import Employee
from staff.regulation import values

KIND, REMINDER = "agreement", "SCH-51-confidentiality"


@transaction.atomic
def sign(actor, *, signature, now):
    """The person signs the agreement in the language they read it in: it holds for `confidentiality_renewal_months`, opens the customer
    pages and ends the duty. Refused for another name than the person's, and while the present agreement still holds for long."""
    employee = Employee.objects.select_for_update().get(user=actor.user)
    day = timezone.localtime(now).date()
    if not rules.is_due(employee.bound_until, day):
        raise Refused(_("Your agreement holds for longer than %(days)s days. You sign the next one shortly before its end.")
                      % {"days": rules.RENEWAL_DAYS})
    if not rules.is_name(signature, employee.name):
        raise Refused(_("This is not your name as it is kept here. Type it as it stands below the heading."), field="signature")
    language = (get_language() or "en").lower()
    language = language if language in CODES else "en"
    row = ConfidentialityAgreement.objects.create(
        employee=employee, edition=texts.edition(), language=language, text=texts.whole(language), signature=signature.strip(), signed_at=now,
        ends_on=rules.ends_on(day, values.value("confidentiality_renewal_months", day)))
    employee.bound_until = row.ends_on
    trace.save(actor, employee, "bound_until", act="agreement signed")
    duties.finish(actor, "", None, now=now, schedule=REMINDER, employee=employee)
    return row
