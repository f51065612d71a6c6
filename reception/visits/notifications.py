"""Of what the visits room tells people: a visitor for them, an answer that is missing, an appointment soon, somebody who waits too long."""
from django.utils.translation import gettext_lazy as _

from staff.notifications.kinds import register

register(key="host-called", label=_("A visitor for you"), order=10, mandatory=True, urgent=True, robot=True, clauses=("S0 §3.3.1.1", "S3 §3.2.2"),
         sentence=_("A visitor came for %(host)s to “%(hall)s”, %(at)s. Answer within %(minutes)s min."),
         why=_("You are told at once when a visitor came for you, or for somebody who did not answer and whose deputy or shift leader you are."))
register(key="host-unanswered", label=_("Nobody answered"), order=11, mandatory=True, urgent=True, clauses=("S0 §3.3.1.1",),
         sentence=_("Nobody comes to the visitor who came for %(host)s: neither deputy nor shift leader answered. Give the visitor to somebody else."),
         why=_("You received the visitor."))
register(key="appointment-soon", label=_("Appointment soon"), order=12, urgent=True, clauses=("S0 §3.3.1.1",),
         sentence=_("You have an appointment %(at)s in “%(hall)s”."), why=_("You are the adviser whom a visitor wants to see."))
register(key="visit-alert", label=_("Somebody waits too long"), order=13, mandatory=True, urgent=True, clauses=("S0 §2.2.4.1", "S3 §3.1.1"),
         sentence=_("“%(hall)s”: %(who)s waits for %(minutes)s min."),
         why=_("You lead the shift: you are told when the longest wait passes the hall's limit."))
register(key="visit-idle", label=_("Somebody waits at a free counter"), order=14, urgent=True, clauses=("S0 §2.2.4.1", "S3 §3.1.1"),
         sentence=_("“%(hall)s”: %(who)s waits for %(minutes)s min although somebody is free."),
         why=_("You lead the shift: you are told when somebody waits whom a free colleague could serve."))
