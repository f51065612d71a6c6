"""What is done to many visits of the list at once: each by the same service as alone, with its own refusal (UX 17)."""
from django.utils.translation import gettext_lazy as _

from config.web.bulk import BulkAct
from reception.visits import bulk_forms, services
from reception.visits.models import Visit
from reception.visits.permissions import Can


def rows(user):
    """The visits that this person may change."""
    return Visit.objects.visible_to(user, Can.EDIT).select_related("hall")


def assign(actor, visit, answers, now):
    """Give it to an adviser on shift."""
    services.assign(actor, visit, answers["adviser"], now=now)


def close(actor, visit, answers, now):
    """End it with this outcome."""
    services.close(actor, visit, outcome=answers["outcome"], next_step=answers["next_step"], now=now)


def leave(actor, visit, answers, now):
    """The visitor left before being served."""
    services.leave(actor, visit, reason=answers["reason"], now=now)


def settle(actor, visit, answers, now):
    """What became of one that the end of the day closed; the closing time stays as the time of leaving."""
    services.settle(actor, visit, outcome=answers["outcome"], next_step=answers["next_step"], left_at=visit.left_at or now, now=now)


ACTS = (
    BulkAct("assign", _("Give to an adviser"), "user-plus", Can.EDIT, rows, assign, bulk_forms.AssignForm, "visit"),
    BulkAct("close", _("Close the visits"), "check", Can.EDIT, rows, close, bulk_forms.CloseForm, "visit"),
    BulkAct("leave", _("Left without service"), "log-out", Can.EDIT, rows, leave, bulk_forms.LeaveForm, "visit"),
    BulkAct("settle", _("Settle what was left open"), "list-checks", Can.EDIT, rows, settle, bulk_forms.SettleForm, "visit"),
)
