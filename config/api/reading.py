"""The API: GET alone, by personal token alone, and never more than the person's own export would hold."""
from contextlib import contextmanager
from datetime import date, datetime
from urllib.parse import urlencode

from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from config.accounts import login
from config.accounts.access import SIGNED_IN, rights_of
from config.api import lists, tokens
from config.api.openapi import MOST, USUAL, document
from config.privacy import log
from config.web.limits import used_up
from config.web.lists import decode, encode, value_at

READS, TRIES, SECONDS = 120, 30, 60  # answers to one token, and unknown tokens from one address, in so many seconds


class Answer(Exception):
    """Ends the reading with a status and one sentence."""

    def __init__(self, status, sentence, **more):
        super().__init__(sentence)
        self.status, self.more = status, more


class Empty(SessionBase):
    """What the pages' own code reads of a session where there is none."""

    def load(self):
        """Nothing is kept."""
        return {}


class ApiView(View):
    """Who asks, how often, and how a refusal looks. Sessions open nothing here."""

    @classmethod
    def as_view(cls, **initkwargs):
        """The view, past what guards sessions: this base asks for the token instead, and answers 405 to all that would write."""
        view = csrf_exempt(super().as_view(**initkwargs))
        view.login_required = False
        return view

    def dispatch(self, request, *args, **kwargs):
        """Ask whose token it is, then read."""
        try:
            if request.method != "GET":
                raise Answer(405, _("The API only reads. Send GET."))
            with self.as_person(request):
                response = answered(self.get(request, *args, **kwargs))
        except Answer as answer:
            response = answered({"error": str(answer), **answer.more}, answer.status)
            for status, header, value in ((401, "WWW-Authenticate", "Bearer"), (405, "Allow", "GET"), (429, "Retry-After", str(SECONDS))):
                if answer.status == status:
                    response.headers[header] = value
        response.headers["Cache-Control"] = "no-store"
        return response

    @contextmanager
    def as_person(self, request):
        """The request as the token's owner makes it; what a cookie said of a session is put back after it, unread."""
        session, user = request.session, request.user
        self.token, person = person_of(request)
        request.session, request.user = Empty(), person
        try:
            if tokens.note_use(self.token, timezone.now()):
                log.note(request, "token", kind="api_token", record_id=self.token.pk, outcome="used")
            yield
        finally:
            request.session, request.user = session, user


def person_of(request):
    """(token, account) of the request; ends it with 401 or 429."""
    scheme, _blank, text = request.headers.get("Authorization", "").partition(" ")
    token = tokens.find(text.strip(), timezone.localdate()) if scheme.lower() == "bearer" else None
    person = login.Accounts().get_user(token.user_id) if token else None
    if person is None:
        if used_up("api-tries", log.address_key(request.META.get("REMOTE_ADDR", "")), limit=TRIES, seconds=SECONDS):
            raise Answer(429, _("Too many unknown tokens came from here. Wait a minute."))
        raise Answer(401, _("This token opens nothing: it is missing, unknown, over or revoked. Make a new one under My settings."))
    if used_up("api", token.pk, limit=READS, seconds=SECONDS):
        raise Answer(429, _("More than %(reads)d answers in a minute. Wait a minute.") % {"reads": READS})
    return token, person


class Index(ApiView):
    """The lists that this token reads."""

    def get(self, request):
        """Name, kind, title and address of each."""
        found = lists.readable_by(request.user, self.token.scope)
        return {"lists": [{"name": name, "kind": page.kind, "title": str(page.title), "url": reverse("api_list", args=[name])}
                          for name, page in found.items()], "openapi": reverse("api_openapi")}


class OpenApi(ApiView):
    """The description of the lists that this token reads."""

    def get(self, request):
        """An OpenAPI 3.1 document."""
        return document(lists.readable_by(request.user, self.token.scope), request.user)


