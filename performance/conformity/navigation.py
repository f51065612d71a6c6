"""The entries of conformity."""
from django.utils.translation import gettext_lazy as _

from config.contributions.navigation import offer_act, register
from performance.conformity.permissions import Can

register(key="conformity", chapter="performance", group="conformity", label=_("Conformity report"), page="conformity", capability=Can.READ, order=30,
         words="conformity obligations report hegui zhixing 合规 合規 执行 執行")
register(key="clause-results", chapter="performance", group="conformity", label=_("Results of clauses"), page="clause_results", capability=Can.READ, order=31,
         words="clauses results compliant tiaokuan dabiao 条款 條款 达标 達標")
register(key="clause-evidence", chapter="performance", group="conformity", label=_("Evidence"), page="evidence_of_clauses", capability=Can.LOOK, order=32,
         words="evidence certificates expiry zhengming daoqi 证明 證明 证据 證據")
offer_act(key="add-evidence", label=_("Add evidence for a clause"), page="add_clause_evidence", capability=Can.EDIT, icon="file-check", order=60,
          words="evidence certificate tianjia zhengming 添加证明 添加證明")
