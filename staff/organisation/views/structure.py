"""Pages about the frame: the tree, departments, teams, positions, services, and the matrix of rights."""
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.accounts.access import may
from config.contributions import panels
from config.web import history
from config.web.pages import Page
from staff.organisation import queries, services
from staff.organisation.forms import structure as forms
from staff.organisation.matrix import ROLES, matrix, row_keys
from staff.organisation.models import Department, Position, Service, Team
from staff.organisation.permissions import Can
from staff.organisation.views.base import RecordPage
from staff.organisation.words import ACTIONS, LIMITS, ROLE_NAMES, ROWS, SCOPES


class Organisation(Page):
    """The organisation as a tree (STF-01)."""

    capability = Can.READ

    def get(self, request):
        """Departments, halls, teams, people with position, superior and deputies of today."""
        today = timezone.localdate()
        return self.show("staff/organisation/tree.html", {"nodes": queries.tree(today), "panels": panels.panels_of("organisation", None, request.user),
                                                          "may_edit": may(request.user, Can.EDIT), "today": today})


class DepartmentPage(RecordPage):
    """One department."""

    form, model, fields, back = forms.DepartmentForm, Department, ("code", "name", "parent", "head"), "organisation"
    creating, changing, done = _("New department"), _("Change department “%(name)s”"), _("The department is saved.")
    save = staticmethod(services.save_department)


class TeamPage(RecordPage):
    """One team."""

    form, model, fields, back = forms.TeamForm, Team, ("code", "name", "department", "hall"), "organisation"
    creating, changing, done = _("New team"), _("Change team “%(name)s”"), _("The team is saved.")
    save = staticmethod(services.save_team)


class Positions(Page):
    """Every position with its role and holders (STF-02)."""

    capability = Can.READ

    def get(self, request):
        """The list."""
        rows = list(queries.positions_with_holders())
        for row in rows:
            row.role_name = ROLE_NAMES.get(row.role, row.role)
        return self.show("staff/organisation/positions.html", {"positions": rows, "may_edit": may(request.user, Can.EDIT)})


class PositionDetail(Page):
    """One position: what its usual role may do, who holds it, what rooms above say of it."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        position = get_object_or_404(queries.positions_with_holders(), pk=pk)
        rights = [{"row": ROWS[key], "text": in_words(cell)} for key, cell in matrix().get(position.role, {}).items()]
        return self.show("staff/organisation/position.html", {
            "position": position, "role_name": ROLE_NAMES.get(position.role, position.role), "rights": rights,
            "panels": panels.panels_of("position", position, request.user), "may_edit": may(request.user, Can.EDIT),
            "entries": history.in_words(position)})


class PositionPage(RecordPage):
    """Makes or changes a position."""

    form, model, back = forms.PositionForm, Position, "positions"
    fields = ("code", "name", "role", "serves_customers", "order")
    creating, changing, done = _("New position"), _("Change position “%(name)s”"), _("The position is saved.")
    save = staticmethod(services.save_position)


class Services(Page):
    """The services the company offers, with the halls that offer them."""

    capability = Can.READ

    def get(self, request):
        """The list."""
        rows = Service.objects.prefetch_related("offers__hall").order_by("prefix", "pk")
        return self.show("staff/organisation/services.html", {"services": rows, "may_edit": may(request.user, Can.EDIT)})


class ServicePage(RecordPage):
    """Makes or changes a service."""

    form, model, fields, back = forms.ServiceForm, Service, ("code", "name", "prefix"), "services"
    creating, changing, done = _("New service"), _("Change service “%(name)s”"), _("The service is saved.")
    save = staticmethod(services.save_service)


class Rights(Page):
    """The matrix of rights in words: what each role may do, and how far (GEN-01)."""

    capability = Can.READ

    def get(self, request):
        """One role, or the whole table."""
        chosen = request.GET.get("role") if request.GET.get("role") in ROLES else ""
        roles = [chosen] if chosen else list(ROLES)
        cells = matrix()
        rows = [{"label": ROWS[key], "cells": [in_words(cells[role].get(key)) for role in roles]} for key in row_keys()]
        tabs = [{"label": _("All roles"), "url": reverse("rights"), "active": not chosen}]
        tabs += [{"label": ROLE_NAMES[role], "url": f"?role={role}", "active": role == chosen} for role in ROLES]
        return self.show("staff/organisation/rights.html", {"rows": rows, "roles": [ROLE_NAMES[role] for role in roles], "tabs": tabs})


def in_words(cell):
    """A cell of the matrix as people read it, such as 'edits · hall (basic facts)'; nothing for no right."""
    if cell is None:
        return ""
    text = f"{ACTIONS[cell.actions]} · {SCOPES[cell.scope]}"
    return f"{text} ({', '.join(str(LIMITS[word]) for word in sorted(cell.limits))})" if cell.limits else text
