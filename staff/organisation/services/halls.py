"""Verbs on halls and their posts (REC-01)."""
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.web.versions import claim_version
from staff.organisation.hours import in_words
from staff.organisation.models import Hall, OpeningHours, Post, ServiceOffer

DAY = timedelta(days=1)
FACTS = ("name", "kind", "department", "address", "url", "phone", "timezone", "manager", "active_from", "active_until")


@transaction.atomic
def create_hall(actor, *, code, hours, services, now, **facts):
    """A new hall. `hours` are (weekday from 0, opens, closes) in minutes of the day; `services` those it offers, in their order."""
    if Hall.objects.filter(code=code).exists():
        raise Refused(_("Another hall has the code %(code)s. Choose another.") % {"code": code}, field="code")
    check_facts(facts)
    hall = trace.save(actor, Hall(code=code, **facts), act="created")
    set_hours(hall, hours, None)
    set_services(actor, hall, services)
    return hall


@transaction.atomic
def change_hall(actor, hall, *, hours, services, version=None, now, **facts):
    """Change what is known of a hall, its hours from today on. What changed in hours and services is told in the reason, since they are
    rows of their own."""
    hall = Hall.objects.select_for_update(of=("self",)).select_related("department").get(pk=hall.pk)
    claim_version(hall, version)
    check_facts(facts)
    if hall.department_id != facts["department"].pk and hall.postings.exclude(ends_on__lt=timezone.localtime(now).date()).exists():
        raise Refused(_("People are posted in this hall as part of “%(department)s”. Post them anew before the hall moves to another department.")
                      % {"department": hall.department}, field="department")
    for name in FACTS:
        setattr(hall, name, facts[name])
    told = [set_hours(hall, hours, hall.day_of(now)), set_services(actor, hall, services)]
    return trace.save(actor, hall, *FACTS, "version", act="changed", reason="; ".join(text for text in told if text))


def check_facts(facts):
    """An exhibition is temporary; an online platform has an address on the web."""
    if facts["active_until"] and facts["active_until"] < facts["active_from"]:
        raise Refused(_("The last day lies before the first. Correct one of the two."), field="active_until")
    if facts["kind"] == Hall.Kind.EXHIBITION and not facts["active_until"]:
        raise Refused(_("An exhibition ends on a day. Enter it."), field="active_until")
    if facts["kind"] == Hall.Kind.ONLINE and not facts["url"]:
        raise Refused(_("An online platform has a web address. Enter it."), field="url")


def set_hours(hall, hours, since):
    """Let these intervals hold from the day `since` on (none: from the beginning) until the next week that begins later; what was before stays.
    Returns in words what changed, the days that stay as they were left out."""
    rows, first = list(hall.hours.all()), since or date.min
    held = [row for row in rows if row.holds_on(first)]
    before, after = sorted((row.weekday, row.opens, row.closes) for row in held), sorted(set(hours))
    if before == after:
        return ""
    edges = {row.valid_from for row in rows if row.valid_from} | {row.valid_until + DAY for row in rows if row.valid_until}
    until = min((edge - DAY for edge in edges if edge > first), default=None)
    try:
        with transaction.atomic():
            hall.hours.filter(pk__in=[row.pk for row in held if row.valid_from == since]).delete()
            hall.hours.filter(pk__in=[row.pk for row in held if row.valid_from != since]).update(valid_until=since and since - DAY)
            OpeningHours.objects.bulk_create([OpeningHours(hall=hall, weekday=day, opens=opens, closes=closes, valid_from=since, valid_until=until)
                                              for day, opens, closes in after])
    except IntegrityError as overlap:
        raise Refused(_("Two of the opening hours of one day overlap. Correct one of them.")) from overlap
    days = {row[0] for row in set(before) ^ set(after)}
    was, now_is = (in_words([row for row in rows if row[0] in days]) or "—" for rows in (before, after))
    return _("opening hours: %(before)s → %(after)s") % {"before": was, "after": now_is} if before else ""


def set_services(actor, hall, services):
    """Offer exactly these services, in this order; returns what changed, in words."""
    present = {offer.service_id: offer for offer in hall.offers.select_related("service")}
    wanted = [service.pk for service in services]
    for offer in present.values():
        if offer.service_id not in wanted:
            trace.delete(actor, offer, act="offered no longer")
    for order, service in enumerate(services):
        offer = present.get(service.pk)
        if offer is None:
            trace.save(actor, ServiceOffer(hall=hall, service=service, order=order), act="offered")
        elif offer.order != order:
            offer.order = order
            trace.save(actor, offer, "order", act="moved")
    added = [f"+ {service}" for service in services if service.pk not in present]
    gone = [f"− {offer.service}" for offer in present.values() if offer.service_id not in wanted]
    return _("services: %(list)s") % {"list": ", ".join(added + gone)} if present and (added or gone) else ""


@transaction.atomic
def add_post(actor, hall, *, name, kind, order=50, now):
    """A new post in a hall."""
    return trace.save(actor, Post(hall=hall, name=name, kind=kind, order=order), act="created")


@transaction.atomic
def change_post(actor, post, *, name, kind, is_active, order=50, version=None, now):
    """Change a post, or take it out of use."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    claim_version(post, version)
    post.name, post.kind, post.is_active, post.order = name, kind, is_active, order
    return trace.save(actor, post, "name", "kind", "is_active", "order", "version", act="changed")
