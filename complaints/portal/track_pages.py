"""Following a complaint by code and digits, or by its link: how it stands, what was said, what the customer may do (CMP-13, CMP-15, CMP-16)."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.portal import forms, keys, limits, queries, services
from complaints.portal.complain_pages import Linked, kept_from_others
from complaints.portal.forms import TrackForm
from config.errors import Refused
from config.web import errors, oneoff
from config.web.pages import Page


class Track(Page):
    """Code and four digits. Whatever is wrong, the answer is the same; after some tries none is looked at."""

    public = True

    def get(self, request):
        """Ask."""
        return self.show("complaints/portal/track.html", {"form": TrackForm()})

    def post(self, request):
        """Look it up."""
        form = TrackForm(request.POST)
        if not form.is_valid():
            return self.show("complaints/portal/track.html", {"form": form}, status=422)
        code, digits = queries.typed_code(form.cleaned_data["code"]), form.cleaned_data["digits"]
        if limits.is_over("track", limits.network(request), limits.TRIES):
            return errors.too_many(request, seconds=limits.TRIES[1])
        tired = limits.is_over("track-code", code, limits.TRIES_A_CODE)  # counted for any code, there or not
        row = None if tired else queries.by_code(code, digits)
        if row is None:
            form.add_error(None, _("Code and digits do not fit together. Look at both again, or open the link that you were given."))
            return kept_from_others(self.show("complaints/portal/track.html", {"form": form}, status=422))
        return kept_from_others(HttpResponseRedirect(reverse("tracked", args=[keys.track_key(row.public_code)])))


class Tracked(Linked):
    """The tracking page of one complaint, and every act on it."""

    def get(self, request, key):
        """How it stands."""
        row = queries.by_key(key)
        return self.unknown() if row is None else self.page(row, key)

    def post(self, request, key):
        """Do what was pressed, once however often it is sent."""
        row = queries.by_key(key)
        if row is None:
            return self.unknown()
        name = request.POST.get("act", "")
        act, done = self.acts().get(name, (None, ""))
        once = oneoff.readable(request.POST.get("one_off_key", ""))
        if act is None or once is None:
            return self.page(row, key, problem=_("This page was opened in an unknown way. Begin again."), status=422)
        form = forms.OF_ACT[name](request.POST, request.FILES, act=shown_as(name))
        try:
            if form.is_valid():
                fresh = oneoff.once(once, None, lambda: self.done(row, act, form.cleaned_data))[1]
                if fresh:
                    messages.success(request, done)
                return HttpResponseRedirect(reverse("tracked", args=[key]))
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return self.page(row, key, sent={shown_as(name): form}, status=422)

    def done(self, row, act, given):
        """Do it; returns the address of the page."""
        self.check_mine(row, act)
        if limits.is_over("act", row.pk, limits.ACTS):
            raise Refused(_("This was sent very often. Wait an hour, or call the hall."))
        act(row, given, timezone.now())
        return self.request.path

    def check_mine(self, row, act):
        """On a complaint that was merged into another customer's, one only adds words."""
        if not queries.same_person(row, queries.target_of(row)) and act is not say:
            raise Refused(_("This cannot be done here. Write to us below instead."))

    @staticmethod
    def acts():
        """{name: (act, what is told afterwards)}."""
        return {
            "answer": (say, _("Thank you. We have received it.")),
            "accept": (accept, _("Thank you. We carry it out now.")),
            "refuse": (refuse, _("Thank you. We look for another solution.")),
            "rate": (rate, _("Thank you for your opinion.")),
            "again": (again, _("We are sorry. We take it up again.")),
            "urge": (urge, _("We have heard you and hurry.")),
            "withdraw": (withdraw, _("You have taken it back.")),
        }

    def page(self, row, key, sent=None, problem="", status=200):
        """The page in the time of the hall; `sent` is the form that was refused. One that is offered no more says so above."""
        with timezone.override(row.hall.timezone):
            shown, sent = queries.page_of(row, timezone.now()), sent or {}
            gone = [str(error) for name, form in sent.items() if not shown["acts"].get(name) for errors in form.errors.values() for error in errors]
            offered = {name: sent.get(name) or forms.OF_ACT[name](act=name) for name, may in shown["acts"].items() if may}
            return self.show("complaints/portal/tracked.html", {
                **shown, "key": key, "problem": problem or " ".join(gone), "one_off_key": oneoff.new_key(), "forms": offered}, status=status)


def shown_as(act):
    """The name of the form in which an act stands; yes and no stand in one."""
    return "decide" if act in ("accept", "refuse") else act


def say(row, given, now):
    """Words and photos."""
    services.answer(row, text=given["text"], photos=given["photos"], now=now)


def accept(row, given, now):
    """Yes to the offer."""
    services.decide(row, accepted=True, text=given["text"], now=now)


def refuse(row, given, now):
    """No to the offer."""
    services.decide(row, accepted=False, text=given["text"], now=now)


def rate(row, given, now):
    """Stars."""
    services.rate(row, stars=given["stars"], text=given["text"], now=now)


def again(row, given, now):
    """Not solved."""
    services.again(row, text=given["text"], now=now)


def urge(row, given, now):
    """Faster."""
    services.urge(row, text=given["text"], now=now)


def withdraw(row, given, now):
    """Taken back."""
    services.withdraw(row, text=given["text"], now=now)
