"""What is done to many complaints of the register at once: each by the same service as alone, with its own refusal (UX 17)."""
from django.utils.translation import gettext_lazy as _

from complaints.handling.forms.routing import BulkAssignForm
from complaints.handling.models import Complaint
from complaints.handling.permissions import Can
from complaints.handling.services import routing
from complaints.handling.services.common import KIND
from config.web.bulk import BulkAct


def rows(user):
    """The complaints that this person may handle."""
    return Complaint.objects.visible_to(user, Can.HANDLE).select_related("hall")


def assign(actor, complaint, answers, now):
    """Give it to a handler."""
    routing.assign(actor, complaint, handler=answers["handler"], note=answers["note"], now=now)


ACTS = (BulkAct("assign", _("Assign a handler"), "user-plus", Can.HANDLE, rows, assign, BulkAssignForm, KIND),)
