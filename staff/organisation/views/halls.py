"""Pages about halls and their posts (REC-01)."""
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.accounts.access import may
from config.contributions import panels
from config.web import history
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page
from config.web.texts import Text
from staff.organisation import hours, queries, services
from staff.organisation.forms import structure as forms
from staff.organisation.models import Hall, Post
from staff.organisation.permissions import Can

CELLS = "staff/organisation/halls/_cell_{}.html"


class HallList(ListPage):
    """The register of halls."""

    capability = Can.READ
    export_capability = Can.EDIT
    title, kind, default_sort, filters = _("Halls"), "hall", "pk", forms.HallFilters
    columns = (
        Column("name", _("Hall"), lambda row: str(row), cell=CELLS.format("name")),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column("department", _("Department"), lambda row: str(row.department), sort="department_id"),
        Column("place", _("Address"), lambda row: row.address or row.url),
        Column("manager", _("Manager"), lambda row: str(row.manager or ""), css="name"),
        Column("today", _("Usual hours today"), lambda row: open_today(row), css="num"),
        Column("open", _("Open from, until"), lambda row: f"{row.active_from} – {row.active_until or ''}", sort="active_from", cell=CELLS.format("open")),
    )

    def rows(self):
        """The halls this person may see."""
        return Hall.objects.visible_to(self.request.user).select_related("department", "manager").prefetch_related("hours")

    def context(self):
        """The way to a new hall; today, by which closed exhibitions are told."""
        context = {"today": timezone.localdate()}
        if may(self.request.user, Can.EDIT):
            context |= {"add_url": reverse("new_hall"), "add_label": _("New hall")}
        return context


def open_today(hall):
    """The hours of today's weekday in a hall, from its loaded week; holidays and single days stand in its calendar."""
    day = timezone.localdate()
    spans = sorted((row.opens, row.closes) for row in hall.hours.all() if row.weekday == day.weekday() and row.holds_on(day)) if hall.is_open_on(day) else []
    return hours.shown(spans) or str(_("closed all day"))


class HallPage(Page):
    """One hall: facts, week, posts, services, people; rooms above bring areas and shifts."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        hall = get_object_or_404(queries.halls_in_full(request.user), pk=pk)
        rows = [(row["weekday"], row["opens"], row["closes"]) for row in hall.week_rows]
        tab = "history" if request.GET.get("tab") == "history" else "facts"
        tabs = [{"label": _("Facts"), "url": "?", "active": tab == "facts"}, {"label": _("History"), "url": "?tab=history", "active": tab == "history"}]
        return self.show("staff/organisation/halls/detail.html", {
            "hall": hall, "tab": tab, "tabs": tabs, "may_edit": may(request.user, Can.EDIT), "today": timezone.localdate(),
            "week_named": [(hours.named(first, last), hours.shown(spans)) for first, last, spans in hours.runs(rows)],
            "posts": hall.posts.all(), "offers": hall.offers.select_related("service"),
            "teams": [{"pk": row["pk"], "name": Text(row["name"])} for row in hall.team_rows],
            "people": queries.postings_on(timezone.localdate()).filter(hall=hall).select_related("employee", "position", "team")
                      .order_by("position__order", "employee__sort_key"),
            "panels": panels.panels_of("hall", hall, request.user), "entries": history.in_words(hall) if tab == "history" else []})


class HallForm(FormPage, abstract=True):
    """What making and changing a hall share."""

    capability = Can.EDIT
    form, template = forms.HallForm, "staff/organisation/record.html"
    done = _("The hall is saved.")

    def next_address(self, target, result):
        """The hall's page."""
        return reverse("hall", args=[result.pk])


class NewHall(HallForm):
    """A new hall."""

    once = True

    def initial(self, target):
        """Open from today, in office hours."""
        return {"active_from": timezone.localdate()} | {f"day_{day}": "09:00-12:00 13:00-18:00" for day in range(5)}

    def act(self, target, answers):
        """Make it."""
        answers.pop("version")
        return services.create_hall(self.actor, now=timezone.now(), **answers)

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("New hall"), "cancel_url": reverse("halls"), "above": _("Halls")}


class ChangeHall(HallForm):
    """Changes a hall; its code stays."""

    def target(self, pk):
        """The hall."""
        return get_object_or_404(Hall.objects.visible_to(self.request.user), pk=pk)

    def initial(self, target):
        """What is known, with the week written out."""
        names = ("code", "name", "kind", "department", "manager", "address", "url", "phone", "timezone", "active_from", "active_until", "version")
        week = hours.week(list(target.hours.on(timezone.localdate()).values_list("weekday", "opens", "closes")))
        return {name: getattr(target, name) for name in names} | {f"day_{day}": hours.written(spans) for day, spans in week} | {
            "services": [offer.service_id for offer in target.offers.all()]}

    def form_kwargs(self, target):
        """The code is shown, not asked."""
        return {"keep_code": True}

    def act(self, target, answers):
        """Save it."""
        answers.pop("code", None)
        return services.change_hall(self.actor, target, now=timezone.now(), **answers)

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Change hall “%(name)s”") % {"name": target}, "cancel_url": reverse("hall", args=[target.pk]), "above": target}


class NewPost(FormPage):
    """A new post in a hall."""

    capability = Can.EDIT
    form, once, template, done = forms.PostForm, True, "staff/organisation/record.html", _("The post is saved.")

    def target(self, pk):
        """The hall it stands in."""
        return get_object_or_404(Hall.objects.visible_to(self.request.user), pk=pk)

    def act(self, target, answers):
        """Make it."""
        services.add_post(self.actor, target, name=answers["name"], kind=answers["kind"], order=answers["order"], now=timezone.now())

    def next_address(self, target, result):
        """The hall's page."""
        return reverse("hall", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("New post in “%(name)s”") % {"name": target}, "cancel_url": reverse("hall", args=[target.pk]), "above": target}


class ChangePost(FormPage):
    """Changes a post, or takes it out of use."""

    capability = Can.EDIT
    form, template, done = forms.PostForm, "staff/organisation/record.html", _("The post is saved.")

    def target(self, pk):
        """The post."""
        return get_object_or_404(Post.objects.filter(hall__in=Hall.objects.visible_to(self.request.user)).select_related("hall"), pk=pk)

    def initial(self, target):
        """What is known."""
        return {name: getattr(target, name) for name in ("name", "kind", "order", "is_active", "version")}

    def act(self, target, answers):
        """Save it."""
        services.change_post(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The hall's page."""
        return reverse("hall", args=[target.hall_id])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Change post “%(name)s”") % {"name": target}, "cancel_url": reverse("hall", args=[target.hall_id]), "above": target.hall,
                "record": target}
