"""Of what people are told about what is due: something new, something soon, something late, and what others left undone (GEN-07, GEN-08)."""
from django.utils.translation import gettext_lazy as _

from staff.notifications.kinds import DAILY, register

CLAUSES = ("S4 §1.3.3", "S0 §4.3.1")
register(key="duty-new", label=_("New work"), order=30, clauses=CLAUSES, email=DAILY,
         sentence=_("New: %(what)s, due %(due)s."), why=_("Something fell due that is yours, or of a role that you hold in the hall."))
register(key="duty-soon", label=_("Due soon"), order=31, clauses=CLAUSES, email=DAILY,
         sentence=_("Due %(due)s: %(what)s."), why=_("Something that is yours is due within the days that the regulation names."))
register(key="duty-late", label=_("Overdue"), order=32, clauses=CLAUSES, mandatory=True,
         sentence=_("Late: %(what)s was due %(due)s."), why=_("Something that is yours was not done in time. The rules ask that you are told once."))
register(key="duty-told", label=_("Left undone by others"), order=33, clauses=CLAUSES, mandatory=True,
         sentence=_("Left undone: %(what)s of %(who)s was due %(due)s."), why=_("You stand above whoever did not do it in time."))
