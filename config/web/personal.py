"""The pages that belong to one person: my day, how the pages look, help."""
from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.accounts import second_factor
from config.accounts.access import SIGNED_IN, may
from config.contributions.figures import INDICATORS
from config.contributions.panels import panels_of
from config.jobs.models import Job
from config.web import drafts, sessions
from config.web.context import Chapters, current_hall, keep_zone, key_list, keys_of, text_size
from config.web.forms import HallkeeperForm
from config.web.pages import FormPage, Page
from config.web.redirects import safe_next

THEMES = {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")}
TEXT_SIZES = {"normal": pgettext_lazy("text size", "Normal"), "large": pgettext_lazy("text size", "Large")}
YEAR = 365 * 24 * 60 * 60
JOBS_SHOWN_FOR = timedelta(days=1)
HELP = {  # the sections of the help page, each shown to who has the right it speaks of
    "visits": "visits.edit", "board": "visits.read", "imports": "visits.edit", "customers": "customers.read", "present": "presence.read",
    "analysis": "traffic.read", "stations": "stations.edit", "indicators": "goals.read", "controls": "conformity.read", "duties": "roster.read",
    "cleaning": "cleaning.edit", "calls": "followups.edit", "organisation": "organisation.read", "appraisals": "own_appraisal.read",
    "regulation": "regulation.read", "archive": "archive.read", "notices": "notices.read", "writes_notices": "notices.edit", "requests": "teamwork.edit",
    "improvement": "improvement.edit", "plans": "goals.read", "suggests": "market.edit", "info_board": "board.read", "consents": "consent.edit",
    "data": "customer_export.approve", "accounts": "accounts.edit", "releases": "attendance.approve", "audits": "accounts.read", "promises": "promises.read",
    "complaints": "complaint_register.read", "incidents": "incidents.edit", "programs": "notices.read",
    "conformity": "clause_evidence.read",
}


class MyDay(Page):
    """The start page of every role (GEN-06): what the rooms bring for today, and the person's own long work."""

    capability = SIGNED_IN

    def get(self, request):
        """The day, with the boxes of the rooms in their order."""
        now = timezone.now()
        panels = panels_of("my_day", None, request.user)
        jobs = Job.objects.filter(user=request.user, created_at__gte=now - JOBS_SHOWN_FOR).exclude(work="bulk", state=Job.State.DONE).order_by("-pk")[:5]
        return self.show("personal/my_day.html", {
            "now": now, "hall": current_hall(request), "jobs": jobs,
            "drafts": drafts.of(request.user)[:5] if request.session.get(sessions.UNFINISHED) else (),
            "late": sum(panel.get("late_count", 0) for panel in panels),
            "panels": [panel for panel in panels if not panel.get("aside")], "beside": [panel for panel in panels if panel.get("aside")]})


class Side(Page):
    """The side column and what the bar tells as they are now, for a page that stays open: a desk is loaded once a shift, and what is due
    changes meanwhile (GEN-06)."""

    capability = SIGNED_IN

    def get(self, request):
        """The chapters with their counts; `at` is where the page stands, so that its entry stays lit."""
        side = Chapters(request.user, current_hall(request), request.GET.get("at", ""))
        return self.show("shell/_side_now.html", {"shell": {"chapters": side.shown(), "bar": panels_of("bar", None, request.user)}})


class Choice(Page, abstract=True):
    """A small switch in the shell: one POST, then back to where the person was."""

    capability = SIGNED_IN
    http_method_names = ["post"]

    def post(self, request):
        """Take the choice and go back; an unknown one changes nothing."""
        response = HttpResponseRedirect(safe_next(request))
        self.choose(request, response)
        return response


class ChooseLanguage(Choice):
    """The language, kept in a cookie for signed-out pages and with the account of who is signed in (GEN-18)."""

    public = True

    def choose(self, request, response):
        """Take the language if it is one of the house's."""
        language = request.POST.get("language", "")
        if language not in dict(settings.LANGUAGES):
            return
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=settings.LANGUAGE_COOKIE_AGE, path="/",
                            secure=settings.HTTPS, httponly=True, samesite="Lax")
        if request.user.is_authenticated:
            sessions.remember(request, language=language)


