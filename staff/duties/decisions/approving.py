"""What is decided, and by whose right: rooms name in `approvals.py` what of their records waits for somebody's word."""
from dataclasses import dataclass

from config.contributions.registry import registry
from staff.organisation.matrix import ROLES, matrix
from staff.organisation.words import ROLE_NAMES
from staff.regulation import values

APPROVALS = registry("approvals")


@dataclass(frozen=True)
class Approval:
    """`key` is the record kind, `label` what is decided, `clauses` what asks for it.

    `steps` say who decides, as (capability, parameter): whoever has the capability over the record's hall decides up to the amount that
    the parameter names (CNY); the last step has no parameter ('').
    """

    key: str
    label: str
    steps: tuple
    clauses: tuple = ()

    def capability_for(self, amount, day, hall):
        """Whose capability it takes for a matter of this amount (CNY, or None) on a day in a hall."""
        for capability, limit in self.steps:
            if not limit or amount is None or amount <= values.value(limit, day, hall):
                return str(capability)
        raise ValueError(f"The last step of the approval {self.key} has a limit.")


def register(**facts):
    """Add an approval; called from a room's `approvals.py`."""
    return APPROVALS.add(Approval(**facts))


def capabilities():
    """Every capability by which something is decided."""
    return {str(capability) for approval in APPROVALS.all() for capability, _limit in approval.steps}


def roles_with(capability):
    """The names of the roles whose people have a capability in the matrix."""
    row, _dot, action = str(capability).partition(".")
    return [ROLE_NAMES[role] for role in ROLES if (cell := matrix()[role].get(row)) and action in cell.actions]
