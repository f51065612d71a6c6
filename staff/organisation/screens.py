"""What the organisation carries out of the regulation."""
from django.utils.translation import gettext_lazy as _

from config.contributions.clauses import register
from staff.organisation.permissions import Can

register(key="organisation", label=_("Organisation and deputies"), page="organisation", capability=Can.READ, rows=("STF-01",))
register(key="deputies", label=_("Deputies with their days"), page="deputies", capability=Can.READ, rows=("GEN-02",))
register(key="positions", label=_("Positions with their rights"), page="positions", capability=Can.READ, rows=("STF-02",))
register(key="people", label=_("People by kind of employment"), page="people", capability=Can.READ, kind="employee", rows=("STF-04",))
register(key="halls", label=_("Register of halls"), page="halls", capability=Can.READ, kind="hall", rows=("REC-01",))
register(key="rights", label=_("Rights of each role"), page="rights", capability=Can.READ, rows=("GEN-01",))
