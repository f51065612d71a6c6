"""The bases of every page. A page class that declares no capability does not load (GEN-01).

find -> ask -> act -> tell are the steps; a page that does not fit is a plain `Page` with its own get and post.
"""
from contextlib import contextmanager

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views import View

from config.accounts import second_factor
from config.accounts.access import SIGNED_IN, may, rights_of
from config.accounts.actor import Actor
from config.errors import Changed, Refused
from config.privacy import classes, log
from config.web import conflicts, drafts, oneoff, presence, sessions, undo


class Page(View):
    """What every page shares: who may open it, who acts, how a refusal looks.

    `capability` is one capability name or `SIGNED_IN`; `public = True` opens the page to everybody. `edit_capability`
    is asked on POST where reading and changing differ. `open_before_code` and `open_before_password` open a page before the
    second step was shown or the first password changed, `open_when_locked` while the screen is locked. `record_kind` names the kind of
    record that the page shows where it is not the kind's own page: its class says who opens it and how it is printed (GEN-10).
    """

    capability = None
    edit_capability = None
    record_kind = ""
    public = False
    open_before_code = False
    open_before_password = False
    open_when_locked = False

    def __init_subclass__(cls, abstract=False, **kwargs):
        super().__init_subclass__(**kwargs)
        if not (abstract or cls.capability or cls.public):
            raise ImproperlyConfigured(f"{cls.__qualname__} names no capability. Set capability, or public = True.")

    @classmethod
    def as_view(cls, **initkwargs):
        view = super().as_view(**initkwargs)
        view.login_required = False  # this base decides; LoginRequiredMiddleware guards what is no Page
        return view

    @property
    def actor(self):
        """Who acts on this page."""
        return Actor(user=self.request.user)

    def dispatch(self, request, *args, **kwargs):
        """Ask who it is and whether they may, before anything is looked up."""
        if not self.public:
            if not request.user.is_authenticated or self.is_meant_for_another():
                return self.ask_who()
            if not self.open_when_locked and sessions.is_locked(request):
                return self.ask_who(status=423)
            if first := self.what_comes_first(request.user):
                return HttpResponse(status=401) if sessions.by_script(request) else redirect_to_login(request.get_full_path(), first)
            asked = self.edit_capability if request.method == "POST" and self.edit_capability else self.capability
            if asked != SIGNED_IN and not may(request.user, asked):
                log.note(request, "refused", outcome=str(asked))
                if template := rights_of(request.user).instead(asked):
                    return self.show(template, status=403)
                raise PermissionDenied
            request.acting_for = rights_of(request.user).for_whom(asked) if asked != SIGNED_IN else None
            if not classes.opens(request.user, self.kind_shown):
                log.note(request, "refused", kind=self.kind_shown, outcome="class")
                raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        if not self.public and request.method == "GET" and response.status_code == 200 and not hasattr(request, "noted"):
            self.log_look(kwargs.get("pk"))
        return response

    def log_look(self, pk):
        """Leave a row where the class of what was shown asks for one and the page itself left none."""
        if self.kind_shown and classes.is_logged(self.request.user, self.kind_shown):
            log.note(self.request, "view", kind=self.kind_shown, record_id=pk)

    @property
    def kind_shown(self):
        """The kind of record that this page shows, '' where it is none."""
        place = self.request.resolver_match
        return self.record_kind or classes.kind_at(place.url_name if place else "")

    def ask_who(self, status=401):
        """Lead to the log-in, or to the lock (423); what a page asks by script gets the bare status instead, so that the page with its
        half-typed text stays and shows the question over itself."""
        if sessions.by_script(self.request):
            return HttpResponse(status=status)
        path = self.request.get_full_path()
        return redirect_to_login(path) if status == 401 else HttpResponseRedirect(f"{reverse('log_in_again')}?{urlencode({'next': path})}")

    def is_meant_for_another(self):
        """Whether a page that was opened by somebody else sends this: two people share a browser, and the second has logged in."""
        said = self.request.headers.get("X-Person")
        return said is not None and said != str(self.request.user.pk)

    def what_comes_first(self, user):
        """The address that this person has to pass before this page: second step, own password; '' when none stands before it."""
        if not self.open_before_code and second_factor.is_due(user):
            return reverse("second_factor")
        if user.must_change_password and not self.open_before_password:
            return reverse("change_password")
        return ""

    def show(self, template, context=None, status=200):
        """Render `template` for this request."""
        return render(self.request, template, context or {}, status=status)


class Undoable:
    """What a page that acts adds to its act: the record of it, and the Undo button of the message that tells it."""

    undo_tag = ""

    def undo_of(self, target):
        """(kind, id) of the record on which the act can be undone; None where it cannot."""
        return None

    @contextmanager
    def recorded(self, target):
        """Record the act inside, where it can be undone."""
        subject = self.undo_of(target)
        if subject is None:
            yield
            return
        with undo.recorded(self.actor, kind=subject[0], record_id=subject[1], now=timezone.now()) as recording:
            yield
        self.undo_tag = undo.tag(recording)


