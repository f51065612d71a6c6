"""Pure rules of a visit: the fields of a reception template, and what a figure means."""

# What an event of a ticket begins: waiting counts until service, parked and absent time does not; "" ends the ticket.
BEGINS = {"queued": "waiting", "called": "waiting", "called_out_of_order": "waiting", "rejoined": "waiting", "unparked": "waiting",
          "transferred": "waiting", "put_back": "waiting", "started": "serving", "parked": "parked", "no_show": "absent",
          "done": "", "abandoned": ""}


class Unreadable(ValueError):
    """A template field got a value it does not take; `key` names the field."""

    def __init__(self, key, why):
        super().__init__(why)
        self.key, self.why = key, why


def read_details(fields, raw):
    """The values of a template's fields out of `raw` (key -> text): only keys the template has, each in its kind.

    Raises Unreadable(key, 'number' | 'choice'). Empty values are left out.
    """
    read = {}
    for field in fields:
        key, text = field["key"], str(raw.get(field["key"]) or "").strip()
        if not text:
            continue
        if field["kind"] == "number":
            try:
                number = float(text.replace(",", ""))
            except ValueError as wrong:
                raise Unreadable(key, "number") from wrong
            if not 0 <= number < 1e12:
                raise Unreadable(key, "number")
            read[key] = int(number) if number == int(number) else number
        elif field["kind"] == "choice":
            if text not in {choice["key"] for choice in field["choices"]}:
                raise Unreadable(key, "choice")
            read[key] = text
        else:
            read[key] = text[:200]
    return read


def greeting_is_late(seconds, target):
    """Whether a greeting after `seconds` missed the target of the visit's own day (REC-03)."""
    return seconds > target


def waiting_tone(seconds, target_minutes):
    """'late' once the target is passed, 'soon' in its last fifth, else 'wait'."""
    minutes = seconds / 60
    if minutes > target_minutes:
        return "late"
    return "soon" if minutes >= target_minutes * 0.8 else "wait"


def standing(events):
    """The events that were not undone: without those that an "undone" one names, and without these themselves."""
    gone = {pk for event in events if event.verb == "undone" for pk in event.detail.get("events", [])}
    return [event for event in events if event.verb != "undone" and event.pk not in gone]


def whole_minutes(span):
    """The whole minutes of a timedelta, downwards: half a minute ago is 0, half a minute ahead is -1."""
    return int(span.total_seconds() // 60)


def leg_times(events, now):
    """Seconds a ticket spent {"waiting", "serving", "parked", "absent"}, worked out from its events [(verb, at)] up to `now`.

    An event that begins nothing (a recall) is passed over, and so is what was pressed after the end that a person told. The spans add
    up to the time from the first event to the end, or to `now` while the ticket is open.
    """
    spans, state, since = {"waiting": 0, "serving": 0, "parked": 0, "absent": 0}, "", None
    for verb, at in sorted(events, key=lambda event: event[1]):
        if verb not in BEGINS:
            continue
        if state:
            spans[state] += int((at - since).total_seconds())
        state, since = BEGINS[verb], at
        if not state:
            break
    if state:
        spans[state] += max(0, int((now - since).total_seconds()))
    return spans
