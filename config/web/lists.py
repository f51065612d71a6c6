"""One base for all lists: filters in the URL, sort, paging by key, capped count, export of what is shown (GEN-16)."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import IntegerField, Q, Subquery
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config import prepared
from config.accounts.access import array_text, may, one_of_text
from config.privacy import classes, log
from config.web import saved_views
from config.web.exports import csv_response
from config.web.pages import Page

PAGE_SIZE = 25
COUNT_CAP = 10_000
CHUNK = 500  # rows of an export read at once
PLACES = Signer(sep=".", salt="place in a list")


@dataclass(frozen=True)
class Column:
    """One column of a list. `sort` names a field that is never null; `value(row)` is what the export writes, `cell` a template for the
    screen, or `draw(row)` the same as a function, for cells of many rows. `several_halls`: shown only to who works in more than one
    hall; to others it would say the same in every row."""

    key: str
    label: str
    value: Callable
    sort: str = ""
    cell: str = ""
    draw: Callable | None = None
    css: str = ""
    several_halls: bool = False


def encode(values):
    """A place in a sorted list as one URL-safe word, signed: what comes back is what we wrote, so that no made-up value reaches the database."""
    return PLACES.sign_object([v.isoformat() if isinstance(v, (date, datetime)) else v for v in values])


def decode(word):
    """The place `encode` wrote, or None when the word was altered."""
    try:
        return PLACES.unsign_object(word)
    except (BadSignature, ValueError):
        return None


class Counted(Subquery):
    """How many rows a statement gives."""

    template = "(SELECT count(*) FROM (%(subquery)s) part)"
    output_field = IntegerField()


@dataclass
class Slice:
    """One page of rows with the ways on and back."""

    rows: list
    number: int
    total: int
    capped: bool
    after: str
    before: str

    @property
    def first(self):
        """Position of the first row shown, from 1."""
        return (self.number - 1) * PAGE_SIZE + 1 if self.rows else 0

    @property
    def last(self):
        """Position of the last row shown."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def shown(self):
        """From which to which: '26–50'."""
        return f"{self.first}–{self.last}"

    @property
    def total_text(self):
        """How many there are, in words: '212', or '10 000+' where counting stopped."""
        text = f"{self.total:,}".replace(",", "\u202f")
        return f"{text}+" if self.capped else text

    @property
    def one_page(self):
        """Whether there is nothing to page through."""
        return not (self.after or self.before)