class ChooseHall(Choice):
    """The hall to work in, among the person's own."""

    def choose(self, request, response):
        """Take the hall; one that is not the person's does not exist for them."""
        wanted = request.POST.get("hall", "")
        hall = next((one for one in import_string(settings.HALLS_OF)(request.user) if str(one["id"]) == wanted), None)
        if hall is None:
            raise Http404
        sessions.remember(request, hall_id=hall["id"])
        keep_zone(request, hall)


class ChooseTheme(Choice):
    """Light, dark, or as the system has it."""

    def choose(self, request, response):
        """Take the theme; the cookie keeps it for the log-in page."""
        theme = request.POST.get("theme", "")
        if theme in THEMES:
            sessions.remember(request, theme=theme)
            response.set_cookie("theme", theme, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax")


class ChooseTextSize(Choice):
    """Normal or large text, on every page: also for a visitor without a log-in, whose browser keeps it (elder mode)."""

    public = True

    def choose(self, request, response):
        """Take the size; the account keeps it for who is signed in."""
        size = request.POST.get("text_size", "")
        if size not in TEXT_SIZES:
            return
        response.set_cookie("text_size", size, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax")
        if request.user.is_authenticated:
            sessions.remember(request, text_size=size)


class SwitchKeys(Choice):
    """Single keys on or off (WCAG 2.1.4)."""

    def choose(self, request, response):
        """Take the switch."""
        if request.POST.get("keys") in {"on", "off"}:
            sessions.remember(request, keys_on=request.POST["keys"] == "on")


class SettingsForm(HallkeeperForm):
    """How the pages look for one person."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    theme = forms.ChoiceField(label=_("Light and dark"), choices=list(THEMES.items()), widget=forms.RadioSelect)
    text_size = forms.ChoiceField(label=_("Text size"), choices=list(TEXT_SIZES.items()), widget=forms.RadioSelect,
                                  help_text=_("Large: text, buttons and fields are a quarter bigger."))
    keys_on = forms.BooleanField(label=_("Single keys, such as N for a new visit"), required=False,
                                 help_text=_("They rest while you type. Switch them off if you dictate or use a screen reader."))


class Settings(FormPage):
    """Language, light and dark, text size, single keys, and the way to password and second step."""

    capability = SIGNED_IN
    keeps = False
    form = SettingsForm
    template = "personal/settings.html"
    done = _("Settings saved.")

    def initial(self, target):
        """As it is now."""
        session = self.request.session
        return {"language": translation.get_language(), "theme": session.get("theme", "system"), "text_size": text_size(self.request),
                "keys_on": session.get("keys_on", True)}

    def act(self, target, answers):
        """Keep all of them."""
        sessions.remember(self.request, **answers)

    def next_address(self, target, result):
        """The same page, in the language just chosen."""
        return reverse("my_settings")

    def lead_on(self, address):
        """Keep the language for signed-out pages too."""
        response = super().lead_on(address)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, self.request.session["language"], max_age=settings.LANGUAGE_COOKIE_AGE, path="/",
                            secure=settings.HTTPS, httponly=True, samesite="Lax")
        return response

    def context(self, target, form):
        """The state of the second step, for whom it is asked of."""
        user = self.request.user
        asked = settings.SECOND_FACTOR and second_factor.is_privileged(user)
        return {"second_step": asked, "codes_left": second_factor.codes_left(user) if asked else 0, "panels": panels_of("my_settings", None, user)}


class Help(Page):
    """How the house works, by what this person may do, with the keys and the definition of each figure."""

    capability = SIGNED_IN

    def get(self, request):
        """The sections for this person's rights."""
        user = request.user
        return self.show("personal/help.html", {
            "keys": key_list(keys_of(user)), "figures": INDICATORS.all(), **{section: may(user, capability) for section, capability in HELP.items()}})
