"""Two windows on one record: the second save is told who changed what, and nothing is overwritten (RELIABILITY R2)."""
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from config.errors import Changed


class Versioned(models.Model):
    """A record that people edit in forms; `version` grows with each saved change."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


def claim_version(record, given):
    """Raise `Changed` unless the form was opened on the record's present version; else raise the version by one.

    Call it on a row locked by `select_for_update`. `given` None means the caller had no form (a job, an import).
    """
    if given is not None and int(given) != record.version:
        last = record.history.select_related("history_user").first() if hasattr(record, "history") else None
        who = str(last.history_user or _("the system")) if last else _("somebody")
        when = date_format(timezone.localtime(last.history_date), "H:i") if last else ""
        raise Changed(_("%(who)s changed this record at %(when)s, after you opened it. Your text is still below: compare it with the "
                        "record as it is now, then save again.") % {"who": who, "when": when})
    record.version += 1
