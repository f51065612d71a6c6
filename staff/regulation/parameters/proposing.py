"""Who may ask for another value where: HR anywhere, a hall manager for the own hall (roles.md, 'Regulation, parameters')."""
from config.accounts.access import reach
from staff.organisation.access import cells_of, present
from staff.regulation.permissions import Can

ROW, PROPOSES = "regulation", "proposes_hall_override"


def halls_to_propose(user):
    """The ids of the halls for which this person may propose values, by a role of today."""
    employee, roles = present(user)
    return {role.hall_id or role.team_hall_id for role in roles
            if (cell := cells_of(role, employee).get(ROW)) and PROPOSES in cell.limits} - {None}


def may_ask(user, hall_id):
    """Whether this person may ask for a value in that hall, or with None for the company."""
    return bool(reach(user, Can.EDIT)) or (hall_id is not None and hall_id in halls_to_propose(user))
