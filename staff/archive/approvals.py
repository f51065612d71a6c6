"""What of the archive waits for somebody's word."""
from django.utils.translation import gettext_lazy as _

from staff.archive.permissions import Can
from staff.archive.services.requests import KIND
from staff.duties.decisions.approving import register

register(key=KIND, label=_("Access to the archive"), steps=((Can.DECIDE, ""),), clauses=("S3 §6.2.3",))
