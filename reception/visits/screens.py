"""What the visits carry out of the regulation."""
from django.utils.translation import gettext_lazy as _

from config.contributions.clauses import register
from reception.visits.permissions import Can

register(key="desk", label=_("The desk: a visitor is logged"), page="desk", capability=Can.EDIT, rows=("REC-02", "REC-04"))
register(key="board", label=_("Day board: greeting, areas, who is free"), page="board", capability=Can.READ, rows=("REC-03", "REC-05", "REC-06", "REC-91"))
register(key="visits", label=_("Visits"), page="visits", capability=Can.READ, kind="visit", rows=("REC-07", "REC-08"))
register(key="visit-figures", label=_("Figures of visits"), page="visit_figures", capability=Can.ANALYSE, rows=("GEN-17",))
