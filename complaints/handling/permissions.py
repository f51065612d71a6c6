"""Capabilities of complaints: the rows 'Complaint register' and 'Complaint handling' of roles.md."""
from enum import StrEnum


class Can(StrEnum):
    """Seeing the register, writing into it; handling a complaint; deciding as the hall's manager; taking the
    list out of the house.

    The register is everybody's who meets customers; an adviser handles only minor complaints of own customers (CMP-26).
    """

    READ = "complaint_register.read"
    REGISTER = "complaint_register.edit"
    LOOK = "complaint_handling.read"
    HANDLE = "complaint_handling.edit"
    DECIDE = "complaint_handling.approve"
    EXPORT = "customer_export.approve"
