"""Pages of requests: the list, asking a department or logistics, one request with the next acts of each side (STF-07, STF-09)."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import may
from config.errors import Refused
from config.web.choices import word
from config.web.context import current_hall
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from staff.improvement.permissions import Can as Improvement
from staff.teamwork import cells, forms, queries, services, states
from staff.teamwork.models import RequestPart, WorkRequest
from staff.teamwork.permissions import Can


class RequestList(ListPage):
    """The requests in reach, the newest first."""

    capability, export_capability, kind, title = Can.READ, Can.READ, services.KIND, gettext_lazy("Requests")
    filters, default_sort = forms.RequestFilters, "-pk"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("To answer"), "side=for_me&state=sent"), (gettext_lazy("To do"), "side=for_me&state=open"),
                   (gettext_lazy("Asked by me"), "side=by_me"), (gettext_lazy("Overdue"), "late=on"), (gettext_lazy("Support of logistics"), "kind=support"))
    empty = gettext_lazy("No request yet. Ask a department or logistics for what you need of them.")
    columns = (
        Column("title", gettext_lazy("What is needed"), lambda r: r.title, draw=cells.title),
        Column("state", gettext_lazy("State"), lambda r: word(r, "state"), draw=cells.state, css="bare"),
        Column("needed", gettext_lazy("Needed by"), lambda r: r.needed_by, sort="needed_by", draw=cells.needed_by, css="num"),
        Column("of", gettext_lazy("Asked of"), cells.asked_of),
        Column("by", gettext_lazy("Asked by"), cells.asking),
        Column("owner", gettext_lazy("Responsible"), lambda r: str(r.owner or "—"), css="name"),
        Column("score", gettext_lazy("Rating"), cells.rating, css="num r"),
    )

    def rows(self):
        """In reach."""
        return queries.for_list(self.request.user)

    def context(self):
        """The ways to a new one."""
        return {"add_url": reverse("new_request") if may(self.request.user, Can.EDIT) else "", "add_label": _("Ask a department")}

    template = "staff/teamwork/list.html"


def acts_of(row, user, now):
    """What this person may do with a request now, as {verb: True}."""
    mine, edits = row.asked_by_id == user.employee.pk, may(user, Can.EDIT)
    answers = edits and not mine and row.state in states.OPEN and WorkRequest.objects.received_by(user).filter(pk=row.pk).exists()
    side = mine or row.state == states.RATED and edits and WorkRequest.objects.received_by(user).filter(pk=row.pk).exists()
    may_now = {arrow.verb for arrow in states.TABLE.leading_from(row.state)}
    shown = {verb: answers and verb in may_now for verb in ("accept", "decline", "divide", "begin", "deliver")}
    own = {verb: mine and edits and verb in may_now for verb in ("withdraw", "rate")}
    return shown | own | {"close": side and edits and "close" in may_now}


class RequestPage(Page):
    """One request: what is needed, the answer, who does which part, the result, the rating, and what one may do now."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        row = get_object_or_404(WorkRequest.objects.visible_to(request.user).select_related(
            "asked_by", "from_department", "from_hall", "to_department", "to_hall", "owner", "answered_by"), pk=pk)
        now, me, parts = timezone.now(), request.user.employee.pk, queries.parts_of(row)
        for part in parts:
            part.may_finish = row.state in states.UNDER_WAY and not part.done_at and me in (part.employee_id, row.owner_id) and may(request.user, Can.EDIT)
        acts = acts_of(row, request.user, now)
        return self.show("staff/teamwork/request.html", {
            "row": row, "tone": cells.tone(row), "state": cells.state_word(row), "of": cells.asked_of(row), "asking": cells.asking(row), "parts": parts,
            "left": sum(part.done_at is None for part in parts), "acts": acts, "any": any(acts.values()), "late": row.is_late(now) and row.state in states.OPEN,
            "delivered_late": bool(row.delivered_at and row.is_late(now)),
            "improves": may(request.user, Improvement.EDIT), "history": in_words(row, limit=20)})


class Ask(FormPage, abstract=True):
    """What asking a department and asking logistics share."""

    capability, once = Can.EDIT, True
    done = gettext_lazy("The request is sent. You see here how it stands.")
    heading = ""

    def form_kwargs(self, target):
        """Halls follow who asks."""
        return {"viewer": self.request.user}

    def next_address(self, target, result):
        """Its page."""
        return reverse("work_request", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "cancel_url": reverse("requests"), "back_label": _("Requests"), "submit_label": _("Send the request")}


class AskDepartment(Ask):
    """A request to a department."""

    form, heading = forms.DepartmentForm, gettext_lazy("Ask a department")

    def act(self, target, answers):
        """Send it."""
        return services.send(self.actor, kind=WorkRequest.Kind.DEPARTMENT, now=timezone.now(), **answers)


class AskSupport(Ask):
    """A request to the logistics of a hall (STF-09)."""

    form, heading = forms.SupportForm, gettext_lazy("Ask logistics")

    def initial(self, target):
        """The hall one works in."""
        hall = current_hall(self.request)
        return {"to_hall": hall and hall["id"]}

    def act(self, target, answers):
        """Send it."""
        return services.send(self.actor, now=timezone.now(), **answers)


