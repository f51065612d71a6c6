"""The screens without a log-in: kiosk, check-in with the own phone, waiting page, wall display. Each opens by a key in its address."""
from zoneinfo import ZoneInfo

from django.conf import settings as house
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from config.accounts import throttle
from config.errors import Refused
from config.privacy import log
from config.web import errors, oneoff
from config.web.limits import used_up
from config.web.pages import Page
from reception.visits.stations import forms, keys, qr, queries, rules, services
from reception.visits.stations.models import Station
from staff.regulation import values

TICKETS, LOOKUPS, WRONG_KEYS = (20, 60), (30, 600), (30, 600)  # (acts, seconds): tickets and numbers looked up a station, wrong keys an address
DONE_SECONDS = 25  # how long the ticket stays on the kiosk's screen
LANGUAGES = dict(house.LANGUAGES)


class Screen(Page, abstract=True):
    """What all of them share: nothing is stored by the browser, wrong keys are counted, an unknown one gets a plain word."""

    public = True
    what = ""

    def dispatch(self, request, *args, **kwargs):
        """Answer in the hall's own time; forget the answer."""
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def unknown(self):
        """An address that is not in use (any more) says so, and after many of them from one place nothing at all."""
        limit, seconds = WRONG_KEYS
        if used_up("station-key", throttle.network_key(self.request.META.get("REMOTE_ADDR", "")), limit=limit, seconds=seconds):
            return errors.too_many(self.request, seconds=seconds)
        return self.show("reception/stations/unknown.html", {"what": self.what}, status=404)

    def render(self, hall, language, template, context, status=200):
        """A page in the language and the zone of a hall; '' leaves the language to the visitor's browser."""
        with translation.override(language or translation.get_language()), timezone.override(ZoneInfo(hall.timezone)):
            response = self.show(template, context() if callable(context) else context, status=status)
            response.headers["Content-Language"] = translation.get_language()
        return response


class Seen(Screen):
    """The sign of life of a station's screen; a POST, since reading changes nothing."""

    kind = ""
    http_method_names = ["post"]

    def post(self, request, key):
        """Note it."""
        station = queries.running(self.kind, key)
        if station is None:
            return self.unknown()
        services.seen(station, now=timezone.now())
        return HttpResponse()


class KioskSeen(Seen):
    """A kiosk is alive."""

    kind = Station.Kind.KIOSK


class DisplaySeen(Seen):
    """A display is alive."""

    kind = Station.Kind.DISPLAY


class Display(Screen):
    """The wall: who is called where, who waits, how old the picture is. Numbers only."""

    what = "display"

    def get(self, request, key):
        """The whole page, or the part that refreshes."""
        station = queries.running(Station.Kind.DISPLAY, key)
        if station is None:
            return self.unknown()
        settings = queries.settings_of(station.hall)
        name = "_wall" if request.GET.get("part") else "wall"
        return self.render(station.hall, settings.language, f"reception/stations/{name}.html",
                           lambda: {"key": key, **queries.wall(station.hall, settings, timezone.now())})


class Waiting(Screen):
    """The page a visitor carries away: people ahead, the estimated wait and how it is reckoned, the call. Good on the visit's day."""

    what = "wait"

    def get(self, request, key):
        """The page, or the part that refreshes."""
        visit, now = queries.waiting_visit(key), timezone.now()
        if visit is None:
            return self.unknown()
        name = "_wait" if request.GET.get("part") else "wait"
        return self.render(visit.hall, "", f"reception/stations/{name}.html", lambda: {"key": key, **self.told(visit, now)})

    @staticmethod
    def told(visit, now):
        """What the visitor reads; of another day only that it is over."""
        hall = visit.hall
        if hall.day_of(visit.arrived_at) != hall.day_of(now):
            return {"hall": hall, "legs": [], "over": True}
        legs = queries.standing(visit, now)
        for leg in legs:
            leg.words, leg.figure = rules.apart(str(leg.post)) if leg.post else ("", "")
            leg.rejoin_until = queries.rejoin_until(leg) if leg.state == leg.State.NO_SHOW else None
        return {"hall": hall, "legs": legs, "over": False, "opening": queries.opening(hall, now), "now": now}


