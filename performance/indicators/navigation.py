"""The entries of indicators and controls."""
from django.utils.translation import gettext_lazy as _

from config.contributions.figures import WHAT_IF
from config.contributions.navigation import register
from performance.indicators.permissions import Can

register(key="indicators", chapter="performance", group="figures", label=_("Indicators"), page="indicators", capability=Can.READ, order=20,
         words="indicators figures kpi zhibiao 指标 指標")
register(key="controls", chapter="performance", group="figures", label=_("Controls"), page="controls", capability=Can.CONTROLS, order=21,
         words="controls conformity clauses kongzhi hegui 控制 合规 合規")
register(key="what-if", chapter="performance", group="figures", label=_("What if"), page=WHAT_IF, capability=Can.READ, order=22,
         words="what if simulation parameters jiaru moni 假如 如果 模拟 模擬 试算 試算")