class FormPage(Undoable, Page, abstract=True):
    """A page that asks and acts: `form` in, `act` called, told what was done, led to the next page.

    `form_kwargs(target)` and `initial(target)` feed the form; `act(target, answers)` calls the service and returns the
    record or None; `next_address(target, result)` says where to go.
    Where `undo_of(target)` names a record, the act can be undone. A creating page sets `once = True`, and its form has to carry a
    one-off key. Typed values stay in the form after every refusal.

    What is typed is kept as a draft and sent by a script that tries again while the line is away, unless `keeps` is False (passwords,
    files). `answers_with_page` says that the answer to the sending is shown and not led on to, such as a password seen once.
    """

    form = None
    template = "parts/form_page.html"
    done = ""
    once = False
    keeps = True
    answers_with_page = False
    sent = None  # the form as it was sent

    def target(self, **key):
        """The record the page is about; creating pages have none."""
        return None

    def form_kwargs(self, target):
        """More arguments for the form, such as the viewer."""
        return {}

    def initial(self, target):
        """What stands in the empty form."""
        return {}

    def act(self, target, answers):
        """Call the service; may raise Refused."""
        raise NotImplementedError

    def next_address(self, target, result):
        """Where to go after the act."""
        raise NotImplementedError

    def context(self, target, form):
        """More for the template."""
        return {}

    @cached_property
    def draft(self):
        """The own draft that the address takes up again (`?draft=…`), or None."""
        wanted = self.request.GET.get("draft", "") if self.keeps and self.request.method == "GET" else ""
        return drafts.find(self.request.user, wanted, self.request.path) if wanted else None

    def get(self, request, **key):
        """Show the form, empty or as a draft left it."""
        target = self.target(**key)
        facts = {"initial": self.initial(target), **self.form_kwargs(target)}
        return self.ask(target, drafts.as_left(self.form(drafts.posted(self.draft), **facts)) if self.draft else self.form(**facts))

    def post(self, request, **key):
        """Check the form, do the act once, and lead on."""
        target, conflict = self.target(**key), ()
        form = self.sent = self.form(request.POST, request.FILES, initial=self.initial(target), **self.form_kwargs(target))
        if form.is_valid():
            try:
                address, fresh = self.perform(target, form)
            except Refused as refusal:
                if isinstance(refusal, Changed) and "version" in form.fields:
                    form, conflict = conflicts.lay_over(self, key, form)
                field = refusal.field if refusal.field in form.fields else None
                form.add_error(field, str(refusal))
            else:
                if fresh and self.done:
                    messages.success(request, self.done, extra_tags=self.undo_tag)
                return self.told(self.lead_on(address))
        return self.ask(target, form, status=422, conflict=conflict)

    def told(self, response):
        """A script that sent the form is told where to lead the person, since it cannot follow without losing what the page says."""
        if self.request.headers.get("X-Requested-With") == "fetch" and response.status_code == 302:
            response.headers["X-Go"] = response.headers["Location"]
            del response.headers["Location"]
            response.status_code = 204
        return response

    def perform(self, target, form):
        """Run the act under the form's one-off key, so that sending it again makes no second one; returns (address, whether it was
        done now). Only a creating page refuses a form without a key."""
        answers = dict(form.cleaned_data)
        key = oneoff.readable(self.request.POST.get("one_off_key", "")) if self.once or self.keeps else None

        def act():
            with self.recorded(target):
                result = self.act(target, dict(answers))
            return self.next_address(target, result)

        if key is not None:
            return oneoff.once(key, self.request.user, act)
        if self.once:
            raise Refused(_stale_form())
        return act(), True

    def lead_on(self, address):
        """Go to the next page; htmx is told to do so as a whole page."""
        return HttpResponseRedirect(address)

    def ask(self, target, form, status=200, conflict=()):
        """Show the form, with a one-off key that survives a refusal, and the drafts that were left at it."""
        posted = self.request.POST.get("one_off_key", "")
        key = posted if oneoff.readable(posted) else self.draft.pk if self.draft else oneoff.new_key()
        user = self.request.user
        keeps = self.keeps and user.is_authenticated
        left = drafts.left_at(user, self.request.path, but=key) if keeps and status == 200 else ()
        return self.show(self.template, {"target": target, "form": form, "one_off_key": key if self.once or keeps else "",
                                         "keeps": keeps, "sends": keeps and not self.answers_with_page, "draft": self.draft,
                                         "left": left, "conflict": conflict, "pristine": status == 200 and not self.draft,
                                         "here": presence.token_of(target, user) if keeps and target is not None else "",
                                         **self.context(target, form)}, status=status)


def _stale_form():
    from django.utils.translation import gettext as _

    return _("This form was opened in an unknown way. Open the page again and send it from there.")


class VerbPage(FormPage, abstract=True):
    """One verb on one record: the form asks what the verb needs, POST does it. A GET only ever shows."""

    def target(self, **key):
        """The record, found through `visible_to`, so that another hall's is a 404."""
        raise NotImplementedError
