"""The customer file itself: opened, known in halls, found again, worked on by people (REC-02, REC-30)."""
from django.db import connection, transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from config.accounts import trace
from config.accounts.access import reach
from config.errors import Refused
from config.numbers.services import next_number
from config.web.versions import claim_version
from reception.customers import keys, names
from reception.customers.models import ContactPoint, Customer, Involvement
from reception.customers.permissions import Can
from reception.customers.phones import read_phones
from reception.customers.services.checking import check_anew

NAME_LENGTH, COMPANY_LENGTH = 80, 120
CHANGEABLE = ("name", "company", "note", "source", "owner")

_INDEX = """
INSERT INTO reception_customerkey (hall_id, customer_id, key)
SELECT DISTINCT h.hall_id, h.customer_id, left(w.key, 254)
FROM reception_customerhall h JOIN reception_customer c ON c.id = h.customer_id
CROSS JOIN LATERAL (
    SELECT unnest(string_to_array(c.search_keys, ' ')) AS key
    UNION SELECT '+' || p.digits FROM reception_contactpoint p WHERE p.customer_id = c.id AND p.digits > ''
    UNION SELECT '-' || p.reversed_digits FROM reception_contactpoint p WHERE p.customer_id = c.id AND p.reversed_digits > '') w
WHERE h.customer_id = ANY(%(ids)s) AND (%(hall)s::bigint IS NULL OR h.hall_id = %(hall)s) AND c.merged_into_id IS NULL AND w.key > ''
"""


@transaction.atomic(savepoint=False)
def register_customer(actor, *, hall, now, name="", phones=(), company="", source="", note=""):
    """Open a file known in `hall`. `phones` are texts as typed or Phone values; a name, a phone or a company is enough.

    Who sees only the own customers becomes the owner of what they register. Raises Refused when there is nothing to know
    the customer by. A phone that another file has too is no obstacle: people share phones.
    """
    name, company = names.tidy_name(name), names.tidy_name(company)
    points = contact_points(phones, now)
    if not (name or points or company):
        raise Refused(_("There is nothing to know this customer by. Enter a name or a phone number."), field="name")
    check_lengths(name, company)
    customer = Customer(number=next_number("CU", now.year), name=name, company=company, note=note, source=source, owner_id=owner_of_new(actor),
                        sort_key=names.sort_key(name or company), created_at=now, created_by=actor.user, last_seen_at=now)
    customer.search_keys = keys.words_of(name=name, company=company, number=customer.number)
    trace.save(actor, customer, act="registered")
    for point in points:
        point.customer = customer
    bulk_create_with_history(points, ContactPoint, default_user=actor.user, default_change_reason="registered")
    know_in_hall(customer, hall, now=now)
    return customer


def contact_points(written, now):
    """Unsaved contact points of phone texts or Phone values, each number once, the first one the main one."""
    found = {}
    for item in written:
        for phone in [item] if hasattr(item, "e164") else read_phones(item):
            point = point_of(phone, now)
            found.setdefault((point.value, point.extension), point)
    points = list(found.values())
    if points:
        points[0].is_primary = True
    return points


def point_of(phone, now):
    """An unsaved contact point of one Phone; an unreadable number is kept as it was written."""
    kinds = {"mobile": ContactPoint.Kind.MOBILE, "landline": ContactPoint.Kind.LANDLINE, "foreign": ContactPoint.Kind.PHONE}
    kind = kinds.get(phone.kind, ContactPoint.Kind.UNREADABLE)
    value = phone.e164 or phone.raw.strip()[:254]
    digits, backwards = keys.digits_of(value)
    return ContactPoint(kind=kind, value=value, extension=phone.extension[:10], digits=digits, reversed_digits=backwards, created_at=now)


def check_lengths(name, company):
    """Refuse a name or company that does not fit its field."""
    if len(name) > NAME_LENGTH:
        raise Refused(_("A name has at most %(count)s characters. Shorten it.") % {"count": NAME_LENGTH}, field="name")
    if len(company) > COMPANY_LENGTH:
        raise Refused(_("The name of a company has at most %(count)s characters. Shorten it.") % {"count": COMPANY_LENGTH}, field="company")


def owner_of_new(actor):
    """Who owns what this actor registers: the person themselves where their reach is only their own or their team's."""
    far = reach(actor.user, Can.EDIT) if actor.user else None
    return far.employee_id if far and far.own and not far.halls and not far.everything else None


def locked(customer):
    """The file, locked until the transaction ends; Refused when it was erased, or merged into another one, meanwhile."""
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    if customer.erased_at:
        raise Refused(erased_sentence())
    if customer.merged_into_id:
        raise Refused(merged_sentence(customer.merged_into.number))
    return customer


def merged_sentence(number):
    """What to do with a file that is part of another one by now."""
    return _("This file was merged into %(number)s. Open that file and go on there.") % {"number": number}


def erased_sentence():
    """What to do where a file was erased meanwhile."""
    return _("This customer's data was erased. Register the customer anew if they come again.")


def rekey(customer):
    """Work out anew by which words the file is found and sorted and how complete it is, after its name, contacts or merged files changed."""
    addresses = customer.contacts.filter(kind__in=[ContactPoint.Kind.EMAIL, ContactPoint.Kind.WECHAT]).values_list("value", flat=True)
    numbers = customer.merged_files.values_list("number", flat=True)
    customer.sort_key = names.sort_key(customer.name or customer.company)
    customer.search_keys = keys.words_of(name=customer.name, company=customer.company, number=customer.number, addresses=[*addresses, *numbers])
    Customer.objects.filter(pk=customer.pk).update(sort_key=customer.sort_key, search_keys=customer.search_keys)
    index([customer.pk])
    check_anew([customer.pk])


