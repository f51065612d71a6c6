"""Open, pause and close the post one stands at, with the reason (FIELD 2.1 21)."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from config.errors import Refused
from config.web.pages import FormPage, Page
from config.web.redirects import safe_next
from reception.visits import counter_forms, posts, states
from reception.visits.counter import Place
from reception.visits.permissions import Can


def own_place(request, now):
    """Where the person stands; refused while they stand nowhere."""
    place = Place(request, now)
    if not place.post or not place.shift:
        raise Refused(gettext("You stand at no counter now. Choose the one you stand at first."))
    return place


class OpenPost(Page):
    """The counter calls from now on."""

    capability = Can.EDIT
    http_method_names = ["post"]

    def post(self, request):
        """Open it, and say so."""
        now = timezone.now()
        try:
            place = own_place(request, now)
            posts.change(self.actor, place.post, states.OPEN, employee=place.employee, now=now)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("%(post)s is open.") % {"post": place.post})
        return HttpResponseRedirect(safe_next(request, reverse("counter")))


class ShutPost(FormPage, abstract=True):
    """Pause or close: why is asked, since the hall's figures and the next shift ask it too."""

    capability, form = Can.EDIT, counter_forms.ShutForm
    state = heading = None

    def act(self, target, answers):
        """With the reason."""
        now = timezone.now()
        place = own_place(self.request, now)
        return posts.change(self.actor, place.post, self.state, employee=place.employee, reason=answers["reason"], note=answers["note"], now=now)

    def next_address(self, target, result):
        """The counter."""
        return reverse("counter")

    def context(self, target, form):
        """The words around the form."""
        place = Place(self.request, timezone.now())
        return {"heading": self.heading, "submit_label": self.heading, "cancel_url": reverse("counter"), "back_label": _("Counter"),
                "sub_text": place.post or ""}


class PausePost(ShutPost):
    """For a while; the minutes are counted."""

    state, heading, done = states.PAUSED, _("Pause the counter"), pgettext_lazy("counter", "Paused. The minutes are counted until you open it.")


class ClosePost(ShutPost):
    """Until somebody opens it again."""

    state, heading, done = states.SHUT, _("Close the counter"), pgettext_lazy("counter", "Closed.")

    def initial(self, target):
        """Mostly because the shift ends."""
        return {"reason": "shift_end"}
