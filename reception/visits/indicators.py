"""Waiting, greeting on time and traffic as indicators: of the house, a hall, a team, a person, each out of exactly its visits.

A visit is judged by the targets of its hall on its own day. Waiting and traffic are those of the adviser who served; a greeting is that
of whoever received the visitor.
"""
from datetime import timedelta
from functools import partial

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Count,
    DateField,
    F,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Subquery,
    Sum,
    Value,
    When,
)
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.contributions.figures import ALL, COUNT, HALL, INDICATORS, SECONDS, TEAM, Behind, Figure, Indicator
from config.web.templatetags import hk
from reception.visits import measures
from reception.visits.models import Visit
from reception.visits.permissions import Can
from staff.organisation.models import Posting

GREETING, WAITING = "greeting", "waiting"
ONE_DAY = timedelta(days=1)
WHO = {GREETING: "receptionist", WAITING: "adviser"}  # whose figure it is
CONDITION = {GREETING: measures.greeting, WAITING: measures.wait}
LEFT_OUT = {"assumed": _("closed as assumed"), "imported": _("from a register"), "never": _("not greeted"), "unserved": _("not served")}


class Median(Aggregate):
    """The value in the middle."""

    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()
    name = "Median"


FACTS = {
    GREETING: {"arrived": Count("pk"), "greeted": Count("pk", filter=measures.greeting("measured")),
               "in_time": Count("pk", filter=measures.greeting("in_time"))},
    WAITING: {"arrived": Count("pk"), "served": Count("pk", filter=measures.wait("measured")), "within": Count("pk", filter=measures.wait("within")),
              "seconds": Sum("waited", filter=measures.wait("measured")), "middle": Median("waited", filter=measures.wait("measured"))},
}


def visits(what, periods, subjects, viewer=None):
    """The visits of these periods that count for these subjects, with their own clock, judged; `subject` says for whom each counts."""
    rows = Visit.objects.visible_to(viewer, Can.ANALYSE) if viewer else Visit.objects.all()
    if subjects.hall:
        rows = rows.filter(hall=subjects.hall)
    who, first, last = WHO[what], min(one.first for one in periods), max(one.last for one in periods)
    if subjects.kind == TEAM:
        rows = rows.filter(**{f"{who}__in": Posting.objects.between(first, last).filter(team__in=subjects.ids).values("employee")})
    elif subjects.kind != ALL:
        rows = rows.filter(**{f"{'hall' if subjects.kind == HALL else who}__in": subjects.ids})
    rows = measures.measured(rows).filter(measures.arrived_within(first, last)).order_by()
    if subjects.kind == TEAM:  # where that person worked on that day
        there = Posting.objects.on(OuterRef("local_day")).filter(employee=OuterRef(who), team__in=subjects.ids)
        return rows.annotate(subject=Subquery(there.values("team")[:1])).filter(subject__isnull=False)
    return rows if subjects.kind == ALL else rows.annotate(subject=F(f"{'hall' if subjects.kind == HALL else who}_id"))


def measure(what, periods, subjects, viewer=None):
    """{(period, id): facts} of visits, in one statement beside the one for the targets."""
    periods = list(periods)
    if not subjects.keys:
        return {}
    rows = visits(what, periods, subjects, viewer).annotate(span=place_among(periods)).filter(span__isnull=False)
    rows = rows.values("span", *(() if subjects.kind == ALL else ("subject",))).annotate(**{f"n_{key}": fact for key, fact in FACTS[what].items()})
    return {(periods[row["span"]], row.get("subject")): {key: row[f"n_{key}"] for key in FACTS[what]} for row in rows}


def place_among(periods):
    """The place of the period that a visit's day lies in; nothing for a day in none. No period may overlap another.

    The day, which takes longest, is worked out once a visit and looked up among the bounds, however many days a trend has.
    """
    bounds, places = [], [None]
    for place, one in sorted(enumerate(periods), key=lambda pair: pair[1].first):
        if bounds and bounds[-1] == one.first:
            places[-1] = place
        else:
            bounds.append(one.first)
            places.append(place)
        bounds.append(one.last + ONE_DAY)
        places.append(None)
    between = Func(F("local_day"), Value(bounds, ArrayField(DateField())), function="width_bucket")
    return Func(Value(places, ArrayField(IntegerField())), between, template="(%(expressions)s + 1]", arg_joiner=")[", output_field=IntegerField())


