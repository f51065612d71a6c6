"""Tags of list pages: the rows of a list, and what one column says of one row.

A page of 25 rows has 300 cells: drawn by a template each they would take longer than everything else of the page together. Therefore
the rows are put together here, and only a column that asks for it (`Column.cell`) is drawn by a template.
"""
from functools import lru_cache

from django import template
from django.template.base import render_value_in_context
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.translation import gettext as _

from config.accounts import access
from config.web.templatetags import hk

register = template.Library()
NOTHING = escape("—")
TICK = '<td class="ck"><label><input type="checkbox" name="pk" value="{}" aria-label="{}"></label></td>'
TICK_ALL = '<th scope="col" class="ck"><label><input type="checkbox" data-bulk-all aria-label="{}"></label></th>'
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


def shown_to(context, columns):
    """The columns that this person is shown."""
    one_hall = len(context["shell"]["halls"]) == 1
    return [column for column in columns if not (column.several_halls and one_hall)]


@register.simple_tag(takes_context=True)
def head_cells(context, columns, sort, bulk=None):
    """The `<th>` over the columns; before them one that ticks all rows where `bulk` has acts."""
    heads = [hk.sort_head(context, column.sort, column.label, default=sort, class_=column.css) if column.sort else
             format_html('<th scope="col"{}>{}</th>', hk.class_of(column.css), column.label) for column in shown_to(context, columns)]
    return format_html_join("", "{}", ((head,) for head in [format_html(TICK_ALL, _("Tick all rows of this page")), *heads][not bulk:]))


@register.simple_tag(takes_context=True)
def body_rows(context, rows, columns, bulk=None):
    """The `<tr>` of `rows`: the columns this person is shown, the first as the head of the row; before it a tick where `bulk` has acts.

    What stands round the values is put together first, with a place for each value; then all values are made safe and filled in at once.
    """
    shown = [Cells(context, column, first=place == 0) for place, column in enumerate(shown_to(context, columns))]
    tick = _("Tick %(row)s") if bulk else ""
    pieces, values = [], []
    for row in rows:
        pieces.append("<tr>")
        if bulk:
            pieces.append(TICK)
            values += [row.pk, tick % {"row": row}]
        for one in shown:
            inner = one.inner(row)
            if inner is None:
                pieces.append(one.nothing)
            else:
                pieces.append(one.filled)
                values.append(escaped(inner) if type(inner) is str else inner)
        pieces.append("</tr>\n")
    return format_html("".join(pieces) + "{}", *values, "")


class Cells:
    """The cells of one column; what is the same in each is written once."""

    def __init__(self, context, column, *, first):
        self.context, self.column = context, column
        self.template = context.template.engine.get_template(column.cell) if column.cell else None
        said = hk.class_of(column.css)
        label = "" if first else format_html(' data-th="{}"', column.label)
        opening, closing = (format_html('<th scope="row"{}>', said), "</th>") if first else (format_html("<td{}{}>", label, said), "</td>")
        empty = opening if first else format_html('<td{} class="{}">', label, f"{column.css} none".strip())
        self.filled, self.nothing = for_filling(opening) + "{}" + closing, for_filling(empty) + NOTHING + closing

    def inner(self, row):
        """What stands in the cell of one row; None where there is nothing to say."""
        if self.template:
            with self.context.push(row=row):
                drawn = self.template.render(self.context)
            return drawn if drawn.strip() else None
        value = (self.column.draw or self.column.value)(row)
        if value is None or value == "" or value == NOTHING:
            return None
        if type(value) is int:
            return str(value)  # as a template writes it, only sooner
        return value if isinstance(value, str) else render_value_in_context(value, self.context)


def for_filling(markup):
    """Markup as it stands beside places that are filled in: braces in it are none of them."""
    return markup.replace("{", "{{").replace("}", "}}")


@register.simple_tag
def told(entries):
    """The `<li>` of a time line, which may have hundreds: each of `entries` is a dict with at, title, and where there is one detail,
    address with its key to press (shortcut), quote, was (what stood there before), key (it matters), late,
    inside (the house alone reads it)."""
    return format_html_join("", "{}", ((told_entry(entry),) for entry in entries))


def told_entry(entry):
    """One entry of a time line."""
    title, pressed = entry["title"], format_html(' data-key="{}"', entry["shortcut"]) if entry.get("shortcut") else ""
    if entry.get("address"):
        title = format_html('<a href="{}"{}>{}</a>', entry["address"], pressed, title)
    more = [format_html(around, entry[name]) for name, around in PARTS if entry.get(name)]
    mark = next((f"is-{name}" for name in ("late", "key", "inside") if entry.get(name)), "")
    return format_html('<li class="{}"><span class="tl__t">{}</span><div><p>{}</p>{}</div></li>', mark, hk.when(entry["at"]), title,
                       format_html_join("", "{}", ((part,) for part in more)) if more else "")


@register.filter
def may(user, capability):
    """Whether `user` has the capability: a cell asks before it links, so that no link leads to a closed page."""
    return access.may(user, capability)
