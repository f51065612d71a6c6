"""Evidence and judgements as other rooms point at them."""
from django.utils.translation import gettext_lazy as _

from config.contributions.records import register
from config.web.templatetags import hk
from performance.conformity import computing, queries
from performance.conformity.services import EVIDENCE


def line(row):
    """What was missed, in which month."""
    obligation = computing.obligation(*row.obligation.split(":", 1))
    return f"{obligation.label if obligation else row.obligation} · {hk.month(row.month)}"


register(key=EVIDENCE, model="performance.ClauseEvidence", label=_("Evidence"), title=str, page="clause_evidence")
register(key="clause_judgement", model="performance.ClauseJudgement", label=_("Judgement of a clause"), title=str)
register(key=queries.MISSED, model="performance.MissedObligation", label=_("Obligation that was missed"), title=line, page="missed_obligation")
