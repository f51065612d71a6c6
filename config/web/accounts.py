"""Log-in, second step, password, and the release of locked names (GEN-01; RELIABILITY 6.1 to 6.3, S1 to S4)."""
import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login as remember_device

from config.accounts import login, second_factor, services, throttle
from config.accounts.access import SIGNED_IN
from config.accounts.models import User, accounts_within
from config.contributions.navigation import ENTRIES
from config.errors import Refused
from config.privacy import log
from config.web import sessions
from config.web.account_forms import CodeForm, LogInForm, NothingToAsk, PasswordForm
from config.web.pages import FormPage, Page
from config.web.redirects import safe_next

private_posts = method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
DEMO_ROLES = ("reception", "sales", "agent", "telesales", "designer", "technician", "logistics", "supervisor", "manager", "department",
              "orders", "research", "hr", "general", "admin", "trainer", "auditor", "trainee")


class ThrottledPage(FormPage, abstract=True):
    """A form that may be tried only so often: too many tries are answered 429 with a sentence and the time to wait."""

    keeps = False

    def post(self, request, **key):
        """Check the form; a wait is said above it."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.ask(None, form, status=422)
        try:
            return HttpResponseRedirect(self.let_in(form.cleaned_data))
        except throttle.Wait as wait:
            form.add_error(None, str(wait))
            response = self.ask(None, form, status=429)
            response.headers["Retry-After"] = str(wait.seconds)
            return response
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.ask(None, form, status=422)

    @property
    def address(self):
        """Where the try comes from."""
        return self.request.META.get("REMOTE_ADDR", "")

    def context(self, target, form):
        """The page to go on to."""
        return {"next": safe_next(self.request, default="")}


@private_posts
class LogIn(ThrottledPage):
    """Name and password; every refusal reads the same."""

    public = True
    form = LogInForm
    template = "accounts/login.html"

    def get(self, request, **key):
        """The form, or straight on for who is signed in."""
        return HttpResponseRedirect(safe_next(request)) if request.user.is_authenticated else super().get(request, **key)

    def let_in(self, answers):
        """Check, enter, lead on; a refusal is noted without the typed name."""
        log_key = log.address_key(self.address)
        try:
            user = login.check(answers["username"], answers["password"], address=self.address, log_key=log_key, now=timezone.now())
        except throttle.Wait:
            raise
        except Refused:
            log.note(self.request, "refused", kind="account", outcome="password")
            raise
        sessions.enter(self.request, user)
        return safe_next(self.request)

    def context(self, target, form):
        """The demo names its people on its log-in page."""
        roles = [{"name": role, "label": import_string(settings.ROLE_NAMES)[role]} for role in DEMO_ROLES] if settings.DEMO else []
        return {**super().context(target, form), "demo_roles": roles}


class LogOut(Page):
    """The way out: the session ends here and the browser forgets what it kept."""

    public = True
    http_method_names = ["post"]

    def post(self, request):
        """End the session; a second window that was signed out before is simply led on."""
        sessions.leave(request)
        response = HttpResponseRedirect(reverse("login"))
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


@private_posts
class SecondFactor(ThrottledPage):
    """The second step of privileged people."""

    capability = SIGNED_IN
    open_before_code = open_before_password = True
    form = CodeForm
    template = "accounts/second_factor.html"

    def dispatch(self, request, *args, **kwargs):
        """Only for who owes a code; without an app yet, the way leads to setting one up."""
        if request.user.is_authenticated:
            if not second_factor.is_due(request.user):
                return HttpResponseRedirect(safe_next(request))
            if not second_factor.has_one(request.user):
                return HttpResponseRedirect(f"{reverse('set_up_second_factor')}?{request.META['QUERY_STRING']}")
        return super().dispatch(request, *args, **kwargs)

    def let_in(self, answers):
        """Check the code and remember it for this session."""
        try:
            device = second_factor.verify(self.request.user, answers["code"], address=self.address, now=timezone.now())
        except Refused:
            log.note(self.request, "refused", kind="account", record_id=self.request.user.pk, outcome="code")
            raise
        remember_device(self.request, device)
        self.request.session.cycle_key()
        log.note(self.request, "login", outcome="code")
        return safe_next(self.request)


@private_posts
class SetUpSecondFactor(FormPage):
    """Shows the picture for the app, asks one code of it, then shows the recovery codes once."""

    capability = SIGNED_IN
    open_before_code = open_before_password = True
    keeps = False
    form = CodeForm
    template = "accounts/set_up_second_factor.html"

    def dispatch(self, request, *args, **kwargs):
        """For privileged people alone; who has an app shows its code before setting up another."""
        user = request.user
        if user.is_authenticated:
            if not (settings.SECOND_FACTOR and second_factor.is_privileged(user)):
                return HttpResponseRedirect(safe_next(request))
            if not user.is_verified() and second_factor.has_one(user):
                return HttpResponseRedirect(f"{reverse('second_factor')}?{request.META['QUERY_STRING']}")
        return super().dispatch(request, *args, **kwargs)

    @property
    def secret(self):
        """The secret on offer; it waits in the session until a code of it was shown."""
        if "otp_secret" not in self.request.session:
            self.request.session["otp_secret"] = second_factor.new_secret()
        return self.request.session["otp_secret"]

    def post(self, request, **key):
        """Take the app in and show the recovery codes, this once."""
        form = self.form(request.POST)
        if form.is_valid():
            try:
                device, codes = second_factor.set_up(request.user, self.secret, form.cleaned_data["code"])
            except Refused as refusal:
                form.add_error("code", str(refusal))
            else:
                del request.session["otp_secret"]
                remember_device(request, device)
                request.session.cycle_key()
                log.note(request, "login", outcome="second step set up")
                return self.show("accounts/recovery_codes.html", {"codes": codes, "next": safe_next(request)})
        return self.ask(None, form, status=422)

    def context(self, target, form):
        """The picture, and the same secret to type."""
        address = second_factor.app_address(self.request.user, self.secret)
        picture = segno.make(address, error="m").svg_data_uri(scale=5, border=2, dark="#000", light="#fff")
        return {"picture": picture, "secret": second_factor.readable(self.secret), "next": safe_next(self.request, default="")}


@private_posts
class ChangePassword(FormPage):
    """The own password; after it every other session of the account is over."""

    capability = SIGNED_IN
    open_before_password = True
    keeps = False
    form = PasswordForm
    template = "accounts/change_password.html"
    done = gettext_lazy("Password changed. Other sessions of your account have ended.")

    def act(self, target, answers):
        """Check and change; wrong present passwords are counted like wrong log-ins."""
        user, address, now = self.request.user, self.request.META.get("REMOTE_ADDR", ""), timezone.now()
        name = f"password:{user.pk}"
        if not throttle.take(name, address, known=False, now=now):
            raise Refused(_("This came too soon after a wrong try. Wait two seconds and send it again."))
        try:
            changed = services.change_password(self.actor, user, current=answers["current"], new=answers["new"])
        except Refused as refusal:
            if refusal.field != "current":  # the present one was right, so nobody is guessing
                throttle.forget(name, address, known=False)
            raise
        throttle.forget(name, address, known=False)
        return changed

    def next_address(self, target, result):
        """On to where the person was going, in a session that goes on under a new key."""
        self.request.session.cycle_key()
        self.request.session["_auth_user_hash"] = result.get_session_auth_hash()
        return safe_next(self.request)

    def context(self, target, form):
        """Whether it is the first password that has to go."""
        return {"first": self.request.user.must_change_password, "next": safe_next(self.request, default="")}


class LockedNames(Page):
    """Who of the own people is locked out now, with a button that lets them try again (RELIABILITY 6.1.1)."""

    capability = "accounts.edit"

    def people(self):
        """The accounts within reach, without the own."""
        within = User.objects.filter(is_active=True, pk__in=accounts_within(self.request.user, self.capability))
        return within.exclude(pk=self.request.user.pk).order_by("display_name", "pk")

    def get(self, request):
        """The list; names are matched through their digests."""
        people = {user.username: user for user in self.people()}
        locked = throttle.locked_among(people, now=timezone.now())
        rows = [{"user": people[name], "since": since, "until": since + throttle.WINDOW} for name, since in locked.items()]
        return self.show("house/locked_names.html", {"rows": rows, "entry": ENTRIES.get("locked")})

    def post(self, request):
        """Release one of them."""
        form = NothingToAsk(request.POST)
        wanted = request.POST.get("user", "")
        user = self.people().filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 15 and form.is_valid() else None
        if user is None:
            messages.error(request, _("This person is not among your people. Open the list again."))
        else:
            try:
                services.release(self.actor, user, now=timezone.now())
            except Refused as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("%(name)s can log in again.") % {"name": user})
        return HttpResponseRedirect(request.path)


class TeamLockedNames(LockedNames):
    """The same list for the superiors of a team or hall, who decide over the attendance of their people."""

    capability = "attendance.approve"
