"""The pages behind kept text: saving a draft, the list of one's own, throwing one away, and who else has a record open."""
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts.access import SIGNED_IN
from config.errors import Refused
from config.web import drafts, oneoff, presence, sessions
from config.web.pages import Page
from config.web.redirects import safe_next


class Drafts(Page):
    """What I typed and have not sent: GET shows it, POST keeps the form that a page has open now.

    Keeping is allowed while the screen is locked: it tells nothing, and whoever takes over must find no unsaved text of mine.
    """

    capability = SIGNED_IN
    open_when_locked = True

    def get(self, request):
        """The list; not while the screen is locked."""
        if request.session.get("locked"):
            return self.ask_who(status=423)
        return self.show("personal/drafts.html", {"drafts": drafts.of(request.user), "days": drafts.KEPT_FOR.days})

    def post(self, request):
        """204: kept. 410: this form was sent already, so there is nothing to keep. 422: a sentence why it cannot be kept."""
        key = oneoff.readable(request.POST.get("key", ""))
        try:
            if key is None:
                raise Refused(_("This form was opened in an unknown way. Open the page again and send it from there."))
            kept = drafts.save(request.user, key=key, path=request.POST.get("path", ""), title=request.POST.get("title", ""),
                               field=request.POST.get("field", ""), typed=request.POST.get("typed", ""), now=timezone.now())
        except Refused as refusal:
            return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
        if kept and not request.session.get(sessions.UNFINISHED):
            request.session[sessions.UNFINISHED] = True
        return HttpResponse(status=204 if kept else 410)


class DropDraft(Page):
    """Throw one of my drafts away."""

    capability = SIGNED_IN
    http_method_names = ["post"]

    def post(self, request, key):
        """Gone; a script is told so, a person led back."""
        drafts.drop(request.user, key)
        if request.headers.get("X-Requested-With") == "fetch":
            return HttpResponse(status=204)
        messages.success(request, _("Thrown away."))
        return HttpResponseRedirect(safe_next(request, default=reverse("drafts")))


class Here(Page):
    """A window says that it has a record open, and is told who else has."""

    capability = SIGNED_IN
    http_method_names = ["post"]

    def post(self, request):
        """The words about the others; none when this window closes."""
        place = presence.place_of(request.POST.get("at", ""), request.user)
        window = request.POST.get("window", "")[:40]
        if place is None or not window:
            return HttpResponse(status=422)
        if request.POST.get("gone"):
            presence.leave(place, request.user, window=window)
            return HttpResponse(status=204)
        others = presence.note(place, request.user, window=window, edits=request.POST.get("edits") == "yes")
        return self.show("parts/here.html", {"others": others})
