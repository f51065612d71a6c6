"""What happened to a complaint, told in one line of time out of all that was written down about it; what the customer saw is told apart
from what stays in the house (CMP-15, FIELD 2.3 rows 4, 22)."""
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from complaints.handling import states
from complaints.handling.facts import ComplaintEntry
from complaints.handling.models import Complaint
from config import prepared
from config.web.choices import word
from config.web.history import act_in_words, acted_by, newest_versions
from config.web.templatetags import hk

Kind = ComplaintEntry.Kind
MOST = 100  # versions of the complaint that are looked through for its steps
KEYS = {Kind.WORD, Kind.URGED}
HOUSE = {Kind.NOTE, Kind.REPORTED, Kind.INSTRUCTION, Kind.CONTAINMENT}
CUSTOMER_ONLY = "customer"


def by(person):
    """By whom, in words; what a customer or the clock did says so elsewhere."""
    return _("by %(who)s") % {"who": person} if person else ""


def joined(*parts):
    """What is there, with dots between."""
    return " · ".join(str(part) for part in parts if part)


def line(at, title, *, detail="", quote="", key=False, late=False, seen=False, inside=False, pk=0):
    """One entry for parts/timeline.html; `seen` by the customer, `inside` the house alone."""
    mark = _("the customer saw it") if seen else _("in the house only") if inside else ""
    shown = format_html("{} {}", title, hk.status("ok" if seen else "none", mark)) if mark else title
    return {"at": at, "title": shown, "detail": detail, "quote": quote, "key": key, "late": late, "seen": seen, "inside": inside, "pk": pk}


def story(row, *, only=""):
    """All of it, newest first; `only` CUSTOMER_ONLY leaves the contact with the customer."""
    told = [*registered(row), *entries(row), *steps(row), *routes(row), *pauses(row), *extensions(row), *evidence(row), *rounds(row), *ratings(row),
            *deadlines(row)]
    told = [one for one in told if one["seen"]] if only == CUSTOMER_ONLY else told
    return sorted(told, key=lambda one: one["at"], reverse=True)


def registered(row):
    """How it came."""
    yield line(row.registered_at, _("Registered %(number)s") % {"number": row.number}, key=True, detail=joined(
        word(row, "channel"), by(row.registered_by), row.reported_by and _("on behalf of the customer by %(who)s") % {"who": row.reported_by}))


def entries(row):
    """The lines that were written."""
    for one in row.entries.all():
        way = one.get_method_display() or one.get_channel_display()
        to = _("to %(who)s") % {"who": one.to} if one.to_id and one.kind != Kind.URGED else ""
        yield line(one.at, capfirst(one.get_kind_display()), quote=_(one.text) if one.kind == Kind.ESCALATED else one.text,
                   detail=joined(way, by(one.by), to), key=one.kind in KEYS, late=one.kind == Kind.ESCALATED,
                   seen=one.kind in ComplaintEntry.PUBLIC, inside=one.kind in HOUSE, pk=one.pk)


def steps(row):
    """Each step from state to state, out of the history of the complaint."""
    versions = prepared.rows(("story of a complaint", MOST), lambda: newest_versions(Complaint(pk=prepared.PK), MOST), pk=row.pk)
    for version, older in zip(versions, versions[1:], strict=False):
        if version.state != older.state:
            act, colon, reason = act_in_words(version.history_change_reason).partition(": ")
            yield line(version.since, capfirst(word(version, "state")), detail=joined(
                _("by %(who)s") % {"who": acted_by(version)}, act if not colon else reason), key=version.state not in states.OPEN,
                late=version.state == states.RE_HANDLING)


def routes(row):
    """To whom it was given, what they answered, and what came back."""
    for one in row.routes.all():
        yield line(one.at, _("Assigned to %(who)s") % {"who": one.handler}, detail=joined(one.department, by(one.by), one.note))
        if one.answered_at:
            yield line(one.answered_at, _("%(who)s answered") % {"who": one.department or one.handler}, quote=one.answer, inside=True,
                       detail=by(one.answered_by))
        if one.returned_at:
            yield line(one.returned_at, _("No longer with %(who)s") % {"who": one.handler}, detail=one.return_reason)


def pauses(row):
    """When the clock rested."""
    for one in row.pauses.all():
        yield line(one.began_at, _("The clock rests"), detail=joined(one.reason, one.evidence, by(one.by)))
        if one.ended_at:
            yield line(one.ended_at, _("The clock runs on"), detail=joined(one.ended_how, by(one.ended_by)))


