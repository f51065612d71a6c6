"""The cells of conformity; drawn without a template."""
from celery.schedules import crontab
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from config.web import addresses
from config.web.history import in_words
from config.web.templatetags import hk
from performance.conformity import computing
from performance.conformity.models import Result
from staff.duties import states
from staff.duties.plans import PLANS
from staff.organisation.words import ROLE_NAMES

STATES = {computing.KEPT: pgettext_lazy("obligation", "kept"), computing.LATE: pgettext_lazy("obligation", "kept late"),
          computing.MISSED: pgettext_lazy("obligation", "missed"), computing.NOT_DUE: pgettext_lazy("obligation", "not due")}
TONES = {computing.KEPT: "ok", computing.LATE: "soon", computing.MISSED: "late", computing.NOT_DUE: "none"}
RESULT_TONES = {Result.COMPLIANT: "ok", Result.PARTIAL: "soon", Result.NOT: "late", Result.NOT_APPLICABLE: "none", Result.NOT_ASSESSED: "none"}
STANDS = {"future": pgettext_lazy("evidence", "not yet in force"), "valid": pgettext_lazy("evidence", "holds"), "expired": pgettext_lazy("evidence", "expired"),
          "replaced": pgettext_lazy("evidence", "replaced"), "ended": pgettext_lazy("evidence", "taken back")}
STANDS_TONES = {"future": "wait", "valid": "ok", "expired": "late", "replaced": "none", "ended": "none"}
DUTY_TONES = {states.OPEN: "late", states.DONE: "ok", states.LATE: "soon", states.MISSED: "late"}
HIDDEN = "…"
PEOPLE = ("owner", "added_by", "judged_by")
OWN = pgettext_lazy("responsible", "whose record or turn it is")
SORTS = {computing.PLAN: _("made by the clock"), computing.CONTROL: _("control")}


def obligation_state(state):
    """How an obligation was kept, with its sign."""
    return hk.status(TONES[state], STATES[state])


def result(value):
    """A result with its sign."""
    return hk.status(RESULT_TONES[value], Result(value).label)


def score(value):
    """A score in per cent, a dash for none."""
    return "—" if value is None else f"{value} %"


def expired(value):
    """A sign where the evidence of a clause has run out."""
    return hk.status("late", gettext("evidence expired")) if value else ""


def stands(row):
    """How evidence stands today, with its sign."""
    found = row.stands(row.hall.day_of(timezone.now()))
    return hk.status(STANDS_TONES[found], STANDS[found])


def stands_word(row):
    """The same in words."""
    return str(STANDS[row.stands(row.hall.day_of(timezone.now()))])


def title(row):
    """The title as a link."""
    return format_html('<a href="{}">{}</a>', addresses.of("clause_evidence", row.pk), row.title)


def until(row):
    """Until when it holds."""
    return hk.day(row.expires_on) if row.expires_on else "—"


def duty_label(duty):
    """What was due."""
    plan = PLANS.get(duty.schedule)
    return str(plan.label) if plan else duty.schedule


def duty_state(duty):
    """How it was done; what is still open stands here as undone, since its moment has passed."""
    word = _("not done yet") if duty.state == states.OPEN else duty.get_state_display()
    return hk.status(DUTY_TONES[duty.state], word)


def whose(duty):
    """The person, or the role."""
    return duty.employee.name if duty.employee_id else str(ROLE_NAMES.get(duty.role, duty.role))


def responsible(obligation):
    """Who answers for an obligation: roles, or whose record it is; for a control everybody whose records it judges."""
    return ", ".join(str(ROLE_NAMES.get(role, OWN)) for role in obligation.whose) or str(OWN)


def cadence(obligation):
    """How often the clock looks whether it is due; a control judges each record."""
    if obligation.sort == computing.CONTROL:
        return gettext("with each record")
    if not isinstance(obligation.cadence, crontab):
        return gettext("all the time")
    minutes, hours = len(obligation.cadence.minute), len(obligation.cadence.hour)
    if len(obligation.cadence.day_of_month) < 31:
        return gettext("monthly")
    if len(obligation.cadence.day_of_week) < 7:
        return gettext("weekly")
    if hours == 1:
        return gettext("daily")
    if minutes > 1:
        return ngettext("every minute", "every %(n)d minutes", 60 // minutes) % {"n": 60 // minutes}
    return ngettext("every hour", "every %(n)d hours", 24 // hours) % {"n": 24 // hours}


def story(record, names):
    """The history of a record in words; without `names` for who reads no personal data."""
    entries = in_words(record, limit=20, hide=() if names else PEOPLE)
    for entry in entries if not names else ():
        entry.who = HIDDEN
    return entries
