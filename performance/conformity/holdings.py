"""What a person holds in the conformity room: evidence that they answer for and renew. Handed over when they leave."""
from django.utils.translation import gettext_lazy as _

from config.contributions.holdings import register
from performance.conformity import services
from performance.conformity.models import ClauseEvidence
from performance.conformity.permissions import Can

register(key="clause_evidence_owned", label=_("Evidence of clauses"), owned=lambda employee: ClauseEvidence.objects.newest().filter(owner=employee),
         hand_over=services.pass_on, capability=Can.EDIT)
