"""Every write to the organisation: one function per verb, the actor first."""
from staff.organisation.services.halls import add_post, change_hall, change_post, create_hall
from staff.organisation.services.handing import hand_over_holdings, may_hand_over, sees_holdings
from staff.organisation.services.leaving import holdings_of, leave, settle_leavers, stay
from staff.organisation.services.people import change_person, create_person, give_account, put_on_duty
from staff.organisation.services.postings import post_to
from staff.organisation.services.rights import assign_role, end_deputy, end_role, name_deputy
from staff.organisation.services.structure import save_department, save_position, save_service, save_team

__all__ = ["add_post", "assign_role", "change_hall", "change_person", "change_post", "create_hall", "create_person", "end_deputy", "end_role",
           "give_account", "hand_over_holdings", "holdings_of", "leave", "may_hand_over", "name_deputy", "post_to", "put_on_duty",
           "save_department", "save_position", "save_service", "save_team", "sees_holdings", "settle_leavers", "stay"]
