"""The ways to reach a customer: added, corrected, removed, each with its history (REC-30)."""
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from reception.customers.models import ContactPoint
from reception.customers.phones import read_phones
from reception.customers.services.files import locked, point_of, rekey

Kind = ContactPoint.Kind
WAYS = ("phone", Kind.EMAIL, Kind.WECHAT)  # what a person chooses; the kind of a phone follows from its number


@transaction.atomic
def add_contact(actor, customer, *, way, written, now):
    """Add a phone, e-mail or WeChat to the file. The first one of a file is its main one; several phones in `written` all go in.

    Raises Refused when it cannot be read as what it should be, or stands in the file already.
    """
    customer = locked(customer)
    points = read_points(way, written, now)
    present = set(customer.contacts.values_list("value", "extension"))
    if all((point.value, point.extension) in present for point in points):
        raise Refused(_("This stands in the file already."), field="written")
    main = not customer.contacts.filter(is_primary=True).exists()
    for point in points:
        if (point.value, point.extension) not in present:
            point.customer, point.is_primary, main = customer, main, False
            trace.save(actor, point, act="added")
    rekey(customer)
    return points


@transaction.atomic
def correct_contact(actor, contact, *, written, now):
    """Write a contact anew as it should be; what it was stays in the history."""
    customer = locked(contact.customer)
    contact = ContactPoint.objects.select_for_update().get(pk=contact.pk)
    points = read_points(way_of(contact), written, now)
    if len(points) > 1:
        raise Refused(_("These are several numbers. Enter one here and add the others."), field="written")
    point = points[0]
    if customer.contacts.filter(value=point.value, extension=point.extension).exclude(pk=contact.pk).exists():
        raise Refused(_("This stands in the file already."), field="written")
    fields = ("kind", "value", "extension", "digits", "reversed_digits")
    for name in fields:
        setattr(contact, name, getattr(point, name))
    trace.save(actor, contact, *fields, act="corrected")
    rekey(customer)
    return contact


@transaction.atomic
def remove_contact(actor, contact, *, reason, now):
    """Take a contact out of the file; the history keeps it. The next one becomes the main one.

    Raises Refused for the only thing the customer is known by.
    """
    customer = locked(contact.customer)
    contact = ContactPoint.objects.select_for_update().get(pk=contact.pk)
    if not (customer.name or customer.company or customer.contacts.exclude(pk=contact.pk).exists()):
        raise Refused(_("This is all the customer is known by. Enter a name or another contact first, then remove it."))
    was_main = contact.is_primary
    trace.delete(actor, contact, act="removed", reason=reason)
    following = customer.contacts.order_by("pk").first() if was_main else None
    if following:
        following.is_primary = True
        trace.save(actor, following, "is_primary", act="main contact")
    rekey(customer)
    return customer


@transaction.atomic
def make_main(actor, contact, *, now):
    """Let this contact be the one shown first."""
    customer = locked(contact.customer)
    for other in customer.contacts.filter(is_primary=True).exclude(pk=contact.pk):
        other.is_primary = False
        trace.save(actor, other, "is_primary", act="no longer main")
    contact = ContactPoint.objects.select_for_update().get(pk=contact.pk)
    if not contact.is_primary:
        contact.is_primary = True
        trace.save(actor, contact, "is_primary", act="main contact")
    return contact


def way_of(contact):
    """How a person calls the kind of a contact: phone, email or wechat."""
    return contact.kind if contact.kind in (Kind.EMAIL, Kind.WECHAT) else "phone"


def read_points(way, written, now):
    """Unsaved contact points of what was typed; Refused with a sentence when it is no such thing."""
    written = written.strip()
    if way == "phone":
        points = [point_of(phone, now) for phone in read_phones(written)]
        if not points or not any(character.isdigit() for character in written):
            raise Refused(_("There is no telephone number in this. Enter its digits, with + and the country code for one abroad."), field="written")
        return points
    if way == Kind.EMAIL:
        try:
            validate_email(written)
        except ValidationError as problem:
            raise Refused(_("An e-mail address looks like name@example.com. Correct it."), field="written") from problem
    if not written or len(written) > 254:
        raise Refused(_("Enter the address, at most 254 characters."), field="written")
    value = written.lower() if way == Kind.EMAIL else written
    return [ContactPoint(kind=way, value=value, created_at=now, digits="", reversed_digits="")]

