"""Of what incidents tell people: the report, at once (FAC-27)."""
from django.utils.translation import gettext_lazy as _

from staff.notifications.kinds import NOW, register

register(key="incident-reported", label=_("Incident reported"), order=5, mandatory=True, urgent=True, email=NOW, robot=True,
         clauses=("S3 §8.1.1", "S0 §2.2.1.3"),
         sentence=_("%(number)s, %(what)s in %(hall)s: confirm it now."),
         why=_("You lead the hall or its department: an emergency is told to you at once, and the regulation gives you minutes to confirm it."))
