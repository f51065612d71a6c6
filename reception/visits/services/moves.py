"""What the verbs do to a locked visit within their own transaction; each leaves its event, and the verb saves the visit."""
from django.utils.translation import gettext as _

from config.errors import Refused
from facilities.areas.models import Area
from reception.customers import services as customers
from reception.visits import queue, rules, states
from reception.visits.models import TemplateVersion, Visit
from reception.visits.recording import record
from staff.shifts.queries import on_duty


def template_version(hall, day):
    """The version of the hall's reception template in force on `day`, or None."""
    return TemplateVersion.objects.filter(template__halls__hall=hall, valid_from__lte=day).order_by("-valid_from", "-number").first()


def details_of(version, raw):
    """The template's fields read from `raw`; a sentence beside the field otherwise."""
    if not version or not raw:
        return {}
    try:
        return rules.read_details(version.fields, raw)
    except rules.Unreadable as wrong:
        sentence = _("Enter a number.") if wrong.why == "number" else _("Choose one of the offered answers.")
        raise Refused(sentence, field=f"detail_{wrong.key}") from wrong


def known_steps(version, steps):
    """The ticked steps that the template knows."""
    return [step["key"] for step in (version.steps if version else []) if step["key"] in set(steps)]


def be_greeted(actor, visit, *, now):
    """waiting -> greeted, once."""
    visit.state = states.VISIT["greet"].apply(visit.state, _("This visitor was greeted already."))
    visit.greeted_at = max(now, visit.arrived_at)
    record(actor, visit, "greeted", at=visit.greeted_at, detail={"steps": visit.steps})


def be_guided(actor, visit, area, *, now):
    """The visitors are in this area from now on, or in none. Refused: another hall's area, a closed one, a full one."""
    if area is not None:
        area = Area.objects.select_for_update().get(pk=area.pk)
        if area.hall_id != visit.hall_id or not area.is_active:
            raise Refused(_("This area does not belong to the hall. Choose one of its own areas."), field="area")
        if is_full(area, but=visit):
            raise Refused(_("%(area)s is occupied. Choose a free area, or free this one first.") % {"area": area}, field="area")
    visit.area = area
    record(actor, visit, "guided" if area else "area_freed", at=now, area=area)


def is_full(area, *, but):
    """Whether the other parties in this (locked) area leave no room."""
    return Visit.objects.filter(area=area, state__in=states.PRESENT).exclude(pk=but.pk).count() >= area.capacity


def be_assigned(actor, visit, adviser, *, now):
    """The visit is this adviser's; returns whether service begins with it, since the adviser is free. Refused off shift."""
    if not on_duty(visit.hall, now).filter(employee=adviser).exists():
        raise Refused(_("%(name)s is not on shift in this hall now. Choose somebody who is.") % {"name": adviser}, field="adviser")
    visit.adviser = adviser
    record(actor, visit, "assigned", at=now, employee=adviser)
    begins = not is_busy(adviser, but=visit)
    if begins:
        begin(actor, visit, adviser, now=now)
    return begins


def is_busy(adviser, *, but=None):
    """Whether the adviser serves another visit now."""
    others = Visit.objects.filter(adviser=adviser, state=states.IN_SERVICE)
    return others.exclude(pk=but.pk if but else None).exists()


def begin(actor, visit, adviser, *, now, post=None):
    """-> in_service, greeted by it at the latest; the first begin is the visit's time of service."""
    if visit.state == states.WAITING:
        be_greeted(actor, visit, now=now)
    visit.state = states.VISIT["serve"].apply(visit.state, _("This visit is being served or has ended."))
    visit.adviser, visit.served_at = adviser, visit.served_at or now
    record(actor, visit, "served", at=now, employee=adviser, post=post)


def work_on(actor, visit, adviser, *, now, post=None, with_leg=True):
    """What follows for customer and ticket when service begins; the visit has its id by then."""
    involve_adviser(visit, now=now)
    if with_leg:
        queue.start_with_visit(actor, visit, adviser, post=post, now=now)


def involve_adviser(visit, *, now):
    """Who serves the visit now works on the customer's file."""
    if visit.customer_id and visit.adviser_id and visit.state == states.IN_SERVICE:
        customers.involve(visit.customer, visit.adviser, kind="visit", record_id=visit.pk, now=now)
