"""What templates say with: icons, status signs, and dates, times and spans as people say them (UX 41).

Dates are written per language here rather than in the catalogue, because their order and their tightness are
typography: "14 Jan", 1月14日, never 01月14日.
"""
import datetime
from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from config.accounts.access import may
from config.privacy import classes
from config.privacy.models import KindClass

register = template.Library()

RING = "M8 2.25a5.75 5.75 0 1 0 0 11.5a5.75 5.75 0 1 0 0-11.5z"
SEAL = "M3.25 1.75h9.5a1.5 1.5 0 0 1 1.5 1.5v9.5a1.5 1.5 0 0 1-1.5 1.5h-9.5a1.5 1.5 0 0 1-1.5-1.5v-9.5a1.5 1.5 0 0 1 1.5-1.5z"
# The signs of a status: each shape says the same as its colour, for whoever does not see the colour.
SIGNS = {
    "sign-wait": [("", RING)],
    "sign-run": [("", RING), ("fill", "M8 2.25a5.75 5.75 0 0 1 0 11.5z")],
    "sign-soon": [("", RING), ("", "M8 4.75V8l2.25 1.5")],
    "sign-late": [("fill", SEAL), ("cut", "M8 4.6v4.3M8 11.4v.02")],
    "sign-done": [("", RING), ("", "m5.25 8.25 2 2 3.5-4")],
    "sign-none": [("", "M4 8h8")],
    "sign-stop": [("", RING), ("", "m6 6 4 4M10 6l-4 4")],
    "sign-up": [("", "M8 13.5V5M4.5 8 8 4.5 11.5 8M3 2h10")],
}
TONES = {"wait": "sign-wait", "run": "sign-run", "soon": "sign-soon", "late": "sign-late", "ok": "sign-done", "done": "sign-done",
         "none": "sign-none", "stop": "sign-stop", "up": "sign-up"}
CHAPTER_ICONS = {"home": "sun", "reception": "concierge-bell", "complaints": "message-square-warning", "facilities": "building-2",
                 "staff": "users", "performance": "clipboard-check", "house": "settings-2"}
TIME = '<time datetime="%(iso)s" title="{} %(hour)s">{} %(hour)s</time>'
MARK = ('<div class="mark" aria-hidden="true"><p>{mark}</p><p class="name">{name}</p><p class="num">{day} {clock}</p></div>'
        '<p class="mark__f" aria-hidden="true">{mark} · <span class="name">{name}</span> · <span class="num">{day} {clock}</span></p>')
A_MOMENT = datetime.timedelta(seconds=1)
NEAR_DAYS = {0: gettext_noop("today"), -1: gettext_noop("yesterday"), 1: gettext_noop("tomorrow")}
DATES = {
    "en": {"day": "j M", "day_year": "j M Y", "long": "j F Y", "month": "F Y", "week": "Mon Tue Wed Thu Fri Sat Sun", "order": "{week} {date}"},
    "zh-hans": {"day": "n月j日", "day_year": "Y年n月j日", "long": "Y年n月j日", "month": "Y年n月",
                "week": "周一 周二 周三 周四 周五 周六 周日", "order": "{date} {week}"},
    "zh-hant": {"day": "n月j日", "day_year": "Y年n月j日", "long": "Y年n月j日", "month": "Y年n月",
                "week": "週一 週二 週三 週四 週五 週六 週日", "order": "{date} {week}"},
}


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name, size=""):
    """A line icon beside a word; `size="l"` is 20 px instead of 16. Hidden from screen readers, which read the word."""
    css = f"i lucide i--{size}" if size else "i lucide"
    if name in SIGNS:
        css = f"i i--{size}" if size else "i"
        return format_html('<svg class="{}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{}</svg>', css,
                           format_html_join("", '<path class="{}" d="{}"/>', SIGNS[name]))
    return lucide(name, size=20 if size else 16, **{"class": css, "aria-hidden": "true"})


@register.simple_tag
def status(tone, word, extra=""):
    """A status as sign, word and colour. `tone` is one of TONES; an unknown one is a KeyError for the page's author."""
    return _status(tone, word, extra) if type(word) is str else _status.__wrapped__(tone, word, extra)


@lru_cache(maxsize=1024)
def _status(tone, word, extra):
    """The same, kept of plain text: the few words of a list come again in each row."""
    return format_html('<span class="st st--{}{}">{}{}</span>', tone, f" {extra}" if extra else "", icon(TONES[tone]), word)


