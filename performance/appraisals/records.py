"""Appraisals as other rooms point at them."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.contributions.records import register
from performance.appraisals.services import KIND


def title(sheet):
    """What a link shows."""
    return _("%(name)s, %(month)s: %(stage)s") % {"name": sheet.employee, "month": sheet.period, "stage": sheet.get_state_display()}


register(key=KIND, model="performance.Appraisal", label=gettext_lazy("Appraisal"), title=title, page="appraisal", confidentiality="secret",
         joins=("employee",))
