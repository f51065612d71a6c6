"""Pages of shift handovers: the list, a new one that writes itself, one to take over, the same on paper (FIELD 2.4 row 14)."""
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.privacy import log
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from config.web.templatetags import hk
from staff.duties.permissions import Can
from staff.duties.shift_handovers import cells, forms, queries, services
from staff.organisation.access import workplaces
from staff.organisation.queries import employee_of, hall_of
from staff.regulation import values
from staff.shifts.queries import shift_of

KIND = "shift_handover"


class HandoverList(ListPage):
    """The handovers of the halls in reach, the newest first."""

    capability, kind, title = Can.READ, KIND, gettext_lazy("Shift handovers")
    filters, default_sort = forms.HandoverFilters, "-given_at"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("Waits to be taken over"), "state=waits"))
    empty = gettext_lazy("No shift was handed over yet. Begin with “Hand over my shift”.")
    columns = (
        Column("given", gettext_lazy("Handed over"), lambda one: one.given_at, sort="given_at", draw=cells.given, css="num bare"),
        Column("state", gettext_lazy("State"), lambda one: cells.state_of(one)[1], draw=cells.state, css="bare"),
        Column("giver", gettext_lazy("By"), lambda one: one.giver.name, css="name"),
        Column("post", gettext_lazy("Post"), lambda one: str(one.post or "—")),
        Column("open", gettext_lazy("Open matters"), queries.count_of, css="num r"),
        Column("taken", gettext_lazy("Taken over by"), lambda one: str(one.taker or ""), draw=cells.taken),
        Column("hall", gettext_lazy("Hall"), lambda one: str(one.hall), several_halls=True),
    )

    def rows(self):
        """In reach."""
        return queries.for_list(self.request.user)

    def context(self):
        """The way to a new one."""
        return {"add_url": reverse("new_shift_handover"), "add_label": _("Hand over my shift")}


class GiveShift(FormPage):
    """The page writes itself: what is open in the hall stands there; the giver adds what no screen knows, and confirms."""

    capability = Can.READ
    form, once, template = forms.GiveForm, True, "staff/duties/shift_handovers/give.html"
    done = gettext_lazy("Handed over. Whoever takes over confirms it on this page.")

    @cached_property
    def shift(self):
        """The running shift of this person, or None."""
        employee = employee_of(self.request.user)
        return shift_of(employee, timezone.now()) if employee else None

    @cached_property
    def halls(self):
        """The halls in which this person works, by id."""
        return {hall.pk: hall for hall in workplaces(self.request.user, timezone.localdate())}

    @cached_property
    def hall(self):
        """The hall of the address, else of the running shift, else the chosen one; a 404 for who works in none."""
        asked = self.request.GET.get("hall", "")
        if asked:
            found = self.halls.get(int(asked)) if asked.isdecimal() and len(asked) < 16 else None
        else:
            found = self.halls.get(self.shift.hall_id) if self.shift else None
            found = found or hall_of(self.request) or next(iter(self.halls.values()), None)
        if found is None:
            raise Http404
        return found

    def form_kwargs(self, target):
        """The hall, for its posts."""
        return {"hall": self.hall}

    def initial(self, target):
        """The post of the running shift."""
        return {"post": self.shift.post_id} if self.shift and self.shift.hall_id == self.hall.pk else {}

    def act(self, target, answers):
        """Give it."""
        return services.give(self.actor, hall=self.hall, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its page."""
        return reverse("shift_handover", args=[result.pk])

    def context(self, target, form):
        """What is open now, and the halls to choose from."""
        user = self.request.user
        found = services.found(self.hall, employee_of(user), timezone.now()) if employee_of(user) else {}
        tabs = [{"label": str(hall), "url": f"?hall={pk}", "active": pk == self.hall.pk} for pk, hall in self.halls.items()]
        return {"heading": _("Hand over my shift"), "sub_text": str(self.hall), "back_label": _("Shift handovers"), "submit_label": _("Hand over"),
                "cancel_url": reverse("shift_handovers"), "sections": queries.told(found, user), "tabs": tabs if len(tabs) > 1 else []}


class HandoverPage(Page):
    """One handover: what was open, what was given, who signed when."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        row = get_object_or_404(queries.for_list(request.user), pk=pk)
        tone, word = cells.state_of(row)
        return self.show("staff/duties/shift_handovers/handover.html", {
            "handover": row, "tone": tone, "word": word, "sections": queries.told(row.lines, request.user), "facts": facts_of(row),
            "may_take": queries.may_take(row, employee_of(request.user)), "mine": row.giver.user_id == request.user.pk})


def facts_of(row):
    """Who gave and took when, and what was given, as parts/facts.html takes it."""
    found = [{"label": _("Handed over by"), "value": row.giver, "kind": "name"}, {"label": _("Handed over"), "value": hk.moment(row.given_at)},
             {"label": _("Post"), "value": row.post or _("the hall as a whole")}, {"label": _("Cash"), "value": row.cash},
             {"label": _("Keys and devices"), "value": row.things}]
    if row.taken_at:
        found += [{"label": _("Taken over by"), "value": row.taker, "kind": "name"}, {"label": _("Taken over"), "value": hk.moment(row.taken_at)},
                  {"label": _("Remark on taking over"), "value": row.remark}]
    return found


class TakeShift(VerbPage):
    """The colleague confirms."""

    capability = Can.READ
    form, done, template = forms.TakeForm, gettext_lazy("Taken over."), "staff/duties/shift_handovers/take.html"

    def target(self, pk):
        """A handover in reach."""
        return get_object_or_404(queries.for_list(self.request.user), pk=pk)

    def act(self, target, answers):
        """Take it over."""
        return services.take(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its page."""
        return reverse("shift_handover", args=[target.pk])

    def context(self, target, form):
        """What one takes over."""
        return {"heading": _("Take the shift over"), "back_label": _("Shift handover"), "submit_label": _("I take it over"), "facts": facts_of(target),
                "sub_text": f"{target.giver.name} · {target.hall} · {hk.moment(target.given_at)}", "cancel_url": self.next_address(target, None),
                "sections": queries.told(target.lines, self.request.user), "handover": target}


class HandoverPaper(Page):
    """The same on A4 with lines for two signatures."""

    capability = Can.READ

    def get(self, request, pk):
        """The paper."""
        row, now = get_object_or_404(queries.for_list(request.user), pk=pk), timezone.now()
        log.note(request, "print", kind=KIND, record_id=row.pk, hall_id=row.hall_id)
        return self.show("staff/duties/shift_handovers/paper.html", {
            "company": values.value("organization_name", timezone.localtime(now).date()), "hall_name": str(row.hall), "number": "", "printed_at": now,
            "author": str(employee_of(request.user) or request.user), "back_url": reverse("shift_handover", args=[pk]), "handover": row,
            "sections": queries.told(row.lines, request.user)})
