"""Pages of areas (FAC-01)."""
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.accounts.access import may
from config.contributions import panels
from config.web import history
from config.web.context import current_hall
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page
from facilities.areas import forms, queries, services
from facilities.areas.models import Area
from facilities.areas.permissions import Can

CELLS = "facilities/areas/_cell_{}.html"


class AreaList(ListPage):
    """The areas of the halls in reach: used by visits, cleaning and equipment."""

    capability = Can.READ
    export_capability = Can.EDIT
    title, kind, default_sort, filters = _("Areas"), "area", "hall_id", forms.AreaFilters
    columns = (
        Column("name", _("Area"), lambda row: str(row), cell=CELLS.format("name")),
        Column("hall", _("Hall"), lambda row: str(row.hall), sort="hall_id", several_halls=True),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column("floor", _("Floor"), lambda row: row.floor, sort="floor"),
        Column("capacity", _("Parties at once"), lambda row: row.capacity, sort="capacity", css="num r"),
        Column("responsible", _("Responsible person"), lambda row: str(row.responsible or ""), css="name"),
        Column("state", _("State"), lambda row: _("in use") if row.is_active else _("out of use"), cell=CELLS.format("state")),
    )

    def rows(self):
        """The areas this person may see."""
        return Area.objects.visible_to(self.request.user).select_related("hall", "responsible")

    def context(self):
        """The way to a new area."""
        if not queries.halls_kept(self.request.user).exists():
            return {}
        return {"add_url": reverse("new_area"), "add_label": _("New area")}


class AreaPage(Page):
    """One area: facts, what rooms above say of it, its history in words."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        area = get_object_or_404(Area.objects.visible_to(request.user).select_related("hall", "responsible"), pk=pk)
        tab = "history" if request.GET.get("tab") == "history" else "facts"
        rows = [
            {"label": _("Hall"), "value": area.hall, "url": reverse("hall", args=[area.hall_id]) if may(request.user, "organisation.read") else ""},
            {"label": _("Kind"), "value": area.get_kind_display()}, {"label": _("Floor"), "value": area.floor},
            {"label": _("Parties at once"), "value": area.capacity, "kind": "num"},
            {"label": _("Responsible person"), "value": area.responsible, "kind": "name"},
            {"label": _("State"), "value": _("in use") if area.is_active else _("out of use")}]
        tabs = [{"label": _("Facts"), "url": "?", "active": tab == "facts"}, {"label": _("History"), "url": "?tab=history", "active": tab == "history"}]
        return self.show("facilities/areas/detail.html", {
            "area": area, "facts": rows, "tab": tab, "tabs": tabs, "entries": history.in_words(area) if tab == "history" else [],
            "panels": panels.panels_of("area", area, request.user),
            "may_edit": queries.areas_kept(request.user).filter(pk=area.pk).exists()})


class NewArea(FormPage):
    """A new area."""

    capability = Can.EDIT
    form, once, done, template = forms.NewAreaForm, True, _("The area is saved."), "facilities/areas/form.html"

    def form_kwargs(self, target):
        """Only halls that this person keeps."""
        return {"viewer": self.request.user}

    def initial(self, target):
        """The hall chosen in the switcher."""
        mine = current_hall(self.request)
        return {"hall": mine["id"]} if mine else {}

    def act(self, target, answers):
        """Make it."""
        answers.pop("version")
        return services.create_area(self.actor, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The area's page."""
        return reverse("area", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("New area"), "cancel_url": reverse("areas")}


class ChangeArea(FormPage):
    """Changes an area, or takes it out of use."""

    capability = Can.EDIT
    form, done, template = forms.AreaForm, _("The area is saved."), "facilities/areas/form.html"

    def target(self, pk):
        """The area, among those this person keeps."""
        return get_object_or_404(queries.areas_kept(self.request.user).select_related("responsible"), pk=pk)

    def initial(self, target):
        """What is known."""
        return {name: getattr(target, name) for name in (*services.FACTS, "version")}

    def act(self, target, answers):
        """Save it."""
        return services.change_area(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The area's page."""
        return reverse("area", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Change area “%(name)s”") % {"name": target}, "cancel_url": reverse("area", args=[target.pk])}
