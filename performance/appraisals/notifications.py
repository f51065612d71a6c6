"""Of what appraisals tell people: a decision on a sheet (GEN-07)."""
from django.utils.translation import gettext_lazy as _

from staff.notifications.kinds import register

register(key="appraisal-decided", label=_("Decision on an appraisal"), order=40, mandatory=True, clauses=("S4 §1.3.3", "S0 §4.3.1"),
         sentence=_("Appraisal of %(who)s, %(month)s: %(what)s."),
         why=_("It is your appraisal, or you scored it: you are told when it was filed, sent back, or an objection decided."))
