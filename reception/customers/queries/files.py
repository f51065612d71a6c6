"""Customer files for lists and pages: what a viewer may see of them, what was said, who looked (REC-25, 28, 30)."""
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.module_loading import import_string

from config.accounts.access import may, reach
from config.accounts.models import AccessEvent, User
from reception.customers.models import Communication, ContactPoint, Customer
from reception.customers.permissions import Can
from staff.organisation.models import Hall

PARTS = frozenset({"note", "source", "communications", "history", "documents"})  # what a narrowed role does not see of a file


def may_see(user, part):
    """Whether `user` sees this part of the files in reach. A narrowed role ("basic", "address, job") sees who it is and how to
    reach them; who looked is for those who answer for the files."""
    if part == "access":
        return may(user, Can.EXPORT)
    return part not in PARTS or not reach(user, Can.READ).limits


def customers_for_list(user):
    """Files in reach with what a row shows; four statements whatever their number."""
    return Customer.objects.visible_to(user).select_related("owner").prefetch_related("contacts", "halls__hall")


def callable_customers(user):
    """Files in reach that may be approached: nobody who declined or does not want contact, and only with a number (REC-28)."""
    numbers = ContactPoint.objects.filter(customer=OuterRef("pk")).exclude(kind__in=[ContactPoint.Kind.EMAIL, ContactPoint.Kind.WECHAT])
    return Customer.objects.visible_to(user).filter(Exists(numbers), choice=Customer.Choice.OPEN)


def family_of(customer):
    """The ids of a file and of those merged into it; what stays at a merged file is read through these."""
    return [customer.pk, *Customer.objects.filter(merged_into=customer).values_list("pk", flat=True)]


def communications_of(family, limit=None):
    """What was said, newest first, each with the entries it corrected: `row.earlier` is the chain of old texts."""
    rows = list(Communication.objects.filter(customer__in=family).select_related("entered_by", "hall").order_by("-at", "-pk"))
    by_id = {row.pk: row for row in rows}
    corrected = {row.corrects_id for row in rows if row.corrects_id}
    standing = [row for row in rows if row.pk not in corrected]
    for row in standing:
        row.earlier, step = [], row
        while step.corrects_id in by_id:
            old, why = by_id[step.corrects_id], step
            row.earlier.append({"row": old, "reason": why.correction_reason, "by": why.entered_by, "at": why.entered_at})
            step = old
    return standing[:limit]


def contact_changes(family, limit=50):
    """History rows of the contacts of a file, newest first: what was added, corrected, removed."""
    return list(ContactPoint.history.filter(customer_id__in=family).select_related("history_user").order_by("-history_date", "-history_id")[:limit])


def access_of(family, limit=100):
    """Who looked at the file, newest first, with the person's name; ids and field names only."""
    events = list(AccessEvent.objects.filter(kind="customer", record_id__in=family).order_by("-at")[:limit])
    people = User.objects.in_bulk({event.user_id for event in events if event.user_id})
    for event in events:
        event.person = people.get(event.user_id)
    return events


def hall_choices(user):
    """The halls a person may choose in forms and filters of files."""
    return Hall.objects.filter(pk__in=[hall["id"] for hall in import_string(settings.HALLS_OF)(user)]).order_by("pk")
