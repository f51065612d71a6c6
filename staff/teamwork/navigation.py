"""The entries of the teamwork room."""
from django.utils.translation import gettext_lazy as _

from config.contributions.navigation import offer_act, register
from staff.teamwork.permissions import Can

register(key="requests", chapter="staff", group="together", label=_("Requests"), page="requests", capability=Can.READ, order=63,
         words="requests departments logistics support xiezuo zhiyuan 协作 支持 后勤 請求")
register(key="work-plans", chapter="staff", group="together", label=_("Work plans"), page="work_plans", capability=Can.READ_PLANS, order=62,
         words="plans goals tasks month year jihua 计划 計劃 目标 目標")
offer_act(key="new-request", label=_("Ask a department"), page="new_request", capability=Can.EDIT, order=41, words="request department xiezuo 协作 部门")
offer_act(key="new-support", label=_("Ask logistics"), page="new_support", capability=Can.EDIT, order=42, words="print move room houqin 后勤 打印 搬运 布置")
