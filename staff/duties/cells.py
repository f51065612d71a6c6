"""The cells of the list of duties; drawn without a template, since there are many."""
from django.utils.html import format_html
from django.utils.translation import gettext as _

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from staff.duties import states
from staff.duties.plans import PLANS
from staff.organisation.words import ROLE_NAMES

TONES = {states.OPEN: "wait", states.DONE: "done", states.LATE: "late", states.MISSED: "late", states.EXCUSED: "none"}


def label(duty):
    """What the schedule is called."""
    plan = PLANS.get(duty.schedule)
    return str(plan.label) if plan else duty.schedule


def what(duty):
    """The record it is about, as a link for who may open it, and what is to be done with it."""
    told = duty.told
    if not told.address:
        return label(duty)
    if told.title == told.label:
        return format_html('<a href="{}">{}</a>', told.address, told.title)
    return format_html('<a href="{}">{}</a> <span class="mut">{}</span>', told.address, told.title, told.label)


def reason(duty):
    """Why it was excused or missed; a way to excuse it for who may."""
    if duty.may_excuse:
        return format_html('{} <a href="{}">{}</a>', duty.reason, addresses.of("excuse_duty", duty.pk), _("Excuse"))
    return duty.reason or "—"


def due(duty):
    """By when."""
    return hk.when(hk.deadline(duty.due_at))


def state(duty):
    """The state with its sign."""
    return hk.status(TONES[duty.state], word(duty, "state"))


def whose(duty):
    """The person, or the role."""
    return duty.employee.name if duty.employee_id else str(ROLE_NAMES.get(duty.role, duty.role))


def done(duty):
    """When, and by whom."""
    if not duty.done_at or duty.state == states.MISSED:
        return "—"
    return format_html("{} {}", hk.when(duty.done_at), duty.done_by or _("the system"))
