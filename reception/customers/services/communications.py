"""What was said: written once, corrected by a new row, never changed or deleted (REC-25)."""
from django.db import transaction
from django.utils.translation import gettext as _

from config.errors import Refused
from config.web.days import FIRST
from reception.customers.models import Communication
from reception.customers.services.files import locked

TEXTS = ("topic", "opinion", "answer", "next_step")


@transaction.atomic
def log_communication(actor, customer, *, hall, at, method, topic, now, opinion="", answer="", next_step=""):
    """Write down an exchange with the customer. Raises Refused for a time to come or a hall that does not know the file."""
    customer = locked(customer)
    check(customer, hall, at, topic, now)
    return Communication.objects.create(customer=customer, hall=hall, at=at, method=method, topic=topic, opinion=opinion, answer=answer,
                                        next_step=next_step, entered_by=actor.user, entered_at=now)


@transaction.atomic
def correct_communication(actor, original, *, reason, now, at, method, topic, opinion="", answer="", next_step=""):
    """Set a new row in place of one that is wrong; the old one stays, struck through, with the reason.

    Raises Refused without a reason, when nothing differs, or when the row was corrected already.
    """
    customer = locked(original.customer.merged_into or original.customer)
    if Communication.objects.filter(corrects=original).exists():
        raise Refused(_("This entry was corrected already. Correct the newer one."))
    if not reason.strip():
        raise Refused(_("Write down why the entry is corrected."), field="reason")
    new = {"at": at, "method": method, "topic": topic, "opinion": opinion, "answer": answer, "next_step": next_step}
    if all(getattr(original, key) == value for key, value in new.items()):
        raise Refused(_("Nothing differs from the entry. Change what is wrong, or leave it."))
    check(customer, original.hall, at, topic, now)
    return Communication.objects.create(customer=customer, hall=original.hall, corrects=original, correction_reason=reason.strip(),
                                        entered_by=actor.user, entered_at=now, **new)


def check(customer, hall, at, topic, now):
    """The rules of both: a topic, a time that has passed, a hall that knows the customer."""
    if not topic.strip():
        raise Refused(_("Enter what it was about."), field="topic")
    if at.date() < FIRST:
        raise Refused(_("Nobody talked on this day. Enter when you talked."), field="at")
    if at > now:
        raise Refused(_("This time has not come yet. Enter when you talked."), field="at")
    if not customer.halls.filter(hall=hall).exists():
        raise Refused(_("This hall does not know the customer. Choose a hall that does."), field="hall")
