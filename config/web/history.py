"""History in words: who changed which field from what to what, and why."""
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config import prepared
from config.accounts.trace import FOR
from config.web.templatetags import hk


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
    versions = prepared.rows(("history", type(record), limit), lambda: newest_versions(type(record)(pk=prepared.PK), limit + 1), pk=record.pk)
    names = {(field.related_model, getattr(version, field.attname)): str(getattr(version, field.name))
             for version in versions for field in version._meta.concrete_fields if field.many_to_one and getattr(version, field.name)}
    pairs = [(version, older) for version, older in zip_longest(versions[:limit], versions[1:])][:limit]
    changes = [differences(version, older) if older else [] for version, older in pairs]
    return [Entry(version.history_date, acted_by(version), _act(version, older), act_in_words(version.history_change_reason),
                  [_told(version, one, names, hide) for one in found])
            for (version, older), found in zip(pairs, changes, strict=True) if found or not older or version.history_change_reason]


def differences(version, older):
    """[(name of a field, before, after)] of what a change changed; the count of changes, `version`, is none."""
    fields = [field for field in version.tracked_fields if field.editable and field.name != "version"]
    values = [(field, getattr(older, field.attname), getattr(version, field.attname)) for field in fields]
    return [(field.name, before, after) for field, before, after in values if before != after]


def newest_versions(record, limit):
    """The rows of a record's history with all that they point to, the newest first."""
    rows = record.history.all()
    pointers = [field.name for field in rows.model._meta.concrete_fields if field.many_to_one]
    return rows.select_related(*pointers).order_by("-history_date", "-history_id")[:limit]


def act_in_words(written):
    """"parked: fills in a form" in the reader's language; the rows keep the act in English, as the service named it in `act=`."""
    act, colon, reason = (written or "").partition(": ")
    act = act.partition(FOR)[0]
    return f"{pgettext('act', act)}{colon}{reason}" if act else ""


def acted_by(version):
    """Who made a change; of what a deputy did both names: "Li Ming for Wang Fang"."""
    return for_whom(version.history_user or _("the system"), represented(version))


def represented(version):
    """The name of the person for whom a deputy made this change; '' where nobody was represented."""
    return (version.history_change_reason or "").partition(": ")[0].partition(FOR)[2]


def for_whom(who, whom):
    """A person who acts, with the one for whom they act as a deputy; `whom` is empty where they act for nobody else."""
    return _("%(who)s for %(whom)s") % {"who": who, "whom": whom} if whom else str(who)


def _act(version, older):
    return {"+": _("created"), "-": _("deleted")}.get(version.history_type, _("changed"))


def _field(version, name):
    """The field of the record; None for one that the record no longer has."""
    try:
        return version.instance_type._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _told(version, change, names, hide):
    """(label, before, after) of one change; of a hidden field only that it changed."""
    name, *values = change
    field = _field(version, name)
    label = capfirst(str(field.verbose_name)) if field is not None else name
    before, after = ("…" if name in hide else _shown(field, value, names) for value in values)
    return label, before, after


def _shown(field, value, names):
    if value in (None, "", [], {}):
        return _("empty")
    if value is True or value is False:
        return _("yes") if value else _("no")
    if field is not None and field.related_model:
        return names.get((field.related_model, value), _("deleted"))
    if field is not None and field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if hasattr(value, "utcoffset"):
        moment = timezone.localtime(value)
        return f"{hk.long_day(moment)} {hk.clock(moment)}"
    if isinstance(value, date):
        return hk.long_day(value)
    return str(value)
