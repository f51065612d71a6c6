"""What of complaints waits for a second person's word."""
from django.utils.translation import gettext_lazy as _

from complaints.handling.permissions import Can
from complaints.handling.reach import about
from complaints.handling.services import ending, following, routing, timing
from staff.duties.decisions.approving import register

register(key=routing.REFUSAL, label=_("A complaint is not accepted"), steps=((Can.DECIDE, ""),), about=about, clauses=("S0 §4.1.2",))
register(key=timing.EXTENSION, label=_("More time for a complaint"), steps=((Can.DECIDE, ""),), about=about, clauses=("S0 §4.1.2",))
register(key=ending.OFFER, label=_("An offer to a customer who complains"), steps=((Can.DECIDE, ""),), about=about, clauses=("S0 §4.3.3",))
register(key=following.APPEAL, label=_("An appeal against a rating"), steps=((Can.DECIDE, ""),), about=about, clauses=("S0 §4.3.2",))
