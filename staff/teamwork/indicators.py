"""Cooperation as the requests of other sides rate it: the figure behind teamwork in the appraisal."""
from datetime import datetime, time, timedelta

from django.db.models import Avg, Case, Count, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.contributions.figures import ALL, INDICATORS, MEAN, PERSON, Behind, Figure, Indicator, around
from staff.organisation.queries import people_within
from staff.teamwork.models import WorkRequest
from staff.teamwork.permissions import Can
from staff.teamwork.services import KIND


def bounds(period):
    """The two moments between which a period lies, by the clock of the house."""
    return [timezone.make_aware(datetime.combine(day, time.min)) for day in (period.first, period.last + timedelta(days=1))]


def within(period):
    """The condition that a request was rated in a period."""
    since, until = bounds(period)
    return Q(rated_at__gte=since, rated_at__lt=until)


def rated(subjects, viewer=None):
    """The rated requests that these people, or those in reach of the viewer, answered for."""
    rows = WorkRequest.objects.filter(rated_at__isnull=False, owner__isnull=False)
    if viewer is not None:
        rows = rows.filter(owner__in=people_within(viewer, Can.READ))
    if subjects.hall:
        rows = rows.filter(to_hall=subjects.hall)
    return rows.filter(owner__in=subjects.ids) if subjects.kind == PERSON else rows


def measure(periods, subjects, viewer=None):
    """{(period, id): {mean, n}} of those whose requests were rated in these periods; one statement."""
    periods = list(periods)
    spans = Case(*(When(within(one), then=Value(place)) for place, one in enumerate(periods)))
    rows = rated(subjects, viewer).filter(within(around(periods))).annotate(span=spans, subject=F("owner_id")).filter(span__isnull=False).order_by()
    rows = rows.values("span", *(("subject",) if subjects.kind == PERSON else ())).annotate(mean=Avg("score"), n=Count("pk"))
    return {(periods[row["span"]], row.get("subject")): {"mean": row["mean"], "n": row["n"]} for row in rows}


def records(period, subjects, viewer=None):
    """The requests behind one figure."""
    return Behind(rated(subjects, viewer).filter(within(period)))


def tell(request):
    """The rating that one request adds."""
    return gettext("rated %(score)s") % {"score": request.score}


INDICATORS.add(Indicator(
    key="cooperation", label=_("Cooperation"), unit=_("points"), direction="up", subject="employee", measure=measure,
    read=lambda facts: Figure(round(facts["mean"], 1), facts["n"]), records=records, capability=Can.READ, kind=KIND, moment="rated_at", form=MEAN,
    subjects=(ALL, PERSON), names=("Work cooperation",), whole=_("requests rated"), tells=tell,
    definition=_("Mean rating of the requests of other departments that a person answered for.")))
