"""Every write to a customer file: one function per verb, the actor first."""
from reception.customers.services.files import index, involve, know_in_hall, register_customer, release, seen

__all__ = ["index", "involve", "know_in_hall", "register_customer", "release", "seen"]
