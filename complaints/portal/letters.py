"""Mails to the customer: the receipt with the link, and what is told or asked by e-mail. The code in the subject leads an answer home."""
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from complaints.handling.services.common import KIND
from complaints.portal.keys import track_key
from config.outbox import services as outbox


def link_of(row):
    """The whole address of the tracking page; jobs know no request, so it is the house's public address, else the first name under which it answers."""
    page = reverse("tracked", args=[track_key(row.public_code)])
    if settings.PUBLIC_ADDRESS:
        return f"{settings.PUBLIC_ADDRESS}{page}"
    host = next((name for name in settings.ALLOWED_HOSTS if not name.startswith((".", "*"))), "localhost")
    return f"{'http' if host in ('localhost', '127.0.0.1') else 'https'}://{host}{page}"


def subject_of(row):
    """[CODE] and the hall."""
    return f"[{row.public_code}] {row.hall}"


def receipt(row, *, now):
    """Thank the customer and give them code and link; once a complaint. To an address that nobody proved, none of the typed words go out."""
    with override(row.language):
        body = _("Thank you for writing to us. Your code is %(code)s.\n\nFollow it here:\n%(link)s\n\nAnswer this mail to add something.") % {
            "code": row.public_code, "link": link_of(row)}
        outbox.leave(key=f"complaint-receipt-{row.pk}", channel="email", address=row.contact_email, subject=subject_of(row), body=body, kind=KIND,
                     record_id=row.pk, now=now)


def letter(entry):
    """Send one line to the customer; once a line."""
    row = entry.complaint
    with override(row.language):
        body = _("%(text)s\n\nHow it stands: %(link)s\nAnswer this mail to add something.") % {"text": entry.text, "link": link_of(row)}
        outbox.leave(key=f"complaint-entry-{entry.pk}", channel="email", address=row.contact_email, subject=subject_of(row), body=body, kind=KIND,
                     record_id=row.pk, now=entry.at)
