"""Tags of list pages: the rows of a list, and what one column says of one row.

A page of 25 rows has 300 cells: drawn by a template each they would take longer than everything else of the page together. Therefore
the rows are put together here, and only a column that asks for it (`Column.cell`) is drawn by a template.
"""
from functools import lru_cache, reduce
from operator import add

from django import template
from django.template.base import render_value_in_context
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.translation import gettext as _

from config.accounts import access
from config.web.templatetags import hk

register = template.Library()
NOTHING = escape("—")
NO_CELL = format_html_join("", "", ())  # what is safe stays safe when it is added up, and need not be looked at again
TICK = '<td class="ck"><label><input type="checkbox" name="pk" value="{}" aria-label="{}"></label></td>'
PARTS = (("was", '<p><del class="was">{}</del></p>'), ("detail", "<p>{}</p>"), ("quote", '<blockquote class="quote">{}</blockquote>'))


@lru_cache(maxsize=4096)
def escaped(text):
    """Plain text (no lazy and no safe one, which compare equal) made safe: the halls, purposes and people of a list come again and again."""
    return conditional_escape(text)


@register.simple_tag
def cell(column, row):
    """The value of a column for a row, as the export writes it; a dash for nothing."""
    value = column.value(row)
    return NOTHING if value in (None, "") else value


@register.simple_tag(takes_context=True)
def body_rows(context, rows, columns, bulk=None):
    """The `<tr>` of `rows`: the columns this person is shown, the first as the head of the row; before it a tick where `bulk` has acts."""
    one_hall = len(context["shell"]["halls"]) == 1
    shown = [Cells(context, column, first=place == 0) for place, column in enumerate(columns) if not (column.several_halls and one_hall)]
    tick = _("Tick %(row)s") if bulk else ""
    return format_html_join("\n", "<tr>{}{}</tr>", ((
        format_html(TICK, row.pk, tick % {"row": row}) if bulk else "", reduce(add, (one.of(row) for one in shown), NO_CELL)) for row in rows))


class Cells:
    """The cells of one column; what is the same in each is written once."""

    def __init__(self, context, column, *, first):
        self.context, self.column = context, column
        self.template = context.template.engine.get_template(column.cell) if column.cell else None
        said = format_html(' class="{}"', column.css) if column.css else ""
        label = "" if first else format_html(' data-th="{}"', column.label)
        self.opening = format_html('<th scope="row"{}>', said) if first else format_html("<td{}{}>", label, said)
        self.closing = format_html("</{}>", "th" if first else "td")
        empty = self.opening if first else format_html('<td{} class="{}">', label, f"{column.css} none".strip())
        self.nothing = empty + NOTHING + self.closing

    def of(self, row):
        """The cell of one row."""
        inner = self.inner(row)
        if inner == NOTHING and not self.column.cell:
            return self.nothing
        return self.opening + (escaped(inner) if type(inner) is str else conditional_escape(inner)) + self.closing

    def inner(self, row):
        """What stands in the cell."""
        if self.column.draw:
            return self.column.draw(row)
        if self.template is None:
            value = cell(self.column, row)
            return value if isinstance(value, str) else render_value_in_context(value, self.context)
        with self.context.push(row=row):
            return self.template.render(self.context)


@register.simple_tag
def told(entries):
    """The `<li>` of a time line, which may have hundreds: each of `entries` is a dict with at, title, and where there is one detail,
    address with its key to press (shortcut), quote, was (what stood there before), key (it matters), late."""
    return format_html_join("", "{}", ((told_entry(entry),) for entry in entries))


def told_entry(entry):
    """One entry of a time line."""
    title, pressed = entry["title"], format_html(' data-key="{}"', entry["shortcut"]) if entry.get("shortcut") else ""
    if entry.get("address"):
        title = format_html('<a href="{}"{}>{}</a>', entry["address"], pressed, title)
    more = [format_html(around, entry[name]) for name, around in PARTS if entry.get(name)]
    return format_html('<li class="{}"><span class="tl__t">{}</span><div><p>{}</p>{}</div></li>',
                       "is-late" if entry.get("late") else "is-key" if entry.get("key") else "", hk.when(entry["at"]), title,
                       format_html_join("", "{}", ((part,) for part in more)) if more else "")


@register.filter
def may(user, capability):
    """Whether `user` has the capability: a cell asks before it links, so that no link leads to a closed page."""
    return access.may(user, capability)