@transaction.atomic
def change(actor, customer, *, version=None, reason="", now, **facts):
    """Change name, company, note, source or owner of a file; `version` is the one the form was opened on (None: no form)."""
    customer = locked(customer)
    claim_version(customer, version)
    facts = {key: value for key, value in facts.items() if key in CHANGEABLE}
    for text in ("name", "company"):
        if text in facts:
            facts[text] = names.tidy_name(facts[text])
    check_lengths(facts.get("name", ""), facts.get("company", ""))
    for key, value in facts.items():
        setattr(customer, key, value)
    if not (customer.name or customer.company or customer.contacts.exists()):
        raise Refused(_("There is nothing to know this customer by. Enter a name or a phone number."), field="name")
    trace.save(actor, customer, *facts, "version", act="changed", reason=reason)
    rekey(customer)
    return customer


def index(ids, *, hall=None):
    """Work out anew the keys that find these files: one statement for any number of them. With `hall`, add that hall's keys only."""
    with connection.cursor() as cursor:
        if hall is None:
            cursor.execute("DELETE FROM reception_customerkey WHERE customer_id = ANY(%s)", [list(ids)])
        cursor.execute(_INDEX, {"ids": list(ids), "hall": hall.pk if hall else None})


@transaction.atomic(savepoint=False)
def know_in_hall(customer, hall, *, now):
    """Let `hall` know the file from now on; nothing happens when it does already. Only then its staff find it."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO reception_customerhall (customer_id, hall_id, since, last_seen_at) VALUES (%s, %s, %s, %s) "
                       "ON CONFLICT (customer_id, hall_id) DO NOTHING", [customer.pk, hall.pk, now, now])
        fresh = cursor.rowcount == 1
    if fresh:
        index([customer.pk], hall=hall)


def seen(customer, *, at, hall=None):
    """Note the newest time the customer was here, in `hall` or in every hall that knows them; an earlier time changes nothing.

    One statement. It is a figure for order, not a fact of the file, and so leaves no history. Raises Refused for a file that was
    merged meanwhile: a caller whose new row points at the file holds it, so no merge can slip in after this.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH halls AS (UPDATE reception_customerhall SET last_seen_at = %(at)s WHERE customer_id = %(id)s AND last_seen_at < %(at)s "
            "AND (%(hall)s::bigint IS NULL OR hall_id = %(hall)s)), "
            "file AS (UPDATE reception_customer SET last_seen_at = %(at)s WHERE id = %(id)s AND last_seen_at < %(at)s) "
            "SELECT k.number FROM reception_customer c LEFT JOIN reception_customer k ON k.id = c.merged_into_id WHERE c.id = %(id)s "
            "AND (c.merged_into_id IS NOT NULL OR c.erased_at IS NOT NULL)",
            {"at": at, "id": customer.pk, "hall": hall.pk if hall else None})
        if kept := cursor.fetchone():
            raise Refused(merged_sentence(kept[0]) if kept[0] else erased_sentence())
    customer.last_seen_at = max(customer.last_seen_at, at)


def came(customer, hall, *, at, now):
    """Who was in `hall` at `at`: the hall knows the file from now on, and it was seen then; as `know_in_hall` and `seen`, in one statement.

    The file is written first, so that this waits for a merge that runs. Raises Refused for a file that was merged meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH file AS (UPDATE reception_customer SET last_seen_at = greatest(last_seen_at, %(at)s) WHERE id = %(id)s RETURNING merged_into_id, erased_at), "
            "known AS (INSERT INTO reception_customerhall (customer_id, hall_id, since, last_seen_at) VALUES (%(id)s, %(hall)s, %(now)s, %(now)s) "
            "ON CONFLICT (customer_id, hall_id) DO NOTHING RETURNING id), "
            "halls AS (UPDATE reception_customerhall SET last_seen_at = %(at)s WHERE customer_id = %(id)s AND last_seen_at < %(at)s) "
            "SELECT file.merged_into_id, file.erased_at, EXISTS (SELECT FROM known) FROM file",
            {"at": at, "now": now, "id": customer.pk, "hall": hall.pk})
        merged_into, erased_at, fresh = cursor.fetchone()
    if erased_at:
        raise Refused(erased_sentence())
    if merged_into:
        raise Refused(merged_sentence(Customer.objects.values_list("number", flat=True).get(pk=merged_into)))
    if fresh:
        index([customer.pk], hall=hall)
    customer.last_seen_at = max(customer.last_seen_at, at)


def involve(customer, employee, *, kind, record_id, now):
    """Let `employee` work on the file because of a record (a visit they serve), until `release`. Running twice changes nothing."""
    Involvement.objects.update_or_create(customer=customer, employee=employee, kind=kind, record_id=record_id,
                                         defaults={"until": None}, create_defaults={"since": now})


def release(customer, employee, *, kind, record_id, now):
    """End what `involve` began; `employee` None ends everybody's for that record."""
    running = Involvement.objects.filter(customer=customer, kind=kind, record_id=record_id, until__isnull=True)
    running.filter(**({"employee": employee} if employee else {})).update(until=now)


def take_back_involvements(*, kind, record_id, since):
    """What an act that is undone began or ended for a record from `since` on is as it was before."""
    rows = Involvement.objects.filter(kind=kind, record_id=record_id)
    rows.filter(since__gte=since).delete()
    rows.filter(until__gte=since).update(until=None)