class RequestVerb(VerbPage, abstract=True):
    """What the verbs with a form share; those of the side that was asked find what it received."""

    capability, heading, submit = Can.EDIT, "", ""

    def rows(self):
        """The requests on which this verb is done."""
        return WorkRequest.objects.received_by(self.request.user)

    def target(self, pk):
        """The request."""
        return get_object_or_404(self.rows().select_related("to_hall"), pk=pk)

    def next_address(self, target, result):
        """Its page."""
        return reverse("work_request", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "back_label": target.number, "sub_text": target.title, "submit_label": self.submit,
                "cancel_url": self.next_address(target, None)}


class Accept(RequestVerb):
    """It will be done."""

    form, done = forms.AcceptForm, gettext_lazy("Accepted. The work is due to whoever is responsible.")
    heading, submit = gettext_lazy("Accept the request"), gettext_lazy("Accept")

    def initial(self, target):
        """Oneself."""
        return {"owner": self.request.user.employee}

    def act(self, target, answers):
        """Accept it."""
        return services.accept(self.actor, target, now=timezone.now(), **answers)


class Decline(RequestVerb):
    """It will not be done."""

    form, done = forms.DeclineForm, gettext_lazy("Declined. Who asked sees the reason.")
    heading, submit = gettext_lazy("Decline the request"), gettext_lazy("Turn down")

    def act(self, target, answers):
        """Decline it."""
        return services.decline(self.actor, target, now=timezone.now(), **answers)


class Withdraw(RequestVerb):
    """Who asked needs it no longer."""

    form, done = forms.WithdrawForm, gettext_lazy("Withdrawn. Nobody has to answer it any more.")
    heading, submit = gettext_lazy("Withdraw the request"), gettext_lazy("Withdraw")

    def rows(self):
        """One's own requests."""
        return WorkRequest.objects.filter(asked_by__user=self.request.user)

    def act(self, target, answers):
        """Withdraw it."""
        return services.withdraw(self.actor, target, now=timezone.now(), **answers)


class Divide(RequestVerb):
    """Somebody gets a part of the work."""

    form, done = forms.PartForm, gettext_lazy("The part is given. It stands on their My day.")
    heading, submit = gettext_lazy("Divide the work"), gettext_lazy("Give this part")

    @property
    def once(self):
        """Two parts may read alike; one press makes one."""
        return True

    def act(self, target, answers):
        """Give it."""
        return services.divide(self.actor, target, now=timezone.now(), **answers)


class Deliver(RequestVerb):
    """It is done."""

    form, done = forms.DeliverForm, gettext_lazy("Delivered. Who asked is to rate the cooperation.")
    heading, submit = gettext_lazy("Deliver the result"), gettext_lazy("Deliver")

    def act(self, target, answers):
        """Deliver it."""
        return services.deliver(self.actor, target, now=timezone.now(), **answers)


class Rate(RequestVerb):
    """Who asked rates the cooperation."""

    form, done = forms.RateForm, gettext_lazy("Thank you. The rating counts for teamwork.")
    heading, submit = gettext_lazy("Rate the cooperation"), gettext_lazy("Save the rating")

    def rows(self):
        """One's own requests."""
        return WorkRequest.objects.filter(asked_by__user=self.request.user)

    def form_kwargs(self, target):
        """The scale of the regulation."""
        return {"highest": services.highest_score(target, timezone.now())}

    def act(self, target, answers):
        """Rate it."""
        return services.rate(self.actor, target, now=timezone.now(), **answers)


class RequestAct(Page, abstract=True):
    """What is done by one button on the page of a request."""

    capability, done = Can.EDIT, ""
    http_method_names = ["post"]

    def rows(self):
        """The requests on which it is done."""
        return WorkRequest.objects.received_by(self.request.user)

    def act(self, row, **key):
        """Call the service."""
        raise NotImplementedError

    def post(self, request, pk, **key):
        """Do it, or say why not."""
        row = get_object_or_404(self.rows(), pk=pk)
        try:
            self.act(row, **key)
            messages.success(request, self.done)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("work_request", args=[pk]))


class Begin(RequestAct):
    """The work begins."""

    done = gettext_lazy("The work has begun.")

    def act(self, row):
        """Begin it."""
        services.begin(self.actor, row, now=timezone.now())


class FinishPart(RequestAct):
    """A part is done."""

    done = gettext_lazy("The part is done.")

    def rows(self):
        """Whatever one sees; the service asks whose part it is."""
        return WorkRequest.objects.visible_to(self.request.user, Can.EDIT)

    def act(self, row, part):
        """Say so."""
        services.finish_part(self.actor, get_object_or_404(RequestPart, pk=part, request=row), now=timezone.now())


class Close(RequestAct):
    """Nothing is left to do."""

    done = gettext_lazy("The request is closed.")

    def rows(self):
        """Whatever one sees; the service asks for one of the two sides."""
        return WorkRequest.objects.visible_to(self.request.user, Can.EDIT)

    def act(self, row):
        """Close it."""
        services.close(self.actor, row, now=timezone.now())
