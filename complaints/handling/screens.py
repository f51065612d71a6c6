"""What the room of complaints carries out of the regulation."""
from django.utils.translation import gettext_lazy as _

from complaints.handling.permissions import Can
from complaints.handling.services.common import KIND
from config.contributions.clauses import register

register(key="complaints", label=_("Complaints: register, investigation, responsibility, solution, follow-up, root cause"), page="complaints",
         capability=Can.READ, kind=KIND, rows=("CMP-03", "CMP-06", "CMP-07", "CMP-08", "CMP-09", "CMP-10", "CMP-11", "CMP-12", "CMP-13", "CMP-14", "CMP-15",
                                               "CMP-16", "CMP-17", "CMP-18", "CMP-21", "CMP-25", "CMP-26"))
