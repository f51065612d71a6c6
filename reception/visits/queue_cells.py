"""The rows of the desk's columns; drawn without a template, since the page after each saving has many and people wait for it."""
from datetime import timedelta

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from reception.visits import states
from reception.visits.hosts import states as hosts

HOST = {hosts.ASKED: "wait", hosts.COMING: "ok", hosts.SOON: "ok", hosts.OTHER: "soon", hosts.SILENT: "late"}  # what a host answered, with its tone
ARRIVES = timedelta(minutes=10)  # in which a host who said to come has come
TOLD = {states.CALLED: "soon", states.PARKED: "none", states.NO_SHOW: "late"}  # states of a ticket that the queue names, with their tone


def attention(customer):
    """A flag without its reason, as in _attention.html: the screen may be seen by the visitor."""
    if not (customer and customer.attention):
        return ""
    says = _("Attention mark: read it in the file")
    return format_html('<span class="flag" title="{0}">{1}<span class="vh">{0}</span></span> ', says, hk.icon("flag"))


def people(size):
    """How many came, where it is not one."""
    return ngettext("%(n)s person", "%(n)s people", size) % {"n": size} if size > 1 else ""


def name_of(record, page):
    """Whose visit or appointment it is, as a link to it."""
    return format_html('<a class="name strong" href="{}">{}</a>', addresses.of(page, record.pk), record.shown_name or _("not yet known"))


def waiting(visit, target, token):
    """One waiting visit of the queue; `target` in minutes, `token` guards the form in it."""
    minutes, leg = visit.waited // 60, visit.leg
    first = format_html("{} · ", priority(leg)) if leg and leg.priority else ""
    size = people(visit.party_size)
    says = _("%(m)s of %(t)s min") % {"m": minutes, "t": target}
    return format_html(
        '<li class="q{}"><span class="q__m">{}</span>\n<div class="q__1"><span><span class="q__no num">{}</span> {}{}</span>{}</div>\n'
        '<div class="q__2"><span class="mut">{}{}{}{}</span><span class="q__acts">{}</span></div>\n{}</li>',
        " is-called" if leg and leg.state == states.CALLED else "", hk.big_minutes(minutes, visit.tone), leg.ticket if leg else "",
        attention(visit.customer), name_of(visit, "visit"), told(visit, minutes, target), first,
        format_html('<span class="nowrap">{}</span> · ', size) if size else "", wanted(visit), host(visit), act(visit, token),
        meter(minutes, target, visit.tone, says) if target else "")


def host(visit):
    """What the person for whom the visitor came answered; nothing where nobody was asked, or it is over."""
    found = getattr(visit, "host", None)
    tone = HOST.get(found["state"]) if found else None
    if tone is None:
        return ""
    words = {hosts.ASKED: _("%(name)s is asked"), hosts.COMING: _("%(name)s comes"), hosts.SOON: _("%(name)s comes in 5 minutes"),
             hosts.OTHER: _("%(name)s asks for somebody else"), hosts.SILENT: _("%(name)s does not answer")}
    return format_html(' <span class="q__host">{}</span>', hk.status(tone, words[found["state"]] % {"name": found["name"]}))


def priority(leg):
    """The class of a ticket that goes before others, as in _priority.html."""
    return format_html('<span class="prio"><span class="vh">{}: </span>{}{}</span>', _("Priority"), hk.icon("chevrons-up"), word(leg, "priority"))


def told(visit, minutes, target):
    """Where the ticket stands, which says more than how long it is; else how near the target is."""
    tone = TOLD.get(visit.leg.state, "") if visit.leg else ""
    if tone:
        return hk.status(tone, word(visit.leg, "state"))
    words = {"late": _("%(n)s min late") % {"n": max(1, minutes - target)}, "soon": _("%(n)s min left") % {"n": target - minutes}}
    return hk.status(visit.tone, words.get(visit.tone) or word(visit, "state"))


def wanted(visit):
    """Why they came."""
    return _("%(purpose)s: %(need)s") % {"purpose": visit.purpose, "need": visit.need[:40]} if visit.need else str(visit.purpose)


def act(visit, token):
    """What is done next with who waits: greeted by a press, served by a page that asks."""
    if visit.state == states.WAITING:
        return button(addresses.of("visit_greet", visit.pk), token, _("Greet"), visit.leg.ticket if visit.leg else "")
    return format_html('<a class="btn btn--s" href="{}">{}</a>', addresses.of("visit_serve", visit.pk), _("Serve"))


def button(address, token, label, of, key=""):
    """A form of one button; `of` says to a screen reader which of many it is, `key` is the letter that presses it."""
    return format_html(
        '<form method="post" action="{}" data-form>{}<button class="btn btn--s"{}>{}'
        '<span class="vh"> {}</span>{}</button></form>', address, hk.guard(token), format_html(' data-key="{}"', key.lower()) if key else "", label, of,
        format_html(" <kbd>{}</kbd>", key) if key else "")


def meter(value, most, tone, says):
    """The hairline that measures, as in parts/meter.html."""
    return format_html('<progress class="{}" max="{}" value="{}" aria-label="{}">{}</progress>', tone, most or 1, min(value, most), says, says)


def expected(row, token, *, first, may_edit=True, back=""):
    """One appointment of today; the `first` one has the key A. `back` is added to the address of the act."""
    late = hk.status("late", _("%(n)s min late") % {"n": row.late_minutes}) if row.tone == "late" else ""
    told = (row.purpose, people(row.party_size), row.employee and format_html('<span class="name">{}</span>', row.employee))
    facts = format_html_join(" · ", "{}", ((fact,) for fact in told if fact))
    arrive = format_html('<span class="q__acts">{}</span>', button(addresses.of("appointment_arrive", row.pk) + back, token, pgettext("appointment", "Arrived"),
                                                                   row.shown_name, "A" if first else "")) if may_edit else ""
    return format_html(
        '<li class="q"><span class="q__m num">{}</span><div class="q__1"><span>{}{}</span>{}</div>\n<div class="q__2"><span class="mut">{}</span>{}</div></li>',
        hk.clock(row.at), attention(row.customer), name_of(row, "appointment"), late, facts, arrive)


def ticket(visit, css):
    """The visit's first ticket, if it has one."""
    return next((format_html('<span class="{}">{}</span> ', css, leg.ticket) for leg in visit.legs.all()), "")


def serving(visit):
    """One visit in service."""
    area = format_html(" · {}", visit.area) if visit.area_id else ""
    return format_html(
        '<div class="card-q"><span>{}{}{}</span><span class="num nowrap mut">{}</span><span class="mut wide"><span class="name">{}</span>{}{}</span></div>',
        ticket(visit, "q__no num"), attention(visit.customer), name_of(visit, "visit"), hk.ago(visit.served_at), visit.adviser or "", area,
        "" if has_come(visit) else host(visit))


def has_come(visit):
    """Whether who said to come is there by now: beside who serves it says nothing any more."""
    said = getattr(visit, "host", None)
    return bool(said and said["state"] in hosts.COMES and visit.served_at and timezone.now() - visit.served_at > ARRIVES)


def saved(visit):
    """One visit of those that were just saved."""
    return format_html(
        '<tr><td class="num mut">{}</td><th scope="row">{}<span class="name">{}</span></th><td>{}</td><td class="r"><a href="{}">{}<span class="vh"> {}</span>'
        "</a></td></tr>", hk.clock(visit.arrived_at), ticket(visit, "num mut"), visit.shown_name or _("not yet known"), visit.purpose,
        addresses.of("visit", visit.pk), _("Open"), visit.number)
