"""The kinds of record that other rooms may point at."""
from django.utils.translation import gettext_lazy as _

from config.contributions.records import register

register(key="employee", model="staff.Employee", label=_("Person"), title=lambda person: person.name, page="person",
         confidentiality="internal", number="number")
register(key="hall", model="staff.Hall", label=_("Hall"), title=str, page="hall", confidentiality="internal")
