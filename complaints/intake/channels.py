"""Verbs on the ways by which customers complain: data of each hall, kept by who leads it (CMP-01)."""
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from complaints.intake.models import BoxCheck, ComplaintChannel
from config.accounts import trace
from config.errors import Refused
from config.web.versions import claim_version
from staff.duties import services as duties

CHECK = "box_check"
WORDS = ("value", "hours", "public", "is_active")


def add(actor, *, hall, kind, value, hours, public, is_active, now):
    """A further way. Refused where the hall has the very same already."""
    row = ComplaintChannel(hall=hall, kind=kind, value=value, hours=hours, public=public, is_active=is_active, active_since=hall.day_of(now))
    return _saved(actor, row, act="added")


@transaction.atomic
def change(actor, channel, *, value, hours, public, is_active, now, version=None):
    """Mend it, or take it out of use: then nobody is asked to look into it any more."""
    row = ComplaintChannel.objects.select_for_update(of=("self",)).select_related("hall").get(pk=channel.pk)
    claim_version(row, version)
    if is_active and not row.is_active:
        row.active_since = row.hall.day_of(now)
    row.value, row.hours, row.public, row.is_active = value, hours, public, is_active
    _saved(actor, row, *WORDS, "active_since", "version", act="changed")
    if not is_active:
        withdraw(actor, row, now=now)
    return row


def _saved(actor, row, *fields, act):
    try:
        with transaction.atomic():
            return trace.save(actor, row, *fields, act=act)
    except IntegrityError as twin:
        raise Refused(_("The hall has this channel already."), field="value") from twin


def withdraw(actor, channel, *, now):
    """Nobody looks any more into what is out of use; a check that was asked is taken back, and what was missed before stays."""
    for check in BoxCheck.objects.select_for_update().filter(channel=channel, state=BoxCheck.State.OPEN):
        duties.withdraw(actor, CHECK, check.pk, reason=_("The channel is out of use."), now=now)
        check.state = BoxCheck.State.DROPPED
        trace.save(actor, check, "state", act="dropped")
