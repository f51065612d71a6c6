"""The promise kept rate of the house, a hall, a team, a person, each out of exactly its promises."""
from django.db.models import Case, CharField, Count, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.contributions.figures import ALL, HALL, INDICATORS, PERSON, Behind, Figure, Indicator, around
from config.web.choices import word
from reception.promises import queries, states
from reception.promises.models import Promise
from reception.promises.permissions import Can
from reception.promises.services import KIND

FIELDS = {HALL: "hall_id", PERSON: "owner_id"}
LEFT_OUT = {"withdrawn": _("withdrawn with the customer's consent"), "running": _("not due yet")}


def promises(subjects, viewer=None):
    """The promises that count for these subjects, in reach of the viewer."""
    rows = Promise.objects.visible_to(viewer, Can.READ) if viewer else Promise.objects.all()
    if subjects.hall:
        rows = rows.filter(hall=subjects.hall)
    return rows if subjects.kind == ALL else rows.filter(**{f"{FIELDS[subjects.kind]}__in": subjects.ids})


def within(period):
    """The condition that a promise was due in a period."""
    since, until = queries.bounds(period.first, period.last)
    return Q(due_at__gte=since, due_at__lt=until)


def measure(periods, subjects, viewer=None):
    """{(period, id): {due, kept}} of promises due in these periods; one statement."""
    periods = list(periods)
    spans = Case(*(When(within(one), then=Value(place)) for place, one in enumerate(periods)))
    due = promises(subjects, viewer).filter(within(around(periods)))
    rows = queries.counted(due, timezone.now()).annotate(span=spans).filter(span__isnull=False).order_by()
    if subjects.kind != ALL:
        rows = rows.annotate(subject=F(FIELDS[subjects.kind]))
    rows = rows.values("span", *(() if subjects.kind == ALL else ("subject",))).annotate(due=Count("pk"), kept=Count("pk", filter=queries.KEPT))
    return {(periods[row["span"]], row.get("subject")): {"due": row["due"], "kept": row["kept"]} for row in rows}


def records(period, subjects, viewer=None):
    """The promises behind one figure."""
    rows, now = promises(subjects, viewer).filter(within(period)), timezone.now()
    counted = queries.counted(rows, now)
    why = Case(When(state=states.WITHDRAWN, then=Value("withdrawn")), default=Value("running"), output_field=CharField())
    return Behind(counted, counted.filter(queries.KEPT), rows.exclude(pk__in=counted.values("pk")).annotate(why=why), LEFT_OUT)


INDICATORS.add(Indicator(
    key="promises-kept", label=_("Promise kept rate"), unit="%", direction="up", subject="employee", measure=measure, records=records,
    read=lambda facts: Figure(round(100 * facts["kept"] / facts["due"], 1), facts["due"], facts["kept"]), capability=Can.READ, kind=KIND,
    moment="due_at", subjects=(ALL, HALL, PERSON), whole=_("promises due"), part=_("kept by their moment"), tells=lambda row: word(row, "state"),
    definition=_("Promises kept by their moment ÷ promises due, in percent; one kept late or still unkept counts as broken, one withdrawn with the "
                 "customer's consent counts nowhere.")))