def extensions(row):
    """More time asked for, and what came of it."""
    for one in row.extensions.all():
        yield line(one.asked_at, _("%(days)s more working days asked for") % {"days": one.days}, detail=joined(one.reason, by(one.asked_by)))
        if one.decided_at:
            yield line(one.decided_at, _("More time: %(outcome)s") % {"outcome": one.get_outcome_display()}, detail=by(one.decided_by))


def evidence(row):
    """What was added as evidence, and what was struck out."""
    for one in row.evidence.all():
        yield line(one.added_at, _("Evidence: %(kind)s") % {"kind": one.get_kind_display()}, quote=one.text, detail=joined(
            _("shows %(day)s") % {"day": hk.day(one.shows_on)}, one.person, by(one.added_by)), inside=True)
        if one.struck_at:
            yield line(one.struck_at, _("Evidence struck out: %(kind)s") % {"kind": one.get_kind_display()}, detail=one.struck_reason, inside=True)


def rounds(row):
    """What was offered, approved and answered."""
    for one in row.rounds.all():
        yield line(one.offered_at, _("Solution, round %(n)s") % {"n": one.number}, quote=one.offer, detail=by(one.offered_by), key=True)
        if one.approved_at:
            yield line(one.approved_at, _("Cost of round %(n)s: %(word)s") % {"n": one.number, "word": one.get_approval_display()}, detail=by(one.approved_by),
                       inside=True)
        if one.answered_at:
            yield line(one.answered_at, _("Customer on round %(n)s: %(word)s") % {"n": one.number, "word": one.get_answer_display()}, quote=one.opinion,
                       detail=one.get_consent_by_display(), key=True)


def ratings(row):
    """What the customer said of the handling, and appeals against it."""
    for one in row.ratings.all():
        yield line(one.at, _("Rated %(stars)s of 5") % {"stars": one.stars}, quote=one.comment, detail=joined(one.get_method_display(), by(one.taken_by)),
                   key=True, late=one.stars <= 2)
        if one.appealed_at:
            yield line(one.appealed_at, _("Appeal against the rating"), detail=joined(one.appeal_reason, by(one.appealed_by)), inside=True)
        if one.decided_at:
            yield line(one.decided_at, _("Appeal: %(word)s") % {"word": one.get_appeal_display()}, detail=joined(one.decision, by(one.decided_by)), inside=True)


def deadlines(row):
    """Limits that a changed calendar or rule moved; both values stay."""
    for one in row.deadlines.all():
        yield line(one.at, _("Limit moved"), detail=joined(
            _("%(was)s → %(became)s") % {"was": hk.moment(one.was), "became": hk.moment(one.became)}, one.reason))


PATH = (
    (states.REGISTERED,), (states.ACKNOWLEDGED,), (states.ASSIGNED, states.RE_HANDLING), (states.INVESTIGATING, states.VERIFIED), (states.LIABILITY_SET,),
    (states.PROPOSED, states.AGREED), (states.IMPLEMENTING, states.IMPLEMENTED), (states.FOLLOWED_UP,), states.OVER)


def way(row):
    """The stages for parts/way.html: what stands behind each step as its note."""
    names = (_("Registered"), _("Answered"), _("Assigned"), _("Investigated"), _("Responsibility"), _("Solution"), _("Carried out"), _("Followed up"),
             _("Over"))
    if row.is_light:
        path, names = (PATH[0], PATH[1], PATH[2], PATH[-1]), (names[0], _("Read"), names[2], _("Answered"))
    else:
        path = PATH
    place = next((index for index, group in enumerate(path) if row.state in group), 0)
    return [{"label": name, "note": note_of(row, group) if index <= place else "", "state": "done" if index < place or row.state in states.OVER else
             "now" if index == place else "todo"} for index, (name, group) in enumerate(zip(names, path, strict=True))]


def note_of(row, group):
    """When or by whom a stage was reached."""
    last = max(row.rounds.all(), key=lambda one: (one.turn, one.number), default=None)
    notes = {
        states.REGISTERED: hk.moment(row.registered_at), states.ACKNOWLEDGED: hk.moment(row.acknowledged_at), states.ASSIGNED: str(row.handler or ""),
        states.LIABILITY_SET: row.get_validity_display(), states.PROPOSED: _("round %(n)s") % {"n": last.number} if last else "",
        states.IMPLEMENTING: hk.day(row.implemented_at), states.FOLLOWED_UP: _("%(n)s of 5") % {"n": row.satisfaction} if row.satisfaction else "",
        states.SATISFIED: word(row, "state") if row.closed_at else ""}
    return notes.get(group[0], "")
