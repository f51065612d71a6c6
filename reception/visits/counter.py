"""The counter: call, recall, start, finish, park, transfer … one page, every act a key (lifecycles of a service leg)."""
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.errors import Refused
from config.web import oneoff
from config.web.pages import Page
from config.web.redirects import safe_next
from reception.visits import calling, counter_forms, forms, offers, posts, queries, queue, services, states, watch
from reception.visits.acts import Press, VisitVerb
from reception.visits.models import Handover, ServiceLeg, Visit
from reception.visits.permissions import Can
from reception.visits.queue_forms import PriorityForm
from staff.organisation.models import Post
from staff.organisation.queries import employee_of, hall_of
from staff.shifts.queries import shift_of

KEYS = {"recall": "r", "start": "s", "no_show": "x", "park": "k", "transfer": "t", "put_back": "b"}
LONGEST_QUEUE = 60  # tickets shown; the figure above says how many there are


class Place:
    """Where the person of a request stands now: employee, running shift, hall and post."""

    def __init__(self, request, now):
        self.employee = employee_of(request.user)
        self.shift = shift_of(self.employee, now) if self.employee else None
        self.hall = self.shift.hall if self.shift else hall_of(request)
        self.post = self.chosen_post(request)
        self.spell = posts.running(self.post) if self.post else None

    def chosen_post(self, request):
        """The post chosen on this machine, if it is in the hall; else the shift's."""
        pk = request.session.get("post_id")
        chosen = Post.objects.filter(pk=pk, hall=self.hall, is_active=True).first() if pk and self.hall else None
        return chosen or (self.shift.post if self.shift else None)

    @property
    def hindrance(self):
        """Why nothing can be called from here, in a sentence, or nothing."""
        if not self.employee or not self.shift:
            return gettext("You are not on shift now. Have your shift entered, then call from here.")
        if not self.post:
            return gettext("No counter is named for your shift. Choose the one you stand at.")
        if self.spell and self.spell.state != states.OPEN:
            return posts.not_open(self.post, self.spell)
        return ""

    @property
    def may_open(self):
        """Whether opening the counter is what comes next."""
        return bool(self.post and self.shift and (self.spell is None or self.spell.state != states.OPEN))


