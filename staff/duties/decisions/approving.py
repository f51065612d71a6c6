"""What is decided, and by whose right: rooms name in `approvals.py` what of their records waits for somebody's word."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry
from staff.organisation.matrix import ROLES, matrix
from staff.organisation.words import ROLE_NAMES
from staff.regulation import values

APPROVALS = registry("approvals")


@dataclass(frozen=True)
class Approval:
    """`key` is the record kind, `label` what is decided, `clauses` what asks for it. `about(employee_id)`, where it is given, is a queryset of the ids
    of the records that are about this person, who is asked nothing about them and sees nothing of it.

    `steps` say who decides, as (capability, parameter): whoever has the capability over the record's hall decides up to the amount that
    the parameter names (CNY); the last step has no parameter ('').
    """

    key: str
    label: str
    steps: tuple
    clauses: tuple = ()
    about: Callable | None = None

    def capability_for(self, amount, day, hall):
        """Whose capability it takes for a matter of this amount (CNY, or None) on a day in a hall."""
        for capability, limit in self.steps:
            if not limit or amount is None or amount <= values.value(limit, day, hall):
                return str(capability)
        raise ValueError(f"The last step of the approval {self.key} has a limit.")


def register(**facts):
    """Add an approval; called from a room's `approvals.py`."""
    return APPROVALS.add(Approval(**facts))


def about():
    """[(kinds of decisions, the ids that are about a person)], each queryset once."""
    found = {}
    for approval in APPROVALS.all():
        if approval.about:
            found.setdefault(approval.about, []).append(approval.key)
    return [(kinds, ids_from) for ids_from, kinds in found.items()]


def capabilities():
    """Every capability by which something is decided."""
    return {str(capability) for approval in APPROVALS.all() for capability, _limit in approval.steps}


def roles_with(capability):
    """The names of the roles whose people have a capability in the matrix."""
    row, _dot, action = str(capability).partition(".")
    return [ROLE_NAMES[role] for role in ROLES if (cell := matrix()[role].get(row)) and action in cell.actions]
