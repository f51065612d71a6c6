"""The one question config asks about rights; staff.organisation answers it (GEN-01)."""
from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, F, Func, Q, Value
from django.db.models.functions import Cast
from django.utils.module_loading import import_string

SIGNED_IN = "signed_in"  # the capability of pages that every signed-in person may open


@dataclass(frozen=True)
class Reach:
    """How far one capability goes for one person today.

    `halls`, `teams` hold ids; `own` means records the person is responsible for; `own_halls` are the halls in
    which the person works with that capability (what waits there unassigned may be offered to them).
    `limits` are words such as 'no_names' or 'basic' that narrow what is shown of a part of this; `full` is the part that another
    role reaches without any, and is asked where there are limits.
    """

    everything: bool = False
    halls: frozenset = frozenset()
    teams: frozenset = frozenset()
    own: bool = False
    own_halls: frozenset = frozenset()
    user_id: int | None = None
    employee_id: int | None = None
    limits: frozenset = field(default_factory=frozenset)
    full: "Reach | None" = None

    def __bool__(self):
        return self.everything or self.own or bool(self.halls) or bool(self.teams)


NOWHERE = Reach()


class Rights:
    """The rights of one person, read once a request: `user.rights` style access through `rights_of`."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def _reaches(self):
        return import_string(settings.ACCESS_POLICY)(self.user)

    def reach(self, capability):
        """How far `capability` goes, as a Reach; NOWHERE when the person does not have it."""
        if capability == SIGNED_IN:
            return Reach(everything=True)
        return self._reaches.get(str(capability), NOWHERE)

    def may(self, capability):
        """Whether the person has the capability anywhere at all."""
        return bool(self.reach(capability))

    def instead(self, capability):
        """The template of the page that says what to do first, where the person would have the capability but for that; else ''."""
        return self._reaches.instead(str(capability)) if hasattr(self._reaches, "instead") else ""

    def for_whom(self, capability):
        """The id of the account as whose deputy the person has the capability; None where it is their own."""
        return self._reaches.for_whom(str(capability)) if hasattr(self._reaches, "for_whom") else None

    def remembered(self, name, make):
        """What `make()` gives, which depends on these rights alone: kept for as long as the policy keeps them, under `name`."""
        known = self._reaches.__dict__.setdefault("remembered", {})
        if name not in known:
            known[name] = make()
        return known[name]


def among(ids, field="pk"):
    """The condition that `field` is one of `ids`, a queryset of one column that is short: it is read first. Beside other ways to reach a
    row (in an OR) an index serves this one, where `in` would look at every row."""
    return _any_of(field, ArraySubquery(ids))


def one_of(ids, field="pk"):
    """The same of a list of ids, which goes to the database as one value however long it is; written here, since a field would prepare
    each of thousands by itself."""
    return one_of_text(array_text(ids), field)


def array_text(ids):
    """Ids as the database reads an array of them."""
    return f"{{{','.join(str(int(pk)) for pk in ids)}}}"


def one_of_text(text, field="pk"):
    """The condition `one_of` of what `array_text` wrote."""
    return _any_of(field, Cast(Value(text), ArrayField(BigIntegerField())))


def _any_of(field, array):
    return Q(Func(F(field), array, template="%(expressions)s)", arg_joiner=" = ANY (", output_field=BooleanField()))


def rights_of(user):
    """The Rights of a user, kept on the user object for the length of one request or test step."""
    if not getattr(user, "is_authenticated", False):
        return Rights(user)
    rights = getattr(user, "_rights", None)
    if rights is None:
        rights = user._rights = Rights(user)
    return rights


def may(user, capability):
    """Whether `user` has `capability` in any scope. Signed-out people have none."""
    return bool(getattr(user, "is_authenticated", False)) and rights_of(user).may(capability)


def reach(user, capability):
    """The Reach of `capability` for `user`."""
    return rights_of(user).reach(capability) if getattr(user, "is_authenticated", False) else NOWHERE
