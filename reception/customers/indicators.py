"""How complete files are: of the house or of the person who owns them, by the period in which each was opened; as the files are now."""
from datetime import datetime, time, timedelta

from django.db.models import Avg, Case, Count, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.contributions.figures import ALL, INDICATORS, MEAN, PERSON, Behind, Figure, Indicator, around
from reception.customers.models import Customer
from reception.customers.permissions import Can


def within(period):
    """The condition that a file was opened in a period, by the clock of the house."""
    since, until = (timezone.make_aware(datetime.combine(day, time.min)) for day in (period.first, period.last + timedelta(days=1)))
    return Q(created_at__gte=since, created_at__lt=until)


def files(subjects, viewer=None):
    """The checked files that these people own, or those in reach of the viewer."""
    rows = Customer.objects.visible_to(viewer, Can.READ) if viewer else Customer.objects.all()
    if subjects.hall:
        rows = rows.filter(halls__hall=subjects.hall)
    rows = rows.filter(check_of__isnull=False)
    return rows.filter(owner__in=subjects.ids) if subjects.kind == PERSON else rows


def measure(periods, subjects, viewer=None):
    """{(period, id): {mean, n}} of the files opened in these periods; one statement."""
    periods = list(periods)
    spans = Case(*(When(within(one), then=Value(place)) for place, one in enumerate(periods)))
    rows = files(subjects, viewer).filter(within(around(periods))).annotate(span=spans, subject=F("owner_id")).filter(span__isnull=False).order_by()
    rows = rows.values("span", *(("subject",) if subjects.kind == PERSON else ())).annotate(mean=Avg("check_of__percent"), n=Count("pk"))
    return {(periods[row["span"]], row.get("subject")): {"mean": float(row["mean"]), "n": row["n"]} for row in rows}


def records(period, subjects, viewer=None):
    """The files behind one figure."""
    return Behind(files(subjects, viewer).filter(within(period)).select_related("check_of"))


def tell(customer):
    """How complete one file is."""
    return gettext("%(percent)s%% complete") % {"percent": customer.check_of.percent}


INDICATORS.add(Indicator(
    key="files-complete", label=_("Customer information completeness"), unit="%", direction="up", subject="employee", measure=measure, records=records,
    read=lambda facts: Figure(round(facts["mean"], 1), facts["n"]), capability=Can.READ, kind="customer", moment="created_at", form=MEAN,
    subjects=(ALL, PERSON), names=("Customer information completeness",), whole=_("files opened"), tells=tell,
    definition=_("Mean completeness of the files that a person owns, by the template of each, of those opened in the period; as the files are now.")))
