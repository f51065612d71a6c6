"""Tags of list pages: what one column says of one row."""
from django import template

from config.accounts import access

register = template.Library()


@register.simple_tag
def cell(column, row):
    """The value of a column for a row, as the export writes it; a dash for nothing."""
    value = column.value(row)
    return "—" if value in (None, "") else value


@register.filter
def may(user, capability):
    """Whether `user` has the capability: a cell asks before it links, so that no link leads to a closed page."""
    return access.may(user, capability)
