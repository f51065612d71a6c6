"""The company's name as the regulation prints it, on the page of the organisation."""
from django.utils import timezone

from config.contributions.panels import register
from staff.regulation.values import value


def company(record, user):
    """The name of the company today."""
    return {"company": value("organization_name", timezone.localdate())}


register(key="company", place="organisation", template="staff/regulation/_company.html", context=company, order=1)
