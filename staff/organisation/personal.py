"""Personal data of the people who work here, with its purpose (PIPL 13.2: labour management)."""
from django.utils.translation import gettext_lazy as _

from config.contributions.personal import register

register(key="staff.Employee", retention="personnel_retention_years", fields={
    "name": _("to say who did what and who is responsible"), "sort_key": _("to find and sort people by name"),
    "number": _("to tell people of the same name apart"), "hired_on": _("to know who works here"), "left_on": _("to know who works here"),
    "bound_until": _("to open customer pages only to who promised to keep secrets"),
    "kind": _("the kind of employment, for reports"), "state": _("to know who may work at a post"), "user": _("the account to log in with"),
}, impersonal=("id", "version"))
