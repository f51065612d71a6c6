"""The cells of the lists behind figures of complaints."""
from django.utils.html import format_html

from complaints.handling import cells
from config.web.templatetags import hk

state, severity, received, customer = cells.state, cells.severity, cells.received, cells.who


def what(row):
    """The matter and the number: a link for who may open it."""
    return cells.what(row) if row.may_open else format_html('{} <span class="dim num">{}</span>', cells.matter(row), row.number)


def number(row):
    """The number alone, for who sees no names: the customer's own words may hold some."""
    return format_html('<span class="num">{}</span>', row.number)


def due(row):
    """When its solution is due."""
    return hk.when(row.solve_due_at) if row.solve_due_at else "—"
