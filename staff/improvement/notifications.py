"""Of what people are told about their suggestions (REC-76)."""
from django.utils.translation import gettext_lazy as _

from staff.improvement.suggestions.services import TOLD
from staff.notifications.kinds import register

register(key=TOLD, label=_("Suggestion answered"), order=45, clauses=("S0 §2.2.3.5", "S4 §2.1.4"),
         sentence=_("Your suggestion is answered: %(what)s."), why=_("You made the suggestion, and its addressee has answered."))
