"""Pages of the duties room: all that is due, excusing one, what the clock did (GEN-06, GEN-08, GEN-25)."""
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.choices import word
from config.web.lists import Column, ListPage
from config.web.pages import Page, VerbPage
from config.web.templatetags import hk
from staff.duties import cells, filters, forms, queries, services, states
from staff.duties.permissions import Can


class DutyList(ListPage):
    """Everything due in reach, also what is over."""

    capability, kind, title = Can.READ, "duty", _("What is due")
    filters, default_sort = filters.DutyFilters, "-due_at"
    usual_views = ((_("All"), ""), (_("Mine"), "mine=on&state=open&sort=due_at"), (_("Overdue"), "state=overdue&sort=due_at"), (_("Missed"), "state=missed"))
    empty = _("Nothing was due yet.")
    columns = (
        Column("what", _("Task"), cells.label, draw=cells.what),
        Column("due", _("Due"), lambda d: d.due_at, sort="due_at", draw=cells.due, css="num bare"),
        Column("state", _("State"), lambda d: word(d, "state"), draw=cells.state, css="bare"),
        Column("for", _("For"), cells.whose),
        Column("hall", _("Hall"), lambda d: str(d.hall or ""), several_halls=True),
        Column("done", _("Done"), lambda d: d.done_at, draw=cells.done, css="num"),
        Column("reason", _("Reason"), lambda d: d.reason, draw=cells.reason),
    )

    def rows(self):
        """In reach, with names."""
        return queries.visible_to(self.request.user).select_related("hall", "employee", "done_by")

    def cut(self, rows, field, descending):
        """The page, each duty with what it is about and whether this viewer may excuse it."""
        page, user = super().cut(rows, field, descending), self.request.user
        excusable = queries.excusable([duty.pk for duty in page.rows], user)
        for duty, told in zip(page.rows, queries.told(page.rows, user, timezone.now()), strict=True):
            duty.told, duty.may_excuse = told, duty.pk in excusable
        return page


class ExcuseDuty(VerbPage):
    """A superior lets a duty go."""

    capability, form, done = Can.EXCUSE, forms.ExcuseForm, _("Excused.")

    def target(self, pk):
        """An open or missed duty of the people whose time this person plans."""
        return get_object_or_404(queries.to_excuse(self.request.user).select_related("hall", "employee"), pk=pk)

    def act(self, target, answers):
        """Excuse it."""
        return services.excuse(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The list."""
        return reverse("duties")

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Excuse: %(what)s") % {"what": cells.label(target)}, "back_label": _("What is due"),
                "sub_text": f"{cells.whose(target)} · {hk.moment(hk.deadline(target.due_at))}", "submit_label": _("Excuse"), "cancel_url": reverse("duties")}


class Clock(Page):
    """What the clock starts, when it did last and next, and what failed."""

    capability = Can.JOBS

    def get(self, request):
        """The table."""
        return self.show("staff/duties/clock.html", {"rows": queries.clock(), "most": services.MOST_FAILURES, "over": states.OVER})
