"""What cleaning rounds show of the regulation's clauses: each hall is clean by the hour of every day."""
from datetime import time

from django.db.models import Case, DateTimeField, ExpressionWrapper, F, Func, Q, TimeField, Value, When
from django.db.models.functions import Cast
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.contributions.figures import CONTROLS, Control
from config.web.templatetags import hk
from facilities.cleaning.models import CleaningRound
from facilities.cleaning.services import KIND
from staff.regulation import values

BY = "daily_cleaning_time"


def judged(period, viewer, capability):
    """The rounds of the period in reach that are done, or were due by now."""
    rows = CleaningRound.objects.visible_to(viewer, capability).filter(day__range=(period.first, period.last)).annotate(due_then=due())
    return rows.filter(Q(done_at__isnull=False) | Q(due_then__lt=timezone.now()))


def due():
    """When a round was due: as it was told, and while another hour is supposed for its day, by that hour."""
    if not values.is_supposed(BY):
        return F("due_at")
    then = clock_of(values.steps(BY)[BY])
    with values.supposing():
        told = clock_of(values.steps(BY)[BY])
    by_hour = Func(F("hall__timezone"), ExpressionWrapper(F("day") + then, DateTimeField()), function="timezone", output_field=DateTimeField())
    return Case(When(Exact(then, told), then=F("due_at")), default=by_hour)


def clock_of(steps):
    """The hour of each round's hall on its day, as an expression."""
    rows, default = steps
    whens = [When(Q(day__gte=since) if hall is None else Q(hall_id=hall, day__gte=since), then=Value(time.fromisoformat(hour))) for hall, since, hour in rows]
    return Cast(Case(*whens, default=Value(time.fromisoformat(default)), output_field=TimeField()), TimeField())


def tell(rnd):
    """When it was done and when it was due."""
    due = hk.clock(rnd.due_then)
    return gettext("done at %(at)s, due at %(due)s") % {"at": hk.moment(rnd.done_at), "due": due} if rnd.done_at else gettext("not done, due at %(due)s") % {
        "due": due}


CONTROLS.add(Control(
    key="rounds", label=_("Cleaning rounds are done on time"), clauses=("S0 §5.1.2", "S3 §4.3.1"), parameters=(BY,), rows=judged,
    kept=lambda: Q(done_at__lte=F("due_then")), person="done_by", kind=KIND, moment="due_at", tells=tell,
    definition=_("Every round that was done or due, against the hour by which the hall has to be clean.")))
