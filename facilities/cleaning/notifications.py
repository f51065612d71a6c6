"""Of what cleaning tells people: a round that was sent back (FAC-05)."""
from django.utils.translation import gettext_lazy as _

from staff.notifications.kinds import register

register(key="round-returned", label=_("Cleaning round sent back"), order=35, mandatory=True, clauses=("S0 §5.1.2", "S3 §4.3.1"),
         sentence=_("The cleaning round of %(day)s in %(hall)s was sent back: %(reason)s"),
         why=_("You did the round, and the hall manager did not find it clean. It has to be done again."))
