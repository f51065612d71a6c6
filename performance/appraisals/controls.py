"""What appraisals show of the regulation's clauses: the monthly appraisal is finished in the first days of the next month."""
from datetime import datetime, time, timedelta

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.accounts.access import reach
from config.contributions.figures import CONTROLS, Control
from config.web.templatetags import hk
from performance.appraisals.models import Appraisal, AppraisalQuerySet
from performance.appraisals.services import KIND

BY = ("monthly_appraisal_end_day",)


def judged(period, viewer, capability):
    """The sheets in reach due in the period that are filed, or were due by now; one's own among them."""
    far = reach(viewer, capability)
    begin, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (period.first, period.last + timedelta(days=1)))
    rows = Appraisal.objects.filter(AppraisalQuerySet.within(far) | Q(employee_id=far.employee_id), due_at__gt=begin, due_at__lte=end)
    return rows.filter(Q(filed_at__isnull=False) | Q(due_at__lt=timezone.now()))


def tell(sheet):
    """When it was filed and when it was due."""
    due = hk.moment(sheet.due_at)
    return gettext("filed %(at)s, due %(due)s") % {"at": hk.moment(sheet.filed_at), "due": due} if sheet.filed_at else gettext("not filed, due %(due)s") % {
        "due": due}


CONTROLS.add(Control(
    key="appraisals", label=_("Appraisals are finished on time"), clauses=("S4 §5.3", "S4 §5.5.1"), parameters=BY, stored=BY,
    rows=judged, kept=lambda: Q(filed_at__lte=F("due_at")), person="employee", kind=KIND, moment="due_at", tells=tell,
    definition=_("Every monthly appraisal that was filed or due, against the last day of the regulation.")))
