"""The cells of the list of plans; drawn without a template."""
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from config.web.templatetags.periods import period as period_in_words
from staff.teamwork.workplans import states

TONES = {states.TO_MAKE: "wait", states.SET: "run", states.REVIEWED: "done"}
TASK_TONES = {states.TO_DO: "wait", states.DONE: "done", states.DROPPED: "none"}


def period(plan):
    """The month or year in words."""
    return period_in_words(plan.span)


def name(plan):
    """Place and period."""
    return f"{plan.place} · {period(plan)}"


def link(plan):
    """Place and period, as a link."""
    return format_html('<a href="{}">{}</a> <span class="mut">{}</span>', addresses.of("work_plan", plan.pk), plan.place, period(plan))


def tone(plan):
    """How it stands: late while it is missing after its day, or when a task is."""
    return "late" if plan.is_late(timezone.now()) else TONES[plan.state]


def state_word(plan):
    """The state in words; a plan that is not there after its day is missing."""
    return _("missing, overdue") if plan.is_late(timezone.now()) else word(plan, "state")


def state(plan):
    """The state with its sign."""
    return hk.status(tone(plan), state_word(plan))


def progress(plan):
    """How many tasks are done of how many, and how many are late."""
    text = f"{plan.done} / {plan.count}"
    return f"{text} · " + _("%(n)s late") % {"n": plan.behind} if plan.behind else text


def due(plan):
    """By when it was to be made."""
    return hk.when(hk.deadline(plan.due_at))


def task_tone(task):
    """How a task stands."""
    return "late" if task.is_late(timezone.localdate()) else TASK_TONES[task.state]


def task_word(task):
    """The state of a task in words."""
    return _("overdue") if task.is_late(timezone.localdate()) else word(task, "state")
