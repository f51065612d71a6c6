"""Leaving: what the person holds is handed over, postings and roles end, the account is closed with all its sessions."""
from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from config.accounts import services as accounts
from config.accounts import trace
from config.contributions.holdings import HOLDINGS
from config.errors import Refused
from staff.organisation import events
from staff.organisation.models import Assignment, Deputy, Employee, Posting
from staff.organisation.services.people import locked
from staff.organisation.states import TRANSITIONS

AT_ONCE = 200  # leavers settled in one go
LEAVES = "leaves"  # the act as the history keeps it, by which a leaving that is taken back finds what it ended


def holdings_of(employee):
    """What the person holds, by room: [(Holding, number of open records)], only where there are any."""
    counted = [(holding, holding.owned(employee).count()) for holding in HOLDINGS.all()]
    return [(holding, count) for holding, count in counted if count]


@transaction.atomic
def leave(actor, employee, *, left_on, reason, successor=None, now):
    """The person does not work here from the day `left_on` on. Whatever they hold goes to `successor`.

    On a day that has come the account closes and all its sessions end at once; before it, a job of that day does this.
    """
    employee = locked(employee)
    if actor.user and employee.user_id == actor.user.pk:
        raise Refused(_("Nobody enters the own leaving. Ask a colleague."))
    TRANSITIONS["leave"].apply(employee.state, _("%(name)s has left already.") % {"name": employee.name})
    if left_on < employee.hired_on:
        raise Refused(_("%(name)s is employed from %(day)s. Choose this day or a later one.") % {
            "name": employee.name, "day": date_format(employee.hired_on)}, field="left_on")
    hand_over(actor, employee, successor, reason, now)
    end_everything(actor, employee, left_on, reason)
    employee.left_on = left_on
    employee.version += 1
    trace.save(actor, employee, "left_on", "version", act="leaves", reason=reason)
    events.person_left.send(Employee, employee_id=employee.pk, day=left_on, actor=actor, now=now)
    if left_on <= timezone.localtime(now).date():
        close(actor, employee, now)
    return employee


def hand_over(actor, employee, successor, reason, now):
    """Give everything the person holds to the successor; without one the first thing still held is named."""
    held = holdings_of(employee)
    if held and successor is None:
        raise Refused(_("%(name)s still holds: %(list)s. Enter who takes this over.") % {
            "name": employee.name, "list": ", ".join(f"{holding.label} ({count})" for holding, count in held)}, field="successor")
    if held and (successor.pk == employee.pk or successor.state != Employee.State.ON_DUTY):
        raise Refused(_("%(name)s cannot take this over. Enter somebody else who is on duty.") % {"name": successor.name}, field="successor")
    for holding, _count in held:
        holding.hand_over(actor, holding.owned(employee), successor, now, reason=reason)


def dated(employee):
    """What of a person begins and ends: (model, condition on its rows)."""
    return (Posting, Q(employee=employee)), (Assignment, Q(employee=employee)), (Deputy, Q(employee=employee) | Q(deputy=employee))


def end_everything(actor, employee, left_on, reason):
    """End postings, roles and deputies on the day before `left_on`; what would begin later is taken back."""
    last = left_on - timedelta(days=1)
    for model, owner in dated(employee):
        rows = model.objects.select_for_update().filter(owner).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last))
        for row in rows:
            if row.starts_on > last:
                trace.delete(actor, row, act="leaves", reason=reason)
            else:
                row.ends_on = last
                trace.save(actor, row, "ends_on", act="leaves", reason=reason)


@transaction.atomic
def stay(actor, employee, *, reason, now):
    """Take back a leaving whose day has not come: postings, roles and deputies run again as they did before it was entered.

    What was handed over stays with the successor, and shifts that were cancelled are planned anew.
    """
    employee = locked(employee)
    if actor.user and employee.user_id == actor.user.pk:
        raise Refused(_("Nobody takes back the own leaving. Ask a colleague."))
    TRANSITIONS["stay"].apply(employee.state, _("%(name)s has left already.") % {"name": employee.name})
    if employee.left_on is None:
        raise Refused(_("No leaving of %(name)s is entered.") % {"name": employee.name})
    for model, owner in dated(employee):
        bring_back(actor, model, owner, reason)
    employee.left_on = None
    employee.version += 1
    return trace.save(actor, employee, "left_on", "version", act="stays", reason=reason)


def bring_back(actor, model, owner, reason):
    """Make the rows of `model` that a leaving ended or removed last what they were before, by their history; what somebody changed
    since then stays as it is."""
    def by_leaving(version):
        return (version.history_change_reason or "").partition(": ")[0] == LEAVES

    ended = set(model.history.filter(owner, history_change_reason__startswith=LEAVES).values_list("id", flat=True))
    versions = defaultdict(list)
    for version in model.history.filter(id__in=ended).order_by("-history_date", "-history_id"):
        versions[version.id].append(version)
    for newest, *older in versions.values():
        before = next((version.instance for version in older if not by_leaving(version)), None)
        if by_leaving(newest) and before and not (model is Posting and is_taken(before)):
            trace.save(actor, before, act="stays", reason=reason)


def is_taken(posting):
    """Whether a posting entered meanwhile lies in the days of this one."""
    others = Posting.objects.filter(employee=posting.employee_id).exclude(pk=posting.pk).exclude(ends_on__lt=posting.starts_on)
    return (others.filter(starts_on__lte=posting.ends_on) if posting.ends_on else others).exists()


def close(actor, employee, now):
    """The day has come: no duty, no log-in, and every open session is dead."""
    employee.state = Employee.State.LEFT
    employee.version += 1
    trace.save(actor, employee, "state", "version", act="left")
    if employee.user_id and employee.user.is_active:
        accounts.deactivate(actor, employee.user, now=now, reason="left")


@transaction.atomic
def settle_leavers(actor, *, now):
    """Close everybody whose day of leaving has come; safe to run twice, and catches up after a day without a clock."""
    due = Employee.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user").filter(
        left_on__lte=timezone.localtime(now).date()).exclude(state=Employee.State.LEFT).order_by("pk")[:AT_ONCE]
    for employee in due:
        close(actor, employee, now)
    return len(due)
