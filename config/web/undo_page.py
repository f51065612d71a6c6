"""The Undo button: of the message that tells an act, and of the page of its record."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts.access import SIGNED_IN
from config.errors import Refused
from config.web import undo
from config.web.models import Act
from config.web.pages import Page
from config.web.redirects import safe_next


class Undo(Page):
    """Takes one's own act back; somebody else's is not there."""

    capability = SIGNED_IN
    http_method_names = ["post"]

    def post(self, request, pk):
        """Undo it, or say why not, and go back."""
        act = get_object_or_404(Act, pk=pk, user=request.user)
        try:
            undo.undo(self.actor, act, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Undone. Everything is as it was before."))
        return HttpResponseRedirect(safe_next(request))