class Counter(Page):
    """What is at my counter, who waits for it, what is parked, what is offered to me."""

    capability = Can.EDIT

    def get(self, request):
        """The page, or the part that refreshes."""
        now = timezone.now()
        place = Place(request, now)
        context = {"place": place, "live_url": reverse("counter") + "?part=1", "one_off_key": oneoff.new_key(), **self.work(place, now)}
        if place.hall:
            context["post_form"] = counter_forms.PostForm(hall=place.hall, initial={"post": place.post and place.post.pk})
        return self.show("reception/visits/_counter.html" if request.GET.get("part") else "reception/visits/counter.html", context)

    def work(self, place, now):
        """The tickets and visits of this person and this hall today."""
        if not place.hall or not place.employee:
            return {}
        day = place.hall.day_of(now)
        today = (ServiceLeg.objects.filter(hall=place.hall, day=day).select_related("visit__customer", "visit__purpose", "service", "post", "employee")
                 .order_by("queued_at", "pk"))
        limit = queries.wait_target(place.hall.pk).total_seconds() / 60
        callable_ = today.filter(pk__in=queue.callable_legs(place.employee, place.hall, place.post, now).values("pk"))
        waiting = calling.in_turn(callable_, place.hall, now)[:LONGEST_QUEUE]
        called = today.filter(Q(employee=place.employee, state__in=states.IN_HAND) | Q(state__in=[states.PARKED, states.NO_SHOW]))
        called = [self.told(leg, now) for leg in called]
        mine = [leg for leg in called if leg.state in states.IN_HAND]
        visits = list(Visit.objects.visible_to(self.request.user).filter(adviser=place.employee, state=states.IN_SERVICE)
                      .select_related("customer", "purpose").order_by("served_at", "pk"))
        free = not mine and not visits and not place.hindrance
        start = queries.day_bounds(place.hall, day)[0]
        stands = watch.by_post(posts.spells_of(place.hall, start), start, now).get(place.post and place.post.pk)
        return {"paused_minutes": stands["paused_minutes"] if stands else 0,
                "idle": watch.idle_at(place.hall, place.employee, place.post, now) if free else None,
                "mine": mine, "waiting": [self.told(leg, now, limit) for leg in waiting],
                "away": [leg for leg in called if leg.state not in states.IN_HAND], "finish_form": counter_forms.FinishForm(),
                "visits": visits,
                "offered": list(Handover.objects.filter(taker=place.employee, accepted_at=None, returned_at=None)
                                .select_related("visit__customer", "visit__purpose", "giver").order_by("offered_at"))}

    @staticmethod
    def told(leg, now, limit=None):
        """A ticket with its minutes, late past `limit` minutes, and its next acts, each with its key."""
        leg.minutes = int((now - leg.queued_at).total_seconds() // 60)
        leg.first = leg.has_priority(now)
        leg.tone = "late" if limit is not None and leg.minutes >= limit else ""
        leg.actions = [{**action, "key": KEYS.get(action["verb"], "") if leg.state in states.IN_HAND else ""}
                       for action in offers.leg_actions(leg, reverse("counter")) if action["verb"] != "finish"]
        return leg


class ChoosePost(Page):
    """Remember at which counter this machine stands."""

    capability = Can.EDIT
    http_method_names = ["post"]

    def post(self, request):
        """Kept with the session."""
        place = Place(request, timezone.now())
        form = counter_forms.PostForm(request.POST, hall=place.hall)
        if form.is_valid():
            request.session["post_id"] = form.cleaned_data["post"].pk
            messages.success(request, gettext("You stand at %(post)s.") % {"post": form.cleaned_data["post"]})
        else:
            messages.error(request, " ".join(form.errors.get("post", [])))
        return HttpResponseRedirect(reverse("counter"))


class CallNext(Page):
    """Call whoever waits longest; the same press sent twice calls once."""

    capability = Can.EDIT
    http_method_names = ["post"]

    def post(self, request):
        """Call, and say whom."""
        key = oneoff.readable(request.POST.get("one_off_key", ""))
        try:
            if key is None:
                raise Refused(gettext("This page was opened in an unknown way. Open the counter again and call from there."))
            oneoff.once(key, request.user, self.call)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("counter"))

    def call(self):
        """The next ticket for where this person stands."""
        now = timezone.now()
        place = Place(self.request, now)
        if place.hindrance:
            raise Refused(place.hindrance)
        leg = queue.call_next(self.actor, hall=place.hall, post=place.post, employee=place.employee, now=now)
        if leg is None:
            messages.info(self.request, gettext("Nobody waits for your services."))
        else:
            messages.success(self.request, gettext("%(ticket)s is called to %(post)s.") % {"ticket": leg.ticket, "post": place.post})
        return reverse("counter")


class LegPress(Press, abstract=True):
    """A button on a ticket."""

    def target(self, pk):
        """The ticket, if this person may act on it."""
        return get_object_or_404(offers.legs_for(self.request.user).select_related("visit", "hall", "service"), pk=pk)

    def undo_of(self, leg):
        """The ticket's visit, which is locked with it."""
        return "visit", leg.visit_id

    def address(self, leg):
        """The counter."""
        return reverse("counter")


class Recall(LegPress):
    """Call again."""

    done = _("Called again.")

    def undo_of(self, leg):
        """The call was heard."""
        return None

    def act(self, leg):
        """One more call, with its time."""
        queue.recall(self.actor, leg, now=timezone.now())


class Start(LegPress):
    """The visitor is at the counter."""

    done = _("Service began.")

    def act(self, leg):
        """The waiting time ends."""
        services.start_leg(self.actor, leg, now=timezone.now())


class NoShow(LegPress):
    """Nobody came."""

    done = _("Noted that the visitor did not come. Whoever comes back in time keeps the place.")

    def act(self, leg):
        """Kept with the number of calls."""
        queue.no_show(self.actor, leg, now=timezone.now())


class Rejoin(LegPress):
    """Back after a missed call."""

    done = _("Back in the queue at the old place.")

    def act(self, leg):
        """Within the minutes of the regulation."""
        queue.rejoin(self.actor, leg, now=timezone.now())