def records(what, measured, part, period, subjects, viewer=None):
    """The Behind of a figure over `measured` visits ('' for all that arrived)."""
    rows, condition = visits(what, [period], subjects, viewer), CONDITION[what]
    if not measured:
        return Behind(rows)
    left_out = rows.filter(~condition(measured)).annotate(why=Case(
        When(assumed=True, then=Value("assumed")), When(imported=True, then=Value("imported")),
        default=Value("never" if what == GREETING else "unserved"), output_field=CharField()))
    return Behind(rows.filter(condition(measured)), rows.filter(condition(part)) if part else None, left_out, LEFT_OUT)


def share(part, whole):
    """Per cent with one digit behind the point, or None where there is no whole."""
    return round(100 * part / whole, 1) if whole else None


def tell_greeting(visit):
    """How soon the visitor was greeted, and what is allowed."""
    if visit.greeted_in is None:
        return ""
    return gettext("greeted after %(took)s, %(allowed)s allowed") % {"took": hk.seconds(visit.greeted_in), "allowed": hk.seconds(visit.greet_target)}


def tell_wait(visit):
    """How long the visitor waited, and what is allowed."""
    if visit.waited is None:
        return ""
    return gettext("waited %(took)s, %(allowed)s allowed") % {"took": hk.seconds(visit.waited), "allowed": hk.seconds(visit.wait_target)}


def register(key, what, *, measured="measured", part="", part_name="", **facts):
    """One indicator over visits."""
    return INDICATORS.add(Indicator(
        key=key, subject="hall", measure=MEASURES[what], records=partial(records, what, measured, part), capability=Can.ANALYSE, kind="visit",
        moment="arrived_at", person=WHO[what], part=part_name, tells=tell_greeting if what == GREETING else tell_wait, **facts))


MEASURES = {what: partial(measure, what) for what in FACTS}  # one each, so that indicators over the same visits share a statement
TARGET_OF = {GREETING: (measures.GREET_TARGET,), WAITING: (measures.WAIT_TARGET,)}

register("greeting-on-time", GREETING, part="in_time", label=_("Greeting on time"), unit="%", direction="up", parameters=TARGET_OF[GREETING],
         names=("Greeting on time",), whole=_("greeted"), part_name=_("greeted in time"),
         read=lambda facts: Figure(share(facts["in_time"], facts["greeted"]), facts["greeted"], facts["in_time"]),
         definition=_("Of the visitors who were greeted, how many were greeted within the seconds that the regulation allows in their hall on that "
                      "day; for a person, of those whom that person received."))
register("waiting", WAITING, label=_("Waiting, average"), unit=_("min"), direction="down", form=SECONDS, parameters=TARGET_OF[WAITING],
         whole=_("served"), read=lambda facts: Figure(round(facts["seconds"] / facts["served"]) if facts["served"] else None, facts["served"]),
         definition=_("Mean time from arrival to the start of service of the visitors who were served; for a person, of those whom that person served."))
register("waiting-median", WAITING, label=_("Waiting, median"), unit=_("min"), direction="down", form=SECONDS, parameters=TARGET_OF[WAITING],
         whole=_("served"), read=lambda facts: Figure(None if facts["middle"] is None else round(facts["middle"]), facts["served"]),
         definition=_("The wait that half of the visitors who were served did not exceed: a few long waits do not move it."))
register("waiting-within", WAITING, part="within", label=_("Waiting within the limit"), unit="%", direction="up", parameters=TARGET_OF[WAITING],
         whole=_("served"), part_name=_("within the limit"),
         read=lambda facts: Figure(share(facts["within"], facts["served"]), facts["served"], facts["within"]),
         definition=_("Of the visitors who were served, how many waited no longer than the minutes that the regulation allows in their hall on that day."))
register("traffic", WAITING, measured="", label=_("Visits"), unit="", direction="", form=COUNT, names=("Customer traffic",), whole=_("arrived"),
         read=lambda facts: Figure(facts["arrived"], facts["arrived"]),
         definition=_("Every arrival, whatever became of it; for a person, the visitors whom that person served."))
