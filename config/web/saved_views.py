"""Saved views: a list narrowed and sorted, under a name, for oneself or for a hall or team one leads (UX 18)."""
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django.http import QueryDict
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from config import prepared
from config.errors import Refused
from config.web.filters import FilterDay, moving
from config.web.models import SavedView

MOST = 40  # views of one person
SHOWN = 12  # views beside the usual ones of a list
COUNTED = 999  # a count stops here
PATIENCE = 1500  # ms that counting may take


def shown_to(user):
    """The views of this person: the own ones first, then those of the halls and teams they work in."""
    _depends_on, groups = import_string(settings.SHOWN_TO)(user)
    return SavedView.objects.filter(Q(owner=user) | groups()).select_related("owner")


def of_page(user, page):
    """The views of one list, the own ones first; one statement."""
    depends_on, _groups = import_string(settings.SHOWN_TO)(user)
    rows = prepared.rows(("saved views", *prepared.reader(user), depends_on),
                         lambda: shown_to(user).filter(page=prepared.TEXT).select_related(None).order_by("name", "pk"), text=page)
    return sorted(rows, key=lambda view: view.owner_id != user.pk)[:SHOWN]


def list_of(page):
    """The class of the list at this URL name, or None where there is no list with filters."""
    try:
        found = resolve(reverse(page)).func.view_class
    except (NoReverseMatch, AttributeError):
        return None
    return found if getattr(found, "filters", None) and hasattr(found, "columns") else None


def kept(query, listing):
    """What a view keeps of an address: the filters and the order, as one query. The words that were searched for are left out, since they
    may name a person; days that end today are kept as words, so that the view moves along."""
    fields = {name: field for name, field in listing.filters.base_fields.items() if name != "q"}
    chosen = {name: value for name, value in QueryDict(query).items() if value and (name in fields or name == "sort")}
    days = {name: value for name, value in chosen.items() if isinstance(fields.get(name), FilterDay)}
    return urlencode(sorted((chosen | moving(days)).items()))


@transaction.atomic
def save(actor, *, page, name, query, group, now, view=None):
    """Keep a view; one's own of the same list and name is replaced. `group` is ("hall" or "team", id) or None. Returns the view.

    Refused: nothing is narrowed or sorted, or the person has as many as there may be.
    """
    listing = list_of(page)
    query = kept(query, listing) if listing else ""
    if not query:
        raise Refused(_("This list is neither narrowed nor sorted. Choose a filter first, then save the view."))
    if len(query) > SavedView._meta.get_field("query").max_length:
        raise Refused(_("This filter is too long to be kept. Take a part of it away, then save the view."))
    mine = SavedView.objects.select_for_update().filter(owner=actor.user)
    twin = mine.filter(page=page, name=name).exclude(pk=view and view.pk).first()
    if view is not None and twin:
        raise Refused(_("Another view of yours has this name. Choose another name."), field="name")
    view = view or twin
    if view is None and mine.count() >= MOST:
        raise Refused(_("You have %(count)s views. Take one away that you no longer need, then save this one.") % {"count": MOST})
    view = view or SavedView(owner=actor.user, page=page, created_at=now)
    kind, pk = group or ("", None)
    view.name, view.query = name, query
    view.hall_id, view.team_id = pk if kind == "hall" else None, pk if kind == "team" else None
    view.save()
    return view


@transaction.atomic
def remove(actor, view):
    """Take one's own view away, for everybody it was shown to."""
    SavedView.objects.filter(pk=view.pk, owner=actor.user).delete()


def counts(querysets):
    """How many rows each of these has, up to COUNTED, in one statement; None where counting takes too long to be waited for."""
    if not querysets:
        return []
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(PATIENCE)])
            found = counts_of(querysets, COUNTED + 1)
            cursor.execute("SELECT set_config('statement_timeout', '0', true)")
    except OperationalError:
        return [None] * len(querysets)
    return [f"{COUNTED}+" if count > COUNTED else str(count) for count in found]


def counts_of(querysets, most):
    """The numbers of rows of these, each counted up to `most`, in one statement."""
    parts = []
    for rows in querysets:
        try:
            parts.append(rows.order_by().values("pk")[:most].query.sql_with_params())
        except EmptyResultSet:
            parts.append(("SELECT 1 WHERE false", ()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM ({sql}) part)" for sql, _params in parts),  # noqa: S608 - written by the ORM
                       [value for _sql, params in parts for value in params])
        return cursor.fetchone()