class ListPage(Page, abstract=True):
    """A list of what this viewer may see.

    Subclasses give `columns`, `rows()` (scoped), `filters` (a form with `narrow(rows)`), `default_sort` ('-arrived_at'),
    `export_capability` and `kind` for the access log, and `empty` words. `logs_each` says that what leaves the house by this list leaves a
    row of the log for each record, beside the list's own. Where the columns show more than the rows have, `joined(rows)`
    gives it, whoever asks: a page is then chosen by ids alone, and read by them in a statement that is built once. `rows()` of such a
    list depends on how far `capability` goes and on nothing else of the request.
    """

    columns = ()
    filters = None
    default_sort = "-pk"
    template = "parts/list_page.html"
    rows_template = "parts/_rows.html"
    export_capability = None
    share_capability = None  # who may show a saved view to others: the halls and teams it reaches
    usual_views = ()  # (label, query) of the views that everybody has
    joined = None
    logs_each = False
    kind = ""
    title = ""
    empty = _("Nothing here yet.")

    def rows(self):
        """The scoped queryset."""
        raise NotImplementedError

    def context(self):
        """More for the template."""
        return {}

    def get(self, request):
        """The page, the fragment for htmx, or the export."""
        if self.filters and not request.GET and (start := self.start()):
            return HttpResponseRedirect(f"?{start}")
        form = self.filters(request.GET, viewer=request.user) if self.filters else None
        rows = self.rows()
        if self.filters and "counts" in request.GET:
            return self.show("parts/tabs.html", self.views(self.rows()))
        if form is not None and form.is_valid():
            rows = form.narrow(rows)
        field, descending = self.chosen_sort()
        narrowed = bool(form and form.is_narrowed())
        if request.GET.get("format") == "csv":
            return self.export(rows)
        first = self.joined is not None and not narrowed and not {"after", "before"} & request.GET.keys()
        page = self.first_page(field, descending) if first else self.cut(rows, field, descending)
        context = {"page": page, "columns": self.columns, "filters": form, "title": self.title,
                   "sort": ("-" if descending else "") + field, "empty": self.empty, "narrowed": narrowed,
                   **self.ways(page),
                   **(self.views() if self.filters else {}), **self.context()}
        partial = "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
        response = self.show(self.rows_template if partial else self.template, context)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def ways(self, page):
        """The addresses of the pages before and after this one, and of the export for who may; '' where there is none."""
        may_export = self.export_capability and may(self.request.user, self.export_capability) and classes.exports(self.request.user, self.kind)
        return {"previous_url": self.address(after=None, before=page.before, n=page.number - 1) if page.before else "",
                "next_url": self.address(before=None, after=page.after, n=page.number + 1) if page.after else "",
                "export_url": self.address(format="csv", after=None, before=None, n=None) if may_export else ""}

    def address(self, **changes):
        """The address of this list with these values; None takes one out."""
        asked = [(name, value) for name, values in self.request.GET.lists() if name not in changes for value in values]
        return f"?{urlencode([*asked, *((name, value) for name, value in changes.items() if value is not None)])}"

    def start(self):
        """The query of the view with which this person's list opens, or nothing."""
        pk = (self.request.session.get("views") or {}).get(self.request.resolver_match.url_name)
        view = saved_views.shown_to(self.request.user).filter(pk=pk).first() if pk else None
        return view.query if view else ""

    def views(self, rows=None):
        """What parts/tabs.html needs: the usual views, the saved ones, and the way to save this one. One statement; with `rows`, how many
        each narrowed view has, in a second one beside what reading the filters asks."""
        page, kind = self.request.resolver_match.url_name, type(self)
        saved = saved_views.of_page(self.request.user, page)
        query = self.request.GET.urlencode()
        offered = [(str(label), usual, "") for label, usual in self.usual_views]
        if saved and not offered:
            offered = [(gettext("All"), "", "")]
        offered += [(view.name, view.query, "users" if view.owner_id != self.request.user.pk else "bookmark") for view in saved]
        narrow, searched = saved_views.kept(query, kind), self.request.GET.get("q")
        tabs = [{"label": label, "url": f"?{asked or 'view=all'}", "active": not searched and saved_views.kept(asked, kind) == narrow, "mark": mark}
                for label, asked, mark in offered]
        if rows is not None:
            counted = [place for place, (_label, asked, _mark) in enumerate(offered) if asked]
            for place, count in zip(counted, saved_views.counts([self.narrowed(rows, offered[place][1]) for place in counted]), strict=True):
                tabs[place]["count"] = count
        known = any(tab["active"] for tab in tabs)
        return {"tabs": tabs, "usual": known, "all_views": bool(saved), "counts_url": "" if rows is not None or not saved else f"?{query}&counts=1",
                "save_url": f"{reverse('save_view')}?page={page}&{query}" if narrow and not known else ""}

    def narrowed(self, rows, query):
        """`rows` as a view's query narrows them."""
        form = self.filters(QueryDict(query), viewer=self.request.user)
        return form.narrow(rows) if form.is_valid() else rows

    def chosen_sort(self):
        """The sort asked for, if it is one of the columns', else the default: (field, descending)."""
        asked = self.request.GET.get("sort", "")
        allowed = {column.sort for column in self.columns if column.sort}
        chosen = asked if asked.lstrip("-") in allowed else self.default_sort
        return chosen.lstrip("-"), chosen.startswith("-")

    @staticmethod
    def order(field, descending):
        """A total order: the field, then the id."""
        sign = "-" if descending else ""
        return [f"{sign}{field}"] if field == "pk" else [f"{sign}{field}", f"{sign}pk"]

    def cut(self, rows, field, descending):
        """One page by key: no OFFSET, so that page 5,000 costs what page 1 costs."""
        place, backwards = self.place()
        ordered = rows.order_by(*self.order(field, descending != backwards))
        if place is not None:
            try:
                ordered = ordered.filter(self.beyond(field, place, descending != backwards))
            except (ValidationError, ValueError, TypeError):
                place = None
        found, counted_too = self.read_and_count(ordered, rows)
        more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
        if backwards:
            found.reverse()
        whole = place is None and not more
        total = len(found) if whole else counted(rows) if counted_too is None else counted_too
        number = self.page_number() if place is not None else 1
        return Slice(rows=found, number=number, total=min(total, COUNT_CAP), capped=total > COUNT_CAP,
                     after=encode([value_at(found[-1], field), found[-1].pk]) if found and (more or backwards) else "",
                     before=encode([value_at(found[0], field), found[0].pk]) if found and place is not None and (more or not backwards) and number > 1 else "")

    def read_and_count(self, ordered, rows):
        """(one row more than a page of `ordered`, how many `rows` there are), in one statement where that is no slower; else None for the
        number. What is searched for is counted in its own way (`counted`)."""
        if self.joined is None or hasattr(rows, "some"):
            return self.read(ordered[: PAGE_SIZE + 1]), None
        found = list(in_order_with_count(ordered, rows))
        return self.records([pk for pk, _total in found]), found[0][1] if found else None

    def first_page(self, field, descending):
        """The beginning of the whole list, which is asked for most: chosen and counted in one statement that is built once a person."""
        def build():
            rows = self.narrowed(self.rows(), "")
            return in_order_with_count(rows.order_by(*self.order(field, descending)), rows)

        found = prepared.values(("first page", self.name, field, descending, prepared.reader(self.request.user, self.capability)), build)
        rows, total = self.records([pk for pk, _total in found[:PAGE_SIZE]]), found[0][1] if found else 0
        return Slice(rows=rows, number=1, total=min(total, COUNT_CAP), capped=total > COUNT_CAP, before="",
                     after=encode([value_at(rows[-1], field), rows[-1].pk]) if len(found) > PAGE_SIZE and rows else "")

    def read(self, rows):
        """These few rows in their order, with what the columns show."""
        return list(rows) if self.joined is None else self.records(list(rows.values_list("pk", flat=True)))

    def records(self, ids):
        """The rows with these ids, in this order."""
        found = prepared.rows(("rows of a list", self.name), lambda: self.joined(self.rows().model._default_manager.filter(one_of_text(prepared.TEXT))),
                              text=array_text(ids)) if ids else []
        known = {row.pk: row for row in found}
        return [known[pk] for pk in ids if pk in known]

    @property
    def name(self):
        """What tells this list from others."""
        return f"{type(self).__module__}.{type(self).__qualname__}"

    def place(self):
        """(the place to go on from or None, whether backwards)."""
        for name, backwards in (("after", False), ("before", True)):
            if word := self.request.GET.get(name):
                return decode(word), backwards
        return None, False

    def page_number(self):
        """The page number the link carried; only for show."""
        text = self.request.GET.get("n", "1")
        return max(1, int(text)) if text.isdecimal() and len(text) < 8 else 1

    @staticmethod
    def beyond(field, place, descending):
        """The rows after `place` in the given direction. The bound on the field alone is what an index can begin at."""
        side = "lt" if descending else "gt"
        value, pk = place
        if field == "pk":
            return Q(**{f"pk__{side}": pk})
        return Q(**{f"{field}__{side}e": value}) & (Q(**{f"{field}__{side}": value}) | Q(**{f"pk__{side}": pk}))

    def in_chunks(self, rows, field, descending):
        """Every row in the list's order, read by key some hundred at a time: what was written is let go, so that memory does not grow with
        the list. Cursors of the server, which would do the same, need a connection of their own. A row that is moved meanwhile stands where
        it is met."""
        ordered, place = rows.order_by(*self.order(field, descending)), None
        while True:
            part = ordered if place is None else ordered.filter(self.beyond(field, place, descending))
            found = self.read(part[:CHUNK])
            yield from found
            if len(found) < CHUNK:
                return
            place = (value_at(found[-1], field), found[-1].pk)

    def leaving(self, rows):
        """Those of `rows` that may leave the house by file or by program."""
        return rows

    def export(self, rows):
        """Everything the filters show, in the order asked for, as CSV, if the person may; one row in the access log."""
        if not (self.export_capability and may(self.request.user, self.export_capability)):
            log.note(self.request, "refused", kind=self.kind, outcome="export")
            raise PermissionDenied
        if not classes.exports(self.request.user, self.kind):
            return not_exported(self, self.kind)
        log.note(self.request, "export", kind=self.kind, fields=[column.key for column in self.columns])
        return csv_response(self.kind or "list", self.columns, self.in_chunks(self.leaving(rows), *self.chosen_sort()))


def not_exported(page, kind):
    """The answer to an export that the class of the kind forbids (GEN-10); a row in the access log."""
    log.note(page.request, "refused", kind=kind, outcome="class")
    return page.show("house/not_exported.html", {"secret": classes.class_of(page.request.user, kind) == classes.SECRET}, status=403)


def in_order_with_count(ordered, rows):
    """(id, number of all `rows`) of a page of `ordered` and one more."""
    total = Counted(rows.order_by().values("pk")[: COUNT_CAP + 1])
    return ordered.annotate(in_all=total).values_list("pk", "in_all")[: PAGE_SIZE + 1]


def counted(rows):
    """How many rows there are, at most COUNT_CAP + 1. Where the rows are looked through one after another, `rows.some` may be a part of
    them that is counted quickly: if that alone is as many, nothing else is counted."""
    parts = [part for part in (getattr(rows, "some", None), rows) if part is not None]
    for part in parts:
        total = saved_views.counts_of([part], COUNT_CAP + 1)[0]
        if total > COUNT_CAP:
            break
    return total


def value_at(row, path):
    """The value of a sort field on a loaded row, through relations."""
    for step in path.split("__"):
        row = getattr(row, step)
    return row
