"""Classes of confidentiality of the kinds of record: who opens, exports and prints what, asked in one place (GEN-10).

A kind is built with a class (`records.register(confidentiality=…)`); an administrator may set it higher, never below. What was set comes
with the account (config/accounts/columns.py), so that no page reads a row more.
"""
from dataclasses import dataclass
from functools import cache

from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.accounts.access import may
from config.contributions.records import KINDS
from config.errors import Refused
from config.privacy.models import KindClass

PUBLIC, INTERNAL, CONFIDENTIAL, SECRET = ORDER = tuple(KindClass.Class.values)
COLUMN = "raised_classes"  # of the account: what was set, [{"kind", "to"}]


@dataclass(frozen=True)
class Rule:
    """What one class asks beside the right of the page or list: a capability, '' for none, and None where nobody may. `marked`: each
    printed sheet carries name and time; `logged`: each look leaves a row, also on pages that keep none themselves."""

    opens: str = ""
    exports: str | None = ""
    marked: bool = False
    logged: bool = False


RULES = {
    PUBLIC: Rule(),
    INTERNAL: Rule(),
    CONFIDENTIAL: Rule(opens="confidential.read", exports="confidential.approve", marked=True),
    SECRET: Rule(opens="secret.read", exports=None, marked=True, logged=True),
}


def raised(user):
    """{kind: class} of what was set; read with the account where that came with a session."""
    if not hasattr(user, COLUMN):
        setattr(user, COLUMN, [{"kind": row.kind, "to": row.confidentiality} for row in KindClass.objects.all()])
    return {row["kind"]: row["to"] for row in getattr(user, COLUMN)}


def class_of(user, key):
    """The class of a kind of record today, as a page of this person asks."""
    kind = KINDS.get(key)
    return higher(kind.confidentiality, raised(user).get(key, PUBLIC)) if kind else INTERNAL


def higher(one, other):
    """The more confidential of two classes."""
    return max(one, other, key=ORDER.index)


def opens(user, key):
    """Whether the class lets this person open records of the kind; the page's own right is asked besides."""
    asked = RULES[class_of(user, key)].opens if key else ""
    return not asked or may(user, asked)


def exports(user, key):
    """Whether the class lets this person export lists of the kind; the list's own right is asked besides."""
    asked = RULES[class_of(user, key)].exports
    return asked is not None and (not asked or may(user, asked))


def is_marked(user, key):
    """Whether sheets with records of the kind carry name and time."""
    return bool(key) and RULES[class_of(user, key)].marked


def is_logged(user, key):
    """Whether each look at a record of the kind leaves a row."""
    return RULES[class_of(user, key)].logged


def kind_at(url_name):
    """The key of the kind whose records are shown at an address, '' where it is none."""
    return pages().get(url_name, "")


@cache
def pages():
    """{url name: key of the kind} of the pages of all kinds; the registry stays as it is once the rooms are gathered."""
    return {kind.page: kind.key for kind in KINDS.all() if kind.page}


@transaction.atomic
def classify(actor, key, *, confidentiality, reason, now):
    """Set the class of a kind. Refused below the one it was built with, without a reason, and where it has that class already."""
    kind = KINDS.get(key)
    if not reason.strip():
        raise Refused(_("Write down why the class changes."), field="reason")
    if ORDER.index(confidentiality) < ORDER.index(kind.confidentiality):
        raise Refused(_("This kind is at least %(class)s. Choose that class or a higher one.")
                      % {"class": KindClass.Class(kind.confidentiality).label}, field="confidentiality")
    row = KindClass.objects.select_for_update().filter(kind=key).first() or KindClass(kind=key, confidentiality=kind.confidentiality)
    if row.confidentiality == confidentiality:
        raise Refused(_("The kind has this class already. Choose another one."), field="confidentiality")
    row.confidentiality = confidentiality
    return trace.save(actor, row, act="classified", reason=reason.strip())
