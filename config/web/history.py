"""History in words: who changed which field from what to what, and why."""
from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


@dataclass
class Entry:
    """One saved change: `changes` are (label, before, after) in words."""

    at: object
    who: str
    act: str
    reason: str
    changes: list


def in_words(record, *, hide=(), limit=50):
    """The newest `limit` changes of a record with history. Fields in `hide` are named but their values are not shown."""
    versions = list(record.history.select_related("history_user").order_by("-history_date", "-history_id")[: limit + 1])
    entries = []
    for index, version in enumerate(versions[:limit]):
        older = versions[index + 1] if index + 1 < len(versions) else None
        changes = _changes(version, older, hide) if older else []
        if changes or not older or version.history_change_reason:
            entries.append(Entry(version.history_date, str(version.history_user or _("the system")), _act(version, older),
                                 act_in_words(version.history_change_reason), changes))
    return entries


def act_in_words(written):
    """"parked: fills in a form" in the reader's language; the rows keep the act in English, as the service named it in `act=`."""
    act, colon, reason = (written or "").partition(": ")
    return f"{pgettext('act', act)}{colon}{reason}" if act else ""


def _act(version, older):
    return {"+": _("created"), "-": _("deleted")}.get(version.history_type, _("changed"))


def _changes(version, older, hide):
    found = []
    for change in version.diff_against(older, foreign_keys_are_objs=True).changes:
        if change.field in {"version"}:
            continue
        try:
            label = capfirst(str(version.instance_type._meta.get_field(change.field).verbose_name))
        except FieldDoesNotExist:
            label = change.field
        secret = change.field in hide
        found.append((label, "…" if secret else _shown(version, change.field, change.old), "…" if secret else _shown(version, change.field, change.new)))
    return found


def _shown(version, name, value):
    field = version.instance_type._meta.get_field(name)
    if value in (None, "", [], {}):
        return _("empty")
    if value is True or value is False:
        return _("yes") if value else _("no")
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if hasattr(value, "utcoffset"):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    return str(value)
