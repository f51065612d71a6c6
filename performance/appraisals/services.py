"""Verbs on appraisals: self-review, scoring, interview, signature, review, filing, objection (PRF-18 to 23; lifecycles.md)."""
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts import trace
from config.errors import Refused
from config.web.versions import claim_version
from performance.appraisals import papers, scoring, states
from performance.appraisals.chain import ask_next, reviewer_of
from performance.appraisals.models import Appraisal
from performance.appraisals.months import last_day
from performance.appraisals.schemes import indicators
from staff.duties import services as duties
from staff.notifications import services as notifications
from staff.notifications.services import News
from staff.regulation import values

KIND = "appraisal"
DECIDED = "appraisal-decided"  # a kind of notification (notifications.py)
FILED, SENT_BACK, ANSWERED = gettext_lazy("filed by HR"), gettext_lazy("sent back to scoring"), gettext_lazy("the objection is decided")
GROUNDED = (1, scoring.LEVELS)  # levels that need an example (PRF-08)


def _locked(sheet, verb, actor, *, own=False, version=None):
    """The sheet, locked, if it may go that way now and this person may; nobody scores, reviews or files their own."""
    row = Appraisal.objects.select_for_update(of=("self",)).select_related("employee", "supervisor", "department", "hall", "position").get(pk=sheet.pk)
    row.state = states.TABLE[verb].apply(row.state, _("This appraisal stands at “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()})
    claim_version(row, version)
    mine = actor.user is not None and row.employee.user_id == actor.user.pk
    if mine != own and actor.user is not None:
        raise Refused(_("This is for the person themselves.") if own else _("Nobody appraises themselves. Ask your superior."))
    return row


def _moved(actor, row, *fields, act, reason="", now):
    """Save, end what was due at the stage before, and ask whoever is next."""
    trace.save(actor, row, "state", "version", *fields, act=act, reason=reason)
    duties.finish(actor, KIND, row.pk, now=now)
    ask_next(row, now)
    return row


def _told(row, people, what, *, now):
    """The decision is told to these people, each once."""
    values_told = {"who": row.employee.name, "month": str(row.period), "what": what}
    notifications.tell(DECIDED, [News(person.user, f"{row.pk}:{row.version}", (KIND, row.pk), values_told) for person in people if person and person.user_id],
                       now=now)
    return row


@transaction.atomic
def submit(actor, sheet, *, levels, now, version=None, **texts):
    """The person's self-review: facts, difficulties, next month, and a level for each anchored indicator ({score id: 1 to 5})."""
    row = _locked(sheet, "submit", actor, own=True, version=version)
    for name in ("facts", "difficulties", "next_month"):
        setattr(row, name, texts[name])
    for score in row.scores.all():
        if score.pk in levels:
            score.own_level = levels[score.pk]
            trace.save(actor, score, "own_level", act="scored by the person")
    row.submitted_at = now
    return _moved(actor, row, "facts", "difficulties", "next_month", "submitted_at", act="self-review submitted", now=now)


@transaction.atomic
def go_on(actor, sheet, *, now):
    """The month is over and nothing was submitted: scoring begins without it."""
    return _moved(actor, _locked(sheet, "go_on", actor), act="not submitted", now=now)


@transaction.atomic
def score(actor, sheet, *, scores, now, version=None):
    """The supervisor's scores: {score id: (level or None, points or None, ground)}. May be saved in parts."""
    row = _locked(sheet, "score", actor, version=version)
    for line in row.scores.select_for_update():
        if line.pk in scores:
            line.level, points, line.ground = scores[line.pk]
            line.points = scoring.points_of(line.level) if line.level else points
            trace.save(actor, line, "level", "points", "ground", act="scored")
    row.supervisor = row.supervisor or actor.user.employee
    row.total = scoring.total((line.points, line.weight) for line in row.scores.all())
    return trace.save(actor, row, "state", "version", "supervisor", "total", act="scored")


@transaction.atomic
def hand_on(actor, sheet, *, now):
    """Every indicator is scored, the extremes with their ground: on to the interview."""
    row = _locked(sheet, "hand_on", actor)
    lines = list(row.scores.all())
    if left := [line for line in lines if line.points is None]:
        raise Refused(_("%(n)s indicators have no score yet. Score them, then hand on.") % {"n": len(left)})
    for line in lines:
        if line.level in GROUNDED and not line.ground:
            raise Refused(_("“%(what)s” is scored %(level)s without an example. Write one.") % {
                "what": indicators()[line.indicator]["name"], "level": line.level})
    return _moved(actor, row, act="scored", now=now)


@transaction.atomic
def interview(actor, sheet, *, now, version=None, **said):
    """What was said in the interview; the person signs afterwards."""
    row = _locked(sheet, "interview", actor, version=version)
    for name in ("strengths", "weaknesses", "advice", "plan"):
        setattr(row, name, said[name])
    row.interviewed_at = now
    return _moved(actor, row, "strengths", "weaknesses", "advice", "plan", "interviewed_at", act="interviewed", now=now)


@transaction.atomic
def sign(actor, sheet, *, comment, now, version=None):
    """The person has read scores and interview, comments, and signs by a click. Where nobody stands above who scored, HR files it next."""
    row = _locked(sheet, "sign", actor, own=True, version=version)
    if reviewer_of(row) is None:
        row.state = states.TABLE["sign_last"].target
    if row.interviewed_at is None:
        raise Refused(_("The interview is not recorded yet. Ask your supervisor for it."))
    row.comment, row.signed_at = comment, now
    return _moved(actor, row, "comment", "signed_at", act="signed", now=now)


@transaction.atomic
def approve(actor, sheet, *, now):
    """The department manager approves; another person than who scored."""
    row = _locked(sheet, "approve", actor)
    _not_the_scorer(actor, row)
    row.reviewed_by = actor.user.employee
    return _moved(actor, row, "reviewed_by", act="approved", now=now)


@transaction.atomic
def send_back(actor, sheet, *, reason, now):
    """The department manager returns it to scoring, with a reason; interview and signature are done anew."""
    row = _locked(sheet, "send_back", actor)
    _not_the_scorer(actor, row)
    row.reason, row.interviewed_at, row.signed_at = reason, None, None
    _moved(actor, row, "reason", "interviewed_at", "signed_at", act="sent back", reason=reason, now=now)
    return _told(row, [row.supervisor], SENT_BACK, now=now)


def _not_the_scorer(actor, row):
    if row.supervisor_id == actor.user.employee.pk:
        raise Refused(_("Who scored does not review. The next superior does."))


@transaction.atomic
def file(actor, sheet, *, now):
    """HR files it: total and grade by the regulation of the month's last day, locked from then on, and a copy in the archive."""
    row = _locked(sheet, "file", actor)
    _graded(row)
    row.filed_at, row.filed_by = now, actor.user.employee
    _moved(actor, row, "total", "grade", "filed_at", "filed_by", act="filed", now=now)
    papers.file(actor, row, now=now)
    return _told(row, [row.employee], FILED, now=now)


def _graded(row):
    row.total = scoring.total((line.points, line.weight) for line in row.scores.all())
    bounds = [values.value(key, last_day(row.period), row.hall, row.position) for key in ("grade_excellent", "grade_good", "grade_qualified")]
    row.grade = scoring.grade_of(row.total, bounds)


@transaction.atomic
def objects_to(actor, sheet, *, reason, now):
    """The person objects, within `appraisal_objection_days` of filing."""
    row = _locked(sheet, "object", actor, own=True)
    if (now - row.filed_at).days >= (days := objection_days(row)):
        raise Refused(_("An objection is possible for %(n)s days after filing.") % {"n": days})
    row.reason = reason
    return _moved(actor, row, "reason", act="objected", reason=reason, now=now)


def objection_days(sheet):
    """How long after filing the person may object, by the regulation of the day of filing."""
    return values.value("appraisal_objection_days", timezone.localtime(sheet.filed_at).date(), sheet.hall, sheet.position)


@transaction.atomic
def decide(actor, sheet, *, scores, reason, now):
    """One level higher decides the objection, who scored where nobody stands higher: changed scores or none, with a reason; the sheet is
    filed again."""
    row = _locked(sheet, "decide", actor)
    if reviewer_of(row):
        _not_the_scorer(actor, row)
    for line in row.scores.select_for_update():
        if line.pk in scores:
            line.level, points, line.ground = scores[line.pk]
            line.points = scoring.points_of(line.level) if line.level else points
            trace.save(actor, line, "level", "points", "ground", act="changed after an objection", reason=reason)
    _graded(row)
    _moved(actor, row, "total", "grade", act="objection decided", reason=reason, now=now)
    papers.file(actor, row, now=now)
    return _told(row, [row.employee], ANSWERED, now=now)
