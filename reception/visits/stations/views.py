"""Pages by which a hall's manager or the administrator keeps kiosks and displays: the list, keys, what is asked and heard."""
from datetime import timedelta

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from config.accounts.access import may
from config.web import history
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from reception.visits.permissions import Can
from reception.visits.stations import forms, keys, qr, queries, services
from reception.visits.stations.models import KioskNotice, Station

CELLS = "reception/stations/_cell_{}.html"
SILENT_AFTER = timedelta(minutes=5)


def state_of(station, now):
    """(tone, word) of a station: in use, silent, never opened, out of use."""
    if station.revoked_at:
        return "stop", _("out of use")
    if station.seen_at is None:
        return "wait", _("not yet opened")
    return ("soon", _("silent")) if now - station.seen_at > SILENT_AFTER else ("ok", pgettext("screen", "running"))


class StationList(ListPage):
    """The kiosks and displays of the halls in reach, with whether they are alive."""

    capability = Can.STATIONS
    title, kind, default_sort, filters = _("Kiosks and displays"), "station", "hall_id", forms.StationFilters
    template = "reception/stations/list.html"
    empty = _("No kiosk and no display is set up.")
    columns = (
        Column("name", _("Station"), lambda row: row.name, cell=CELLS.format("name")),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column("hall", _("Hall"), lambda row: str(row.hall), sort="hall_id"),
        Column("state", _("State"), lambda row: row.state[1], cell=CELLS.format("state")),
        Column("seen", _("Last sign of life"), lambda row: row.seen_at, cell=CELLS.format("seen")),
        Column("open", _("Address"), lambda row: "", cell=CELLS.format("open")),
    )

    def rows(self):
        """The stations in reach."""
        return Station.objects.visible_to(self.request.user).select_related("hall")

    def cut(self, rows, field, descending):
        """The page, each row with its state, and in a demo with its known address."""
        page, now = super().cut(rows, field, descending), timezone.now()
        shown = {keys.hash_of(key): kind for kind, key in keys.DEMO.items()} if settings.DEMO else {}
        for row in page.rows:
            row.state = state_of(row, now)
            row.address = reverse(row.kind, args=[keys.DEMO[row.kind]]) if row.key_hash in shown and not row.revoked_at else ""
        return page

    def context(self):
        """The ways to a new one and to what each hall asks and says."""
        if not may(self.request.user, Can.STATIONS_EDIT):
            return {}
        halls = queries.halls_kept(self.request.user, Can.STATIONS_EDIT).open_on(timezone.localdate())
        return {"add_url": reverse("new_station"), "add_label": _("New station"), "kept": list(halls),
                "sub_text": _("What stands in a hall without a person at it. Each opens by a key of its own and never with a log-in.")}


def shown_once(page, station, key):
    """The answer that tells a key; nothing keeps it."""
    address = page.request.build_absolute_uri(reverse(station.kind, args=[key]))
    return page.show("reception/stations/key.html", {"station": station, "address": address, "code": qr.drawn(address)})


