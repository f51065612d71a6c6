"""Parts of the page of one record, put together without a template for each of their lines, since every such page has them."""
from django import template
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.timezone import template_localtime

from config.web.templatetags import hk

register = template.Library()
NOTHING = "—"


@register.simple_tag
def fact_lines(rows):
    """The lines of a `<dl class="facts">`: each of `rows` is a dict with label, value, and where there is one url and kind (a class)."""
    return format_html_join("", "<div><dt>{}</dt><dd{}>{}</dd></div>", (
        (row["label"], format_html(' class="{}"', row["kind"]) if row.get("kind") else "", fact_value(row)) for row in rows))


def fact_value(row):
    """An empty value is a dash, never a gap; a linked one is shown as it is."""
    value = row.get("value")
    if not isinstance(value, str):
        value = localize(template_localtime(value)) if value else ""
    return format_html('<a href="{}">{}</a>', row["url"], value) if row.get("url") else value or NOTHING


@register.simple_tag
def stage_lines(stages):
    """The `<li>` of a way: each of `stages` is a dict with label, note and state, which is done, now or todo."""
    return format_html_join("", '<li class="{}"{}>{}{}</li>', ((
        stage["state"], format_html(' aria-current="{}"', "step") if stage["state"] == "now" else "", stage["label"],
        format_html("<small>{}</small>", stage["note"]) if stage.get("note") else "") for stage in stages))


@register.simple_tag
def tab_links(tabs, numbered=False):
    """The links of a row of tabs: each of `tabs` is a dict with label, url, active, and where there is one mark (an icon), count, late;
    `numbered` ones keep their focus when they are swapped."""
    return format_html_join("", '<a{} href="{}"{}>{}{}{}</a>', ((
        format_html(' id="view-{}"', place) if numbered else "", tab["url"], format_html(' aria-current="{}"', "page") if tab.get("active") else "",
        hk.icon(tab["mark"]) if tab.get("mark") else "", tab["label"], tab_count(tab)) for place, tab in enumerate(tabs, 1)))


def tab_count(tab):
    """How much stands behind a tab, where that is known."""
    count = tab.get("count")
    return "" if count in (None, "") else format_html('<span class="n{}">{}</span>', " n--late" if tab.get("late") else "", count)


@register.simple_tag
def change_lines(history):
    """The `<li>` of the changes of a record as `config.web.history.in_words` tells them."""
    return format_html_join("", '<li><span class="tl__t">{}</span><div><p><span class="name">{}</span> · {}{}</p>{}</div></li>', ((
        hk.when(entry.at), entry.who, entry.act, format_html(' <span class="mut">· {}</span>', entry.reason) if entry.reason else "",
        format_html_join("", '<p class="mut">{}: <del class="was">{}</del> → {}</p>', entry.changes)) for entry in history))


@register.simple_tag
def time_lines(times):
    """The lines of a `<dl class="facts">` of spans: each of `times` is a dict with label, seconds and tone."""
    return format_html_join("", '<div><dt>{}</dt><dd class="num">{}</dd></div>', ((
        row["label"], hk.status("late", hk.seconds(row["seconds"])) if row["tone"] == "late" else hk.seconds(row["seconds"])) for row in times))


@register.simple_tag(takes_context=True)
def action_lines(context, actions):
    """The `<li>` of the next acts: each of `actions` is a dict with label, url, method, and where there is one icon, key, note, primary."""
    token = hk.guard(context["csrf_token"])
    return format_html_join("", "<li{}>{}</li>", ((format_html(' class="{}"', "first") if action.get("primary") else "", act(action, token))
                                                  for action in actions))


def act(action, token):
    """One act: a form that is sent, or a link."""
    key, note = action.get("key"), action.get("note")
    pressed = format_html(' data-key="{}"', key) if key else ""
    inner = format_html("{}<span>{}</span>{}{}", hk.icon(action.get("icon") or "arrow-right"), action["label"],
                        format_html("<kbd>{}</kbd>", key.upper()) if key else "", format_html("<small>{}</small>", note) if note else "")
    if action.get("method") == "post":
        return format_html('<form method="post" action="{}" data-form>{}<button{}>{}</button></form>', action["url"], token, pressed, inner)
    return format_html('<a href="{}"{}>{}</a>', action["url"], pressed, inner)


@register.simple_tag
def definition_lines(times):
    """The lines that say what each span counts."""
    return format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", ((row["label"], row["definition"]) for row in times))