class Unpark(LegPress):
    """Done with the form, waits again."""

    done = _("Back in the queue at the old place.")

    def act(self, leg):
        """At the old place."""
        queue.unpark(self.actor, leg, now=timezone.now())


class Abandon(LegPress):
    """The visitor gave this service up."""

    done = _("Noted that this service was given up.")

    def act(self, leg):
        """Out of the averages."""
        queue.abandon(self.actor, leg, now=timezone.now())


class LegVerb(VisitVerb, abstract=True):
    """A verb on a ticket that has to ask something first."""

    def target(self, pk):
        """The ticket, if this person may act on it."""
        rows = offers.legs_for(self.request.user).select_related("visit__customer", "visit__hall", "hall", "service", "employee", "post")
        return get_object_or_404(rows, pk=pk)

    def undo_of(self, leg):
        """The ticket's visit, which is locked with it."""
        return "visit", leg.visit_id

    def next_address(self, leg, result):
        """Back to the page the link named, else to the counter."""
        return safe_next(self.request, reverse("counter"))

    def context(self, leg, form):
        """The words around the form."""
        shown = super().context(leg.visit, form)
        about = f"{leg.ticket} · {leg.service} · {leg.visit.shown_name or _('unnamed visitor')}"
        return shown | {"cancel_url": self.next_address(leg, None), "sub_text": about, "back_label": _("Counter"),
                        "back_url": reverse("counter")}


class CallThis(LegVerb):
    """Call this very ticket; out of turn it needs a reason."""

    heading, submit, form, done = _("Call this ticket"), _("Call"), counter_forms.CallForm, _("Called.")

    def undo_of(self, leg):
        """The call was heard; putting back is the way, with its reason."""
        return None

    def act(self, leg, answers):
        """To where this person stands."""
        now = timezone.now()
        place = Place(self.request, now)
        if place.hindrance:
            raise Refused(place.hindrance)
        return queue.call(self.actor, leg, post=place.post, employee=place.employee, reason=answers["reason"], now=now)


class Finish(LegVerb):
    """The service is done."""

    heading, submit, form, done = _("Finish the ticket"), _("Finish"), counter_forms.FinishForm, _("Ticket finished. Close the visit when the visitor leaves.")

    def act(self, leg, answers):
        """With its result."""
        return queue.finish(self.actor, leg, result=answers["result"], now=timezone.now())


class Park(LegVerb):
    """The visitor fills in a form and keeps the place."""

    heading, submit, form, done = _("Park the ticket"), _("Park"), forms.ReasonForm, _("Parked; the place in the queue is kept.")

    def act(self, leg, answers):
        """With the reason."""
        return queue.park(self.actor, leg, reason=answers["reason"], now=timezone.now())


class PutBack(LegVerb):
    """Back into the queue with the old arrival time."""

    heading, submit, form, done = _("Put back into the queue"), _("Put back"), forms.ReasonForm, _("Put back at the old place.")

    def act(self, leg, answers):
        """With the reason."""
        return queue.put_back(self.actor, leg, reason=answers["reason"], now=timezone.now())


class Prioritise(LegVerb):
    """Let a waiting ticket go before others, or no longer."""

    heading, submit, form, done = _("Priority of the ticket"), _("Save"), PriorityForm, _("Priority noted.")

    def initial(self, leg):
        """What it has."""
        return {"priority": leg.priority}

    def act(self, leg, answers):
        """With the reason."""
        return queue.set_priority(self.actor, leg, answers["priority"], reason=answers["reason"], now=timezone.now())


class Transfer(LegVerb):
    """To another service, counter or person."""

    heading, submit, form = _("Transfer the visitor"), _("Transfer"), counter_forms.TransferForm
    done = _("Transferred; the visitor waits there at the old place.")

    def form_kwargs(self, leg):
        """What the hall has."""
        return {"leg": leg, "now": timezone.now()}

    def act(self, leg, answers):
        """With the note."""
        return queue.transfer(self.actor, leg, note=answers["note"], service=answers["service"], post=answers["post"],
                              employee=answers["employee"], now=timezone.now())
