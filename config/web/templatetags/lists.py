"""Tags of list pages: what one column says of one row."""
from django import template

register = template.Library()


@register.simple_tag
def cell(column, row):
    """The value of a column for a row, as the export writes it; a dash for nothing."""
    value = column.value(row)
    return "—" if value in (None, "") else value
