"""What the shell needs on every page: chapters with their entries and counts, halls, language, theme."""
from django.conf import settings
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from config.accounts.access import SIGNED_IN, may, rights_of
from config.contributions.navigation import ENTRIES, KEYS
from config.contributions.panels import panels_of
from config.web import addresses
from config.web.drafts import vault_secret

CHAPTERS = (  # key, number in the regulation, label
    ("home", "", gettext_noop("My day")),
    ("reception", "3", gettext_noop("Reception")),
    ("complaints", "4", gettext_noop("Complaints")),
    ("facilities", "5", gettext_noop("Facilities")),
    ("staff", "6", gettext_noop("Staff")),
    ("performance", "7", gettext_noop("Performance")),
    ("house", "", gettext_noop("House")),
)
GROUPS = {  # the captions within a chapter, in their order
    "": "", "front": gettext_noop("At the desk"), "visits": gettext_noop("Visits and figures"), "customers": gettext_noop("Customers"),
    "setup": gettext_noop("Set up"), "people": gettext_noop("People and places"), "duty": gettext_noop("On duty"), "together": gettext_noop("Together"),
    "rules": gettext_noop("Rules"), "papers": gettext_noop("Papers"), "figures": gettext_noop("Figures"),
    "conformity": gettext_noop("Conformity"),
}
IN_ORDER = {key: place for place, key in enumerate(GROUPS)}
SHORT = {"en": ("EN", "English"), "zh-hans": ("简", "简体中文"), "zh-hant": ("繁", "繁體中文")}


def shell(request):
    """The `shell` variable, worked out only by templates that use it."""
    return {"shell": SimpleLazyObject(lambda: build(request))}


def build(request):
    """The shell of one person on one page."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    preference = preferences(request) if signed_in else {}
    halls = import_string(settings.HALLS_OF)(user) if signed_in else []
    hall = chosen_hall(request, halls)
    name = str(user) if signed_in else ""
    side, keys = (Chapters(user, hall, request.path), keys_of(user)) if signed_in else (None, ())
    return {
        "chapters": SimpleLazyObject(side.shown) if side else [], "nav_look": side and side.look,
        "here": side and side.here, "keys_look": tuple(group.key for group in keys),
        "late": side.late if side else 0, "key_list": SimpleLazyObject(lambda: key_list(keys)),
        "halls": halls, "hall": hall, "user_name": name, "initials": name[:1], "today": timezone.localtime(),
        "languages": [(code, *SHORT[code], code == (get_language() or "en").lower()) for code, _name in settings.LANGUAGES],
        "theme": preference.get("theme") or request.COOKIES.get("theme", "system"), "text_size": text_size(request), "keys_on": preference.get("keys_on", True),
        "panels": panels_of("shell", None, user) if signed_in else [], "bar": panels_of("bar", None, user) if signed_in else [],
        "can_log_visit": signed_in and may(user, "visits.edit"), "demo": settings.DEMO,
        "person": user.pk if signed_in else "",
        "vault": vault_secret(user) if signed_in else "", "lock_after": settings.LOCK_AFTER_MINUTES * 60,
    }


def preferences(request):
    """The person's preferences, kept in the session from log-in on, so that pages read no row for them."""
    return {"theme": request.session.get("theme", "system"), "keys_on": request.session.get("keys_on", True)}


def text_size(request):
    """"large" or "normal": what the person chose, else what this browser was asked for."""
    chosen = request.session.get("text_size") if hasattr(request, "session") else ""
    return chosen or request.COOKIES.get("text_size", "normal")


def chosen_hall(request, halls):
    """The hall the person works in now: chosen in the switcher, else the first of theirs. The session keeps its zone up to date."""
    chosen = request.session.get("hall_id") if hasattr(request, "session") else None
    hall = next((hall for hall in halls if hall["id"] == chosen), halls[0] if halls else None)
    keep_zone(request, hall)
    return hall


def keep_zone(request, hall):
    """Show and read times in the hall's zone from now on; written to the session only where it changes."""
    zone = hall["zone"] if hall else settings.TIME_ZONE
    if hasattr(request, "session") and request.session.get("zone", settings.TIME_ZONE) != zone:
        request.session["zone"] = zone
        timezone.activate(zone)


class Chapters:
    """The side column: only what this person may open, with what is due as counts. Put together when it is drawn, which is once for a look."""

    def __init__(self, user, hall, path):
        self.entries, self.keys, places = rights_of(user).remembered("entries", lambda: entries_of(user))
        self.here = places.get(room_of(path, places), "")
        found = {key: figures for count in {entry.count for entry in self.entries if entry.count} for key, figures in count(user, hall).items()}
        self.due = {key: figures for key, figures in found.items() if key in self.keys and any(figures)}

    @property
    def look(self):
        """Everything that decides how it is drawn, in any language: which entries there are, the open one, and the counts."""
        return self.keys, self.here, tuple(sorted(self.due.items()))

    @property
    def late(self):
        """How much is late in all of them."""
        return sum(late or 0 for _count, late in self.due.values())

    def shown(self):
        """Each chapter that has entries, with them."""
        shown = []
        for key, number, label in CHAPTERS:
            entries = [entry_facts(entry, self.here, self.due) for entry in self.entries if entry.chapter == key]
            if entries:
                shown.append({"key": key, "number": number, "label": _(label), "url": entries[0]["url"], "entries": entries,
                              "active": any(e["active"] for e in entries), "count": sum(e["count"] or 0 for e in entries) or None,
                              "late": sum(e["late"] or 0 for e in entries) or None})
        return shown


def entries_of(user):
    """(the entries that this person may open in their order, their keys, {where one may be: the address of the entry that is lit then})."""
    ordered = sorted(ENTRIES.all(), key=lambda entry: (IN_ORDER[entry.group], entry.order))
    mine = [entry for entry in ordered if entry.capability == SIGNED_IN or may(user, entry.capability)]
    places = {place: addresses.to(entry.page) for entry in mine for place in (addresses.to(entry.page), *entry.also)}
    return mine, tuple(entry.key for entry in mine), places


def room_of(path, addresses):
    """The entry one is in: the longest address that `path` begins with, so that a record's page keeps its list lit."""
    return max((address for address in addresses if path == address or (address != "/" and path.startswith(address))), key=len, default="")


def entry_facts(entry, here, due):
    """One entry as the template needs it; what is due as figures, nothing where it is none."""
    count, late = (figure or None for figure in due.get(entry.key, (0, 0)))
    address = addresses.to(entry.page)
    return {"label": entry.label, "url": address, "active": here == address, "count": count, "late": late, "key": entry.key,
            "group": _(GROUPS[entry.group]) if entry.group else ""}


def keys_of(user):
    """The groups of keys that this person has, from the table that every room adds to."""
    return rights_of(user).remembered("keys", lambda: [group for group in sorted(KEYS.all(), key=lambda one: one.order)
                                                       if group.capability == SIGNED_IN or may(user, group.capability)])


def key_list(groups):
    """Their keys for the key help: what they do and where they hold."""
    return [{"key": key, "label": label, "group": group.label, "where": group.key} for group in groups for key, label in group.keys]


def current_hall(request):
    """The hall chosen in the switcher as {'id', 'name'}, or None for people without a hall."""
    return chosen_hall(request, import_string(settings.HALLS_OF)(request.user))
