"""Customer files for lists and pages: what a viewer may see of them, what was said, who looked (REC-25, 28, 30)."""
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from config import prepared
from config.accounts.access import may, reach
from config.accounts.models import AccessEvent, User
from config.as_json import as_object, record
from config.privacy.models import Erasure
from config.web.history import act_in_words
from config.web.texts import Text
from reception.customers.consent_models import Consent
from reception.customers.models import Communication, ContactPoint, Customer, CustomerHall
from reception.customers.permissions import Can
from staff.organisation.access import workplaces
from staff.organisation.models import Hall

PARTS = frozenset({"note", "source", "communications", "history", "documents"})  # what a narrowed role does not see of a file


def may_see(user, part, customer=None):
    """Whether `user` sees this part of a file in reach; without a file, whether of any. A narrowed role ("basic", "address, job") sees
    who it is and how to reach them; who looked is for those who answer for the files."""
    if part == "access":
        return may(user, Can.EXPORT)
    return part not in PARTS or in_full(user, customer)


def in_full(user, customer=None, capability=Can.READ):
    """Whether a role that no word narrows reaches this file. The database is asked only for who has roles of both kinds, once a file."""
    far = reach(user, capability)
    if not far.limits or not far.full or customer is None:
        return not far.limits or bool(far.full)
    known = user.__dict__.setdefault("_files_in_full", {})
    if (customer.pk, capability) not in known:
        known[customer.pk, capability] = Customer.objects.within(far.full).filter(pk=customer.pk).exists()
    return known[customer.pk, capability]


def with_halls(rows):
    """Files with the names of the halls that know them in `hall_names`, in the same statement."""
    names = CustomerHall.objects.filter(customer=OuterRef("pk")).order_by("pk").values("hall__name")
    return rows.annotate(hall_names=ArraySubquery(names))


def with_cells(customers):
    """Files with what a row of the list shows, all in one statement: owner, halls, and the first number in `numbers`."""
    first = (ContactPoint.objects.filter(customer=OuterRef("pk")).exclude(kind__in=[ContactPoint.Kind.EMAIL, ContactPoint.Kind.WECHAT])
             .order_by("-is_primary", "pk").values(found=JSONObject(kind="kind", value="value", extension="extension"))[:1])
    return with_halls(customers).select_related("owner").annotate(numbers=ArraySubquery(first)).only(
        "number", "name", "company", "choice", "sort_key", "last_seen_at", "owner__name")


def customer_for_page(user, pk):
    """One file in reach with its contacts, its halls and the ids of the files merged into it, in one statement; or None."""
    found = prepared.rows(("file", prepared.reader(user, Can.READ)), lambda: whole_file(user), pk=pk)
    for customer in found:
        contacts = customer.contacts.all()
        contacts._result_cache = [record(ContactPoint, row) for row in customer.ways]
        customer._prefetched_objects_cache = {"contacts": contacts}
    return found[0] if found else None


def whole_file(user):
    """The query of the file PK, as far as the viewer reaches."""
    merged = Customer.objects.filter(merged_into=OuterRef("pk")).order_by("pk").values("pk")
    ways = ContactPoint.objects.filter(customer=OuterRef("pk")).order_by(*ContactPoint._meta.ordering).values(row=as_object(ContactPoint))
    return with_halls(Customer.objects.visible_to(user)).select_related("owner", "confirmed_by").annotate(
        merged_ids=ArraySubquery(merged), ways=ArraySubquery(ways)).filter(pk=prepared.PK)


def hall_words(customer):
    """The halls that know the file, in the viewer's language."""
    return ", ".join(str(Text(name)) for name in customer.hall_names)


def callable_customers(user):
    """Files in reach that may be approached: nobody who declined, does not want contact or took the consent to it back, and only with a
    number (REC-27, REC-28)."""
    offers = Consent.objects.filter(customer=OuterRef("pk"), purpose=Consent.Purpose.PROMOTION)
    taken_back = Exists(offers.filter(withdrawn_at__isnull=False)) & ~Exists(offers.filter(withdrawn_at=None))
    numbers = ContactPoint.objects.filter(customer=OuterRef("pk")).exclude(kind__in=[ContactPoint.Kind.EMAIL, ContactPoint.Kind.WECHAT])
    return Customer.objects.visible_to(user).filter(Exists(numbers), ~taken_back, choice=Customer.Choice.OPEN)


def family_of(customer):
    """The ids of a file and of those merged into it; what stays at a merged file is read through these. Kept on the object."""
    if not hasattr(customer, "merged_ids"):
        customer.merged_ids = list(Customer.objects.filter(merged_into=customer).values_list("pk", flat=True))
    return [customer.pk, *customer.merged_ids]


def communications_of(customer):
    """What was said, newest first, each with the entries it corrected: `row.earlier` is the chain of old texts. Kept on the object,
    so that a page and its time line read it once."""
    if not hasattr(customer, "_talk"):
        family = family_of(customer)
        found = (all_talk().filter(customer__in=family) if len(family) > 1 else
                 prepared.rows("talks of a file", lambda: all_talk().filter(customer=prepared.PK), pk=customer.pk))
        customer._talk = _standing(list(found))
    return customer._talk


def all_talk():
    """The query of everything that was said, the newest first."""
    return Communication.objects.select_related("entered_by", "hall").order_by("-at", "-pk")


def _standing(rows):
    """The rows that no other corrects, each with its chain."""
    by_id = {row.pk: row for row in rows}
    corrected = {row.corrects_id for row in rows if row.corrects_id}
    standing = [row for row in rows if row.pk not in corrected]
    for row in standing:
        row.earlier, step = [], row
        while step.corrects_id in by_id:
            old, why = by_id[step.corrects_id], step
            row.earlier.append({"row": old, "reason": why.correction_reason, "by": why.entered_by, "at": why.entered_at})
            step = old
    return standing


def contact_changes(family, limit=50):
    """History rows of the contacts of a file, newest first: what was added, corrected, removed; `row.words` says the act."""
    rows = list(ContactPoint.history.filter(customer_id__in=family).select_related("history_user").order_by("-history_date", "-history_id")[:limit])
    for row in rows:
        row.words = act_in_words(row.history_change_reason)
    return rows


def access_of(family, limit=100):
    """Who looked at the file, newest first, with the person's name; ids and field names only."""
    events = list(AccessEvent.objects.filter(kind="customer", record_id__in=family).order_by("-at")[:limit])
    people = User.objects.in_bulk({event.user_id for event in events if event.user_id})
    for event in events:
        event.person = people.get(event.user_id)
    return events


def hall_choices(user):
    """The halls a person works in, as forms of files offer them."""
    return Hall.objects.filter(pk__in=[hall.pk for hall in workplaces(user, timezone.localdate())]).order_by("pk")


def edits(user, customer):
    """Whether the person may change this file, which they may read."""
    return reaches(user, customer, Can.EDIT)


def reaches(user, customer, capability):
    """Whether this capability goes as far as the file, which the person may read: asked of the database only where the two reaches differ."""
    far = reach(user, capability)
    if not far:
        return False
    read = reach(user, Can.READ)
    if (far.everything, far.halls, far.teams, far.own) == (read.everything, read.halls, read.teams, read.own):
        return True
    return Customer.objects.visible_to(user, capability).filter(pk=customer.pk).exists()


def proofs_for(user):
    """The erasures of halls in reach, the newest first."""
    far = reach(user, Can.EXPORT)
    rows = Erasure.objects.filter(kind="customer").select_related("by").order_by("-at", "-pk")
    return rows if far.everything else rows.filter(hall_ids__overlap=sorted(far.halls | far.own_halls))