class Flow(Screen, abstract=True):
    """What a visitor is asked: what for, then what the hall asks, then "is this you?" where a number is known; then the ticket.

    Nothing is kept between the steps but in the page itself: no session, no cookie of who it was. `start` is the template of the
    first step, `page` the one around all steps.
    """

    start_template = "reception/stations/_choose.html"
    page = ""
    own_phone = False

    def get(self, request, key):
        """The first step."""
        return self.prepare(key) or self.in_place(self.begin)

    def post(self, request, key):
        """One step further, or the same one in another language."""
        if stop := self.prepare(key):
            return stop
        return self.in_place({"choose": self.chosen, "ask": self.asked, "known": self.asked}.get(request.POST.get("step"), self.begin))

    def in_place(self, step):
        """Do a step in the visitor's language and the hall's time; what is refused is told above the first one."""
        with translation.override(self.language), timezone.override(ZoneInfo(self.hall.timezone)):
            try:
                response = step()
            except Refused as refusal:
                response = self.begin(problem=str(refusal), status=422)
            response.headers["Content-Language"] = translation.get_language()
        return response

    def open(self, station, language):
        """Remember where it is and in which language."""
        self.station, self.hall, self.settings = station, station.hall, queries.settings_of(station.hall)
        self.language = language if language in LANGUAGES else self.settings.language
        self.now = timezone.now()

    def step(self, template, context, status=200):
        """One step, alone for the script of the page or in the whole page."""
        notice = queries.notice_of(self.hall, self.now)
        whole = {"hall": self.hall, "settings": self.settings, "language": self.language, "languages": self.languages(), "notice": notice,
                 "part": template, "opening": queries.opening(self.hall, self.now), "now": self.now, **self.around(), **context}
        return self.show("reception/stations/_step.html" if "HX-Request" in self.request.headers else self.page, whole, status=status)

    def languages(self):
        """(code, the language's own name, whether it is spoken now)."""
        return [(code, name, code == self.language) for code, name in (("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English"))]

    def around(self):
        """More for the page around the steps."""
        return {}

    def begin(self, problem="", status=200):
        """The first step: what for."""
        return self.step(self.start_template, {"choices": queries.choices(self.hall), "problem": problem}, status)

    def choice(self):
        """What was chosen; a sentence when it is not offered (any more)."""
        wanted = self.request.POST.get("choice", "")
        found = next((choice for choice in queries.choices(self.hall) if choice.key == wanted), None)
        if found is None and not self.request.POST.get("switch"):
            raise Refused(_("This is not offered here. Choose one of the others."))
        return found

    def chosen(self):
        """From what for to the questions, or straight to the ticket where the hall asks none."""
        choice = self.choice()
        if choice is None:
            return self.begin()
        if not self.settings.asked:
            return self.ticket(choice, {}, oneoff.readable(self.request.POST.get("one_off_key", "")))
        return self.ask(choice, forms.VisitorForm(settings=self.settings))

    def ask(self, choice, form, status=200):
        """The questions."""
        kept = self.request.POST.get("one_off_key", "") if self.request.POST.get("step") != "choose" else ""
        form.quiet_optional = False
        return self.step("reception/stations/_ask.html", {"choice": choice, "form": form, "one_off_key": kept or oneoff.new_key()}, status)

    def asked(self):
        """From the questions to the ticket, by way of "is this you?" where the number is known here."""
        choice = self.choice()
        posted = self.request.POST
        if posted.get("switch") or choice is None:
            return self.ask(choice, forms.VisitorForm(settings=self.settings, initial=posted.dict())) if choice else self.begin()
        form = forms.VisitorForm(posted, settings=self.settings)
        if not form.is_valid():
            return self.ask(choice, form, 422)
        found = self.known(form.facts["phones"])
        if found and posted.get("step") != "known":
            return self.is_this_you(choice, form, found)
        who = posted.get("who", "")
        customer = next((one for place, one in enumerate(found, 1) if str(place) == who), None)
        answers = form.facts | {"customer": customer, "stranger": bool(found) and not customer}
        return self.ticket(choice, answers, oneoff.readable(posted.get("one_off_key", "")))

    def known(self, phones):
        """The files with the typed number; nobody's once too many numbers were looked up here, so that none can be tried out."""
        if not phones:
            return []
        limit, seconds = LOOKUPS
        if self.request.POST.get("step") != "known" and used_up("kiosk-lookup", self.station.pk, limit=limit, seconds=seconds):
            return []
        return queries.known_by(phones, self.hall)

    def is_this_you(self, choice, form, found):
        """Show whom the number belongs to, so far hidden that only the bearer knows themselves; on record."""
        log.note_many(self.request, "view", kind="customer", record_ids=[one.pk for one in found], fields=["name, hidden"])
        people = [{"key": place, "name": rules.hidden(one.name or one.company)} for place, one in enumerate(found, 1)]
        answers = {name: value for name, value in form.data.items() if name in form.fields}
        return self.step("reception/stations/_known.html", {
            "choice": choice, "people": people, "answers": answers, "one_off_key": self.request.POST.get("one_off_key", "")})

    def ticket(self, choice, answers, key):
        """Log the visit once, however often it is sent, and show its ticket."""
        if key is None:
            raise Refused(_("This page was opened in an unknown way. Begin again."))
        notice = queries.notice_of(self.hall, self.now)
        limit, seconds = TICKETS

        def arrive():
            if used_up("kiosk-ticket", self.station.pk, limit=limit, seconds=seconds):  # what is sent again takes no ticket
                raise Refused(_("Many tickets were taken in the last minute. Wait a moment, or go to the reception desk."))
            visit = services.arrive(self.station, choice, own_phone=self.own_phone, notice=notice.number, now=self.now, **answers)
            return reverse("wait", args=[keys.wait_key(visit.public_code)])

        address, _fresh = oneoff.once(key, None, arrive)
        return self.show_ticket(address)

    def show_ticket(self, address):
        """The ticket of the visit whose waiting page stands at `address`."""
        raise NotImplementedError


