"""Verbs of taking in: a complaint at the desk with its files, and its promise in the ledger (CMP-03 to CMP-05, REC-29)."""
from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from complaints.handling.models import Channel, Complaint, Method
from complaints.handling.services import common, registering
from config.accounts.access import may
from config.web import uploads
from reception.promises import services as promises
from reception.promises.models import Promise
from reception.promises.permissions import Can as Promises
from staff.organisation.models import Employee

SOURCES = {"visit": "reception.Visit", "follow_up": "reception.FollowUp", "box_check": "complaints.BoxCheck"}
TELLS = {Channel.COUNTER: Method.IN_PERSON, Channel.PHONE: Method.PHONE, Channel.FOLLOW_UP: Method.PHONE}  # how who hears it tells the promise


@transaction.atomic
def take(actor, *, files=(), source=("", None), now, **facts):
    """Register what was heard or found, keep its files, and write the promise down where the customer has a file. The record that it comes
    from is named once; a second complaint of the same visit stands by itself."""
    row = registering.register(actor, source=free(source, facts["kind"]), now=now, **facts)
    for upload in files:
        upload.seek(0)
        uploads.attach(actor, kind=common.KIND, record_id=row.pk, hall_id=row.hall_id, upload=upload, now=now)
    write_promise(actor, row, now=now)
    return row


def free(source, kind):
    """The source, unless a complaint of this kind names it already; the source is locked, so that of two one is first."""
    name, pk = source
    if name not in SOURCES:
        return "", None
    if name != "box_check" and apps.get_model(SOURCES[name]).objects.select_for_update(of=("self",)).filter(pk=pk).exists() \
            and not Complaint.objects.filter(source_kind=name, source_id=pk, kind=kind).exists():
        return name, pk
    return "", None


def write_promise(actor, row, *, now):
    """The promise of time and manner in the ledger (REC-29), kept by who heard it, else by the hall's manager; none without a customer file,
    none twice. Returns it or None."""
    if row.customer_id is None or row.is_light or not row.promised or row.promised_until is None or row.promised_until <= now:
        return None
    if Promise.objects.filter(kind=common.KIND, record_id=row.pk).exists():
        return None
    owner = next((person for person in (common.employee_of(actor), row.hall.manager) if keeps(person)), None)
    if owner is None or common.employee_of(actor) is None:
        return None
    what = _("Complaint %(number)s: %(manner)s") % {"number": row.number, "manner": row.promised_manner}
    return promises.promise(actor, hall=row.hall, customer=row.customer, kind=common.KIND, record_id=row.pk, what=what[:300], due_at=row.promised_until,
                            told_by=row.told_by or Method.IN_PERSON, owner=owner, now=now)


def keeps(person):
    """Whether somebody may keep promises now."""
    return person is not None and person.state == Employee.State.ON_DUTY and person.user is not None and may(person.user, Promises.EDIT)
