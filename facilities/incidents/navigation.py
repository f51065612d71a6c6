"""The entries of the incidents room."""
from django.utils.translation import gettext_lazy as _

from config.contributions.navigation import offer_act, register
from facilities.incidents.permissions import Can

register(key="incidents", chapter="facilities", label=_("Incidents"), page="incidents", capability=Can.READ, order=40,
         words="incidents emergency tufa shijian yingji 突发事件 应急 突發事件 應急")
offer_act(key="report-incident", label=_("Report an incident"), page="report_incident", capability=Can.EDIT, icon="siren", order=33,
          words="emergency fire injury theft tufa shangbao 突发 上报 火灾 受伤 突發 上報")
