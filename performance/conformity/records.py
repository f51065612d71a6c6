"""Evidence and judgements as other rooms point at them."""
from django.utils.translation import gettext_lazy as _

from config.contributions.records import register
from performance.conformity.services import EVIDENCE

register(key=EVIDENCE, model="performance.ClauseEvidence", label=_("Evidence"), title=str, page="clause_evidence")
register(key="clause_judgement", model="performance.ClauseJudgement", label=_("Judgement of a clause"), title=str)
