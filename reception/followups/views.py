"""Pages of follow-ups: the list, one with its talk, and its verbs (REC-59 to 62)."""
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import may
from config.contributions.panels import panels_of
from config.errors import Refused
from config.privacy import log
from config.web.choices import word
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import Page, VerbPage
from reception.followups import cells, forms, queries, services, states
from reception.followups.models import FollowUp, FollowUpIssue
from reception.followups.permissions import Can
from reception.promises.permissions import Can as Promises


class FollowUpList(ListPage):
    """The follow-ups in reach, the newest first."""

    capability, kind, title = Can.READ, services.KIND, gettext_lazy("Follow-ups")
    filters, default_sort = forms.FollowUpFilters, "-due_at"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("To call"), "state=due&sort=due_at"), (gettext_lazy("Mine"), "state=due&mine=on&sort=due_at"),
                   (gettext_lazy("Issues open"), "state=issues_open"), (gettext_lazy("Given up"), "state=given_up"))
    empty = gettext_lazy("No follow-up is planned yet. A visit that ends in business plans one by itself.")
    columns = (
        Column("customer", gettext_lazy("Customer"), lambda row: str(row.customer), draw=cells.customer),
        Column("state", gettext_lazy("State"), lambda row: word(row, "state"), draw=cells.state, css="bare"),
        Column("due", gettext_lazy("Due"), lambda row: row.due_at, sort="due_at", draw=cells.due, css="num bare"),
        Column("trigger", gettext_lazy("What for"), lambda row: word(row, "trigger"), css="bare"),
        Column("for", gettext_lazy("For"), lambda row: str(row.employee or _("customer service")), css="name"),
        Column("tries", gettext_lazy("Tries"), lambda row: row.tries or "", css="num r"),
        Column("satisfaction", gettext_lazy("Satisfaction"), lambda row: row.satisfaction or "", css="num r"),
        Column("hall", gettext_lazy("Hall"), lambda row: str(row.hall), several_halls=True),
    )

    def rows(self):
        """In reach."""
        return queries.for_list(self.request.user)


class FollowUpPage(Page):
    """One follow-up: whom to call and why, what was tried, what was said, and what may be done now."""

    capability = Can.READ

    def get(self, request, pk):
        """The page; opening it is on record, since it names the customer."""
        row = get_object_or_404(queries.for_list(request.user).select_related("visit__purpose"), pk=pk)
        log.note(request, "view", kind=services.KIND, record_id=row.pk, hall_id=row.hall_id)
        mine = FollowUp.objects.visible_to(request.user, Can.EDIT).filter(pk=pk).exists()
        number = queries.number_of(row)
        issues = list(row.issues.select_related("department"))
        return self.show("reception/followups/detail.html", {
            "unanswered": sum(issue.answered_at is None for issue in issues),
            "masked": number.masked if number else "", "may_call": mine, "may_open_customer": queries.may_open_file(row, request.user),
            "promises": may(request.user, Promises.READ), "may_promise": may(request.user, Promises.EDIT),
            "panels": panels_of("follow_up", row, request.user),
            "row": row, "tone": cells.tone(row), "issues": issues, "tries": list(row.in_vain.select_related("by")),
            "history": in_words(row, limit=20), "may_record": mine and row.state in (states.DUE, states.GIVEN_UP), "may_try": mine and row.state == states.DUE,
            "may_answer": mine and row.state == states.ISSUES_OPEN,
            "tries_left": queries.tries_left(row), "highest": queries.highest_score(row) if row.satisfaction else None})


class CallNumber(Page):
    """The customer's number in full for whoever makes the call; each look is on record (GEN-09)."""

    capability = Can.EDIT
    http_method_names = ["post"]

    def post(self, request, pk):
        """The number alone for htmx, else a page with it."""
        row = get_object_or_404(FollowUp.objects.visible_to(request.user, self.capability).select_related("customer"), pk=pk)
        number = queries.number_of(row)
        if number is None:
            raise Http404
        log.note(request, "unmask", kind="customer", record_id=row.customer_id, fields=[number.kind], hall_id=row.hall_id)
        return self.show("parts/show_phone.html" if "HX-Request" in request.headers else "reception/followups/number.html", {
            "row": row, "masked": number.masked, "shown": number.shown})


class FollowUpVerb(VerbPage, abstract=True):
    """What the verbs share."""

    capability = Can.EDIT
    template = "reception/followups/call_form.html"
    heading, submit = "", ""

    def target(self, pk):
        """The follow-up, among those this person works on."""
        rows = FollowUp.objects.visible_to(self.request.user, self.capability).select_related("hall", "customer")
        return get_object_or_404(rows, pk=pk)

    def next_address(self, target, result):
        """Its page."""
        return reverse("follow_up", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "back_label": str(target.customer), "submit_label": self.submit, "cancel_url": self.next_address(target, None),
                "wishes": target.customer.wishes}


class NotReached(FollowUpVerb):
    """A try in vain."""

    form, done = forms.NotReachedForm, gettext_lazy("Noted. It stays due.")
    heading, submit = gettext_lazy("Not reached"), gettext_lazy("Note the try")

    def act(self, target, answers):
        """Note it."""
        return services.not_reached(self.actor, target, now=timezone.now(), **answers)


class Record(FollowUpVerb):
    """What was said."""

    form, done = forms.RecordForm, gettext_lazy("The follow-up is recorded.")
    heading, submit = gettext_lazy("Record the follow-up"), gettext_lazy("Save")

    def form_kwargs(self, target):
        """The scale of the hall."""
        return {"highest": queries.highest_score(target)}

    def act(self, target, answers):
        """Record it."""
        problem, department = answers.pop("problem"), answers.pop("department")
        return services.record(self.actor, target, issues=[(problem, department)] if problem else (), now=timezone.now(), **answers)


class AnswerIssue(VerbPage):
    """A department's answer."""

    capability, form, done = Can.EDIT, forms.AnswerForm, gettext_lazy("The answer is kept.")

    def target(self, pk):
        """The issue of a follow-up in reach."""
        rows = FollowUp.objects.visible_to(self.request.user, Can.EDIT)
        return get_object_or_404(FollowUpIssue.objects.filter(follow_up__in=rows).select_related("follow_up__customer"), pk=pk)

    def act(self, target, answers):
        """Keep it."""
        return services.answer(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The follow-up."""
        return reverse("follow_up", args=[target.follow_up_id])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Answer"), "back_label": str(target.follow_up.customer), "sub_text": target.text,
                "submit_label": _("Save"), "cancel_url": self.next_address(target, None)}


class Close(Page):
    """Every issue is answered."""

    capability = Can.EDIT
    http_method_names = ["post"]

    def post(self, request, pk):
        """Close it, or say what is missing."""
        row = get_object_or_404(FollowUp.objects.visible_to(request.user, Can.EDIT), pk=pk)
        try:
            services.close(self.actor, row, now=timezone.now())
            messages.success(request, _("The follow-up is closed."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("follow_up", args=[pk]))
