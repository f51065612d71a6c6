"""Every write to a customer file: one function per verb, the actor first."""
from reception.customers.services.communications import correct_communication, log_communication
from reception.customers.services.consents import WISHES, disclose, give_consent, set_wishes, withdraw
from reception.customers.services.contacts import add_contact, correct_contact, make_main, remove_contact
from reception.customers.services.duplicates import dismiss_pair, find_duplicates
from reception.customers.services.erasing import KIND, erase_customer, release_hold, set_hold
from reception.customers.services.files import (
    came,
    change,
    index,
    involve,
    know_in_hall,
    register_customer,
    rekey,
    release,
    seen,
    take_back_involvements,
)
from reception.customers.services.merging import merge, undo_merge
from reception.customers.services.wishes import confirm_with_customer, may_be_contacted, set_attention, set_choice

__all__ = ["KIND", "WISHES", "add_contact", "came", "change", "confirm_with_customer", "correct_communication", "correct_contact", "disclose",
           "dismiss_pair", "erase_customer", "find_duplicates", "give_consent", "index", "involve", "know_in_hall", "log_communication",
           "make_main", "may_be_contacted", "merge", "register_customer", "rekey", "release", "release_hold", "remove_contact", "seen",
           "set_attention", "set_choice", "set_hold", "set_wishes", "take_back_involvements", "undo_merge", "withdraw"]