def kind_shown(place):
    """The key of the kind of record whose page stands at a resolved address, '' where it is none."""
    return getattr(getattr(place.func, "view_class", None), "record_kind", "") or classes.kind_at(place.url_name)


@register.simple_tag(takes_context=True)
def confidential_mark(context):
    """Name and time across each printed sheet of a page whose kind of record is confidential or secret (GEN-10); else nothing."""
    request = context.get("request")
    place, user = getattr(request, "resolver_match", None), getattr(request, "user", None)
    if place is None or not getattr(user, "is_authenticated", False):
        return ""
    key = kind_shown(place) or getattr(getattr(place.func, "view_class", None), "kind", "")
    if not classes.is_marked(user, key):
        return ""
    now = timezone.now()
    return format_html(MARK, mark=capfirst(KindClass.Class(classes.class_of(user, key)).label), name=str(user), day=long_day(now), clock=clock(now))


@register.simple_tag(takes_context=True)
def audit_address(context):
    """The address of the audit log of the record whose page this is, for who may read it; else ''."""
    request = context.get("request")
    place = getattr(request, "resolver_match", None)
    kind, pk = kind_shown(place) if place else "", place.kwargs.get("pk") if place else None
    return f"{reverse('audit_log')}?{urlencode({'kind': kind, 'record': pk})}" if kind and pk and may(request.user, "accounts.read") else ""


@register.filter
def chapter_icon(chapter):
    """The icon of a chapter in the phone's bottom bar, by its key."""
    return CHAPTER_ICONS.get(chapter.get("key", ""), "folder")


@register.filter
def bcp47(code):
    """A language code as HTML wants it: zh-hans becomes zh-Hans."""
    head, _sep, tail = str(code or "en").partition("-")
    return f"{head}-{tail.title()}" if len(tail) == 4 else str(code or "en")


def _local(value):
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _words():
    code = (get_language() or "en").lower()
    return DATES.get(code, DATES["zh-hans" if code.startswith("zh") else "en"])


def _date(value):
    value = _local(value)
    return value.date() if isinstance(value, datetime.datetime) else value


@register.filter
def day(value):
    """A date: "14 Jan", 1月14日; with the year when it is not this one. Nothing for no date."""
    if not value:
        return ""
    date = _date(value)
    return _dated(date, "day" if date.year == timezone.localdate().year else "day_year", get_language())


@lru_cache(maxsize=4096)
def _dated(date, style, _language):
    """A date in one of the styles of DATES, in the active language; lists and time lines say the same days again and again."""
    return dateformat.format(date, _words()[style])


@register.filter
def long_day(value):
    """A date in full with its weekday: "Wed 14 January 2026", 2026年1月14日 周三."""
    if not value:
        return ""
    return _in_full(_date(value), get_language())


@lru_cache(maxsize=4096)
def _in_full(date, language):
    words = _words()
    return words["order"].format(date=_dated(date, "long", language), week=words["week"].split()[date.weekday()])


@register.filter
def month(value):
    """The month of a date in full: "January 2026", 2026年1月. Nothing for no date."""
    return dateformat.format(_date(value), _words()["month"]) if value else ""


@register.filter
def week_day(value):
    """A date of this year with its weekday: "Wed 14 Jan", 1月14日 周三."""
    if not value:
        return ""
    return _words()["order"].format(date=day(value), week=_words()["week"].split()[_date(value).weekday()])


@register.filter
def clock(value):
    """A time of day by the 24-hour clock, in the active zone."""
    return f"{_local(value):%H:%M}" if value else ""


@register.filter
def moment(value):
    """A point in time by its nearness: "today 14:05", "yesterday 09:12", "14 Jan 09:12", "14 Jan 2025 09:12"."""
    if not value:
        return ""
    return _near(_local(value), timezone.localdate())


def _near(local, today):
    """The same of a moment by the clock of the hall."""
    return _near_day(_date(local), today, get_language()) + f" {local:%H:%M}"


@lru_cache(maxsize=4096)
def _near_day(date, today, language):
    """The day of it."""
    near = NEAR_DAYS.get((date - today).days)
    return _(near) if near else _dated(date, "day" if date.year == today.year else "day_year", language)


@lru_cache(maxsize=8192)
def _moment(value, zone, language, today):
    """The `<time>` of a moment on one day: pages that are looked at again and again say the same ones."""
    value = value.astimezone(zone)
    exact = TIME % {"iso": value.isoformat(), "hour": f"{value.hour:02d}:{value.minute:02d}"}  # figures alone, which need not be made safe
    return format_html(exact, _in_full(value.date(), language), _near_day(value.date(), today, language))


