"""Words of a record's choices, for pages that say many: Django's own `get_…_display` puts all choices of a field into words to find one."""
from functools import cache

from django.utils.translation import get_language


@cache
def words(model, name, language):
    """{value: word} of a field with choices; `language` is the active one."""
    return {value: str(label) for value, label in model._meta.get_field(name).flatchoices}


def word(record, name):
    """The word for what stands in the field `name` of the record; the value itself where the field does not know it."""
    value = getattr(record, name)
    return words(type(record), name, get_language()).get(value) or str(value)
