"""Records that a statement gives as JSON, beside or within other records, and how they become records again."""
from django.db.models import F, Func, JSONField


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
    fields = [field for field in model._meta.concrete_fields if field.attname in facts]
    return model.from_db(None, [field.attname for field in fields], [field.to_python(facts[field.attname]) for field in fields])