class ListView(ApiView):
    """What reads of a list: the list page set up as its own address would, for who may."""

    def page(self, request, name):
        """The page; ends the reading with 404 or 403, the latter with a row in the access log."""
        kind = lists.listed().get(name)
        if kind is None:
            raise Answer(404, _("There is no such list. /api/v1/ names those that there are."))
        if kind.kind not in self.token.scope:
            log.note(request, "refused", kind=kind.kind, outcome="scope")
            raise Answer(403, _("This token does not reach this list. Make one whose scope has it."))
        if not lists.may_read(request.user, kind):
            log.note(request, "refused", kind=kind.kind, outcome="api")
            raise Answer(403, _("You may not read this list by program: your role may not export it, or what it shows is too confidential."))
        request.acting_for = rights_of(request.user).for_whom(kind.capability) if kind.capability != SIGNED_IN else None
        request.resolver_match = resolve(reverse(name))
        page = kind()
        page.setup(request)
        return page

    @staticmethod
    def told(request, page, found):
        """These rows as the answer has them, on record as the export that they are."""
        fields = [column.key for column in page.columns]
        log.note(request, "export", kind=page.kind, fields=fields, outcome="api")
        if page.logs_each:
            log.note_many(request, "export", kind=page.kind, record_ids=[row.pk for row in found], fields=fields)
        return [{"id": row.pk, **{column.key: plain(column.value(row)) for column in page.columns}} for row in found]


class Rows(ListView):
    """The rows of one list, as its export would hold them."""

    def get(self, request, name):
        """One page of rows by key, with the address of the next."""
        page = self.page(request, name)
        limit = limit_of(request)
        field, descending, rows = asked(request, page)
        order = f"{name} {'-' if descending else ''}{field}"
        rows = page.leaving(rows).order_by(*page.order(field, descending))
        found = page.read(beyond(page, rows, field, descending, order)[: limit + 1])
        more, found = len(found) > limit, found[:limit]
        after = encode([value_at(found[-1], field), found[-1].pk, order]) if more else ""
        return {"rows": self.told(request, page, found), "next": next_address(request, after) if more else None}


class Row(ListView):
    """One row of a list by its id."""

    def get(self, request, name, pk):
        """The row; 404 for one that is not there or that this person does not see."""
        page = self.page(request, name)
        found = page.read(page.leaving(page.rows()).filter(pk=pk)[:1])
        if not found:
            raise Answer(404, _("There is no such record in what you may see."))
        return self.told(request, page, found)[0]


def limit_of(request):
    """How many rows are asked for."""
    text = request.GET.get("limit", str(USUAL))
    if not (text.isascii() and text.isdecimal() and len(text) < 4 and 1 <= int(text) <= MOST):
        raise Answer(400, _("limit is a number from 1 to %(most)d.") % {"most": MOST})
    return int(text)


def asked(request, page):
    """(field, descending, rows) as the filters and the order ask; 400 for what the list does not know."""
    form = page.filters(request.GET, viewer=request.user) if page.filters else None
    known = {"after", "limit", "sort", *(form.fields if form else ())}
    if unknown := sorted(set(request.GET) - known):
        raise Answer(400, _("This list has no filter “%(name)s”. It has: %(known)s.") % {"name": unknown[0], "known": ", ".join(sorted(known))})
    sort = request.GET.get("sort", page.default_sort)
    if sort.removeprefix("-") not in {*(column.sort for column in page.columns if column.sort), page.default_sort.lstrip("-")}:
        raise Answer(400, _("This list is not sorted by “%(name)s”.") % {"name": sort})
    if form is not None and not form.is_valid():
        raise Answer(400, next(str(errors[0]) for errors in form.errors.values()), fields=list(form.errors))
    return sort.removeprefix("-"), sort.startswith("-"), form.narrow(page.rows()) if form else page.rows()


def next_address(request, after):
    """The address of what comes after these rows."""
    kept = [(name, value) for name, values in request.GET.lists() if name != "after" for value in values]
    return f"{request.path}?{urlencode([*kept, ('after', after)])}"


def beyond(page, rows, field, descending, order):
    """The rows after the place that `next` named; 400 for one that was altered or belongs to another order."""
    word = page.request.GET.get("after", "")
    if not word:
        return rows
    place = decode(word)
    try:
        if isinstance(place, list) and len(place) == 3 and place[2] == order:
            return rows.filter(page.beyond(field, place[:2], descending))
    except (ValidationError, ValueError, TypeError):
        pass  # a place of before a column changed its kind: told as any other that is none
    raise Answer(400, _("after is not a place in this list. Take it from next, with the same sort."))


def plain(value):
    """A value of a column as JSON has it: times with their offset, days as ISO, figures as figures, all else as text."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def answered(facts, status=200):
    """The answer, readable in every language."""
    return JsonResponse(facts, status=status, json_dumps_params={"ensure_ascii": False})
