"""Records that a statement gives as JSON, beside or within other records, and how they become records again."""
from django.db.models.functions import JSONObject


def as_object(model, path=""):
    """All columns of a model as one JSON value."""
    return JSONObject(**{field.attname: f"{path}{field.attname}" for field in model._meta.concrete_fields})


def record(model, facts):
    """A record out of its columns as JSON gave them; those that are not among them are read when they are asked for. None for no record."""
    if facts["id"] is None:
        return None
    fields = [field for field in model._meta.concrete_fields if field.attname in facts]
    return model.from_db(None, [field.attname for field in fields], [field.to_python(facts[field.attname]) for field in fields])
