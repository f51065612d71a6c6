"""The lock of the screen, and the log-in over a page that stays as it is (RELIABILITY 7.3, UX 15)."""
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp import login as remember_device

from config.accounts import login, second_factor, throttle
from config.accounts.access import SIGNED_IN
from config.errors import Refused
from config.privacy import log
from config.web import sessions
from config.web.account_forms import CodeForm, LogInForm, NothingToAsk, UnlockForm
from config.web.accounts import ThrottledPage, private_posts
from config.web.pages import Page
from config.web.redirects import safe_next


class Lock(Page):
    """Lock the screen: from now on this session opens nothing until the password was given."""

    capability = SIGNED_IN
    open_when_locked = open_before_code = open_before_password = True
    http_method_names = ["post"]

    def post(self, request):
        """A script lays the question over its page; without one the question is a page."""
        sessions.lock(request)
        if sessions.by_script(request):
            return HttpResponse(status=204)
        return HttpResponseRedirect(f"{reverse('log_in_again')}?next={safe_next(request, default='/')}")


@private_posts
class LogInAgain(ThrottledPage):
    """Who are you, asked over a page that stays: the password of a locked screen, name and password after the session ended, the code
    of the second step. Once all is answered, a script gets 204 with the person and a fresh form token."""

    public = True
    keeps = False
    template = "accounts/log_in_again.html"

    @property
    def asked(self):
        """What is still to be answered: 'log_in', 'unlock', 'code', an address to go to first, or '' for nothing."""
        user = self.request.user
        if not user.is_authenticated:
            return "log_in"
        if sessions.is_locked(self.request):
            return "unlock"
        first = self.what_comes_first(user)
        return "code" if first == reverse("second_factor") and second_factor.has_one(user) else first

    def form(self, data=None, *_files, **_facts):
        """The form of what is asked now."""
        return {"log_in": LogInForm, "unlock": UnlockForm, "code": CodeForm}.get(self.asked, NothingToAsk)(data)

    def get(self, request, **key):
        """The question; whoever owes nothing goes on."""
        asked = self.asked
        if not asked:
            return self.go_on()
        if asked == "log_in" and not sessions.by_script(request):
            return HttpResponseRedirect(f"{reverse('login')}?{request.META['QUERY_STRING']}")
        return self.ask(None, self.form())

    def post(self, request, **key):
        """Check the answer; ask on where another one is due."""
        answer = super().post(request, **key)
        if answer.status_code != 302:
            return answer
        return self.ask(None, self.form()) if self.asked else self.go_on()

    def let_in(self, answers):
        """Check the answer that is due."""
        asked = self.asked
        if asked == "log_in":
            sessions.enter(self.request, self.checked(answers["username"], answers["password"]))
        elif asked == "unlock":
            self.checked(self.request.user.username, answers["password"])
            sessions.unlock(self.request)
        elif asked == "code":
            try:
                device = second_factor.verify(self.request.user, answers["code"], address=self.address, now=timezone.now())
            except Refused:
                log.note(self.request, "refused", kind="account", record_id=self.request.user.pk, outcome="code")
                raise
            remember_device(self.request, device)
            self.request.session.cycle_key()
            log.note(self.request, "login", outcome="code")
        return safe_next(self.request)

    def checked(self, name, password):
        """The account of this name and password; wrong tries are counted and noted as at the log-in."""
        try:
            return login.check(name, password, address=self.address, log_key=log.address_key(self.address), now=timezone.now())
        except throttle.Wait:
            raise
        except Refused:
            log.note(self.request, "refused", kind="account", outcome="password")
            if self.request.user.is_authenticated:
                raise Refused(_("This is not the password of %(name)s. Enter it again.") % {"name": self.request.user}, field="password") from None
            raise

    def go_on(self):
        """Nothing is owed: the script learns who it is and gets a token that is good, a person is led on."""
        if not sessions.by_script(self.request):
            return HttpResponseRedirect(safe_next(self.request))
        return HttpResponse(status=204, headers={"X-Person": str(self.request.user.pk), "X-Token": get_token(self.request)})

    def context(self, target, form):
        """What is asked and of whom."""
        asked = self.asked
        return {**super().context(target, form), "asked": asked, "first": asked if asked.startswith("/") else "",
                "bare": sessions.by_script(self.request)}
