"""Entries of the audit log in words: who, what, which record, and from what to what where the reader may see the values (GEN-09)."""
from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from config.accounts.access import reach
from config.accounts.models import AccessEvent, User
from config.contributions.personal import FIELDS
from config.contributions.records import KINDS, numbers_of, resolve
from config.privacy import audit
from config.web.history import act_in_words
from config.web.house import OUTCOMES
from config.web.lists import Column

LONGEST = 160  # characters of a value that are shown
HIDDEN = "…"
UNTOLD = {"version", "sort_key", "search_keys", "reversed_digits"}
SECRETS = ("password", "secret", "token", "key", "hash", "digest")  # parts of names of fields that nobody reads


@dataclass
class Told:
    """One entry as a page shows it. `changes` are (label, before, after); `hidden` says that there are values which this reader does not see."""

    entry: object
    person: str
    acting_for: str
    act: str
    words: str
    kind_label: str
    record: object
    number: str
    changes: list
    hidden: bool


def is_masked(user, capability):
    """Whether this person reads the log with values masked."""
    far = reach(user, capability)
    return capability == "evidence.read" or bool(far.limits and not far.full)


def told(entries, user, capability, *, values=True):
    """Entries in words, with the people, records and values of all of them looked up together."""
    references = [one.about for one in entries if one.kind]
    found = resolve(references, user)
    numbers = numbers_of(set(references))
    ids = {pk for one in entries for pk in (one.user_id, one.for_user_id) if pk}
    people = {row.pk: str(row) for row in User.objects.filter(pk__in=ids)} if ids else {}
    masked = not values or is_masked(user, capability)
    changed = [one for one in entries if one.is_history and one.act != audit.CREATE and values]
    rows = audit.versions(changed) if changed else {}
    lines = []
    for one in entries:
        reference = one.about
        open_ = not masked and reference in found
        changes = differences(one, *rows[one.source, one.id], shows=open_) if (one.source, one.id) in rows else []
        lines.append(Told(one, people.get(one.user_id, ""), people.get(one.for_user_id, ""), act_of(one), words_of(one, open_), label_of(one),
                          found.get(reference), numbers.get(reference, ""), changes, bool(changes) and not open_))
    return lines


def act_of(one):
    """What was done."""
    if one.is_history:
        return {audit.CREATE: _("created"), audit.CHANGE: _("changed"), audit.DELETE: _("deleted"), audit.DECIDE: pgettext("act", "decided")}[one.act]
    return str(AccessEvent.Act(one.act).label) if one.act in AccessEvent.Act.values else one.act


def words_of(one, shows):
    """The act as the service named it, with its reason for who may see values; of the access log what came of it."""
    if not one.is_history:
        return str(OUTCOMES.get((one.act, one.words), one.words))
    return act_in_words(one.words if shows else one.words.partition(": ")[0])


def label_of(one):
    """What the record is called; a part by its own name."""
    kind = KINDS.get(one.kind)
    own = audit.sources()[one.source].model._meta.verbose_name if one.is_history else ""
    if kind and isinstance(own, str) and one.is_history and one.whole_id:  # no words were written for the part
        return _("%(whole)s, one line") % {"whole": capfirst(str(kind.label))}
    if one.is_history and (one.whole_id or not one.kind):
        return capfirst(str(audit.sources()[one.source].model._meta.verbose_name))
    return capfirst(str(kind.label)) if kind else one.kind


def differences(one, row, before, *, shows):
    """[(label, before, after)] of what an entry changed; HIDDEN in the place of values that are not shown."""
    model = audit.sources()[one.source].model
    personal = set(FIELDS.get(one.source).fields) if FIELDS.get(one.source) else set()
    changes = []
    for name, after in row.items():
        if name.startswith("history_") or before is None or before.get(name) == after:
            continue
        field = field_of(model, name)
        if field is None or not field.editable or field.name in UNTOLD:
            continue
        open_ = shows and not any(part in field.name for part in SECRETS) and not (one.whole_id and field.name in personal)
        changes.append((capfirst(str(field.verbose_name)), *((shown(field, value) if open_ else HIDDEN) for value in (before.get(name), after))))
    return changes


def field_of(model, column):
    """The field of a column; None for one that the model no longer has."""
    try:
        return model._meta.get_field(column)
    except FieldDoesNotExist:
        return next((field for field in model._meta.concrete_fields if field.column == column), None)


def shown(field, value):
    """A value as people read it; what points elsewhere by its id, since who reads this may not see that."""
    if value in (None, "", [], {}):
        return _("empty")
    if value is True or value is False:
        return _("yes") if value else _("no")
    if field.related_model:
        return f"{capfirst(str(field.related_model._meta.verbose_name))} {value}"
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    moment = parse_datetime(value) if isinstance(value, str) and field.get_internal_type() == "DateTimeField" else None
    text = date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment else str(value)
    return text if len(text) <= LONGEST else text[:LONGEST - 1] + "…"


COLUMNS = (
    Column("at", gettext_lazy("When"), lambda line: line.entry.at),
    Column("person", gettext_lazy("Who"), lambda line: line.person),
    Column("acting_for", gettext_lazy("Acting for"), lambda line: line.acting_for),
    Column("act", gettext_lazy("Act"), lambda line: line.act),
    Column("kind", gettext_lazy("Kind of record"), lambda line: line.kind_label),
    Column("record", gettext_lazy("Record"), lambda line: line.number or line.entry.record_id),
    Column("fields", gettext_lazy("Fields"), lambda line: ", ".join(line.entry.fields)),
    Column("words", gettext_lazy("What"), lambda line: line.words),
    Column("place", gettext_lazy("From where"), lambda line: line.entry.address[:6]),
    Column("reference", gettext_lazy("Reference"), lambda line: line.entry.reference),
)
