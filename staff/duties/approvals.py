"""What of the rooms below waits for somebody's word."""
from django.utils.translation import gettext_lazy as _

from staff.duties.decisions.approving import register
from staff.regulation.permissions import Can

register(key="parameter_change", label=_("Change of a parameter"), steps=((Can.EDIT, ""),), clauses=("S2 §5.1.1",))
