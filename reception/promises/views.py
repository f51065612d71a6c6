"""Pages of promises: the list, the part for other pages, one promise, and its verbs (REC-29)."""
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.contributions.records import KINDS
from config.privacy import log
from config.web import presence
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from config.web.templatetags import hk
from reception.promises import cells, filters, forms, moments, queries, services, sources, states
from reception.promises.models import Promise
from reception.promises.permissions import Can
from staff.organisation.queries import employee_of
from staff.regulation import calendar


class PromiseList(ListPage):
    """The promises in reach by their moments, the last one first."""

    capability, export_capability, kind, title = Can.READ, Can.EXPORT, services.KIND, gettext_lazy("Promises")
    filters, default_sort = filters.PromiseFilters, "-due_at"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("Still to keep"), "state=unkept"), (gettext_lazy("Mine"), "state=unkept&mine=on"),
                   (gettext_lazy("Broken"), "state=broken"))
    empty = gettext_lazy("No promise was written down yet. Add one from the visit, the follow-up or the customer's file.")
    columns = (
        Column("what", gettext_lazy("Promise"), lambda row: row.what, draw=cells.what),
        Column("state", gettext_lazy("State"), cells.state_word, draw=cells.state, css="bare"),
        Column("due", gettext_lazy("By when"), lambda row: row.due_at, sort="due_at", draw=cells.due, css="num bare"),
        Column("customer", gettext_lazy("Customer"), lambda row: str(row.customer), css="name"),
        Column("owner", gettext_lazy("Who keeps it"), lambda row: str(row.owner), css="name"),
        Column("by", gettext_lazy("Promised by"), lambda row: str(row.promised_by), css="name"),
        Column("ended", gettext_lazy("Ended"), lambda row: row.ended_at, draw=lambda row: hk.when(row.ended_at) if row.ended_at else "—", css="num"),
        Column("hall", gettext_lazy("Hall"), lambda row: str(row.hall), several_halls=True),
    )

    def rows(self):
        """In reach."""
        return queries.for_list(self.request.user)


class OfRecord(Page):
    """The promises made in one record or to one customer, as a part for its page."""

    capability = Can.READ

    def get(self, request, kind, pk):
        """The part; only for who may open the record."""
        if sources.record_of(kind, pk, request.user) is None:
            raise Http404
        rows = [(row, cells.tone(row), cells.state_word(row)) for row in queries.of_record(request.user, kind, pk)]
        return self.show("reception/promises/_of_record.html", {"rows": rows})


class BrokenOfOthers(Page):
    """What one's people promised and did not keep, as a part of My day."""

    capability = Can.LEAD

    def get(self, request):
        """The part; nothing where all is kept."""
        return self.show("reception/promises/_broken.html", {"rows": queries.broken_of_others(request.user, timezone.now())})


class PromisePage(Page):
    """One promise: what the customer heard, by when, who keeps it, and what may be done now."""

    capability = Can.READ

    def get(self, request, pk):
        """The page; opening it is on record, since it names the customer."""
        row = get_object_or_404(queries.for_list(request.user).select_related("ended_by"), pk=pk)
        log.note(request, "view", kind=services.KIND, record_id=row.pk, hall_id=row.hall_id)
        running = row.state in states.RUNNING
        return self.show("reception/promises/detail.html", {
            "row": row, "tone": cells.tone(row), "word": cells.state_word(row), "source": queries.source_of(row, request.user),
            "may_open_customer": queries.may_open_file(row, request.user), "history": in_words(row, limit=20), "here": presence.token_of(row, request.user),
            "may_act": running and Promise.objects.visible_to(request.user, Can.EDIT).filter(pk=pk).exists()})


