"""What the page of one visit tells: its times with their definitions, its tickets, and what happened, in words (FIELD 2.1 30)."""
from collections import defaultdict

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.web.texts import Text
from reception.visits import rules, states

WORDS = {
    "arrived": gettext_noop("Arrived"), "checked_in": gettext_noop("Took the ticket without the desk"),
    "expected": gettext_noop("Was expected: the appointment became this visit"),
    "met_again": gettext_noop("Logged again; it is the same visit"), "prioritised": gettext_noop("%(ticket)s: priority changed"),
    "greeted": gettext_noop("Greeted"), "steps": gettext_noop("Reception steps ticked"),
    "guided": gettext_noop("Led to %(area)s"), "area_freed": gettext_noop("Area left"), "assigned": gettext_noop("Given to %(employee)s"),
    "served": gettext_noop("Service began with %(employee)s"), "handover_offered": gettext_noop("Offered to %(employee)s"),
    "handover_accepted": gettext_noop("Taken over by %(employee)s"), "handover_returned": gettext_noop("Not taken over by %(employee)s"),
    "reassigned": gettext_noop("Given to %(employee)s"), "queued": gettext_noop("%(ticket)s waits"), "called": gettext_noop("%(ticket)s called to %(post)s"),
    "called_out_of_order": gettext_noop("%(ticket)s called out of turn to %(post)s"), "recalled": gettext_noop("%(ticket)s called again"),
    "started": gettext_noop("%(ticket)s: service began with %(employee)s"), "done": gettext_noop("%(ticket)s done"),
    "no_show": gettext_noop("%(ticket)s did not come"), "rejoined": gettext_noop("%(ticket)s is back in the queue"),
    "parked": gettext_noop("%(ticket)s parked"), "unparked": gettext_noop("%(ticket)s waits again at the old place"),
    "transferred": gettext_noop("%(ticket)s transferred"), "put_back": gettext_noop("%(ticket)s put back into the queue"),
    "abandoned": gettext_noop("%(ticket)s given up"), "closed": gettext_noop("Closed"), "left": gettext_noop("Left without service"),
    "day_end": gettext_noop("Closed by the end of the day, as assumed"), "settled": gettext_noop("Settled"), "reopened": gettext_noop("Opened again"),
    "undone": gettext_noop("Undone: %(what)s"),
}


def entries(events, legs):
    """The time line of a visit out of its events (`visit.told`), newest first: what happened, when, by whom, why."""
    tickets = {leg.pk: leg.ticket for leg in legs}
    standing, titles, told = {event.pk for event in rules.standing(events)}, {}, []
    for event in sorted(events, key=lambda e: e.pk):
        if event.verb not in WORDS:
            continue
        undone = [titles[pk] for pk in event.detail.get("events", []) if pk in titles] if event.verb == "undone" else []
        titles[event.pk] = _(WORDS[event.verb]) % {
            "employee": event.employee_name or _("nobody named"), "post": event.post_name or _("the counter"), "area": event.area_name or "",
            "ticket": tickets.get(event.leg_id, ""), "what": undone[0] if undone else _("correction")}
        who = event.user_name or _("the system")
        told.append({"at": event.at, "pk": event.pk, "title": titles[event.pk], "detail": _("by %(who)s") % {"who": who}, "quote": event.reason,
                     "key": event.pk in standing and event.verb in {"arrived", "served", "closed", "left"}, "late": event.verb == "day_end"})
    return sorted(told, key=lambda entry: (entry["at"], entry["pk"]), reverse=True)


def undoable(act, entries, events):
    """What may be taken back of the viewer's newest act on a visit (`undo.latest`), as {url, what}; None once something followed it."""
    if act is None:
        return None
    did, standing = act["facts"].get("events", []), [event.pk for event in rules.standing(events)]
    if did and max(did) != max(standing, default=0):
        return None
    titles = {entry["pk"]: entry["title"] for entry in entries}
    return {"url": reverse("undo", args=[act["pk"]]), "what": next((titles[pk] for pk in did if pk in titles), _("correction"))}


