"""The entry of appraisals."""
from django.utils.translation import gettext_lazy as _

from config.contributions.navigation import register
from performance.appraisals.permissions import Can

register(key="appraisals", chapter="performance", label=_("Appraisals"), page="appraisals", capability=Can.READ, order=10,
         words="appraisal review score 考核 绩效 kaohe jixiao")