class MakePromise(FormPage):
    """Write down what was just promised, from the record in which it was."""

    capability = Can.EDIT
    form, once, done = forms.PromiseForm, True, gettext_lazy("The promise is written down. It stands on My day of who keeps it.")

    def target(self, kind, pk):
        """The record, if this person may see it and it has a customer."""
        self.source = kind, pk
        record = sources.record_of(kind, pk, self.request.user)
        if record is None:
            raise Http404
        self.customer, hall = sources.about(kind, record)
        if self.customer is None:
            raise Http404(_("Nobody is known here to whom something could be promised. Choose the customer first."))
        self.hall = hall or queries.hall_for(self.customer, self.request.user)
        if self.hall is None:
            raise Http404(_("No hall knows this customer, so nobody there can keep a promise."))
        return record

    @cached_property
    def offered(self):
        """The moments that are offered now."""
        return moments.offered(calendar.of(self.hall), timezone.now())

    def form_kwargs(self, target):
        """The moments of the hall and its people."""
        return {"offered": self.offered, "keepers": queries.keepers(self.hall, self.hall.day_of(timezone.now()), self.request.user)}

    def initial(self, target):
        """Oneself, and the first moment that is offered."""
        return {"owner": employee_of(self.request.user), "when": next(iter(self.offered), moments.OTHER), "told_by": Promise.Method.IN_PERSON}

    def act(self, target, answers):
        """Write it down."""
        kind, pk = self.source
        return services.promise(self.actor, hall=self.hall, customer=self.customer, kind=kind, record_id=pk, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The promise."""
        return reverse("promise", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        kind = KINDS.get(self.source[0])
        return {"heading": _("Write down a promise"), "sub_text": f"{self.customer} · {self.hall}", "back_label": str(kind.title(target)),
                "submit_label": _("Write it down"), "cancel_url": kind.address(target)}


class PromiseVerb(VerbPage, abstract=True):
    """What the verbs share."""

    capability = Can.EDIT
    heading, submit = "", ""

    def target(self, pk):
        """The promise, among those this person works on."""
        return get_object_or_404(Promise.objects.visible_to(self.request.user, self.capability).select_related("hall", "customer", "owner"), pk=pk)

    def initial(self, target):
        """The promise as it is now."""
        return {"version": target.version}

    def next_address(self, target, result):
        """Its page."""
        return reverse("promise", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "back_label": target.what, "sub_text": f"{target.customer} · {hk.moment(hk.deadline(target.due_at))}",
                "submit_label": self.submit, "cancel_url": self.next_address(target, None)}


class Keep(PromiseVerb):
    """It is done and the customer knows."""

    form, done = forms.KeepForm, gettext_lazy("Kept.")
    heading, submit = gettext_lazy("Keep the promise"), gettext_lazy("It is kept")

    def act(self, target, answers):
        """Keep it."""
        return services.keep(self.actor, target, now=timezone.now(), **answers)


class Withdraw(PromiseVerb):
    """The customer does without it."""

    form, done = forms.WithdrawForm, gettext_lazy("Withdrawn with the customer's consent.")
    heading, submit = gettext_lazy("Withdraw the promise"), gettext_lazy("Withdraw")

    def act(self, target, answers):
        """Withdraw it."""
        return services.withdraw(self.actor, target, now=timezone.now(), **answers)


class HandOver(PromiseVerb):
    """A colleague keeps it."""

    form, done = forms.HandOverForm, gettext_lazy("Handed over. It stands on the colleague's day now.")
    heading, submit = gettext_lazy("Hand the promise over"), gettext_lazy("Hand over")

    def form_kwargs(self, target):
        """The people of the hall, but for who keeps it now."""
        people = queries.keepers(target.hall, target.hall.day_of(timezone.now()), self.request.user)
        return {"keepers": people.exclude(pk=target.owner_id)}

    def act(self, target, answers):
        """Hand it over."""
        return services.hand_over(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its page, or the list for who sees it no longer."""
        seen = Promise.objects.visible_to(self.request.user).filter(pk=target.pk).exists()
        return reverse("promise", args=[target.pk]) if seen else reverse("promises")