class NewStation(FormPage):
    """Set up a kiosk or a display; its address is shown once, on the answer itself."""

    capability, form, once, answers_with_page = Can.STATIONS_EDIT, forms.StationForm, True, True
    key, station = "", None

    def form_kwargs(self, target):
        """Only halls one keeps."""
        return {"viewer": self.request.user}

    def initial(self, target):
        """A kiosk, mostly."""
        return {"kind": Station.Kind.KIOSK}

    def act(self, target, answers):
        """Make it."""
        self.station, self.key = services.set_up(self.actor, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The station, for whoever sent the form a second time: there they can make another key."""
        return reverse("station", args=[self.station.pk])

    def lead_on(self, address):
        """Tell the key to whom it was made for."""
        return shown_once(self, self.station, self.key) if self.key else super().lead_on(address)

    def context(self, target, form):
        """The words around the form."""
        return {"heading": _("New station"), "cancel_url": reverse("stations"), "back_label": _("Kiosks and displays"), "submit_label": _("Set up"),
                "sub_text": _("Its address holds a key and is shown once, on the next page. Whoever has it sees what the screen shows.")}


class StationPage(Page):
    """One station: facts, the next acts, its history in words."""

    capability = Can.STATIONS

    def get(self, request, pk):
        """The page."""
        station = get_object_or_404(Station.objects.visible_to(request.user).select_related("hall", "created_by"), pk=pk)
        tab = "history" if request.GET.get("tab") == "history" else "facts"
        tabs = [{"label": _("Facts"), "url": "?", "active": tab == "facts"}, {"label": _("History"), "url": "?tab=history", "active": tab == "history"}]
        acts = []
        if may(request.user, Can.STATIONS_EDIT) and not station.revoked_at:
            acts = [{"label": _("What is asked and heard"), "url": reverse("station_settings", args=[station.hall_id]), "icon": "settings-2"},
                    {"label": _("New key"), "url": reverse("station_key", args=[pk]), "icon": "key-round"},
                    {"label": _("Take out of use"), "url": reverse("revoke_station", args=[pk]), "icon": "power"}]
        tone, word = state_of(station, timezone.now())
        return self.show("reception/stations/detail.html", {
            "station": station, "tab": tab, "tabs": tabs, "acts": acts, "tone": tone, "word": word,
            "entries": history.in_words(station) if tab == "history" else []})


class StationVerb(VerbPage, abstract=True):
    """A verb on one station of the own halls; it asks nothing but the press."""

    capability, form = Can.STATIONS_EDIT, forms.NothingForm
    heading, hint, submit, danger = "", "", "", False

    def target(self, pk):
        """The station, or a 404."""
        return get_object_or_404(Station.objects.visible_to(self.request.user, Can.STATIONS_EDIT).select_related("hall"), pk=pk)

    def next_address(self, target, result):
        """The station's page."""
        return reverse("station", args=[target.pk])

    def context(self, target, form):
        """The words around the button."""
        return {"heading": self.heading % {"name": target.name}, "sub_text": self.hint, "submit_label": self.submit, "danger": self.danger,
                "cancel_url": reverse("station", args=[target.pk]), "back_label": target.name}


class NewKey(StationVerb):
    """Another key for a station whose address got lost or out."""

    heading, submit = _("New key for “%(name)s”"), _("Make a new key")
    hint = _("The present address stops at once; the new one is shown once, on the next page.")
    answers_with_page = True
    station, key = None, ""

    def act(self, target, answers):
        """Make it."""
        self.station, self.key = services.new_key(self.actor, target, now=timezone.now())

    def lead_on(self, address):
        """Tell it; whoever sent the form a second time is led to the station."""
        return shown_once(self, self.station, self.key) if self.key else super().lead_on(address)


class Revoke(StationVerb):
    """Take a station out of use."""

    heading, submit, danger = _("Take “%(name)s” out of use"), _("Take out of use"), True
    hint = _("Its address stops at once and for good.")
    done = _("The station is out of use.")

    def act(self, target, answers):
        """End it."""
        services.revoke(self.actor, target, now=timezone.now())


class Settings(FormPage):
    """What the kiosk of a hall asks, how its display looks and speaks, and the notice in its versions."""

    capability, form, template = Can.STATIONS_EDIT, forms.SettingsForm, "reception/stations/settings.html"
    done = _("Saved. Screens that are open follow within a minute.")

    def target(self, pk):
        """The hall, or a 404."""
        return get_object_or_404(queries.halls_kept(self.request.user, Can.STATIONS_EDIT), pk=pk)

    def initial(self, hall):
        """What holds now."""
        kept, newest = queries.settings_of(hall), KioskNotice.objects.filter(hall=hall).first()
        text = newest.text if newest else {}
        return {name: getattr(kept, name) for name in (*services.SETTINGS, "version")} | {
            f"notice_{code.replace('-', '_')}": text.get(code, "") for code in ("en", "zh-hans", "zh-hant")}

    def act(self, hall, answers):
        """Save it."""
        services.change_settings(self.actor, hall, now=timezone.now(), **answers | {"version": answers["version"] or 0})

    def next_address(self, hall, result):
        """Here, where one sees it."""
        return reverse("station_settings", args=[hall.pk])

    def context(self, hall, form):
        """The words around the form, the text that stands in for none, and what was told before."""
        kept = queries.settings_of(hall)
        return {"heading": _("What is asked and heard"), "sub_text": hall, "cancel_url": reverse("stations"), "back_label": _("Kiosks and displays"),
                "house_notice": queries.house_notice(hall, timezone.now()), "notices": list(KioskNotice.objects.filter(hall=hall).select_related("written_by")),
                "entries": history.in_words(kept, limit=8) if kept.pk else []}
