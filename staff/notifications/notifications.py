"""Of what the rooms below have people told: the end of the long work that they started, and changes of parameters, asked and decided."""
from django.utils.translation import gettext_lazy as _

from staff.notifications.kinds import register

register(key="work-ended", label=_("Long work ended"), order=60, sentence=_("The long work you started has ended: %(how)s."),
         why=_("You started it, and it took long or did not end well."))
register(key="parameter-asked", label=_("Change of a parameter to confirm"), order=50, clauses=("S1a §17",),
         sentence=_("%(who)s asks for another value of “%(what)s” from %(day)s on: confirm or decline it."),
         why=_("You confirm parameters for the house: a change takes two people."))
register(key="parameter-decided", label=_("Decision on a parameter"), order=51, mandatory=True, clauses=("S1a §17",),
         sentence=_("The change of “%(what)s” from %(day)s on: %(how)s."),
         why=_("You asked for this change."))
