"""A customer as somebody who may ask for their data: which files are theirs, by what they are known, how the file is marked as erased."""
import re

from simple_history.utils import bulk_update_with_history

from config.contributions.personal import Known
from config.privacy.contents import SHORTEST_NUMBER
from reception.customers.models import ContactPoint, Customer
from reception.customers.phones import digits


def family(ids):
    """The files and those merged into them."""
    return {*ids, *Customer.objects.filter(merged_into__in=ids).values_list("pk", flat=True)}


def known_by(ids):
    """Names, numbers and addresses of these files, those that their history tells included. A number that somebody else's file holds too is
    no sign of them in what points at nobody; the proof holds it all the same."""
    names = {name for rows in (Customer.objects.filter(pk__in=ids), Customer.history.filter(id__in=ids)) for name in rows.values_list("name", flat=True)}
    held = [row for rows in (ContactPoint.objects, ContactPoint.history) for row in rows.filter(customer_id__in=ids).values_list("kind", "value")]
    addresses = {value for kind, value in held if kind in (ContactPoint.Kind.EMAIL, ContactPoint.Kind.WECHAT)}
    phones = {value for kind, value in held} - addresses
    shared = set(ContactPoint.objects.filter(value__in=phones | addresses).exclude(customer__in=ids).values_list("value", flat=True))
    return Known(names=frozenset(filter(None, names)), numbers=frozenset(way for value in phones - shared for way in ways_to_write(value)),
                 addresses=frozenset(addresses - shared), all_numbers=frozenset(map(digits, phones)) - {""})


def ways_to_write(value):
    """The digits of a number as people and spreadsheets write them: 8613800138000 and 13800138000, 862158881234 and 02158881234."""
    whole = re.sub("[^0-9]", "", value)
    short = whole.removeprefix("86") if value.startswith("+86") else whole
    return {way for way in (whole, short, f"0{short}", f"0086{short}", digits(value)) if len(way) >= SHORTEST_NUMBER}


def mark(actor, ids, now):
    """The files are erased from now on: nobody finds or contacts them. Their histories say who did it."""
    files = list(Customer.objects.filter(pk__in=ids))
    for file in files:
        file.erased_at, file.owner_id, file.choice = now, None, Customer.Choice.DO_NOT_CONTACT
    bulk_update_with_history(files, Customer, ["erased_at", "owner", "choice"], batch_size=500, default_user=actor.user, default_change_reason="erased",
                             default_date=now)
