"""What the conformity room carries out of the regulation."""
from django.utils.translation import gettext_lazy as _

from config.contributions.clauses import register
from performance.conformity.permissions import Can

register(key="conformity", label=_("Conformity report of a hall and month"), page="conformity", capability=Can.READ, rows=("PRF-44", "PRF-45"))
register(key="clause-results", label=_("Results of clauses, computed and judged"), page="clause_results", capability=Can.READ, rows=("PRF-45",))
