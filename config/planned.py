"""Statements that PostgreSQL keeps parsed, and planned where one plan is good for all values: of a statement with many joins the plan
takes longer than the answer.

A statement is kept from its second use on a connection. When there are MOST, the one unused for longest is let go. Behind a pooler that
hands connections round between statements, `DATABASE_PREPARE=off` sends each in full.
"""
import itertools
import re
from collections import OrderedDict
from hashlib import blake2b
from weakref import WeakKeyDictionary

from django.conf import settings
from psycopg.sql import Literal

MOST = 100  # statements kept on a connection; a large one takes some 200 kB of the server's memory
_numbers = itertools.count(1)
_known = WeakKeyDictionary()  # a connection of the driver -> {key of a plan: name there, or None after the first use}


class Plan:
    """A statement of which some values are left open: `pieces` are text and numbers of open places, `types` the types of these places.

    People's statements differ in a few pieces; so that they share the large ones, the text is put together when it is needed.
    """

    def __init__(self, title, pieces, types):
        self.name = re.sub(r"\W+", "_", str(title))[:40]
        self.pieces, self.types = pieces, types
        self.key = blake2b(self.text().encode(), digest_size=16).digest()
        self.call = f"({', '.join(['%s'] * len(types))})" if types else ""

    def text(self):
        """The statement as PREPARE takes it."""
        return "".join(f"${piece + 1}" if isinstance(piece, int) else piece for piece in self.pieces)

    def asked(self, connection, values):
        """(SQL, values) that ask for the rows with these values in the open places."""
        name = self.known(connection)
        if name:
            return f"EXECUTE {name}{self.call}", values
        sql = "".join("%s" if isinstance(piece, int) else piece.replace("%", "%%") for piece in self.pieces)
        return sql, [values[piece] for piece in self.pieces if isinstance(piece, int)]

    def known(self, connection):
        """The name of the statement on this connection; None while it is not kept there."""
        if not settings.DATABASE_PREPARE:
            return None
        connection.ensure_connection()
        names = _known.setdefault(connection.connection, OrderedDict())
        if self.key not in names:
            names[self.key] = None
            if len(names) > MOST:
                self.let_go(connection, names.popitem(last=False)[1])
            return None
        names.move_to_end(self.key)
        if names[self.key] is None:
            name = f"{self.name}_{next(_numbers)}"
            types = f"({', '.join(self.types)})" if self.types else ""
            self.tell(connection, f"PREPARE {name}{types} AS {self.text()}")
            names[self.key] = name
        return names[self.key]

    def let_go(self, connection, name):
        """The server forgets a statement."""
        if name:
            self.tell(connection, f"DEALLOCATE {name}")

    def forget(self, connection):
        """After an error: the tables may no longer be those that the statement was planned for. The next use but one keeps it anew."""
        if connection.connection is not None:  # else the server itself was away, and so is all that it kept
            _known.get(connection.connection, {}).pop(self.key, None)

    @staticmethod
    def tell(connection, statement):
        """Send what asks for no rows."""
        with connection.wrap_database_errors:
            connection.connection.execute(statement)


def literal(value, connection):
    """A value as it is written in a statement."""
    connection.ensure_connection()
    return Literal(value).as_string(connection.connection)
