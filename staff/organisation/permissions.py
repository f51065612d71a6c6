"""Capabilities of the organisation room."""
from enum import StrEnum


class Can(StrEnum):
    """`organisation.*` is the master data; `accounts.*` is the row 'Users, roles, jobs, audit log' of roles.md."""

    READ = "organisation.read"
    EDIT = "organisation.edit"
    ACCOUNTS_READ = "accounts.read"
    ACCOUNTS_EDIT = "accounts.edit"
