"""Legal hold: what is stored of somebody must stay for now. Set by one, released by another, each with a reason."""
from django.db import transaction
from django.utils.translation import gettext as _

from config.errors import Refused
from config.privacy.models import LegalHold


def standing(kind, ids):
    """The hold that stands on one of these records of one person, or None."""
    return LegalHold.objects.filter(kind=kind, record_id__in=ids, released_at=None).select_related("set_by").first()


@transaction.atomic
def set_hold(actor, kind, ids, *, reason, now):
    """Keep all that is stored of a person, by the ids of their records, until the hold is released. The caller holds the lock on the first."""
    if not reason.strip():
        raise Refused(_("Write down why the file must be kept."), field="reason")
    if standing(kind, ids):
        raise Refused(_("A legal hold stands on this file already."))
    return LegalHold.objects.create(kind=kind, record_id=ids[0], reason=reason.strip(), set_by=actor.user, set_at=now)


@transaction.atomic
def release(actor, kind, ids, *, reason, now):
    """End the hold. Refused for whoever set it: another person decides."""
    hold = LegalHold.objects.select_for_update().filter(kind=kind, record_id__in=ids, released_at=None).first()
    if hold is None:
        raise Refused(_("No legal hold stands on this file."))
    if hold.set_by_id == actor.user.pk:
        raise Refused(_("You set this hold yourself. Somebody else has to release it."))
    if not reason.strip():
        raise Refused(_("Write down why the hold is released."), field="reason")
    hold.released_by, hold.released_at, hold.release_reason = actor.user, now, reason.strip()
    hold.save(update_fields=["released_by", "released_at", "release_reason"])
    return hold
