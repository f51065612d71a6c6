"""Records that a statement gives as JSON, beside or within other records, and how they become records again."""
from functools import cache

from django.db.models import BooleanField, CharField, F, FloatField, Func, IntegerField, JSONField, TextField

AS_THEY_COME = {kind.to_python for kind in (BooleanField, CharField, FloatField, IntegerField, JSONField, TextField)}  # JSON has what Python has


class WholeRow(Func):
    """The row of a table as one JSON value, NULL where an outer join found none; its expression is any column of that table."""

    output_field = JSONField()

    def as_sql(self, compiler, connection, **_more):
        """Name the table that the column was found in."""
        [column] = self.source_expressions
        return f"TO_JSONB({compiler.quote_name_unless_alias(column.alias)}.*)", ()


def as_object(model, path=""):
    """All columns of a model as one JSON value."""
    column = next(field.attname for field in model._meta.concrete_fields if not field.primary_key)  # a key would be read off the row that holds it
    return WholeRow(F(f"{path}{column}"))


def record(model, facts):
    """A record out of its columns as JSON gave them; those that are not among them are read when they are asked for. None for no record."""
    if facts is None or facts["id"] is None:
        return None
    names, readers = columns(model, tuple(facts))
    return model.from_db(None, names, [facts[name] if read is None else read(facts[name]) for name, read in zip(names, readers, strict=True)])


@cache
def columns(model, given):
    """(the names of the columns among `given` as the model has them, what makes each a value of Python; None where JSON did)."""
    fields = [field for field in model._meta.concrete_fields if field.attname in given]
    return [field.attname for field in fields], [None if type(target_of(field)).to_python in AS_THEY_COME else field.to_python for field in fields]


def target_of(field):
    """The field itself, or the key that it points to."""
    return field.target_field if field.many_to_one or field.one_to_one else field