def times(visit, now):
    """The figures of a visit as (label, seconds, tone, definition); each says what it counts."""
    greet_target, wait_target = visit.targets
    greeting = visit.greeting_seconds()
    waited = None if visit.state == states.CLOSED and not visit.served_at else visit.waited_seconds(now)  # served, but nobody measured from when
    end = visit.left_at or now
    serving = int((end - visit.served_at).total_seconds()) if visit.served_at else None
    return [
        {"label": _("To greeting"), "seconds": greeting, "tone": "late" if greeting is not None and rules.greeting_is_late(greeting, greet_target) else "",
         "definition": _("From arrival to greeting. Late after %(seconds)s seconds, the target of that day.") % {"seconds": greet_target}},
        {"label": _("Waited"), "seconds": waited, "tone": "late" if waited is not None and rules.waiting_tone(waited, wait_target) == "late" else "",
         "definition": _("From arrival to the start of service; until now or leaving while nobody serves. Late after %(minutes)s minutes, the "
                         "target of that day.") % {"minutes": wait_target}},
        {"label": _("Served"), "seconds": serving, "tone": "", "definition": _("From the start of service to leaving.")},
        {"label": _("In the hall"), "seconds": max(0, int((end - visit.arrived_at).total_seconds())), "tone": "", "definition": _("From arrival to leaving.")},
    ]


def legs_with_times(visit, now):
    """The tickets of a visit, each with its seconds by kind, worked out from its events."""
    by_leg = defaultdict(list)
    for event in rules.standing(visit.told):
        if event.leg_id:
            by_leg[event.leg_id].append((event.verb, event.at))
    for leg in visit.tickets_told:
        leg.times = rules.leg_times(by_leg[leg.pk], now)
    return visit.tickets_told


def details(visit):
    """The template's fields of this visit with their answers in words, also the ones nobody asked (REC-04)."""
    rows = []
    for field in visit.template_version.fields if visit.template_version else []:
        value = visit.details.get(field["key"])
        if field["kind"] == "choice" and value is not None:
            value = next((str(text_of(choice["label"])) for choice in field["choices"] if choice["key"] == value), value)
        unit = str(text_of(field.get("unit") or ""))
        shown = "" if value is None else f"{value:,} {unit}".strip() if field["kind"] == "number" else value
        rows.append({"label": str(text_of(field["label"])), "value": shown})
    return rows


def text_of(raw):
    """A text of a template: by language, or one word for all."""
    return Text(raw) if isinstance(raw, dict) else raw


def steps(visit):
    """The reception steps of the visit's template with whether each was done."""
    version = visit.template_version
    return [{"key": step["key"], "label": str(text_of(step["label"])), "done": step["key"] in visit.steps} for step in (version.steps if version else [])]


def facts(visit):
    """The plain facts of a visit in words."""
    rows = [(_("Visitor"), visit.visitor_name, "name"), (_("Party"), visit.party_size, "num"), (_("Purpose"), visit.purpose, ""),
            (_("Need"), visit.need, "text"), (_("Interested in"), visit.interest, ""), (_("Intention level"), visit.get_intention_display(), ""),
            (_("How they heard of us"), visit.source, ""), (_("Received by"), visit.receptionist, "name"), (_("Adviser"), visit.adviser, "name"),
            (_("Area"), visit.area, ""), (_("Outcome"), visit.get_outcome_display(), ""), (_("Next step"), visit.next_step, ""),
            (_("Note"), visit.note, "text")]
    later = {_("Visitor"), _("Note")} | ({_("Outcome"), _("Next step")} if visit.state in states.PRESENT else set())  # shown once there is something
    return [{"label": label, "value": "" if value is None else str(value), "kind": kind} for label, value, kind in rows if value or label not in later]


def way(visit):
    """Where the visit stands between arrival and leaving, as stages."""
    order = [states.WAITING, states.GREETED, states.IN_SERVICE, states.CLOSED]
    if visit.state == states.LEFT:
        order = [states.WAITING, states.LEFT]
    names = dict(visit.State.choices)
    at = {states.WAITING: visit.arrived_at, states.GREETED: visit.greeted_at, states.IN_SERVICE: visit.served_at, states.CLOSED: visit.left_at,
          states.LEFT: visit.left_at}
    place = order.index(visit.state)
    return [{"label": names[state], "note": timezone.localtime(at[state]).strftime("%H:%M") if index <= place and at[state] else "",
             "state": "done" if index < place else "now" if index == place else "todo"} for index, state in enumerate(order)]
