"""The cells of the list of customers that say more than a value, and the choices under the customer field; drawn without a template, since
the former are many and the latter are drawn anew at each key stroke."""
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from reception.customers.models import Customer

CHOICE = ('<li class="opt-row" role="option" data-value="{}" data-label="{}"><strong class="name">{}</strong><span class="num">{}</span>'
          '<span class="mut">{}{}</span><span class="dim">{}</span></li>\n')
NEW = '<li class="opt-row opt-row--new" role="option" data-value="new" data-label="{}" data-phone="{}" data-name="{}">{}<span>{}</span></li>'
TONES = {Customer.Choice.DO_NOT_CONTACT: "stop", Customer.Choice.DECLINED: "none"}


def name(customer):
    """Who it is, as a link to the file."""
    return format_html('<a class="name" href="{}">{}</a>', addresses.of("customer", customer.pk), customer)


def company(customer):
    """Whom they come for; a file without a name is called by its company: not twice."""
    return customer.company if customer.name else ""


def last_seen(customer):
    """When they were here last."""
    return hk.when(customer.last_seen_at)


def choice(customer):
    """What they chose; nothing is said of the usual case."""
    return hk.status(TONES[customer.choice], word(customer, "choice")) if customer.choice in TONES else ""


def choices(rows):
    """The `<li>` of these Suggestions: name, masked phone, company, last seen."""
    return format_html_join("", CHOICE, ((
        row.pk, row.label, marked(row.name), marked(row.phone), row.company,
        format_html(" {}", _("do not contact")) if row.choice == Customer.Choice.DO_NOT_CONTACT else "", hk.moment(row.last_seen_at)) for row in rows))


def new_choice(text, *, is_phone):
    """The last choice: a new customer, who starts with what was typed as number or as name."""
    return format_html(NEW, text, text if is_phone else "", "" if is_phone else text, hk.icon("user-plus"), _("New customer “%(text)s”") % {"text": text})


def marked(pieces):
    """(before, marked, after) as text with a mark in it."""
    before, found, after = pieces
    return format_html("{}<mark>{}</mark>{}", before, found, after) if found else f"{before}{after}"
