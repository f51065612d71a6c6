"""What happens to each relation to a customer when two files become one. Rooms above declare theirs from their `records.py`.

MOVE: the row belongs to the kept file from now on. JOIN: as MOVE, unless the kept file has an equal row (by the named fields).
STAY: the row keeps its file; what reads it looks at the merged files too. ANEW: worked out anew. `undeclared()` must be empty.
"""
from dataclasses import dataclass

from reception.customers.models import Customer

MOVE, JOIN, STAY, ANEW = "move", "join", "stay", "anew"


@dataclass(frozen=True)
class Policy:
    """`how` is one of the four; `equal` names the fields that make two rows of a JOIN the same."""

    how: str
    equal: tuple = ()


_POLICIES = {}


def declare(relation, how, *, equal=()):
    """Say what a merge does with `relation`, written "app.Model.field"."""
    _POLICIES[relation] = Policy(how, tuple(equal))


def relations():
    """Every foreign key to a customer, hidden ones too, as (name, model, field); the rows of history tables stay what they were."""
    return [(f"{field.related_model._meta.label}.{field.field.name}", field.related_model, field.field.name)
            for field in Customer._meta.get_fields(include_hidden=True)
            if field.auto_created and not field.concrete and not hasattr(field.related_model, "history_type")]


def policy_of(relation):
    """The Policy of one relation; a KeyError for one that nobody declared, which stops a merge before it loses anything."""
    return _POLICIES[relation]


def undeclared():
    """The relations without a policy."""
    return [name for name, _model, _field in relations() if name not in _POLICIES]


declare("reception.ContactPoint.customer", JOIN, equal=("kind", "value", "extension"))
declare("reception.CustomerHall.customer", JOIN, equal=("hall_id",))
declare("reception.Involvement.customer", JOIN, equal=("employee_id", "kind", "record_id"))
declare("reception.Customer.merged_into", MOVE)
declare("reception.Communication.customer", STAY)
declare("reception.CustomerKey.customer", ANEW)
declare("reception.DuplicatePair.first", STAY)
declare("reception.DuplicatePair.second", STAY)
declare("reception.CustomerMerge.kept", STAY)
declare("reception.CustomerMerge.merged", STAY)
declare("reception.FileCheck.customer", ANEW)
declare("reception.Confirmation.customer", JOIN, equal=("field", "asked_at"))
declare("reception.Consent.customer", STAY)
declare("reception.Disclosure.customer", STAY)
