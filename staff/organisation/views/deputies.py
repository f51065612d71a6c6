"""The page of deputies: who stands in for whom, from when to when, and the way to name one (GEN-02)."""
from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from config.accounts.access import may
from config.web import addresses
from config.web.filters import FilterForm
from config.web.lists import Column, ListPage
from config.web.templatetags import hk
from staff.organisation.models import Deputy
from staff.organisation.permissions import Can
from staff.organisation.queries import employee_of

RUNNING, COMING, OVER = "running", "coming", "over"
WORDS = {RUNNING: ("run", gettext_lazy("stands in now")), COMING: ("wait", gettext_lazy("later")), OVER: ("none", pgettext_lazy("deputy", "over"))}


class DeputyFilters(FilterForm):
    """How it stands, and whether it is one's own."""

    stands = forms.ChoiceField(label=gettext_lazy("State"), choices=[("", gettext_lazy("any")), *((key, word) for key, (_tone, word) in WORDS.items())])
    mine = forms.BooleanField(label=gettext_lazy("Only mine"))

    def narrow(self, rows):
        """The deputies that pass."""
        day, chosen = timezone.localdate(), self.cleaned_data
        if chosen["stands"] == RUNNING:
            rows = rows.on(day)
        elif chosen["stands"]:
            rows = rows.filter(starts_on__gt=day) if chosen["stands"] == COMING else rows.filter(ends_on__lt=day)
        return (rows.filter(employee__user=self.viewer) | rows.filter(deputy__user=self.viewer)) if chosen["mine"] else rows


def stands(row):
    """Whether it runs, comes or is over; a deputy whose last day has passed is none any more, by the day alone."""
    today = timezone.localdate()
    return OVER if row.ends_on < today else COMING if row.starts_on > today else RUNNING


def state(row):
    """The state with its sign."""
    tone, word = WORDS[stands(row)]
    return hk.status(tone, word)


def person(row):
    """Who is represented, as a link."""
    return format_html('<a class="name" href="{}">{}</a>', addresses.of("person", row.employee_id), row.employee)


def end(row):
    """The way to end it, for who may."""
    return format_html('<a href="{}">{}</a>', addresses.of("end_deputy", row.pk), _("End now")) if row.may_end else ""


class DeputyList(ListPage):
    """Who stands in for whom."""

    capability, kind, title = Can.READ, "deputy", gettext_lazy("Deputies")
    filters, default_sort = DeputyFilters, "-starts_on"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("Now"), "stands=running"), (gettext_lazy("Mine"), "mine=on"))
    empty = gettext_lazy("Nobody has named a deputy yet.")
    columns = (
        Column("person", gettext_lazy("Represented"), lambda row: row.employee.name, draw=person),
        Column("deputy", gettext_lazy("Deputy"), lambda row: row.deputy.name, css="name"),
        Column("from", gettext_lazy("From"), lambda row: row.starts_on, sort="starts_on", draw=lambda row: hk.day(row.starts_on), css="num"),
        Column("until", gettext_lazy("Until"), lambda row: row.ends_on, sort="ends_on", draw=lambda row: hk.day(row.ends_on), css="num"),
        Column("state", gettext_lazy("State"), lambda row: WORDS[stands(row)][1], draw=state, css="bare"),
        Column("end", gettext_lazy("Actions"), lambda row: "", draw=end),
    )

    def rows(self):
        """In reach."""
        return Deputy.objects.visible_to(self.request.user).select_related("employee", "deputy")

    def cut(self, rows, field, descending):
        """The page, each with whether this viewer may end it."""
        page, user = super().cut(rows, field, descending), self.request.user
        everybody = may(user, Can.EDIT)
        for row in page.rows:
            row.may_end = stands(row) != OVER and (everybody or row.employee.user_id == user.pk)
        return page

    def context(self):
        """The way to name the own deputy."""
        employee = employee_of(self.request.user)
        return {"add_url": reverse("name_deputy", args=[employee.pk]), "add_label": _("Name my deputy"),
                "sub_text": _("A deputy acts in the own name, with the rights of the person represented. Approvals show both names.")} if employee else {}