@register.filter
def deadline(value):
    """A point in time until which something is due: what ends with a day says that day, and not the midnight of the next."""
    return _local(value - A_MOMENT) if value and _local(value).time() == datetime.time() else value


@register.simple_tag
def when(value, style="moment"):
    """A `<time>` with the exact point in its title; `style` is moment, day, clock, ago or long_day."""
    if not value:
        return ""
    if style == "moment" and isinstance(value, datetime.datetime) and timezone.is_aware(value):  # what long lists say
        zone = timezone.get_current_timezone()
        return _moment(value, zone, get_language(), timezone.now().astimezone(zone).date())
    value = _local(value)
    says = {"moment": moment, "day": day, "clock": clock, "ago": ago, "long_day": long_day}[style]
    exact = f"{long_day(value)} {clock(value)}" if isinstance(value, datetime.datetime) else long_day(value)
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), exact, says(value))


def guard(token):
    """The field that guards a form which is drawn without a template; `token` as `get_token` gives it."""
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


@register.filter
def ago(value):
    """How long ago: "just now", "3 min ago", "2 h ago"; after a day the date itself."""
    if not value:
        return ""
    passed = int((timezone.now() - value).total_seconds() // 60)
    if passed < 1:
        return _("just now")
    return _("%(span)s ago") % {"span": minutes(passed)} if passed < 24 * 60 else day(value)


@register.filter
def minutes(value):
    """A span given in minutes: "27 min", "1 h 05 min", "1 h", "1 d 3 h". A dash for none."""
    if value is None or value == "":
        return "—"
    whole = int(value)
    if whole < 60:
        return _("%(minutes)s min") % {"minutes": whole}
    if whole < 24 * 60:
        hours, rest = divmod(whole, 60)
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": f"{rest:02d}"} if rest else _("%(hours)s h") % {"hours": hours}
    days, hours = divmod(whole // 60, 24)
    return _("%(days)s d %(hours)s h") % {"days": days, "hours": hours} if hours else _("%(days)s d") % {"days": days}


@register.filter
def seconds(value):
    """A span given in seconds: "45 s", "2 min 05 s", then minutes. A dash for none."""
    if value is None or value == "":
        return "—"
    whole = int(value)
    if whole < 60:
        return _("%(seconds)s s") % {"seconds": whole}
    if whole < 600:
        return _("%(minutes)s min %(seconds)s s") % {"minutes": whole // 60, "seconds": f"{whole % 60:02d}"}
    return minutes(whole // 60)


@register.simple_tag
def big_minutes(value, tone=""):
    """The figure that decides, read before the name: minutes in big type, hours from 100 minutes on."""
    whole = int(value or 0)
    figure, unit = (whole, _("min")) if whole < 100 else (f"{whole // 60}:{whole % 60:02d}", _("h"))
    return format_html('<b class="m{}">{}<span class="u">{}</span></b>', f" {tone}" if tone else "", figure, unit)


@register.filter
def share(part, whole):
    """`part` of `whole` as a whole percentage between 0 and 100; 0 when there is no whole."""
    return min(100, max(0, round(100 * (part or 0) / whole))) if whole else 0


@register.filter
def undo_address(message):
    """The address that takes a message's act back, from its extra tag `undo:/address/`; empty when there is none."""
    tag = next((tag for tag in (message.extra_tags or "").split() if tag.startswith("undo:/")), "")
    return tag.removeprefix("undo:")


@register.simple_tag(takes_context=True)
def sort_head(context, key, label, default="", class_=""):
    """A column head that sorts: `?sort=key`, then `?sort=-key`; a new order starts at the first page (GEN-16)."""
    request = context["request"]
    current = request.GET.get("sort") or default
    query = [(name, value) for name, values in request.GET.lists() for value in values if name not in {"after", "before", "page", "sort"}]
    order, arrow = {key: ("ascending", "↑"), f"-{key}": ("descending", "↓")}.get(current, ("", ""))
    said = format_html(' aria-sort="{}"', order) if order else ""
    return format_html('<th scope="col"{}{}><a href="?{}">{}{}</a></th>', class_of(class_), said,
                       urlencode([*query, ("sort", f"-{key}" if current == key else key)]), label,
                       format_html(' <span aria-hidden="true">{}</span>', arrow) if arrow else "")


def class_of(css):
    """The attribute `class`, or nothing."""
    return format_html(' class="{}"', css) if css else ""


@register.filter
def attr(field, name):
    """An attribute of a bound field's widget, such as "data-combobox-url"; empty when it has none."""
    return field.field.widget.attrs.get(name, "")
