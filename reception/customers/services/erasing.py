"""Erasing a customer's data, at their request or when the time of keeping is over; holding it back (PIPL 19, 47, GEN-23)."""
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from config.accounts.access import may
from config.errors import Refused
from config.privacy import erasing, holds
from reception.customers.models import Customer, CustomerHall
from reception.customers.permissions import Can
from reception.customers.queries import family_of
from reception.customers.services.files import erased_sentence, locked

KIND = "customer"


@transaction.atomic
def erase_customer(actor, customer, *, reason, typed, now):
    """Erase all that tells who the customer is, in every table and file; `typed` is the number of the file, typed to confirm it.

    Visits and what is counted of them stay, of nobody. Raises Refused for a wrong number, without a reason, under a legal hold, and while a
    visit, an appointment or a follow-up is open. Returns the Erasure, the proof that stays.
    """
    family = lock_family([customer.pk])
    if not family or any(file.erased_at for file in family):
        raise Refused(erased_sentence())
    if typed.strip().upper() != next(file.number for file in family if file.pk == customer.pk):
        raise Refused(_("This is not the number of the file. Type it as it stands above."), field="typed")
    return erasing.erase(actor, KIND, customer.pk, reason=reason, now=now, hall_ids=halls_of(family))


def lock_family(ids):
    """These files and those merged into them, locked in one order until the transaction ends."""
    return list(Customer.objects.select_for_update(of=("self",)).filter(Q(pk__in=ids) | Q(merged_into__in=ids)).order_by("pk"))


def halls_of(files):
    """The halls that know these files; who leads one of them may see the proof."""
    return list(CustomerHall.objects.filter(customer__in=files).values_list("hall_id", flat=True).distinct())


@transaction.atomic
def set_hold(actor, customer, *, reason, now):
    """Keep the file whatever its age and whoever asks, until the person who releases holds ends it. Refused for that person."""
    if may(actor.user, Can.RELEASE):
        raise Refused(_("You release holds, so you do not set them. Let the manager of the hall do it."))
    return holds.set_hold(actor, KIND, family_of(locked(customer)), reason=reason, now=now)


@transaction.atomic
def release_hold(actor, customer, *, reason, now):
    """End the legal hold; refused for whoever set it."""
    return holds.release(actor, KIND, family_of(locked(customer)), reason=reason, now=now)
