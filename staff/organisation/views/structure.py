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

MAY_KEYS = {("read",): "reads", ("read", "edit"): "edits", ("read", "edit", "approve"): "decides"}


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
    back_name = _("Organisation")
    creating, changing, done = _("New department"), _("Change department “%(name)s”"), _("The department is saved.")
    save = staticmethod(services.save_department)


class TeamPage(RecordPage):
    """One team."""

    form, model, fields, back = forms.TeamForm, Team, ("code", "name", "department", "hall"), "organisation"
    back_name = _("Organisation")
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

    form, model, back, back_name = forms.PositionForm, Position, "positions", _("Positions")
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
    back_name = _("Services")
    creating, changing, done = _("New service"), _("Change service “%(name)s”"), _("The service is saved.")
    save = staticmethod(services.save_service)


class Rights(Page):
    """The matrix of rights in words: what each role may do, and how far (GEN-01)."""

    capability = Can.READ

    def get(self, request):
        """One role as a list of what it may do, or the whole table."""
        chosen = request.GET.get("role") if request.GET.get("role") in ROLES else ""
        tabs = [{"label": _("All roles"), "url": reverse("rights"), "active": not chosen}]
        tabs += [{"label": ROLE_NAMES[role], "url": f"?role={role}", "active": role == chosen} for role in ROLES]
        return self.show("staff/organisation/rights.html", {"tabs": tabs} | (rights_of(chosen) if chosen else all_rights()))


def all_rights():
    """Every row with one cell a role."""
    cells = matrix()
    rows = [{"label": ROWS[key], "cells": [parts_of(cells[role].get(key)) for role in ROLES]} for key in row_keys()]
    return {"rows": rows, "roles": [ROLE_NAMES[role] for role in ROLES]}


def rights_of(role):
    """What one role may do, and the subjects it has nothing to do with."""
    cells = matrix()[role]
    return {"role": ROLE_NAMES[role], "may": [{"label": ROWS[key], **parts_of(cells[key])} for key in row_keys() if key in cells],
            "nothing": [ROWS[key] for key in row_keys() if key not in cells]}


def parts_of(cell):
    """A cell of the matrix in its parts: the strongest action with its key, the scope, the narrowing words; None for no right."""
    if cell is None:
        return None
    return {"key": MAY_KEYS[cell.actions], "action": ACTIONS[cell.actions], "scope": SCOPES[cell.scope],
            "limits": ", ".join(str(LIMITS[word]) for word in sorted(cell.limits))}


def in_words(cell):
    """A cell of the matrix as people read it, such as 'edits · hall (basic facts)'; nothing for no right."""
    if cell is None:
        return ""
    text = f"{ACTIONS[cell.actions]} · {SCOPES[cell.scope]}"
    return f"{text} ({', '.join(str(LIMITS[word]) for word in sorted(cell.limits))})" if cell.limits else text
