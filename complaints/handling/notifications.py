"""Of what complaints tell people (CMP-06 to CMP-08, CMP-15; FIELD 2.3 rows 12 to 15)."""
from django.utils.translation import gettext_lazy as _

from complaints.handling import telling
from staff.notifications.kinds import NOW, register

ANSWERED = ("S0 §4.1.2", "S3 §3.5.3")
register(key=telling.REGISTERED, label=_("New complaint"), order=6, clauses=ANSWERED, urgent=True, email=NOW,
         sentence=_("%(number)s was registered in %(hall)s: give the first answer."),
         why=_("You do customer service in the hall: the regulation gives you hours for the first answer."))
register(key=telling.ASSIGNED, label=_("Complaint given to you"), order=7, clauses=("S4 §3.6.2",), mandatory=True, email=NOW,
         sentence=_("%(number)s is yours to handle."), why=_("A superior gave the complaint to you."))
register(key=telling.ESCALATED, label=_("Complaint escalated to you"), order=6, clauses=("S3 §3.5.3", "S0 §4.3.1"),
         mandatory=True, urgent=True, email=NOW, robot=True,
         sentence=_("%(number)s in %(hall)s is overdue: see to it."), why=_("A limit passed, and you stand above whoever handles it."))
register(key=telling.SOON, label=_("Limit of a complaint near"), order=8, clauses=ANSWERED,
         sentence=_("%(number)s: something is due %(due)s."), why=_("You handle the complaint, and one of its limits comes soon."))
register(key=telling.URGED, label=_("Complaint urged"), order=8, clauses=("S3 §3.5.3",), mandatory=True,
         sentence=_("%(number)s was urged, %(count)s times by now."), why=_("The customer or a superior asks for more speed with what you handle."))
register(key=telling.SPOKE, label=_("Word of a customer who complains"), order=8, clauses=("S4 §3.6.4",),
         sentence=_("%(number)s: the customer said something."), why=_("You handle the complaint."))
register(key=telling.EXTENDED, label=_("More time decided"), order=9, clauses=("S0 §4.1.2",),
         sentence=_("%(number)s: more time was asked for. It is %(outcome)s."), why=_("You asked for more time, or handle the complaint."))
register(key=telling.AGAIN, label=_("Complaint handled again"), order=8, clauses=("S0 §4.2.4",),
         sentence=_("%(number)s is handled again: the customer is not content."), why=_("You lead the hall's service, where it is given to a handler anew."))
