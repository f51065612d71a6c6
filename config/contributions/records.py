"""Record kinds: how a lower room points at a record of a higher one, by (kind, id)."""
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.urls import reverse

from config.contributions.registry import registry

KINDS = registry("record kinds")


@dataclass(frozen=True)
class RecordKind:
    """One kind of record.

    `key` such as 'visit'; `model` as 'reception.Visit'; `label` a translatable word; `title(record)` the words a
    link shows, reading through `joins`; `page` the url name that takes the id; `visible_to(user)` the queryset a person may see;
    `confidentiality` one of public, internal, confidential, secret (GEN-10).
    """

    key: str
    model: str
    label: str
    title: Callable
    page: str = ""
    confidentiality: str = "internal"
    number: str = ""
    joins: tuple = ()

    @property
    def model_class(self):
        """The Django model."""
        return apps.get_model(self.model)

    def visible_to(self, user):
        """The records of this kind that `user` may see."""
        return self.model_class.objects.visible_to(user)

    def address(self, record):
        """The page of one record, or '' where the kind has none."""
        return reverse(self.page, args=[record.pk]) if self.page else ""


@dataclass(frozen=True)
class Resolved:
    """One reference looked up: `record` is None where the person may not see it or it is gone."""

    kind: RecordKind
    record: object
    title: str
    address: str


def register(**facts):
    """Add a record kind; called from a room's `records.py`."""
    return KINDS.add(RecordKind(**facts))


def kind_of(record):
    """The RecordKind of a model instance, or None."""
    label = record._meta.label
    return next((kind for kind in KINDS.all() if kind.model == label), None)


def resolve(references, user):
    """Look up many (kind, id) references for one viewer: {(kind, id): Resolved}, one query a kind."""
    wanted = defaultdict(set)
    for key, pk in references:
        if KINDS.get(key) and pk is not None:
            wanted[key].add(pk)
    found = {}
    for key, ids in wanted.items():
        kind = KINDS.get(key)
        for record in kind.visible_to(user).filter(pk__in=ids).select_related(*kind.joins):
            found[key, record.pk] = Resolved(kind, record, str(kind.title(record)), kind.address(record))
    return found


def numbers_of(references):
    """{(kind, id): number} of many references, for kinds that number their records; a number says nothing of a person, so anybody
    who is shown the reference may read it. One query a kind."""
    wanted = defaultdict(set)
    for key, pk in references:
        if pk is not None and KINDS.get(key) and KINDS.get(key).number:
            wanted[key].add(pk)
    return {(key, pk): number for key, ids in wanted.items()
            for pk, number in KINDS.get(key).model_class.objects.filter(pk__in=ids).values_list("pk", "number")}