class Kiosk(Flow):
    """The kiosk of a hall: large, without a log-in, forgetful."""

    what, page = "kiosk", "reception/stations/kiosk.html"

    def prepare(self, key):
        """Find the station; a device on which somebody is logged in is no kiosk until they have left."""
        station = queries.running(Station.Kind.KIOSK, key)
        if station is None:
            return self.unknown()
        posted = self.request.POST
        self.open(station, posted.get("switch") or posted.get("language", ""))
        self.key = key
        if self.request.user.is_authenticated:
            if posted.get("step") == "sign_out":
                logout(self.request)
                return HttpResponseRedirect(self.request.path)
            return self.show("reception/stations/signed_in.html", {"station": station, "settings": self.settings}, status=409)
        return None

    def around(self):
        """The address it goes back to, after how long, and the code for the own phone."""
        check_in = self.request.build_absolute_uri(reverse("checkin", args=[keys.check_in_key(self.station.pk, self.now)]))
        return {"key": self.key, "idle": values.value("kiosk_idle_reset_seconds", self.hall.day_of(self.now), self.hall), "code": qr.drawn(check_in),
                "one_off_key": oneoff.new_key(), "minutes": keys.CHECK_IN_MINUTES}

    def show_ticket(self, address):
        """The number, its place, the code of the waiting page, and the slip for the printer."""
        visit = queries.waiting_visit(address.strip("/").rpartition("/")[2])
        return self.step("reception/stations/_ticket.html", {
            "visit": visit, "leg": queries.standing(visit, self.now)[0], "wait_code": qr.drawn(self.request.build_absolute_uri(address)),
            "done_seconds": DONE_SECONDS, "company": values.value("organization_name", self.hall.day_of(self.now), self.hall)})


class CheckIn(Flow):
    """The same questions on the visitor's own phone, from the code on the kiosk's screen; good for some minutes."""

    what, page, own_phone = "checkin", "reception/stations/checkin.html", True

    def prepare(self, key):
        """Find the kiosk the code came from."""
        pk, run_out = keys.station_of(key, timezone.now())
        station = pk and Station.objects.select_related("hall").filter(pk=pk, kind=Station.Kind.KIOSK, revoked_at=None).first()
        if not station:
            return self.unknown()
        if run_out:
            return self.show("reception/stations/run_out.html", {"hall": station.hall}, status=410)
        posted = self.request.POST
        self.open(station, posted.get("switch") or posted.get("language") or (translation.get_language() or "").lower())
        self.key = key
        return None

    def around(self):
        """What the first step sends along."""
        return {"key": self.key, "one_off_key": oneoff.new_key()}

    def show_ticket(self, address):
        """On to the waiting page, which stays on the phone."""
        return HttpResponseRedirect(address)
