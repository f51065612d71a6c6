"""Words of a record's choices, for pages that say many: Django's own `get_…_display` puts all choices of a field into words to find one."""
from functools import cache


@cache
def words(model, name):
    """{value: word} of a field with choices, the words in the language of whoever reads them."""
    return dict(model._meta.get_field(name).flatchoices)


def word(record, name):
    """The word for what stands in the field `name` of the record; the value itself where the field does not know it."""
    value = getattr(record, name)
    return str(words(type(record), name).get(value, value))
