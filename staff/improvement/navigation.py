"""The entries of the improvement room."""
from django.utils.translation import gettext_lazy as _

from config.contributions.navigation import offer_act, register
from staff.improvement.permissions import Can

register(key="improvements", chapter="staff", group="together", label=_("Improvement register"), page="improvements", capability=Can.READ, order=60,
         words="improvement corrective action measure gaijin 改进 改進 整改 zhenggai")
register(key="suggestions", chapter="staff", group="together", label=_("Suggestions"), page="suggestions", capability=Can.READ_SUGGESTIONS, order=61,
         words="suggestion idea jianyi 建议 建議")
offer_act(key="new-improvement", label=_("Report a problem"), page="new_improvement", capability=Can.EDIT, order=43,
          words="problem improvement non-conformity wenti 问题 問題 整改")
offer_act(key="new-suggestion", label=_("Make a suggestion"), page="new_suggestion", capability=Can.SUGGEST, order=44, words="suggestion idea jianyi 建议 建議")
